//! Words of messages.

/// Words of messages in one language.
#[derive(Debug)]
pub struct Message {}

pub(super) const EN: Message = Message {};

pub(super) const JA: Message = Message {};
