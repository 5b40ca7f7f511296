//! All tests that need neither a screen nor silence, as one binary: each binary links the whole program once more.
//!
//! One room's tests: `cargo nextest run --test it feed::`. Binaries of their own are `tidy`, which reads the sources and
//! answers before the program is built, and `window`, which needs display servers.

mod acceptance;
mod burn_in;
mod celebrations;
mod check;
mod cli;
mod compare;
mod config;
mod config_problems;
mod demo;
mod demo_facts;
mod determinism;
mod director;
mod examples;
mod exports;
mod faults;
mod feed;
mod figures_with_units;
mod flashes;
mod floor;
mod golden;
#[cfg(feature = "hub")]
mod hub;
#[cfg(feature = "hub")]
mod hub_mqtt;
#[cfg(feature = "hub")]
mod hub_sources;
mod kiosk_status;
mod late_photos;
mod layout;
mod map;
mod mqtt;
mod overdraw;
mod packages;
mod pages;
mod race;
mod readme;
mod recipes;
mod record;
mod scenes;
mod schema;
mod several;
mod standby;
mod store;
mod story;
#[path = "../support/mod.rs"]
mod support;
mod system_fonts;
mod systemd;
mod tables;
mod tapes;
mod words;
mod workbook;
mod workbooks;
