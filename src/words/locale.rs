//! One floor's language: case, grouping of digits, clock and dates.

use std::fmt;
use std::sync::Arc;

use fixed_decimal::Decimal;
use icu_decimal::DecimalFormatter;
use icu_locale_core::locale;
use jiff::Zoned;
use jiff::civil::{Date, Time};

use super::{Side, Words, case, currency, en, ja};

/// Languages that have words of their own; all others read English words with their own digits and times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    English,
    Japanese,
}

/// A floor's language and everything written by its rules. Cheap to clone.
#[derive(Clone)]
pub struct Locale {
    tag: icu_locale_core::Locale,
    pub(super) language: Language,
    pub(super) digits: Arc<DecimalFormatter>,
    keep_case: bool,
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Locale({})", self.tag)
    }
}

/// Regions whose people read a clock with AM and PM (CLDR `timeData`, preferred `h`), as far as Latin AM/PM fits them.
const TWELVE_HOURS: &[&str] = &["AU", "BD", "CA", "CO", "EG", "IN", "MY", "NZ", "PH", "PK", "PR", "SA", "SG", "US"];

impl Locale {
    /// From a BCP 47 tag; a tag that cannot be read counts as `en`.
    pub fn new(tag: &str) -> Locale {
        let tag: icu_locale_core::Locale = tag.parse().unwrap_or(locale!("en"));
        let language = if tag.id.language.as_str() == "ja" { Language::Japanese } else { Language::English };
        // Western digits everywhere: the bundled fonts have no others.
        let latin =
            |id: &icu_locale_core::LanguageIdentifier| format!("{id}-u-nu-latn").parse().unwrap_or(locale!("en"));
        let digits = DecimalFormatter::try_new(latin(&tag.id).into(), Default::default())
            .or_else(|_| DecimalFormatter::try_new(locale!("en").into(), Default::default()))
            .expect("the data of English is built in");
        Locale { tag, language, digits: Arc::new(digits), keep_case: false }
    }

    /// The same with names and labels left in the case they came in.
    pub fn keep_case(mut self, keep: bool) -> Locale {
        self.keep_case = keep;
        self
    }

    /// The interface words.
    pub fn words(&self) -> &'static Words {
        match self.language {
            Language::English => &en::WORDS,
            Language::Japanese => &ja::WORDS,
        }
    }

    /// What text shaping must be told: exactly `ja` for Japanese glyph shapes, else the bare language.
    pub fn shaping(&self) -> &str {
        self.tag.id.language.as_str()
    }

    /// A name or label as it stands on the wall: in capitals by the language's rules, unless case is kept. One that runs
    /// from right to left is kept apart from the words that it is put among.
    pub fn caps(&self, text: &str) -> String {
        case::isolated(if self.keep_case { text.to_owned() } else { case::capitals(text, &self.tag.id) })
    }

    /// A whole number with the language's grouping and a true minus.
    pub fn whole(&self, value: i64) -> String {
        signed(value < 0, &self.plain(Decimal::from(value.unsigned_abs())))
    }

    /// A number without its sign.
    pub(super) fn plain(&self, value: Decimal) -> String {
        // The bundled fonts lack the narrow no-break space that French groups with.
        self.digits.format(&value).to_string().replace('\u{202F}', "\u{A0}")
    }

    /// A share of 1 as a percentage with one digit. One that is not reached never reads as 100.0 %.
    pub fn percent(&self, share: f64) -> String {
        let tenths = (share * 1000.0).round().clamp(-1e15, 1e15) as i64;
        let tenths = if share < 1.0 { tenths.min(999) } else { tenths };
        let mut value = Decimal::from(tenths.unsigned_abs());
        value.absolute.multiply_pow10(-1);
        value.absolute.pad_end(-1);
        signed(tenths < 0, &format!("{}%", self.plain(value)))
    }

    /// A whole amount of money in running text, e.g. a prize.
    pub fn money(&self, amount: f64, code: &str) -> String {
        let known = currency(code);
        let whole = amount.round().clamp(-1e15, 1e15) as i64;
        let figure = self.plain(Decimal::from(whole.unsigned_abs()));
        let text = match (self.language, known) {
            (Language::Japanese, Some(known)) if !known.japanese.is_empty() => format!("{figure}{}", known.japanese),
            (_, Some(known)) if known.side == Side::Before => {
                let gap = if known.symbol.ends_with(char::is_alphabetic) { "\u{A0}" } else { "" };
                format!("{}{gap}{figure}", known.symbol)
            }
            (_, Some(known)) => format!("{figure}\u{A0}{}", known.symbol),
            (_, None) => format!("{code}\u{A0}{figure}"),
        };
        signed(whole < 0, &text)
    }

    /// The time of day: `14:32`, or `2:32 PM` where people read that.
    pub fn clock(&self, time: Time) -> String {
        if !self.twelve_hours() {
            return format!("{:02}:{:02}", time.hour(), time.minute());
        }
        let half = if time.hour() < 12 { "AM" } else { "PM" };
        let hour = (time.hour() + 11) % 12 + 1;
        format!("{hour}:{:02}\u{A0}{half}", time.minute())
    }

    fn twelve_hours(&self) -> bool {
        let key = icu_locale_core::extensions::unicode::key!("hc");
        match self.tag.extensions.unicode.keywords.get(&key).map(ToString::to_string).as_deref() {
            Some("h11" | "h12") => true,
            Some("h23" | "h24") => false,
            _ => self.tag.id.region.is_some_and(|region| TWELVE_HOURS.contains(&region.as_str())),
        }
    }

    /// Day and month: `1 DEC`, `DEC 1` in America, `12月1日`.
    pub fn date(&self, date: Date) -> String {
        const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
        let (month, day) = (date.month(), date.day());
        let name = MONTHS[usize::from(month.unsigned_abs()) - 1];
        match (self.language, self.tag.id.region.is_some_and(|region| region.as_str() == "US")) {
            (Language::Japanese, _) => format!("{month}月{day}日"),
            (_, true) => format!("{name} {day}"),
            (_, false) => format!("{day} {name}"),
        }
    }

    /// A stretch of days, both ends counted: `1–30 NOV`, `28 NOV–2 DEC`, `NOV 1–30` in America, `11月1日〜30日`.
    pub fn dates(&self, first: Date, last: Date) -> String {
        if first >= last {
            return self.date(first);
        }
        let one_month = (first.year(), first.month()) == (last.year(), last.month());
        let us = self.tag.id.region.is_some_and(|region| region.as_str() == "US");
        match (self.language, one_month) {
            (Language::Japanese, true) => format!("{}〜{}日", self.date(first), last.day()),
            (Language::Japanese, false) => format!("{}〜{}", self.date(first), self.date(last)),
            (_, true) if us => format!("{}–{}", self.date(first), last.day()),
            (_, true) => format!("{}–{}", first.day(), self.date(last)),
            (_, false) => format!("{}–{}", self.date(first), self.date(last)),
        }
    }

    /// When something was: the time of day, with the day before it unless it is `now`'s own.
    pub fn moment(&self, at: &Zoned, now: &Zoned) -> String {
        let (at, today) = (at.with_time_zone(now.time_zone().clone()), now.date());
        let clock = self.clock(at.time());
        if at.date() == today { clock } else { format!("{} {clock}", self.date(at.date())) }
    }
}

/// With a minus sign (U+2212) in front when `negative`.
pub(super) fn signed(negative: bool, text: &str) -> String {
    if negative { format!("−{text}") } else { text.to_owned() }
}
