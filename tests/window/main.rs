//! The program in real windows: on a virtual X server, and under the Wayland compositors that Debian has.

mod brokers;
mod faults;
mod first;
mod maps;
mod program;
mod reload;
mod status;
mod still;
#[path = "../support/mod.rs"]
mod support;
mod wayland;
mod x11;
mod xserver;
