//! What changed between two boards.
