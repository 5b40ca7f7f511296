//! The hub from the outside: imports, figures and HTTP; figures are compared with an independent computation.

mod access;
mod api;
mod canaries;
mod crash;
mod exports;
mod full;
mod imports;
mod manage;
mod money;
mod nightly;
#[cfg(feature = "postgres")]
mod nodes;
mod operations;
mod outbox;
mod owners;
mod people;
#[cfg(feature = "postgres")]
mod postgres;
mod power;
mod private;
#[cfg(feature = "postgres")]
mod queues;
mod smtp;
mod standings;
mod support;
mod webhooks;
