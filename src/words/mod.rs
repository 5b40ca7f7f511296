//! Everything a person reads that is not in the feed: interface words, numbers, money, times, in the floor's language.

mod apart;
mod bracket;
mod case;
mod caveats;
mod celebration;
mod coaching;
mod contest;
mod currency;
mod en;
mod goals;
mod ja;
mod locale;
mod message;
mod number;
mod ramp;
mod recognition;
mod scale;
mod scorecard;
mod skills;
mod table;
mod teams;

pub use caveats::Caveats;
pub use celebration::Celebration;
pub use currency::{CURRENCIES, Currency, Side, currency};
pub use locale::Locale;
pub use number::{Difference, Figure, NumberStyle, Part};
pub use table::Words;
