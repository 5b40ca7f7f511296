//! Everything a person reads that is not in the feed: interface words, numbers, money, times, in the floor's language.

mod apart;
mod case;
mod currency;
mod language;
mod languages;
mod list;
mod locale;
mod number;
mod scale;

pub use currency::{CURRENCIES, Currency, Side, currency};
pub use list::{Caveats, Celebration, Words};
pub use locale::Locale;
pub use number::{Difference, Figure, NumberStyle, Part};
