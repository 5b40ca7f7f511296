//! The laws of the house as tests; each has a test of its own that a breach is caught.

mod alone;
mod circles;
mod citations;
mod code;
mod dead;
mod faults;
mod front_page;
mod rooms;
mod shaders;
mod shape;
