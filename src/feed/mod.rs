//! The feed: bytes to boards.
