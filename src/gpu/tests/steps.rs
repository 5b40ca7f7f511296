//! Whatever is kept or merged: the picture is the one that everything by itself would give.

use super::*;
use crate::scene::Rect;

#[test]
fn keeping_pixels_changes_none() {
    use proptest::prelude::*;
    let Some((gpu, fonts)) = open() else { return };
    let room = std::cell::RefCell::new((gpu, fonts));
    let frozen = Arc::new(vec![layer(vec![rect(0.0, 0.0, 240.0, 135.0, RED), backdrop(false)])]);
    // Frames: how many layers stay, and which follow.
    let frames = proptest::collection::vec((0usize..5, proptest::collection::vec(0u32..40, 0..3)), 2..14);
    let config = ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(frames in frames, rest in 0u32..2, by_copy: bool)| {
        let (gpu, fonts) = &mut *room.borrow_mut();
        gpu.painter.copy_whole = by_copy;
        let mut looks: Vec<u32> = vec![0, 1];
        for (stay, more) in &frames {
            looks.truncate(*stay);
            looks.extend(more);
            // With `rest`, each state is shown long enough for what rests to be kept.
            for moving in 0..1 + rest * 25 {
                let mut layers: Vec<Layer> = looks.iter().map(|&l| some_layer(fonts, l, &frozen)).collect();
                layers.push(some_layer(fonts, 5 * moving + 1, &frozen));
                let scene = scene(layers);
                let _ = gpu.draw(scene.clone(), fonts, |_| ());
                if moving % 12 == 0 {
                    let (kept, fresh) = (shown(gpu), gpu.picture(&scene, fonts).unwrap());
                    prop_assert!(kept == fresh, "layers {looks:?}, frame {moving}");
                }
            }
        }
    });
}

#[test]
fn merging_steps_changes_no_pixel() {
    use proptest::prelude::*;
    let Some((gpu, fonts)) = open() else { return };
    let room = std::cell::RefCell::new((gpu, fonts));
    let plate = (0.0f32..200.0, 0.0f32..110.0, 2.0f32..90.0, 2.0f32..60.0, any::<u32>(), 0u8..4);
    let config = ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(plates in proptest::collection::vec(plate, 1..25))| {
        let (gpu, fonts) = &mut *room.borrow_mut();
        let together = painted(fonts, |c| {
            for &(x, y, w, h, color, kind) in &plates {
                c.slab(Slab::lean(x, y, w, h), Color::hex(color & 0xFF_FFFF).fade(if kind == 0 { 0.4 } else { 1.0 }));
                if kind > 1 {
                    c.text(x + 6.0, y + h.min(24.0), "Åj", Style::new(24.0, Weight::Bold), WHITE, Align::Left);
                }
                if kind > 2 {
                    c.layer("next");
                }
            }
        });
        // A picture of nothing over all, between any two plates and layers: nothing is merged across it.
        let nothing = || Item::Picture(Picture {
            key: "nothing".into(),
            pixels: crate::scene::Pixels::Colour(Arc::new(RgbaImage::new(1, 1))),
            rect: Rect::new(0.0, 0.0, 240.0, 135.0),
            uv: Rect::new(0.0, 0.0, 1.0, 1.0),
            shape: Points::new(),
            alpha: 255,
        });
        let mut apart = together.clone();
        for l in &mut apart.layers {
            let items = std::mem::take(&mut l.items);
            l.items = items.into_iter().flat_map(|item| [nothing(), item]).collect();
        }
        let [together, apart] = [together, apart].map(|scene| gpu.picture(&scene, fonts).unwrap());
        // Plates that reach into each other by a hundredth of a pixel count as beside each other.
        let off = together.pixels().zip(apart.pixels()).filter(|(a, b)| a != b).count();
        prop_assert!(off <= 2, "{off} pixels");
    });
}

/// What lies over a layer that moves is kept once nothing has touched it for long, and let go when something comes near.
#[test]
fn keeping_what_lies_over_a_mover_changes_no_pixel() {
    let Some((mut gpu, mut fonts)) = open() else { return };
    for by_copy in [false, true] {
        gpu.painter.copy_whole = by_copy;
        for frame in 0..260u32 {
            // Apart from the plate over it, then in its reach, and apart again.
            let x = if (120..130).contains(&frame) { 60.0 + (frame - 120) as f32 * 8.0 } else { (frame % 7) as f32 };
            let fresh = frame / 100;
            let mut scene = painted(&mut fonts, |c| {
                c.slab(Slab::rect(0.0, 0.0, 240.0, 135.0), Color::hex(0x10_2030));
                c.layer("mover");
                c.slab(Slab::lean(x, 40.0, 70.0, 40.0), Color::hex(0xFF_8800));
                c.text(x + 20.0, 70.0, "07", Style::new(30.0, Weight::Bold), WHITE, Align::Left);
                c.layer("over");
                c.slab(Slab::lean(120.0, 30.0, 90.0, 60.0), Color::hex(0x20_80FF + fresh).fade(0.7));
                c.text(140.0, 70.0, "OVER", Style::new(30.0, Weight::Bold), WHITE, Align::Left);
                c.layer("last");
                c.text(10.0, 130.0, &(frame / 30).to_string(), Style::new(30.0, Weight::Bold), BLUE, Align::Left);
            });
            scene.next = None;
            let _ = gpu.draw(scene.clone(), &mut fonts, |_| ());
            if frame % 10 == 0 || (118..133).contains(&frame) {
                let fresh = gpu.picture(&scene, &mut fonts).unwrap();
                assert!(shown(&gpu) == fresh, "frame {frame}, by copy {by_copy}");
            }
        }
    }
}
