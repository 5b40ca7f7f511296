//! Holds a message slide (FEED §2): a text, from whom, facts, and an address to be read by a phone.

use super::Fact;

/// A message slide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Message {
    /// Text.
    pub text: Option<String>,
    /// From whom.
    pub from: Option<String>,
    /// Facts.
    pub facts: Vec<Fact>,
    /// An address, drawn as a QR code.
    pub link: Option<String>,
}
