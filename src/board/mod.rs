//! Holds what a feed delivers: boards of the contract, pictures, and feed health.
//!
//! The contract's types and rules are those of the crate `salesboard`.

pub mod chronicle;
pub mod fresh;
pub mod race;
pub mod story;
mod update;

use std::sync::Arc;

pub use salesboard::board::*;
pub use update::*;

/// A decoded photo of a person, brought to the measure of all (DESIGN 4, Faces).
#[derive(Debug, Clone)]
pub struct Photo {
    /// [`FileRef::key`] of the reference it answers.
    pub key: String,
    /// Pixels, straight alpha.
    pub image: Arc<image::RgbaImage>,
}

/// The logo of the company or of a team (its crest), in its own colours.
#[derive(Debug, Clone, PartialEq)]
pub struct Logo {
    /// Where it came from: a path, or the [`FileRef::key`] of the reference it answers.
    pub key: String,
    /// Pixels, straight alpha.
    pub image: Arc<image::RgbaImage>,
}

/// A person's own sound, as its file, which was looked at.
#[derive(Debug, Clone)]
pub struct Clip {
    /// [`FileRef::key`] of the reference it answers.
    pub key: String,
    pub bytes: Arc<[u8]>,
}

impl PartialEq for Photo {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && Arc::ptr_eq(&self.image, &other.image)
    }
}
