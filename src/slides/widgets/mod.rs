//! Holds the parts that slides of several kinds share. No widget knows a kind.

pub mod accents;
pub(crate) mod attain;
pub(crate) mod bar;
pub(crate) mod card;
pub(crate) mod cells;
pub(crate) mod countdown;
pub(crate) mod digits;
pub(crate) mod duel;
pub(crate) mod enter;
pub(crate) mod face;
pub(crate) mod footer;
pub(crate) mod freshness;
pub(crate) mod gauge;
pub mod header;
pub(crate) mod hero;
pub(crate) mod lines;
pub(crate) mod marks;
pub(crate) mod measure;
pub(crate) mod notice;
pub(crate) mod panel;
pub(crate) mod podium;
pub(crate) mod prizes;
pub(crate) mod sequence;
pub(crate) mod slab;
pub(crate) mod swap_midway;
