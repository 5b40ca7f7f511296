//! Batches texts of several layers into one draw call, as long as nothing painted later overlaps them. Where an opaque
//! plate hides a part of a text, that part is clipped off and the text stays in the batch.

use smallvec::SmallVec;

use crate::scene::{Item, Layer, PixelRect, Poly, Rect, Text, Vec2};

/// An occluder hides only what is so far inside its edges: smoothed edges fade over half a pixel to either side.
const OCCLUDER_MARGIN_PX: f32 = 1.0;

/// A plate with smoothed edges and a shorter side is not opaque anywhere.
const MIN_SIDE_PX: f32 = 4.0;

/// A text and the part of it that is not hidden.
#[derive(Debug, Clone, Copy)]
pub(super) struct VisibleText<'t> {
    pub text: &'t Text,
    /// The text's own clip without what is hidden.
    pub clip: PixelRect,
    bounds: Rect,
}

impl<'t> VisibleText<'t> {
    /// `None` if nothing of it is visible.
    pub fn new(text: &'t Text, clip: PixelRect) -> Option<VisibleText<'t>> {
        let bounds = text.bounds_in(clip);
        (!bounds.is_empty()).then_some(VisibleText { text, clip, bounds })
    }
}

/// The texts of the next draw call, in painter's order.
#[derive(Default)]
pub(super) struct TextBatcher<'t>(Vec<VisibleText<'t>>);

impl<'t> TextBatcher<'t> {
    /// Adds the texts of a layer.
    pub fn add(&mut self, layer: &'t Layer) {
        self.0.extend(layer.items.iter().filter_map(|item| match item {
            Item::Text(text) => VisibleText::new(text, text.clip),
            _ => None,
        }));
    }

    /// Whether the batch must be drawn before `item`, because the item overlaps a text of it. Clips off first what an opaque
    /// item hides.
    pub fn must_flush_before(&mut self, item: &Item) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let bounds = item.bounds();
        if !self.overlaps(&bounds) {
            return false;
        }
        let Item::Poly(poly) = item else { return true };
        let Some(occluder) = Occluder::new(poly) else { return true };
        self.clip_behind(&occluder);
        self.overlaps(&bounds)
    }

    fn overlaps(&self, bounds: &[Rect]) -> bool {
        bounds.iter().any(|a| self.0.iter().any(|text| a.overlaps(text.bounds)))
    }

    fn clip_behind(&mut self, occluder: &Occluder) {
        let (top, bottom) = (occluder.y[0] as i32, occluder.y[1] as i32);
        let mut i = 0;
        while let Some(&VisibleText { text, clip, bounds }) = self.0.get(i) {
            let mut parts = 1;
            if occluder.hides(bounds) {
                let above = VisibleText::new(text, PixelRect { y1: clip.y1.min(top), ..clip });
                let below = VisibleText::new(text, PixelRect { y0: clip.y0.max(bottom), ..clip });
                parts = usize::from(above.is_some()) + usize::from(below.is_some());
                // In place of the whole: texts that overlap each other stay in order.
                self.0.splice(i..=i, above.into_iter().chain(below));
            }
            i += parts;
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn drain(&mut self) -> std::vec::Drain<'_, VisibleText<'t>> {
        self.0.drain(..)
    }
}

/// An opaque plate of four corners whose top and bottom are horizontal and on whole pixels.
struct Occluder<'p> {
    points: &'p [Vec2],
    /// Top and bottom.
    y: [f32; 2],
}

impl Occluder<'_> {
    fn new(poly: &Poly) -> Option<Occluder<'_>> {
        let points = &poly.points[..];
        let colors = poly.colors.get(..points.len())?;
        if points.len() != 4 || points.iter().any(|p| !p.is_finite()) || colors.iter().any(|c| !c.opaque()) {
            return None;
        }
        // Smoothed edges that are wider than a side leave no opaque inside.
        let mut sides = points.iter().zip(points.iter().cycle().skip(1));
        if poly.smooth != 0 && sides.any(|(p, q)| (*q - *p).length() < MIN_SIDE_PX) {
            return None;
        }
        let y = points.iter().fold([f32::MAX, f32::MIN], |[low, high], p| [low.min(p.y), high.max(p.y)]);
        let horizontal = |y: f32| y.fract() == 0.0 && points.iter().filter(|p| p.y == y).count() == 2;
        (y[0] < y[1] && horizontal(y[0]) && horizontal(y[1])).then_some(Occluder { points, y })
    }

    /// Whether it covers a box from side to side, at every height that the two have in common.
    fn hides(&self, rect: Rect) -> bool {
        let (top, bottom) = (rect.y0.max(self.y[0]), rect.y1.min(self.y[1]));
        top < bottom
            && [top, bottom].into_iter().all(|y| {
                let [left, right] = self.span(y);
                left + OCCLUDER_MARGIN_PX <= rect.x0 && rect.x1 <= right - OCCLUDER_MARGIN_PX
            })
    }

    /// Its left and right end at a height.
    fn span(&self, y: f32) -> [f32; 2] {
        let next = self.points.iter().cycle().skip(1);
        let crossings: SmallVec<[f32; 8]> = self
            .points
            .iter()
            .zip(next)
            .filter(|(p, q)| p.y != q.y && y >= p.y.min(q.y) && y <= p.y.max(q.y))
            .map(|(p, q)| p.x + (q.x - p.x) * (y - p.y) / (q.y - p.y))
            .collect();
        crossings.iter().fold([f32::MAX, f32::MIN], |[low, high], x| [low.min(*x), high.max(*x)])
    }
}

#[cfg(test)]
mod tests {
    use smallvec::smallvec;

    use super::*;
    use crate::motion::{Now, Time};
    use crate::scene::vec2;
    use crate::scene::{Align, Canvas, Color, Fonts, Scene, Slab, Stage, Style, Weight};

    /// Rows with a word at these heights, opaque or not.
    fn rows(of: &[(f32, f64)]) -> Scene {
        let mut fonts = Fonts::new(false);
        let now = Now { t: Time::from_s(0.0), wall_us: 0 };
        let mut c = Canvas::new(Stage::new([1920, 1080], 0.0, Default::default()), now, &mut fonts);
        for (y, alpha) in of {
            c.layer("row");
            c.slab(Slab::lean(100.0, *y, 800.0, 62.0), Color::hex(0x20_3040).fade(*alpha));
            c.text(200.0, y + 50.0, "Ájgy", Style::new(54.0, Weight::Semi), Color::hex(0xFF_FFFF), Align::Left);
        }
        c.finish()
    }

    fn batcher(scene: &Scene) -> TextBatcher<'_> {
        let mut batcher = TextBatcher::default();
        scene.layers.iter().for_each(|layer| batcher.add(layer));
        batcher
    }

    #[test]
    fn rows_apart_share_a_batch_and_a_translucent_plate_ends_it() {
        let scene = rows(&[(100.0, 1.0), (170.0, 1.0), (140.0, 0.5)]);
        let [first, second, over] = &scene.layers[..] else { panic!("{scene:?}") };
        let mut batcher = TextBatcher::default();
        batcher.add(first);
        assert!(!batcher.must_flush_before(&second.items[0]));
        batcher.add(second);
        assert!(batcher.must_flush_before(&over.items[0]));
        assert_eq!(batcher.drain().count(), 2);
        assert!(batcher.is_empty() && !batcher.must_flush_before(&over.items[0]));
    }

    #[test]
    fn an_opaque_plate_leaves_the_text_above_and_below_it() {
        let scene = rows(&[(100.0, 1.0), (170.0, 1.0), (140.0, 1.0)]);
        let [first, second, over] = &scene.layers[..] else { panic!("{scene:?}") };
        let mut batcher = TextBatcher::default();
        batcher.add(first);
        batcher.add(second);
        assert!(!batcher.must_flush_before(&over.items[0]));
        let clips: Vec<_> = batcher.drain().map(|text| [text.clip.y0, text.clip.y1]).collect();
        let [top, bottom] = [scene.layers[0].items[1].bounds()[0], scene.layers[1].items[1].bounds()[0]];
        assert!(top.y0 < 140.0 && bottom.y1 > 202.0, "{top:?} {bottom:?}");
        assert_eq!(clips, [[0, 140], [202, 1080]]);
    }

    #[test]
    fn a_hidden_text_is_gone_and_a_narrow_plate_splits_it() {
        let scene = rows(&[(100.0, 1.0)]);
        let plate = |y: f32, h: f32| {
            let points = smallvec![vec2(110.0, y), vec2(890.0, y), vec2(890.0, y + h), vec2(110.0, y + h)];
            Item::Poly(Poly { points, colors: smallvec![Color::hex(0); 4], smooth: 0 })
        };
        let mut all = batcher(&scene);
        assert!(!all.must_flush_before(&plate(90.0, 80.0)));
        assert!(all.is_empty());
        let mut split = batcher(&scene);
        assert!(!split.must_flush_before(&plate(130.0, 10.0)));
        let clips: Vec<_> = split.drain().map(|text| [text.clip.y0, text.clip.y1]).collect();
        assert_eq!((clips[0][1], clips[1][0]), (130, 140));
    }

    #[test]
    fn a_plate_that_hides_half_a_word_or_lies_between_pixels_ends_the_batch() {
        let scene = rows(&[(100.0, 1.0)]);
        let plate = |x: f32, y: f32, lean: f32| {
            let points = smallvec![vec2(x + lean, y), vec2(890.0, y), vec2(890.0, y + 62.0), vec2(x, y + 62.0)];
            Item::Poly(Poly { points, colors: smallvec![Color::hex(0); 4], smooth: 0b1000 })
        };
        assert!(batcher(&scene).must_flush_before(&plate(230.0, 100.0, 0.0)));
        assert!(batcher(&scene).must_flush_before(&plate(110.0, 100.4, 0.0)));
        assert!(batcher(&scene).must_flush_before(&plate(170.0, 100.0, 40.0)), "its top begins inside the word");
        assert!(!batcher(&scene).must_flush_before(&plate(170.0, 100.0, 2.0)));
    }
}
