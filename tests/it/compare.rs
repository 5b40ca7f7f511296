//! The comparer of pictures is itself compared: it must see a hairline that moved, and overlook a rounded pixel.

use image::{Rgba, RgbaImage};

use crate::support::compare::{Diff, Tolerance, compare, golden};

/// A grey picture with a faint vertical line of one pixel.
fn hairline(at: u32) -> RgbaImage {
    RgbaImage::from_fn(960, 540, |x, _| if x == at { Rgba([140, 140, 140, 255]) } else { Rgba([100, 100, 100, 255]) })
}

#[test]
fn equal_pictures_are_equal() {
    let exact = Tolerance { per_channel: 0, max_pixels: 0 };
    assert_eq!(compare(&hairline(7), &hairline(7), exact), Ok(()));
}

#[test]
fn a_hairline_moved_by_one_pixel_fails_everywhere() {
    let (a, b) = (hairline(500), hairline(501));
    for tolerance in [Tolerance::SAME_RENDERER, Tolerance::other_renderer(&a)] {
        let diff = compare(&a, &b, tolerance).unwrap_err();
        assert_eq!(diff, Diff::Pixels { count: 1080, worst: 40, bbox: [500, 0, 502, 540] });
    }
}

#[test]
fn rounding_is_overlooked_but_not_much_of_it() {
    let a = hairline(10);
    let mut b = a.clone();
    b.pixels_mut().for_each(|p| p.0[1] += 3);
    assert_eq!(compare(&a, &b, Tolerance::SAME_RENDERER), Ok(()));
    for x in 0..10 {
        b.put_pixel(x, 0, Rgba([200, 0, 0, 255]));
    }
    assert_eq!(compare(&a, &b, Tolerance::SAME_RENDERER), Ok(()));
    b.put_pixel(10, 3, Rgba([200, 0, 0, 255]));
    let diff = compare(&a, &b, Tolerance::SAME_RENDERER).unwrap_err();
    assert_eq!(diff, Diff::Pixels { count: 11, worst: 140, bbox: [0, 0, 11, 4] });
    assert_eq!(compare(&a, &b, Tolerance::other_renderer(&a)), Ok(()), ".04 % of 960 × 540 are 207");
}

#[test]
fn alpha_counts_and_so_does_size() {
    let a = hairline(10);
    let mut b = a.clone();
    b.pixels_mut().for_each(|p| p.0[3] = 0);
    assert!(matches!(compare(&a, &b, Tolerance::SAME_RENDERER), Err(Diff::Pixels { worst: 255, .. })));
    let wider = RgbaImage::new(961, 540);
    let diff = compare(&a, &wider, Tolerance::SAME_RENDERER).unwrap_err();
    assert_eq!(diff.to_string(), "960 × 540 pixels, not 961 × 540");
}

#[test]
#[should_panic(expected = "no golden")]
fn a_golden_that_is_not_there_fails() {
    if std::env::var_os("FLOORCAST_BLESS").is_some() {
        panic!("no golden is blessed here");
    }
    golden("there-is-no-such-golden", &RgbaImage::new(2, 2));
}
