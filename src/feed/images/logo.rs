//! Reads this machine's own logo.

use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use super::picture::decode;
use crate::board::Logo;
use crate::feed::limits::PhotoLimits;
use crate::files;

/// The logo's height on a 4K screen in pixels: a larger one would only be shrunk again with each frame.
const LOGO_PX: u32 = 152;

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
    let mut image = decode(&bytes, &limits).map_err(|error| wrong(&error))?;
    if image.height() > LOGO_PX {
        let width = (image.width() * LOGO_PX / image.height()).max(1);
        image = image::imageops::resize(&image, width, LOGO_PX, image::imageops::FilterType::Lanczos3);
    }
    Ok(Logo { key: path.display().to_string(), image: Arc::new(image) })
}
