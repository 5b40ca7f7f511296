//! The program in real windows: on a virtual X server, and under the Wayland compositors that Debian has.
//!
//! These are a binary of their own: they need display servers, and many measure time, so they are run alone when the rest
//! is fine.

mod brokers;
mod cec;
mod failing;
mod faults;
mod first;
mod maps;
mod pipes;
mod power_cut;
mod program;
mod reload;
mod remote;
mod secrets;
mod sound;
mod status;
mod still;
mod supervisor;
#[path = "../support/mod.rs"]
mod support;
mod unseen;
mod wayland;
mod x11;
mod xserver;
