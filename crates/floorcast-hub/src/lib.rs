//! The hub: the system behind the wall.
//!
//! Facts of a sales floor in one store, a folder or a PostgreSQL server. [`sources`] brings them in (plan, commit, undo), [`store`] keeps them, `salesfloor`
//! computes figures from them, [`publish`] makes boards of these, and [`web`] gives all of it to walls, programs and people.
//! [`jobs`] sends mails and webhooks, [`access`] says who may see what, and [`ops`] keeps it safe.
//!
//! | room | holds |
//! |---|---|
//! | `store` | rows of the floor on SQLite or PostgreSQL, each kind in a file; migrations; the private store |
//! | `sources` | what comes from outside as facts and records: plan, commit, undo, webhooks, polling |
//! | `standings` | who stands where in a metric |
//! | `publish` | boards from figures: bodies, pictures, MQTT |
//! | `jobs` | mails and webhooks: an outbox of rows, and what fills and empties it |
//! | `screens` | pairing, names and messages of walls |
//! | `ops` | backup, doctor, demo, plans, settings |
//! | `web` | the API (`web::api`), pages (`web::pages`), boards for walls, sign-in |
//! | `cli` | the sub-commands of `floorcast hub` |
//!
//! A setting of the floor goes through `store/migrations` and `store/floor.rs` (column and row), `ops/config.rs` (key, check),
//! `sources/plan/targets.rs` (sheet), `docs/hub.md` and `kiosk.toml`. A resource of the API is a file in `web/api` with its
//! routes in `web/api/mod.rs` and `openapi.rs`; what it writes goes through `audited`.

pub mod access;
pub mod cli;
mod clock;
mod files;
mod http;
pub mod jobs;
pub mod ops;
pub mod publish;
mod random;
pub mod screens;
pub mod sources;
pub mod standings;
pub mod store;
pub mod web;
