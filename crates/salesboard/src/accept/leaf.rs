//! Leaves of the document, checked and cleaned: numbers, times, colours, texts, ids (FEED §5).
//!
//! A wrong JSON type breaks what the leaf is part of; a value out of its limits only drops the leaf.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::limits;
use super::report::{At, short};
use super::text::clean;
use super::wire::{Color, Day, Field, Id, List, Num, Opt, Target, Text, Time, Whole, Word};
use crate::board::Weight;

/// An id that was too long: what it names is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooLong;

impl At<'_> {
    /// What is in a field, unless it is missing, null or of the wrong type.
    pub(super) fn get<'v, T>(&self, field: &'v Opt<T>) -> Option<&'v T> {
        match field.as_ref()? {
            Field::Good(value) => Some(value),
            Field::Bad(message) => {
                self.refuse(message);
                None
            }
        }
    }

    /// A number within ±1e15.
    pub(super) fn num(&self, field: &Opt<Num>) -> Option<f64> {
        self.bounded(self.get(field)?.0)
    }

    pub(super) fn bounded(&self, value: f64) -> Option<f64> {
        if value.abs() > limits::NUMBER {
            self.say(format!("{value:e} is larger than 1e15"));
            return None;
        }
        // -0 would be written with a sign.
        Some(value + 0.0)
    }

    /// A target: above 0.
    pub(super) fn target(&self, field: &Opt<Target>) -> Option<f64> {
        let value = self.bounded(self.get(field)?.0)?;
        if value > 0.0 {
            return Some(value);
        }
        self.say(format!("{value} is not above 0"));
        None
    }

    /// A whole number from 0.
    pub(super) fn whole(&self, field: &Opt<Whole>) -> Option<u32> {
        let value = self.get(field)?.0;
        if value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&value) {
            return Some(value as u32);
        }
        self.say(format!("{value} is not a whole number from 0"));
        None
    }

    /// A whole number from 1.
    pub(super) fn place(&self, field: &Opt<Whole>) -> Option<u32> {
        let value = self.whole(field)?;
        if value == 0 {
            self.say("0 is not a whole number from 1");
            return None;
        }
        Some(value)
    }

    /// An RFC 3339 time with offset, of the years 2000 to 2100.
    pub(super) fn time(&self, field: &Opt<Time>) -> Option<Timestamp> {
        let text = &self.get(field)?.0;
        let Ok(time) = text.parse::<Timestamp>() else {
            self.say(format!("{} is not a time with offset like 2026-11-23T14:05:07Z", short(text)));
            return None;
        };
        let year = time.to_zoned(TimeZone::UTC).year();
        if !limits::YEARS.contains(&year) {
            self.say(format!("the year of {} is not between 2000 and 2100", short(text)));
            return None;
        }
        Some(time)
    }

    /// An RFC 3339 full-date of the years 2000 to 2100.
    pub(super) fn day(&self, field: &Opt<Day>) -> Option<Date> {
        let text = &self.get(field)?.0;
        // jiff also takes a time behind the date.
        let Some(date) = Some(text).filter(|t| t.len() == 10).and_then(|t| t.parse::<Date>().ok()) else {
            self.say(format!("{} is not a date like 2026-11-23", short(text)));
            return None;
        };
        if !limits::YEARS.contains(&date.year()) {
            self.say(format!("the year of {} is not between 2000 and 2100", short(text)));
            return None;
        }
        Some(date)
    }

    /// `#RRGGBB`.
    pub(super) fn color(&self, field: &Opt<Color>) -> Option<[u8; 3]> {
        let text = &self.get(field)?.0;
        let rgb = text.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()));
        let Some(rgb) = rgb.and_then(|hex| u32::from_str_radix(hex, 16).ok()) else {
            self.say(format!("{} is not a colour like #2F6BFF", short(text)));
            return None;
        };
        let [_, r, g, b] = rgb.to_be_bytes();
        Some([r, g, b])
    }

    /// A text, cleaned and cut; nothing where nothing visible is left.
    pub(super) fn text(&self, field: &Opt<Text>, limit: usize) -> Option<String> {
        let sent = &self.get(field)?.0;
        let text = clean(sent, limit);
        self.if_cut(sent, &text, limit);
        Some(text).filter(|text| !text.is_empty())
    }

    /// Says that a text was cut to its limit.
    pub(super) fn if_cut(&self, sent: &str, text: &str, limit: usize) {
        // A cut text is shorter than what was sent, and ends in what the sender did not write.
        if text.ends_with('…') && !sent.trim_end().ends_with('…') {
            self.tell(Weight::Smaller, format!("longer than {limit} characters; the rest is cut"));
        }
    }

    /// An id as it was sent, at most 128 bytes; an empty one is none.
    pub(super) fn id(&self, field: &Opt<Id>) -> Result<Option<String>, TooLong> {
        let Some(Id(id)) = self.get(field) else { return Ok(None) };
        self.id_fits(id)?;
        Ok(Some(id.clone()).filter(|id| !id.is_empty()))
    }

    /// Whether an id keeps to its limit.
    pub(super) fn id_fits(&self, id: &str) -> Result<(), TooLong> {
        if id.len() <= limits::ID_BYTES {
            return Ok(());
        }
        self.say(format!("{} has {} bytes, an id has at most {}", short(id), id.len(), limits::ID_BYTES));
        Err(TooLong)
    }

    /// The id of a metric; one that is too long is none.
    pub(super) fn metric(&self, field: &Opt<Id>) -> Option<String> {
        self.id(field).ok().flatten()
    }

    /// One of the contract's words; the default where there is none or an unknown one.
    pub(super) fn word<T: Copy + Default>(&self, field: &Opt<Word<T>>) -> T {
        self.word_or(field, T::default())
    }

    /// One of the contract's words; `other` where there is none or an unknown one.
    pub(super) fn word_or<T: Copy>(&self, field: &Opt<Word<T>>, other: T) -> T {
        match field {
            Some(Field::Good(Word(value))) => *value,
            Some(Field::Bad(message)) => {
                self.say(format!("{message}; the default is taken"));
                other
            }
            None => other,
        }
    }

    /// Reads the members of a list, at most `limit`. A member of the wrong type breaks what the list is part of.
    pub(super) fn each<T, R>(&self, list: &List<T>, limit: usize, mut read: impl FnMut(At, &T) -> Option<R>) -> Vec<R> {
        let Some(list) = self.get(list) else { return Vec::new() };
        let taken = self.at_most(list, limit).iter().enumerate();
        taken.filter_map(|(i, member)| self.index(i).member(member, &mut read)).collect()
    }

    /// Reads the rows of a slide, at most `limit`. One in which something has the wrong type is left out, and the others
    /// stay. Where it is half of them or more nobody could trust the rest: then they break the slide.
    pub(super) fn rows<T, R>(&self, list: &List<T>, limit: usize, mut read: impl FnMut(At, &T) -> Option<R>) -> Vec<R> {
        let Some(list) = self.get(list) else { return Vec::new() };
        let list = self.at_most(list, limit);
        let (before, mut broken) = (self.faults(), Vec::new());
        let mut rows = Vec::with_capacity(list.len());
        for (i, member) in list.iter().enumerate() {
            let faults = self.faults();
            let row = self.index(i).member(member, &mut read);
            if self.faults() > faults {
                broken.push(i);
            } else {
                rows.extend(row);
            }
        }
        if !broken.is_empty() && 2 * broken.len() < list.len() {
            self.forgive(before);
            let (first, more) = (self.index(broken[0]), broken.len() - 1);
            first.say_behind(match more {
                0 => "this row is left out for what is wrong in it; the others stay".to_owned(),
                _ => format!("this row and {more} more are left out for what is wrong in them; the others stay"),
            });
        }
        rows
    }

    fn at_most<'l, T>(&self, list: &'l [Field<T>], limit: usize) -> &'l [Field<T>] {
        if list.len() > limit {
            self.left_out(format!("{} entries, the first {limit} are taken", list.len()));
        }
        &list[..list.len().min(limit)]
    }

    fn member<T, R>(&self, member: &Field<T>, read: &mut impl FnMut(At, &T) -> Option<R>) -> Option<R> {
        match member {
            Field::Good(value) => read(*self, value),
            Field::Bad(message) => {
                self.refuse(message);
                None
            }
        }
    }
}
