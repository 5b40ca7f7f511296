//! How facts get in: files are read, planned, committed, and can be taken back.

pub mod choices;
pub mod commit;
pub mod decode;
pub mod facts;
pub mod files;
pub mod identity;
pub mod names;
pub mod owners;
pub mod plan;
pub mod poll;
pub mod spelling;
pub mod undo;
pub mod webhook;
pub mod whose;
