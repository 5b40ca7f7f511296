//! Decodes a picture: three formats, every limit checked before the decoder runs.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits as DecoderLimits, RgbaImage};

use super::file_check;
use crate::feed::limits::PhotoLimits;
use crate::feed::unpack::size;
use crate::store::sha256;

/// Decodes PNG, JPEG or WebP. The size is read from the header; nothing of a picture that is too large is decoded.
pub(super) fn decode(bytes: &[u8], limits: &PhotoLimits) -> Result<RgbaImage, String> {
    if bytes.len() > limits.file_bytes {
        return Err(format!("larger than {}", size(limits.file_bytes)));
    }
    let format = match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP)) => format,
        _ => {
            let found = file_check::kind(bytes).map(|kind| format!(": it is {kind}")).unwrap_or_default();
            return Err(format!("not a PNG, JPEG or WebP picture{found}"));
        }
    };
    let damaged = |error: image::ImageError| format!("a damaged picture: {error}");
    let (width, height) = ImageReader::with_format(Cursor::new(bytes), format).into_dimensions().map_err(damaged)?;
    if width == 0 || height == 0 || width > limits.side || height > limits.side {
        let megapixels = f64::from(width) * f64::from(height) / 1e6;
        let megapixels = if megapixels < 1.0 { String::new() } else { format!(" ({megapixels:.0} megapixels)") };
        return Err(format!("{width}×{height} px{megapixels}, expected at most {0}×{0}", limits.side));
    }
    if format == ImageFormat::Jpeg && !file_check::jpeg_is_complete(bytes) {
        return Err("a part of the picture is missing: the file ends before its end mark".into());
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut decoder_limits = DecoderLimits::default();
    decoder_limits.max_image_width = Some(limits.side);
    decoder_limits.max_image_height = Some(limits.side);
    // 16 bits for four channels, twice: what a decoder may hold while it works.
    decoder_limits.max_alloc = Some(u64::from(limits.side) * u64::from(limits.side) * 16);
    reader.limits(decoder_limits);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    // Telephones write pictures lying down and say so.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    picture.apply_orientation(orientation);
    Ok(picture.into_rgba8())
}

/// Checks a picture's file against the hash that the feed sends.
pub(super) fn check_hash(bytes: &[u8], want: Option<&str>) -> Result<(), String> {
    match want {
        Some(want) if sha256(bytes) != want.to_ascii_lowercase() => Err("its sha256 is not the one in the feed".into()),
        _ => Ok(()),
    }
}
