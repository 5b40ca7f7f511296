//! Shows live sales boards on the TV on the wall.
//!
//! A pure core (`board`, `motion`, `scene`, `slides`, `director`) turns updates and an instant into a scene, which is plain
//! data. Shells drive it: `app` with a window, `shot` with a picture, `check` with neither. Data flows one way:
//!
//! ```text
//!         feed thread (tokio)                        main thread
//!  HTTP/SSE/MQTT/file/tape → bytes → accept → Board ┐
//!                                                   │ Update (inbox + wake)
//!                                                   ▼
//!         kiosk.toml ──────────────► Director.apply(update, now)     state changes in apply
//!                                    Director.advance(now)           and advance only
//!                                                   │
//!                  instant `now` ──► Director.frame(now) → Scene     &self: same now, same scene
//!                                                   │
//!                                                   ▼
//!                                       Gpu.draw(Scene, target)      window, or texture → PNG
//! ```
//!
//! # Rooms
//!
//! Each module is a room with a law: the rooms that it may import. `tests/tidy` checks the laws, and that this table says
//! them.
//!
//! | room | holds | may import |
//! |---|---|---|
//! | `config` | `kiosk.toml` to `Config`: unknown keys refused, errors with line and column | `files`, `suggest`, `redact` |
//! | `board` | what a feed says, checked and cleaned; ranks and ties, differences, ages | nothing |
//! | `motion` | a number over absolute time: springs, eases, tracks | nothing |
//! | `scene` | a picture as plain data; `Canvas`, the one way to paint; measured text | `motion` |
//! | `theme` | design tokens: the only colours, type sizes and springs | `motion`, `scene` |
//! | `words` | interface words, numbers, money and dates as a language writes them | `board` |
//! | `sound` | what a celebration sounds like; plays nothing | nothing |
//! | `store` | what survives a power cut: the last good board, ids of celebrations, pictures | `board`, `files` |
//! | `feed` | transports, limits, `accept`: bytes to a `Board` | `board`, `config`, `demo`, `files`, `map`, `suggest`, `redact`, `routes`, `sound`, `store` |
//! | `slides` | the kinds of slides: model, motion, drawing | `board`, `motion`, `scene`, `theme`, `words` |
//! | `director` | the core: what is on the screen and when; no I/O, cannot fail | `board`, `config`, `motion`, `scene`, `slides`, `theme`, `words` |
//! | `gpu` | a scene to pixels, on a window or into a picture | `scene` |
//! | `app` | the window: event loop, clock, what to do with a frame that fails | every room but the shells |
//! | `remote` | the wall seen and steered from a desk, over HTTP | `cli`, `clock`, `config`, `exit`, `stdout`, `store` |
//! | `compositor` | a client of the compositor that tells its supervisor whether it answers and draws | `clock`, `exit`, `watchdog` |
//! | `shot` | a feed and an instant to a PNG | every room but the shells |
//! | `check` | what would be on the wall, and everything that is wrong | every room but the shells |
//! | `explain` | `floorcast why` and `what-if`: why a figure is what it is, and what other cells would change | every room but the shells |
//! | `cli` | the command line | `config` |
//! | `exit` | exit codes and the one line that says why | `config` |
//! | `stdout` | answers on the standard output | `exit` |
//! | `host` | this machine: its adapter, logo, name and network | `board`, `config`, `feed`, `gpu`, `routes` |
//! | `log` | the log on the standard error: it cannot fail, block or flood | `clock`, `exit`, `redact` |
//! | `clock` | the only reader of the clocks | nothing |
//! | `files` | reads files of which nobody knows what lies there | nothing |
//! | `routes` | the kernel's table of routes | nothing |
//! | `redact` | one redactor of secrets, for settings and feeds | nothing |
//! | `template` | a workbook to begin with, in eight languages | `cli`, `clock`, `config`, `exit`, `feed`, `map` |
//! | `watchdog` | how often the supervisor's watchdog is fed | nothing |
//! | `demo` | the built-in show | nothing |
//! | `manual` | manual pages and completions of the command line, for packages | `cli`, `exit` |
//!
//! The contract is a crate of its own, `salesboard`: its types, `accept`, ranks, and figures and dates by locale. `board`,
//! [`feed::accept`], [`schema`], [`suggest`] and `words` hand on what is there. Maps and tables are the crate `floorcast-map`,
//! here [`map`]; it reads workbooks into `salesfloor`, which computes their figures: goals, contests, scorecards. The hub, with
//! its store, imports and pages, is the crate `floorcast-hub`; its own front page lists its rooms.
//!
//! # Three ideas
//!
//! - **Sampling asks for the next frame.** [`scene::Canvas::sample`] returns a value and lowers `scene.next` while the value
//!   moves. Nothing has to be marked as dirty.
//! - **A feed sends whole boards.** [`board::diff`] finds what changed; the slides turn that into motion.
//! - **A value comes with a list of problems, not as a value or an error.** Nothing from outside can blank the wall.
//!
//! `docs/architecture.md` explains the rest, `CONTRIBUTING.md` how to change it.

pub mod app;
pub mod board;
pub mod check;
pub mod cli;
pub mod clock;
pub mod compositor;
pub mod config;
pub mod demo;
pub mod director;
pub mod exit;
pub mod explain;
pub mod feed;
mod files;
pub mod gpu;
mod host;
pub mod log;
pub mod manual;
pub mod motion;
pub mod redact;
pub mod remote;
mod routes;
pub mod scene;
pub mod shot;
pub mod slides;
pub mod sound;
pub mod stdout;
pub mod store;
pub mod template;
#[cfg(test)]
mod testing;
pub mod theme;
mod watchdog;
pub mod words;

pub use floorcast_map as map;
pub use salesboard::{schema, suggest};
