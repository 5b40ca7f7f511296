//! Everything a person reads that is not in the feed: interface words, numbers, money, times, in the floor's language.

mod currency;
mod en;
mod ja;
mod locale;
mod number;
mod scale;
mod table;

pub use currency::{CURRENCIES, Currency, Side, currency};
pub use locale::Locale;
pub use number::{Difference, Figure, NumberStyle, Part};
pub use table::Words;
