//! Letters: where they stand, and that their atlas never shows.

use super::*;

#[test]
fn letters_paint_where_they_say_they_may() {
    let Some((mut gpu, mut fonts)) = open() else { return };
    for text in ["Ấjfy", "W", "gÅQ", "佐藤(", "Ωξ", "לָשׁ", "ليلى", "ẞ", "/_|", "ﷺ"] {
        for (size, weight) in [(60.0, Weight::Semi), (41.3, Weight::Heavy)] {
            let scene = painted(&mut fonts, |c| {
                c.text(80.4, 80.0, text, Style::new(size, weight), WHITE, Align::Left);
            });
            let reach =
                scene.layers[0].items.iter().flat_map(Item::bounds).fold([240.0f32, 135.0, 0.0, 0.0], |b, r| {
                    [b[0].min(r.x0), b[1].min(r.y0), b[2].max(r.x1), b[3].max(r.y1)]
                });
            let ink = ink(&gpu.picture(&scene, &mut fonts).unwrap()).map(|v| v as f32);
            assert!(ink[0] < ink[2], "{text} is seen");
            let inside = ink[0] >= reach[0] && ink[1] >= reach[1] && ink[2] <= reach[2] && ink[3] <= reach[3];
            assert!(inside, "{text}, size {size}: {ink:?} in {reach:?}");
            assert!(reach[3] - reach[1] < 2.4 * size, "{text}: room for others: {reach:?}");
        }
    }
}

#[test]
fn letters_stand_on_their_baseline() {
    let Some((mut gpu, mut fonts)) = open() else { return };
    for (y, size) in [(90.0, 54.0), (91.0, 54.0), (90.0, 37.3), (64.0, 21.7)] {
        let style = Style::new(size, Weight::Heavy);
        let scene = painted(&mut fonts, |c| {
            c.text(20.0, y, "HHH", style, WHITE, Align::Left);
        });
        let image = gpu.picture(&scene, &mut fonts).unwrap();
        // A bottom that falls between two pixels leaves a faint row.
        let bottom = (0..SIZE[1]).rev().find(|&y| (0..SIZE[0]).any(|x| at(&image, x, y)[0] > 127)).unwrap() + 1;
        assert_eq!(bottom, y as u32, "size {size}");
    }
}

#[test]
fn gaps_in_the_atlas_leave_no_text_out() {
    let Some((mut gpu, mut fonts)) = open() else { return };
    let mut write = |text: &str| {
        painted(&mut fonts, |c| {
            c.text(20.0, 90.0, text, Style::new(60.0, Weight::Heavy), WHITE, Align::Left);
        })
    };
    let (scene, other) = (write("ABC"), write("ABD"));
    let whole = gpu.picture(&scene, &mut fonts).unwrap();
    let _ = gpu.draw(other.clone(), &mut fonts, |_| ());
    gpu.painter.texts.pretend_full = 1;
    let _ = gpu.draw(scene.clone(), &mut fonts, |_| ());
    assert!(shown(&gpu) == whole, "it was painted again, with an empty atlas");
    // Where that does not help either, the rest is painted, and not twice each time.
    let _ = gpu.draw(other.clone(), &mut fonts, |_| ());
    gpu.painter.texts.pretend_full = 3;
    let _ = gpu.draw(scene.clone(), &mut fonts, |_| ());
    assert_eq!(gpu.painter.texts.pretend_full, 1, "left out, and once more from an empty atlas");
    assert!(shown(&gpu) != whole);
    let _ = gpu.draw(other.clone(), &mut fonts, |_| ());
    assert_eq!(gpu.painter.texts.pretend_full, 0);
    assert_eq!(ink(&shown(&gpu))[0], u32::MAX, "nothing but the text is in it");
    let _ = gpu.draw(scene.clone(), &mut fonts, |_| ());
    assert!(shown(&gpu) == whole);
}

#[test]
fn an_old_atlas_begins_anew_and_changes_no_pixel() {
    let Some((mut gpu, mut fonts)) = open() else { return };
    let scenes = ["ABC", "XYZ"].map(|text| {
        painted(&mut fonts, |c| {
            c.text(20.0, 90.0, text, Style::new(60.0, Weight::Heavy), WHITE, Align::Left);
        })
    });
    let whole = scenes.clone().map(|scene| gpu.picture(&scene, &mut fonts).unwrap());
    for (age, tidied, expected) in [(100, true, 102), (1500, true, 2), (1500, false, 1502), (2500, false, 1)] {
        let _ = gpu.draw(scenes[0].clone(), &mut fonts, |_| ());
        gpu.painter.texts.age = age;
        if tidied {
            gpu.trim(&mut fonts);
            assert_eq!(gpu.draw(scenes[0].clone(), &mut fonts, |_| ()), FrameOutcome::Unchanged, "what is on stays on");
        }
        for (scene, whole) in scenes.iter().zip(&whole).rev() {
            let _ = gpu.draw(scene.clone(), &mut fonts, |_| ());
            assert!(shown(&gpu) == *whole, "{age} {tidied}");
        }
        let age_now = gpu.painter.texts.age;
        assert!(age_now >= expected && age_now <= expected + 2, "{age} {tidied}: {age_now}");
    }
}
