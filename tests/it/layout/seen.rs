//! Finds which of a picture's texts are seen: not covered by plates, wipes and other texts.

use floorcast::scene::{Item, Layer, Point, Scene, Text};

use super::{area, ink};

/// A text that is no further from its ground, in levels of 255, has gone dark.
const GONE_DARK: u8 = 64;

/// A text and where it stands in the order of painting.
pub struct Seen<'a> {
    pub text: &'a Text,
    order: usize,
    /// The part of the target that a frozen picture is seen through.
    window: Option<&'a [Point]>,
}

/// The texts of a picture and everything that may hide them.
#[derive(Default)]
pub struct Picture<'a> {
    pub texts: Vec<Seen<'a>>,
    covers: Vec<(usize, &'a [Point])>,
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

    fn add(&mut self, layers: &'a [Layer], window: Option<&'a [Point]>, least: u8) {
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

    fn shows(&self, seen: &Seen, at: Point) -> bool {
        seen.window.is_none_or(|window| contains(window, at))
            && !self.covers.iter().any(|(order, points)| *order > seen.order && contains(points, at))
    }

    /// How much of a box is seen of all of these texts at once, in square pixels.
    pub fn area_of(&self, texts: &[&Seen], [x0, y0, x1, y1]: [f32; 4]) -> f32 {
        const GRID: [f32; 2] = [9.0, 3.0];
        let [w, h] = [(x1 - x0) / GRID[0], (y1 - y0) / GRID[1]];
        let points = (0..GRID[0] as u8).flat_map(|i| (0..GRID[1] as u8).map(move |j| [i, j]));
        let points = points.map(|[i, j]| [x0 + w * (f32::from(i) + 0.5), y0 + h * (f32::from(j) + 0.5)]);
        let seen = points.filter(|at| texts.iter().all(|text| self.shows(text, *at))).count();
        seen as f32 * w * h
    }
}

/// Whether a convex polygon has a point in it.
fn contains(points: &[Point], [x, y]: Point) -> bool {
    let next = points.iter().cycle().skip(1);
    let mut sides = points.iter().zip(next).map(|(p, q)| (q[0] - p[0]) * (y - p[1]) - (q[1] - p[1]) * (x - p[0]));
    let first = sides.clone().find(|side| *side != 0.0).unwrap_or(0.0);
    sides.all(|side| side * first >= 0.0)
}
