//! Places: ties, order, movement, what is shown (FEED §3).
