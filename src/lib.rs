//! floorcast: live sales boards on the TV on the wall.
//!
//! ```text
//!         feed thread (tokio)                        main thread
//!  HTTP/file/tape → bytes → accept → Board ─────────┐
//!                                                   │ Update (inbox + wake)
//!                                                   ▼
//!         kiosk.toml ──────────────► Director.apply(update, now)     state changes here only
//!                                                   │
//!                  instant `now` ──► Director.frame(now) → Scene     &self: same now, same scene
//!                                                   │
//!                                                   ▼
//!                                       Gpu.draw(Scene, target)      window, or texture → PNG
//! ```
//!
//! A pure core (`board`, `motion`, `scene`, `slides`, `director`) turns updates and an instant into a scene; the shells
//! (`app`, `shot`, `check`) drive it. Data flows one way. The laws between the rooms are tests in `tests/tidy`.

pub mod app;
pub mod board;
pub mod check;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod director;
pub mod exit;
pub mod feed;
pub mod gpu;
mod host;
pub mod map;
pub mod motion;
pub mod redact;
mod routes;
pub mod scene;
pub mod schema;
pub mod shot;
pub mod slides;
pub mod store;
pub mod suggest;
#[cfg(test)]
mod testing;
pub mod theme;
pub mod words;
