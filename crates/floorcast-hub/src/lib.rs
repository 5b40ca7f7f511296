//! The hub: the system behind the wall.
//!
//! Facts of a sales floor in one file. [`sources`] brings them in (plan, commit, undo), [`store`] keeps them, `salesfloor`
//! computes figures from them, [`publish`] makes boards of these, and [`web`] gives all of it to walls, programs and people.
//! [`access`] says who may see what, and [`ops`] keeps it safe.

pub mod access;
pub mod cli;
mod clock;
mod files;
pub mod ops;
pub mod publish;
mod random;
pub mod screens;
pub mod sources;
pub mod standings;
pub mod store;
pub mod web;
