//! Keeps secrets out of messages: masks what a person has written, replaces what a feed has used.

mod guess;
mod redactor;
mod settings;

pub(crate) use guess::{is_file, is_variable};
pub use redactor::Redactor;
pub use settings::mask_addresses;
pub(crate) use settings::mask_line;
