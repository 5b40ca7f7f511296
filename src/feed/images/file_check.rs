//! Checks that a picture's file is whole, and names formats that are not shown. A decoder of JPEG fills what is missing
//! with grey and reports nothing.

/// Whether a JPEG ends as it should: with its end mark, behind all of its data.
pub(super) fn jpeg_is_complete(bytes: &[u8]) -> bool {
    let mut at = 2;
    loop {
        // Marks may have fill bytes in front.
        while bytes.get(at) == Some(&0xff) && bytes.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        let (Some(0xff), Some(mark)) = (bytes.get(at), bytes.get(at + 1)) else { return false };
        at += 2;
        match mark {
            0xd9 => return true,
            0x01 | 0xd0..=0xd8 => continue,
            _ => {}
        }
        let Some(two) = bytes.get(at..at + 2) else { return false };
        at += usize::from(u16::from_be_bytes([two[0], two[1]])).max(2);
        if *mark == 0xda {
            // The data of a scan goes on up to a mark that is none of its own.
            let rest = bytes.get(at..).unwrap_or_default();
            let end = rest.windows(2).position(|two| two[0] == 0xff && !matches!(two[1], 0 | 0xd0..=0xd7 | 0xff));
            let Some(end) = end else { return false };
            at += end;
        }
    }
}

/// What a file is that begins like this, where it is no PNG, JPEG or WebP; for a message.
pub(super) fn kind(bytes: &[u8]) -> Option<&'static str> {
    let head = &bytes[..bytes.len().min(512)];
    let has = |word: &[u8]| head.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word));
    let brand = head.get(4..8).filter(|four| *four == b"ftyp").and_then(|_| head.get(8..12));
    Some(match (brand, head) {
        (Some(b"avif" | b"avis"), _) => "an AVIF",
        // A telephone's HEIC may name its own brand behind a general one.
        (Some(b"mif1" | b"msf1"), _) if has(b"avif") => "an AVIF",
        (Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1"), _) => {
            "a HEIC photo from a phone: save it as JPEG"
        }
        (Some(_), _) => "a film",
        (_, [b'G', b'I', b'F', b'8', ..]) => "a GIF",
        (_, [b'B', b'M', ..]) => "a BMP",
        (_, [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..]) => "a TIFF",
        (_, [0, 0, 1, 0, ..]) => "an icon (ICO)",
        (_, [b'%', b'P', b'D', b'F', ..]) => "a PDF",
        (_, [b'8', b'B', b'P', b'S', ..]) => "a Photoshop file",
        (_, [0xff, 0x0a, ..]) => "a JPEG XL",
        _ if has(b"<svg") => "an SVG",
        _ if has(b"<html") || has(b"<!doctype html") => "a web page: does the address need a login?",
        (_, []) => "empty",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{DynamicImage, ImageFormat, RgbImage};
    use std::io::Cursor;

    fn jpeg() -> Vec<u8> {
        let image = RgbImage::from_fn(64, 48, |x, y| image::Rgb([(x * 4) as u8, (y * 5) as u8, (x * y) as u8]));
        let mut bytes = Vec::new();
        DynamicImage::from(image).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Jpeg).unwrap();
        bytes
    }

    #[test]
    fn half_a_jpeg_is_no_picture_and_one_with_a_tail_is() {
        let whole = jpeg();
        assert!(jpeg_is_complete(&whole));
        for end in 0..whole.len() {
            assert!(!jpeg_is_complete(&whole[..end]), "cut at {end}");
        }
        assert!(jpeg_is_complete(&[&whole[..], b"what a telephone adds"].concat()));
        let mut holed = whole.clone();
        let half = holed.len() / 2;
        holed[half..].fill(0);
        assert!(!jpeg_is_complete(&holed), "a copy that was broken off");
        // A small picture inside the head of another ends before it does.
        let mut inside = vec![0xff, 0xd8, 0xff, 0xe1];
        inside.extend(u16::try_from(whole.len() + 2).unwrap().to_be_bytes());
        inside.extend(&whole);
        inside.extend(&whole[2..]);
        assert!(jpeg_is_complete(&inside) && !jpeg_is_complete(&inside[..inside.len() - 100]));
    }

    #[test]
    fn formats_that_are_not_shown_are_named() {
        for (bytes, name) in [
            (&b"\0\0\0\x18ftypheic\0\0\0\0"[..], "HEIC"),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "HEIC"),
            (b"\0\0\0\x1cftypavif\0\0\0\0", "AVIF"),
            (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif", "AVIF"),
            (b"\0\0\0\x18ftypisom", "film"),
            (b"GIF89a", "GIF"),
            (b"BM\0\0", "BMP"),
            (b"II*\0", "TIFF"),
            (b"<?xml version=\"1.0\"?><SVG xmlns=\"x\">", "SVG"),
            (b"<!DOCTYPE html>", "web page"),
            (b"", "empty"),
        ] {
            assert!(kind(bytes).is_some_and(|kind| kind.contains(name)), "{name}");
        }
        assert_eq!(kind(b"whatever it is"), None);
    }
}
