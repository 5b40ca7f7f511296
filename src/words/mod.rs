//! Interface words, numbers, money, dates.
