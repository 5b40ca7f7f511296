//! Writes numbers, money, times and names as the people of a locale do.
//!
//! The texts are for a screen: names in capitals, Western digits, and the fewest digits that keep figures distinct.

mod case;
mod currency;
mod language;
mod languages;
mod number;
mod precision;
mod scale;

use std::fmt;
use std::sync::Arc;

use fixed_decimal::Decimal;
use icu_decimal::DecimalFormatter;
use icu_locale_core::locale;
use jiff::Zoned;
use jiff::civil::{Date, Time};

pub use currency::{CURRENCIES, Currency, Side, currency};
pub use number::{Difference, Figure, NumberStyle, Part};

use language::{Language, Sign};

/// A language and a region, and everything written by their rules. Cheap to clone.
#[derive(Clone)]
pub struct Locale {
    tag: icu_locale_core::Locale,
    language: &'static Language,
    digits: Arc<DecimalFormatter>,
    keep_case: bool,
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Locale({})", self.tag)
    }
}

/// Regions whose people read a clock with AM and PM (CLDR `timeData`, preferred `h`), as far as Latin AM/PM fits them.
const TWELVE_HOURS: &[&str] = &["AU", "BD", "CA", "CO", "EG", "IN", "MY", "NZ", "PH", "PK", "PR", "SA", "SG", "US"];

/// Whether it is a BCP 47 tag of some language, like `en-US`.
pub fn is_tag(tag: &str) -> bool {
    tag.parse::<icu_locale_core::Locale>().is_ok_and(|locale| !locale.id.language.is_unknown())
}

impl Locale {
    /// From a BCP 47 tag; a tag that cannot be read counts as `en`.
    pub fn new(tag: &str) -> Locale {
        let tag: icu_locale_core::Locale = tag.parse().unwrap_or(locale!("en"));
        let language = languages::find(tag.id.language.as_str()).unwrap_or(languages::ALL[0]);
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

    /// The primary subtag: `de` of `de-AT`.
    pub fn language(&self) -> &str {
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
    fn plain(&self, value: Decimal) -> String {
        // The bundled fonts lack the narrow no-break space that French groups with.
        self.digits.format(&value).to_string().replace('\u{202F}', "\u{A0}")
    }

    /// A share of 1 as a percentage with one decimal. A share below 1 never reads as 100.0 %.
    pub fn percent(&self, share: f64) -> String {
        let tenths = (share * 1000.0).round().clamp(-1e15, 1e15) as i64;
        let tenths = if share < 1.0 { tenths.min(999) } else { tenths };
        let mut value = Decimal::from(tenths.unsigned_abs());
        value.absolute.multiply_pow10(-1);
        value.absolute.pad_end(-1);
        signed(tenths < 0, &self.with_percent(&self.plain(value)))
    }

    /// A figure with its percent sign: `84%`, `84 %`.
    pub fn with_percent(&self, figure: &str) -> String {
        format!("{figure}{}", self.language.numbers.percent)
    }

    /// Whether there is a space between a figure and the unit behind it.
    pub fn sets_units_apart(&self) -> bool {
        !self.language.numbers.gap.is_empty()
    }

    /// A figure and the unit behind it where they stand in one piece: `18.4M`, `18,4 Mio. €`.
    pub fn with_unit(&self, figure: &str, unit: &str) -> String {
        let gap = match unit {
            "" => "",
            "%" => return self.with_percent(figure),
            _ => self.language.numbers.gap,
        };
        format!("{figure}{gap}{unit}")
    }

    fn region(&self) -> &str {
        self.tag.id.region.as_ref().map_or("", |region| region.as_str())
    }

    /// The sign of a currency and the space after it; `None` where the sign is written behind the figure.
    pub fn sign_before(&self, code: &str) -> Option<(&'static str, &'static str)> {
        let known = currency(code)?;
        let sign = self.sign(code);
        sign.is_before(Some(known.side)).then(|| (known.symbol, sign.gap(known.symbol)))
    }

    fn sign(&self, code: &str) -> Sign {
        (self.language.numbers.sign)(self.region(), code)
    }

    /// The word for a currency that a language writes behind a figure instead of the sign.
    fn name_of(&self, known: Option<&Currency>) -> Option<&'static str> {
        known.and_then(|known| (self.language.numbers.currency)(known.code))
    }

    /// A whole amount of money in running text, e.g. a prize.
    pub fn money(&self, amount: f64, code: &str) -> String {
        self.exact_money(amount.round().clamp(-1e15, 1e15) as i64, 0, code)
    }

    /// An amount in minor units to its last digit, e.g. of one deal: `1,200`, `1,999.99`.
    pub fn exact(&self, minor: i64, decimals: u8) -> String {
        signed(minor < 0, &self.exact_unsigned(minor, decimals))
    }

    /// Whole ones have no zeros behind the point, others all their digits.
    fn exact_unsigned(&self, minor: i64, decimals: u8) -> String {
        let mut value = Decimal::from(minor.unsigned_abs());
        value.absolute.multiply_pow10(-i16::from(decimals));
        value.absolute.trim_end();
        if !minor.unsigned_abs().is_multiple_of(10_u64.pow(u32::from(decimals.min(18)))) {
            value.absolute.pad_end(-i16::from(decimals));
        }
        self.plain(value)
    }

    /// An amount of money in minor units to its last digit: `€1,200`, `€1,999.99`.
    pub fn exact_money(&self, minor: i64, decimals: u8, code: &str) -> String {
        let known = currency(code);
        let figure = self.exact_unsigned(minor, decimals);
        let symbol = known.map_or(code, |known| known.symbol);
        let sign = self.sign(code);
        let text = match self.name_of(known) {
            Some(name) => format!("{figure}{name}"),
            None if sign.is_before(known.map(|known| known.side)) => format!("{symbol}{}{figure}", sign.gap(symbol)),
            None => format!("{figure}\u{A0}{symbol}"),
        };
        signed(minor < 0, &text)
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
            _ => self.language.dates.twelve_hours && TWELVE_HOURS.contains(&self.region()),
        }
    }

    /// Day and month: `1 DEC`, `DEC 1` in America, `12月1日`.
    pub fn date(&self, date: Date) -> String {
        (self.language.dates.day)(date, self.region())
    }

    /// A month with its year, for a line of its own: `OCTOBER 2026`, `2026年10月`.
    pub fn month(&self, date: Date) -> String {
        (self.language.dates.month)(date)
    }

    /// A stretch of days, both ends counted: `1–30 NOV`, `28 NOV–2 DEC`, `NOV 1–30` in America, `11月1日〜30日`.
    pub fn dates(&self, first: Date, last: Date) -> String {
        if first >= last {
            return self.date(first);
        }
        (self.language.dates.days)(first, last, self.region())
    }

    /// When something was: the time of day, with the day before it unless it is `now`'s own.
    pub fn moment(&self, at: &Zoned, now: &Zoned) -> String {
        let (at, today) = (at.with_time_zone(now.time_zone().clone()), now.date());
        let clock = self.clock(at.time());
        if at.date() == today { clock } else { format!("{} {clock}", self.date(at.date())) }
    }
}

/// With a minus sign (U+2212) in front when `negative`.
fn signed(negative: bool, text: &str) -> String {
    if negative { format!("−{text}") } else { text.to_owned() }
}
