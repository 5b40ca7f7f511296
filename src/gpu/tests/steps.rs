//! Whatever is kept or merged: the picture is the one that everything by itself would give.

use super::*;

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
        gpu.painter.by_copy = by_copy;
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
            image: Arc::new(RgbaImage::new(1, 1)),
            rect: [0.0, 0.0, 240.0, 135.0],
            uv: [0.0, 0.0, 1.0, 1.0],
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
