//! Says everything that a person reads and that is not in the feed: the wall's phrases, with numbers, money and times, in the floor's
//! language.

mod languages;
mod list;
mod locale;

pub use list::{Caveats, Celebration, Words};
pub use locale::Locale;
pub use salesboard::locale::{CURRENCIES, Currency, Difference, Figure, NumberStyle, Part, Side, currency};
