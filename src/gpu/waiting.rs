//! Texts that are not drawn yet: one call draws those of many layers, as long as nothing painted later touches them. What an
//! opaque plate hides is cut off them; the rest goes on waiting.

use smallvec::SmallVec;

use crate::scene::{Item, Layer, Point, Poly, Text};

/// How far inside its edges a plate hides surely: smoothed ones fade over half a pixel to either side.
const INSIDE_PX: f32 = 1.0;

/// The shortest side of a plate with smoothed edges that is opaque between them.
const SHORTEST_PX: f32 = 4.0;

/// A text, and what is still seen of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held<'t> {
    pub text: &'t Text,
    /// x0, y0, x1, y1: as the text's own, without what is hidden.
    pub clip: [i32; 4],
    /// Where it paints: x0, y0, x1, y1.
    reach: [f32; 4],
}

impl<'t> Held<'t> {
    /// `None` if nothing of it is seen.
    pub fn new(text: &'t Text, clip: [i32; 4]) -> Option<Held<'t>> {
        let reach = text.reach_in(clip);
        (reach[0] < reach[2] && reach[1] < reach[3]).then_some(Held { text, clip, reach })
    }
}

/// Texts in painter's order that wait for their call.
#[derive(Default)]
pub(super) struct Waiting<'t>(Vec<Held<'t>>);

impl<'t> Waiting<'t> {
    /// Takes the texts of a layer.
    pub fn add(&mut self, layer: &'t Layer) {
        self.0.extend(layer.items.iter().filter_map(|item| match item {
            Item::Text(text) => Held::new(text, text.clip),
            _ => None,
        }));
    }

    /// Whether an item painted now would have to cover one of them. What it hides whole is cut off first.
    pub fn under(&mut self, item: &Item) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let reach = item.reach();
        if !self.touched(&reach) {
            return false;
        }
        match item {
            Item::Poly(poly) => match Lid::of(poly) {
                Some(lid) => {
                    self.cut(&lid);
                    self.touched(&reach)
                }
                None => true,
            },
            _ => true,
        }
    }

    fn touched(&self, reach: &[[f32; 4]]) -> bool {
        reach.iter().any(|a| self.0.iter().any(|held| meet(a, &held.reach)))
    }

    fn cut(&mut self, lid: &Lid) {
        let (top, foot) = (lid.y[0] as i32, lid.y[1] as i32);
        let mut i = 0;
        while let Some(&Held { text, clip: [x0, y0, x1, y1], reach }) = self.0.get(i) {
            let mut stays = 1;
            if lid.hides(&reach) {
                let above = Held::new(text, [x0, y0, x1, y1.min(top)]);
                let below = Held::new(text, [x0, y0.max(foot), x1, y1]);
                stays = usize::from(above.is_some()) + usize::from(below.is_some());
                // In its place: texts that touch each other stay in order.
                self.0.splice(i..=i, above.into_iter().chain(below));
            }
            i += stays;
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them; none wait afterwards.
    pub fn take(&mut self) -> std::vec::Drain<'_, Held<'t>> {
        self.0.drain(..)
    }
}

/// An opaque four-cornered plate with a level top and foot on whole pixels.
struct Lid<'p> {
    points: &'p [Point],
    /// Top and foot.
    y: [f32; 2],
}

impl Lid<'_> {
    fn of(poly: &Poly) -> Option<Lid<'_>> {
        let points = &poly.points[..];
        let colors = poly.colors.get(..points.len())?;
        if points.len() != 4 || points.iter().flatten().any(|v| !v.is_finite()) || colors.iter().any(|c| !c.opaque()) {
            return None;
        }
        // Where a side is shorter than its smoothed edges are wide, the inside is not opaque.
        let mut sides = points.iter().zip(points.iter().cycle().skip(1));
        if poly.smooth != 0 && sides.any(|(p, q)| (q[0] - p[0]).hypot(q[1] - p[1]) < SHORTEST_PX) {
            return None;
        }
        let y = points.iter().fold([f32::MAX, f32::MIN], |[low, high], p| [low.min(p[1]), high.max(p[1])]);
        let level = |y: f32| y.fract() == 0.0 && points.iter().filter(|p| p[1] == y).count() == 2;
        (y[0] < y[1] && level(y[0]) && level(y[1])).then_some(Lid { points, y })
    }

    /// Whether it reaches over a box from side to side, wherever it is between its top and foot.
    fn hides(&self, [x0, y0, x1, y1]: &[f32; 4]) -> bool {
        let (top, foot) = (y0.max(self.y[0]), y1.min(self.y[1]));
        top < foot
            && [top, foot].into_iter().all(|y| {
                let [left, right] = self.span(y);
                left + INSIDE_PX <= *x0 && *x1 <= right - INSIDE_PX
            })
    }

    /// From where to where it goes at a height.
    fn span(&self, y: f32) -> [f32; 2] {
        let next = self.points.iter().cycle().skip(1);
        let crossings: SmallVec<[f32; 8]> = self
            .points
            .iter()
            .zip(next)
            .filter(|(p, q)| p[1] != q[1] && y >= p[1].min(q[1]) && y <= p[1].max(q[1]))
            .map(|(p, q)| p[0] + (q[0] - p[0]) * (y - p[1]) / (q[1] - p[1]))
            .collect();
        crossings.iter().fold([f32::MAX, f32::MIN], |[low, high], x| [low.min(*x), high.max(*x)])
    }
}

fn meet(a: &[f32; 4], b: &[f32; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

#[cfg(test)]
mod tests {
    use smallvec::smallvec;

    use super::*;
    use crate::motion::{Now, Time};
    use crate::scene::{Align, Canvas, Color, Fonts, Scene, Slab, Stage, Style, Weight};

    /// Rows with a word at these heights, opaque or not.
    fn rows(of: &[(f32, f64)]) -> Scene {
        let mut fonts = Fonts::new(false);
        let now = Now { t: Time::from_s(0.0), wall_us: 0 };
        let mut c = Canvas::new(Stage::new([1920, 1080], 0.0, [0.0; 2]), now, &mut fonts);
        for (y, alpha) in of {
            c.layer("row");
            c.slab(Slab::lean(100.0, *y, 800.0, 62.0), Color::hex(0x20_3040).fade(*alpha));
            c.text(200.0, y + 50.0, "Ájgy", Style::new(54.0, Weight::Semi), Color::hex(0xFF_FFFF), Align::Left);
        }
        c.finish()
    }

    fn waiting(scene: &Scene) -> Waiting<'_> {
        let mut waiting = Waiting::default();
        scene.layers.iter().for_each(|layer| waiting.add(layer));
        waiting
    }

    #[test]
    fn rows_side_by_side_wait_together_and_glass_does_not() {
        let scene = rows(&[(100.0, 1.0), (170.0, 1.0), (140.0, 0.5)]);
        let [first, second, over] = &scene.layers[..] else { panic!("{scene:?}") };
        let mut waiting = Waiting::default();
        waiting.add(first);
        assert!(!waiting.under(&second.items[0]));
        waiting.add(second);
        assert!(waiting.under(&over.items[0]));
        assert_eq!(waiting.take().count(), 2);
        assert!(waiting.is_empty() && !waiting.under(&over.items[0]));
    }

    #[test]
    fn an_opaque_plate_leaves_what_looks_out_above_and_below() {
        let scene = rows(&[(100.0, 1.0), (170.0, 1.0), (140.0, 1.0)]);
        let [first, second, over] = &scene.layers[..] else { panic!("{scene:?}") };
        let mut waiting = Waiting::default();
        waiting.add(first);
        waiting.add(second);
        assert!(!waiting.under(&over.items[0]));
        let clips: Vec<_> = waiting.take().map(|held| [held.clip[1], held.clip[3]]).collect();
        let [top, foot] = [scene.layers[0].items[1].reach()[0], scene.layers[1].items[1].reach()[0]];
        assert!(top[1] < 140.0 && foot[3] > 202.0, "{top:?} {foot:?}");
        assert_eq!(clips, [[0, 140], [202, 1080]]);
    }

    #[test]
    fn a_hidden_text_is_gone_and_a_narrow_plate_splits_it() {
        let scene = rows(&[(100.0, 1.0)]);
        let plate = |y: f32, h: f32| {
            let points = smallvec![[110.0, y], [890.0, y], [890.0, y + h], [110.0, y + h]];
            Item::Poly(Poly { points, colors: smallvec![Color::hex(0); 4], smooth: 0 })
        };
        let mut all = waiting(&scene);
        assert!(!all.under(&plate(90.0, 80.0)));
        assert!(all.is_empty());
        let mut split = waiting(&scene);
        assert!(!split.under(&plate(130.0, 10.0)));
        let clips: Vec<_> = split.take().map(|held| [held.clip[1], held.clip[3]]).collect();
        assert_eq!((clips[0][1], clips[1][0]), (130, 140));
    }

    #[test]
    fn a_plate_that_hides_half_a_word_or_lies_between_pixels_has_to_wait() {
        let scene = rows(&[(100.0, 1.0)]);
        let plate = |x: f32, y: f32, lean: f32| {
            let points = smallvec![[x + lean, y], [890.0, y], [890.0, y + 62.0], [x, y + 62.0]];
            Item::Poly(Poly { points, colors: smallvec![Color::hex(0); 4], smooth: 0b1000 })
        };
        assert!(waiting(&scene).under(&plate(230.0, 100.0, 0.0)));
        assert!(waiting(&scene).under(&plate(110.0, 100.4, 0.0)));
        assert!(waiting(&scene).under(&plate(170.0, 100.0, 40.0)), "its top begins inside the word");
        assert!(!waiting(&scene).under(&plate(170.0, 100.0, 2.0)));
    }
}
