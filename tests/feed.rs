//! Runs feeds over real sockets and files under short limits: every fault, and the recovery from it.

mod support;

#[path = "feed/answers.rs"]
mod answers;
#[path = "feed/authorities.rs"]
mod authorities;
#[path = "feed/disk.rs"]
mod disk;
#[path = "feed/faults.rs"]
mod faults;
#[path = "feed/files.rs"]
mod files;
#[path = "feed/log.rs"]
mod log;
#[path = "feed/maps.rs"]
mod maps;
#[path = "feed/monitor.rs"]
mod monitor;
#[path = "feed/pages.rs"]
mod pages;
#[path = "feed/panics.rs"]
mod panics;
#[path = "feed/photos.rs"]
mod photos;
#[path = "feed/redirects.rs"]
mod redirects;
#[path = "feed/refusals.rs"]
mod refusals;
#[path = "feed/stream.rs"]
mod stream;
#[path = "feed/tokens.rs"]
mod tokens;
