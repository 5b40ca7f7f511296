//! The wall seen and steered from a desk: the picture that is on it, how it is, and what can be done, over HTTP.
//!
//! The service runs on a thread of its own. It asks the wall's loop through a bounded queue and waits only so long, so a
//! wall that hangs still answers how it is, and no visitor is ever in the way of the picture.

mod access;
mod action;
pub mod client;
mod desk;
mod form;
mod random;
mod service;
mod view;
mod words;

pub use action::{Action, Turn, Wrong};
pub use desk::{Answer, Ask, Counters, Device, Health, Inbox, Line, Picture, Request, line};
pub use service::{Service, serve};
pub use view::{FeedView, OnNow, SlideView, StartView, Upcoming, View};
