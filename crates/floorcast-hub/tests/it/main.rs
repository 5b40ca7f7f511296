//! The hub from the outside: imports, figures and HTTP against computations of their own.

mod access;
mod api;
mod crash;
mod hooks;
mod imports;
mod manage;
mod operations;
mod people;
#[cfg(feature = "postgres")]
mod postgres;
mod private;
mod standings;
mod support;
