//! What keeps a floor safe: backups that are proven, a look at its health, settings, a floor to look at.

mod age;
pub mod apply;
pub mod backup;
pub mod config;
pub mod demo;
pub mod doctor;
pub mod lock;
pub mod nightly;
pub mod outgoing;
pub mod private_backup;
mod scratch;
pub mod sign_on;
mod told;
