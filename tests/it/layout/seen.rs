//! Finds which of a picture's texts are seen: not covered by plates, wipes and other texts.

use floorcast::scene::{Item, Layer, Rect, Scene, Text, Vec2, vec2};

use super::{area, ink};

/// A text that is no further from its ground, in levels of 255, has gone dark.
const GONE_DARK: u8 = 64;

/// A text and where it stands in the order of painting.
pub struct Seen<'a> {
    pub text: &'a Text,
    order: usize,
    /// The part of the target that a frozen picture is seen through.
    window: Option<&'a [Vec2]>,
}

/// The texts of a picture and everything that may hide them.
#[derive(Default)]
pub struct Picture<'a> {
    pub texts: Vec<Seen<'a>>,
    covers: Vec<(usize, &'a [Vec2])>,
    order: usize,
}

impl<'a> Picture<'a> {
    /// Texts of at least this alpha count.
    pub fn new(scene: &'a Scene, least: u8) -> Picture<'a> {
        let mut picture = Picture::default();
        picture.add(&scene.layers, None, least);
        // Under a takeover the slide goes dark, its texts with it.
        if scene.layers.iter().any(|layer| layer.name == "takeover") {
            let ground = scene.layers.iter().flat_map(|layer| &layer.items);
            let ground =
                ground.filter_map(|item| if let Item::Backdrop(b) = item { Some(b.gradient[1].0) } else { None });
            for [r, g, b, _] in ground.take(1).collect::<Vec<_>>() {
                picture.texts.retain(|seen| {
                    let [x, y, z, _] = seen.text.color.0;
                    [r.abs_diff(x), g.abs_diff(y), b.abs_diff(z)].into_iter().max() > Some(GONE_DARK)
                });
            }
        }
        picture
    }

    fn add(&mut self, layers: &'a [Layer], window: Option<&'a [Vec2]>, least: u8) {
        for layer in layers {
            for item in &layer.items {
                self.order += 1;
                match item {
                    Item::Poly(poly) if poly.colors.iter().all(|c| c.0[3] == 255) => {
                        self.covers.push((self.order, &poly.points));
                    }
                    Item::Snapshot(frozen) => {
                        self.covers.push((self.order, &frozen.window));
                        self.add(&frozen.layers, Some(&frozen.window), least);
                    }
                    _ => {}
                }
            }
            // In a layer all texts are painted over all shapes.
            self.order += 1;
            for item in &layer.items {
                let Item::Text(text) = item else { continue };
                if text.color.0[3] >= least && !text.run.text().trim().is_empty() && area(ink(text)) > 0.0 {
                    self.texts.push(Seen { text, order: self.order, window });
                }
            }
        }
    }

    fn shows(&self, seen: &Seen, at: Vec2) -> bool {
        seen.window.is_none_or(|window| contains(window, at))
            && !self.covers.iter().any(|(order, points)| *order > seen.order && contains(points, at))
    }

    /// How much of a box is seen of all of these texts at once, in square pixels.
    pub fn area_of(&self, texts: &[&Seen], place: Rect) -> f32 {
        const GRID: [f32; 2] = [9.0, 3.0];
        let [w, h] = [place.width() / GRID[0], place.height() / GRID[1]];
        let points = (0..GRID[0] as u8).flat_map(|i| (0..GRID[1] as u8).map(move |j| [i, j]));
        let points =
            points.map(|[i, j]| vec2(place.x0 + w * (f32::from(i) + 0.5), place.y0 + h * (f32::from(j) + 0.5)));
        let seen = points.filter(|at| texts.iter().all(|text| self.shows(text, *at))).count();
        seen as f32 * w * h
    }
}

/// Whether a convex polygon has a point in it.
fn contains(points: &[Vec2], at: Vec2) -> bool {
    let next = points.iter().cycle().skip(1);
    let mut sides = points.iter().zip(next).map(|(p, q)| (q.x - p.x) * (at.y - p.y) - (q.y - p.y) * (at.x - p.x));
    let first = sides.clone().find(|side| *side != 0.0).unwrap_or(0.0);
    sides.all(|side| side * first >= 0.0)
}
