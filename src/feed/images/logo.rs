//! Reads this machine's own logo and the crests of teams, no larger than they are ever drawn.

use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use image::RgbaImage;
use image::imageops::{FilterType, resize};

use super::picture::decode;
use crate::board::Logo;
use crate::feed::limits::PhotoLimits;
use crate::files;

/// The logo's height on a 4K screen in pixels: a larger one would only be shrunk again with each frame.
const LOGO_PX: u32 = 152;
/// A crest's height there.
const CREST_PX: u32 = 96;

/// Reads this machine's own logo under the limits of a feed's pictures.
///
/// # Errors
/// One line: the file cannot be read, is too large, or is no picture.
pub fn logo(path: &Path) -> Result<Logo, String> {
    let limits = PhotoLimits::default();
    let wrong = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let mut bytes = Vec::new();
    let max = limits.file_bytes as u64 + 1;
    files::open(path).and_then(|file| file.take(max).read_to_end(&mut bytes)).map_err(|error| wrong(&error))?;
    let image = decode(&bytes, &limits).map_err(|error| wrong(&error))?;
    Ok(Logo { key: path.display().to_string(), image: Arc::new(no_higher(image, LOGO_PX)) })
}

/// Decodes a team's crest.
pub(super) fn crest(bytes: &[u8], limits: &PhotoLimits) -> Result<RgbaImage, String> {
    Ok(no_higher(decode(bytes, limits)?, CREST_PX))
}

fn no_higher(image: RgbaImage, px: u32) -> RgbaImage {
    if image.height() <= px {
        return image;
    }
    let width = (image.width() * px / image.height()).max(1);
    resize(&image, width, px, FilterType::Lanczos3)
}
