//! Keeps secrets out of messages: masks them in the text of settings, and replaces those that a feed uses wherever they appear.

mod guess;
mod redactor;
mod settings;

pub(crate) use guess::{looks_like_env_name, looks_like_path};
pub use redactor::Redactor;
pub use settings::mask_addresses;
pub(crate) use settings::mask_line;
