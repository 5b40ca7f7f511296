//! Runs feeds over real sockets and files under short limits: every fault, and the recovery from it.

mod answers;
mod authorities;
mod disk;
mod faults;
mod files;
mod log;
mod maps;
mod monitor;
mod pages;
mod panics;
mod photos;
mod redirects;
mod refusals;
mod stream;
mod tokens;
