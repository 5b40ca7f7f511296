//! The hub from the outside: imports, figures and HTTP against computations of their own.

mod api;
mod imports;
mod standings;
mod support;
