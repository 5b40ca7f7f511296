//! Writes pictures one after the other into an animated PNG, each as the part of it that changed.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::time::Duration;

use image::RgbaImage;
use png::{BitDepth, BlendOp, ColorType, Compression, DisposeOp, Encoder};

/// Writes pictures of one size, each on for so long; the last one stays for a while before it begins anew.
///
/// # Errors
/// The file cannot be written.
pub fn write(pictures: &[RgbaImage], every: Duration, last: Duration, path: &Path) -> Result<(), png::EncodingError> {
    let Some(first) = pictures.first() else { return Ok(()) };
    let (w, h) = first.dimensions();
    let mut encoder = Encoder::new(BufWriter::new(File::create(path)?), w, h);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::High);
    encoder.set_animated(pictures.len() as u32, 0)?;
    let mut writer = encoder.write_header()?;
    for (i, picture) in pictures.iter().enumerate() {
        let [x0, y0, x1, y1] = match i.checked_sub(1) {
            Some(before) => changed(&pictures[before], picture),
            None => [0, 0, w, h],
        };
        // Where the last part stood, a larger one would be beyond the edge.
        writer.set_frame_position(0, 0)?;
        writer.set_frame_dimension(x1 - x0, y1 - y0)?;
        writer.set_frame_position(x0, y0)?;
        writer.set_blend_op(BlendOp::Source)?;
        writer.set_dispose_op(DisposeOp::None)?;
        let length = if i + 1 == pictures.len() { last } else { every };
        writer.set_frame_delay(u16::try_from(length.as_millis()).unwrap_or(u16::MAX), 1000)?;
        let rows = (y0..y1).flat_map(|y| (x0..x1).map(move |x| (x, y)));
        let bytes: Vec<u8> = rows.flat_map(|(x, y)| picture.get_pixel(x, y).0[..3].to_vec()).collect();
        writer.write_image_data(&bytes)?;
    }
    writer.finish()
}

/// Left, top, right and bottom of what differs; one pixel where nothing does, as an empty part is none.
fn changed(before: &RgbaImage, now: &RgbaImage) -> [u32; 4] {
    let differs = now.enumerate_pixels().filter(|(x, y, pixel)| *pixel != before.get_pixel(*x, *y));
    let bounds = differs.fold(None, |bounds: Option<[u32; 4]>, (x, y, _)| {
        let [x0, y0, x1, y1] = bounds.unwrap_or([x, y, x + 1, y + 1]);
        Some([x0.min(x), y0.min(y), x1.max(x + 1), y1.max(y + 1)])
    });
    bounds.unwrap_or([0, 0, 1, 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_its_part_that_changed() {
        let black = RgbaImage::from_pixel(8, 6, image::Rgba([0, 0, 0, 255]));
        let mut dot = black.clone();
        dot.put_pixel(3, 2, image::Rgba([255, 0, 0, 255]));
        dot.put_pixel(5, 4, image::Rgba([255, 0, 0, 255]));
        assert_eq!((changed(&black, &dot), changed(&dot, &dot)), ([3, 2, 6, 5], [0, 0, 1, 1]));
        let held = tempfile::tempdir().unwrap();
        let path = held.path().join("animation.png");
        let length = Duration::from_millis(100);
        let white = RgbaImage::from_pixel(8, 6, image::Rgba([255; 4]));
        write(&[black, dot.clone(), dot, white], length, length, &path).unwrap();
        let decoder = png::Decoder::new(std::io::BufReader::new(File::open(&path).unwrap()));
        let mut reader = decoder.read_info().unwrap();
        let frames = reader.info().animation_control().map(|control| control.num_frames);
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        let sizes: Vec<(u32, u32)> = (0..4)
            .map(|_| {
                reader.next_frame(&mut bytes).unwrap();
                reader.info().frame_control().map_or((0, 0), |frame| (frame.width, frame.height))
            })
            .collect();
        std::fs::remove_file(&path).unwrap();
        assert_eq!((frames, sizes), (Some(4), vec![(8, 6), (3, 3), (1, 1), (8, 6)]));
    }
}
