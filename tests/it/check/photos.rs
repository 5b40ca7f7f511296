//! Pictures that cannot be shown: each is named with its person and the reason.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage};

use super::Place;

fn picture(side: u32, format: ImageFormat) -> Vec<u8> {
    let noise = |x: u32, y: u32| (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).to_le_bytes();
    let image = RgbImage::from_fn(side, side, |x, y| {
        let [r, g, b, _] = noise(x, y);
        image::Rgb([r, g, b])
    });
    let mut bytes = Vec::new();
    DynamicImage::from(image).write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

#[test]
fn each_picture_that_cannot_be_shown_is_named_with_its_person() {
    let place = Place::new("photos");
    let (jpeg, png, webp) =
        (picture(64, ImageFormat::Jpeg), picture(64, ImageFormat::Png), picture(64, ImageFormat::WebP));
    let cases: &[(&str, &[u8], &str)] = &[
        ("whole.jpg", &jpeg, ""),
        ("whole.png", &png, ""),
        ("whole.webp", &webp, ""),
        ("half.jpg", &jpeg[..jpeg.len() / 2], "the file ends before its end mark"),
        ("half.png", &png[..png.len() / 2], "damaged"),
        ("half.webp", &webp[..webp.len() / 2], "damaged"),
        ("large.png", &vec![0; (512 << 10) + 1], "larger than 512 KiB"),
        ("many.jpg", &wide(), "4000×3000 px (12 megapixels), expected at most 1024×1024"),
        ("phone.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "it is a HEIC"),
        ("anim.gif", b"GIF89a\x01\0\x01\0", "it is a GIF"),
        ("logo.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "it is an SVG"),
        ("old.bmp", b"BM\0\0\0\0", "it is a BMP"),
        ("new.avif", b"\0\0\0\x1cftypavif\0\0\0\0", "it is an AVIF"),
    ];
    let mut people = serde_json::Map::new();
    let mut rows = Vec::new();
    let mut person = |name: &str, photo: serde_json::Value| {
        people.insert(format!("p:{name}"), serde_json::json!({"name": format!("Rep {name}"), "photo": photo}));
        rows.push(serde_json::json!({"who": format!("p:{name}"), "value": rows.len()}));
    };
    for (name, bytes, _) in cases {
        place.write(name, bytes);
        person(name, serde_json::json!({"url": name}));
    }
    person("nowhere.png", serde_json::json!({"url": "nowhere.png"}));
    person("other.png", serde_json::json!({"url": "whole.png", "sha256": "0".repeat(64)}));
    let board = serde_json::json!({"format": "salesboard/1", "people": people,
        "slides": [{"type": "ranking", "title": "Deals", "rows": rows}]});
    place.write("board.json", board.to_string());
    let report = place.json("board.json");
    let problems = report["problems"].as_array().unwrap();
    let of = |name: &str| {
        let path = format!("people.p:{name}.photo");
        problems.iter().find(|p| p["path"].as_str().unwrap().replace('"', "") == path)
    };
    let wrong = [("nowhere.png", "No such file"), ("other.png", "sha256")].into_iter();
    for (name, says) in cases.iter().map(|(name, _, says)| (*name, *says)).chain(wrong) {
        match (of(name), says) {
            (None, "") => {}
            (Some(problem), says) if !says.is_empty() => {
                let message = problem["message"].as_str().unwrap();
                assert!(message.contains(says) && message.contains(&format!("Rep {name}")), "{name}: {message}");
                assert_eq!(problem["weight"], "wrong");
            }
            (found, _) => panic!("{name}: {found:?}"),
        }
    }
}

/// A JPEG of twelve megapixels in a few kilobytes.
fn wide() -> Vec<u8> {
    let mut bytes = picture(8, ImageFormat::Jpeg);
    // Height and width stand behind the mark of the frame.
    let frame = bytes.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
    bytes[frame + 5..frame + 7].copy_from_slice(&3000_u16.to_be_bytes());
    bytes[frame + 7..frame + 9].copy_from_slice(&4000_u16.to_be_bytes());
    bytes
}
