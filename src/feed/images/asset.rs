//! The kinds of files that a board names: photos and crests, which are decoded here, and sounds, which are looked at and
//! decoded as they are played.

use std::sync::Arc;

use image::RgbaImage;

use super::grade;
use super::logo::crest;
use super::picture::decode;
use crate::board::{Clip, Logo, Photo, Update};
use crate::feed::limits::PhotoLimits;
use crate::sound::{MAX_CLIP_BYTES, check_clip};

/// A kind of file.
pub(super) trait Asset: Sized + Send + Sync + 'static {
    /// What it is called in messages.
    const NAME: &'static str;
    /// What a server is asked for.
    const ACCEPT: &'static str;
    /// Bytes of a file.
    fn max_bytes(limits: &PhotoLimits) -> usize;
    /// Bytes that all of a board may take in memory.
    fn max_held(limits: &PhotoLimits) -> usize;
    /// Checks a file, and makes of it what is used.
    fn read(bytes: &[u8], limits: &PhotoLimits) -> Result<Self, String>;
    /// Bytes that it takes in memory.
    fn held(&self) -> usize;
    /// The news that it is there.
    fn update(key: String, asset: Arc<Self>) -> Update;
}

/// The photo of a person.
pub(super) struct Portrait(Arc<RgbaImage>);

impl Asset for Portrait {
    const NAME: &'static str = "picture";
    const ACCEPT: &'static str = "image/webp, image/png, image/jpeg";

    fn max_bytes(limits: &PhotoLimits) -> usize {
        limits.file_bytes
    }

    fn max_held(limits: &PhotoLimits) -> usize {
        limits.decoded_bytes
    }

    fn read(bytes: &[u8], limits: &PhotoLimits) -> Result<Self, String> {
        let mut image = decode(bytes, limits)?;
        grade::apply(&mut image);
        Ok(Portrait(Arc::new(image)))
    }

    fn held(&self) -> usize {
        self.0.as_raw().len()
    }

    fn update(key: String, portrait: Arc<Self>) -> Update {
        Update::Photo(Photo { key, image: portrait.0.clone() })
    }
}

impl Asset for RgbaImage {
    const NAME: &'static str = "crest";
    const ACCEPT: &'static str = Portrait::ACCEPT;

    fn max_bytes(limits: &PhotoLimits) -> usize {
        limits.file_bytes
    }

    fn max_held(limits: &PhotoLimits) -> usize {
        limits.decoded_bytes
    }

    fn read(bytes: &[u8], limits: &PhotoLimits) -> Result<Self, String> {
        crest(bytes, limits)
    }

    fn held(&self) -> usize {
        self.as_raw().len()
    }

    fn update(key: String, image: Arc<Self>) -> Update {
        Update::Crest(Logo { key, image })
    }
}

/// The file of a sound.
pub(super) struct SoundFile(Arc<[u8]>);

impl Asset for SoundFile {
    const NAME: &'static str = "sound";
    const ACCEPT: &'static str = "audio/ogg, audio/mpeg, audio/wav";

    fn max_bytes(_: &PhotoLimits) -> usize {
        MAX_CLIP_BYTES
    }

    fn max_held(limits: &PhotoLimits) -> usize {
        limits.sound_bytes
    }

    fn read(bytes: &[u8], _: &PhotoLimits) -> Result<Self, String> {
        let bytes: Arc<[u8]> = bytes.into();
        check_clip(&bytes).map(|()| SoundFile(bytes))
    }

    fn held(&self) -> usize {
        self.0.len()
    }

    fn update(key: String, sound: Arc<Self>) -> Update {
        Update::Clip(Clip { key, bytes: sound.0.clone() })
    }
}
