//! Turns items in painter's order into few draw steps: opaque insides first without blending, then everything blended.

use std::ops::Range;

use bytemuck::{Pod, Zeroable};
use smallvec::SmallVec;

use super::outline::Outline;
use super::painted_regions::PaintedRegions;
use crate::scene::{Picture, Points, Poly, Rect, SoftBox, Tone, Vec2, vec2};

/// A corner of a filled triangle.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub(super) struct FillVertex {
    /// Clip space: −1 to 1, y up.
    pub at: [f32; 2],
    /// Straight alpha.
    pub color: [u8; 4],
}

/// A corner of a textured triangle.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub(super) struct QuadVertex {
    /// Clip space: −1 to 1, y up.
    pub at: [f32; 2],
    /// 0 to 1 for pictures, pixels for copies of a [`super::target::RenderTexture`].
    pub uv: [f32; 2],
    /// 0 to 1.
    pub alpha: f32,
    /// For faces (see [`crate::scene::Tone`]): where in the rectangle, −1 to 1.
    middle: [f32; 2],
    /// From a pixel of the texture to the one toward the light.
    toward: [f32; 2],
    /// Its alpha is the strength of the vignette.
    ground: [u8; 4],
    /// Whether it is a face, and how much of its colours is seen.
    face: [u8; 4],
    rim: [u8; 4],
}

impl QuadVertex {
    /// A corner in the texture's own colours.
    pub fn new(at: [f32; 2], uv: [f32; 2], alpha: f32) -> QuadVertex {
        QuadVertex { at, uv, alpha, ..QuadVertex::zeroed() }
    }

    /// The same corner of a face.
    fn toned(self, picture: &Picture, tone: &Tone) -> QuadVertex {
        let Picture { rect, uv, .. } = picture;
        let middle = |at: f32, from: f32, to: f32| (at - (from + to) / 2.0) / ((to - from) / 2.0);
        let (across, down) = (uv.width() / rect.width(), uv.height() / rect.height());
        // The light stands up and to the right.
        let toward = [TOWARD[0] * tone.reach * across, TOWARD[1] * tone.reach * down];
        let [r, g, b, _] = tone.ground.0;
        QuadVertex {
            middle: [middle(self.uv[0], uv.x0, uv.x1), middle(self.uv[1], uv.y0, uv.y1)],
            toward,
            ground: [r, g, b, tone.vignette],
            face: [255, tone.chroma, 0, 0],
            rim: tone.rim.0,
            ..self
        }
    }
}

/// Where the light on faces stands.
const TOWARD: [f32; 2] = [0.8, -0.6];

/// The texture of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// Of [`super::picture::Pictures`].
    Picture(usize),
    /// Of [`super::snapshots::Snapshots`].
    Snapshot(usize),
    /// The layers that did not change.
    LayerCache,
    /// Of [`super::backdrop::Backdrops`].
    Backdrop(usize),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// Triangles of colour.
    Fill {
        /// Whether they are blended with what is there.
        blend: bool,
        /// Of [`Geometry::fills`].
        range: Range<u32>,
    },
    /// Triangles of a texture.
    Quad {
        source: Source,
        /// Whether they are blended with what is there.
        blend: bool,
        /// Of [`Geometry::quads`].
        range: Range<u32>,
    },
    /// The whole target from a texture of its size; the index of the first of six corners in [`Geometry::quads`].
    FullTarget(Source, u32),
    /// Index of a prepared text batch.
    Text(usize),
}

/// The vertices of one frame, over all its passes.
#[derive(Debug, Default)]
pub(super) struct Geometry {
    pub fills: Vec<FillVertex>,
    pub quads: Vec<QuadVertex>,
    outline: Outline,
    /// Collected for the next step. Empty between passes, but keeps its memory.
    opaque: Vec<FillVertex>,
    blended: Vec<FillVertex>,
}

impl Geometry {
    /// Keeps the memory for the next frame.
    pub fn clear(&mut self) {
        self.fills.clear();
        self.quads.clear();
    }
}

/// Collects the steps of one pass.
pub(super) struct Batch<'s> {
    geometry: &'s mut Geometry,
    size: [f32; 2],
    /// From pixels to clip space, which is 2 wide and high.
    scale: [f32; 2],
    steps: Vec<Step>,
    /// Where the geometry's `blended` triangles are.
    blended_regions: PaintedRegions,
}

impl<'s> Batch<'s> {
    pub fn new(geometry: &'s mut Geometry, size: [u32; 2]) -> Batch<'s> {
        let size = size.map(|s| s as f32);
        Batch {
            geometry,
            size,
            scale: size.map(|s| 2.0 / s),
            steps: Vec::new(),
            blended_regions: PaintedRegions::default(),
        }
    }

    /// All steps in order.
    pub fn finish(mut self) -> Vec<Step> {
        self.flush();
        self.steps
    }

    pub fn poly(&mut self, poly: &Poly) {
        if poly.colors.len() < poly.points.len() || poly.colors.iter().all(|c| c.0[3] == 0) {
            return;
        }
        if poly.smooth == 0 {
            return self.hard_edged(poly);
        }
        let mut outline = std::mem::take(&mut self.geometry.outline);
        if outline.trace(&poly.points, poly.smooth) {
            let color = |index: usize, share: f32| {
                let [r, g, b, a] = poly.colors[index].0;
                [r, g, b, (f32::from(a) * share).round() as u8]
            };
            let opaque = outline.coverage == 1.0 && poly.colors.iter().all(|c| c.opaque());
            let corners = &outline.corners;
            let inside: SmallVec<[FillVertex; 6]> =
                corners.iter().map(|c| self.fill_at(c.inner, color(c.index, outline.coverage))).collect();
            let shape: Points = corners.iter().map(|c| c.inner).collect();
            self.fan(&shape, &inside, opaque);
            for (i, c) in corners.iter().enumerate().filter(|(_, c)| c.soft) {
                let j = (i + 1) % corners.len();
                let d = &corners[j];
                let outer = [self.fill_at(c.outer, color(c.index, 0.0)), self.fill_at(d.outer, color(d.index, 0.0))];
                let (ci, di) = (inside[i], inside[j]);
                self.geometry.blended.extend([ci, di, outer[1], ci, outer[1], outer[0]]);
                self.blended_regions.add([c.inner, c.outer, d.outer, d.inner]);
            }
        }
        self.geometry.outline = outline;
    }

    /// Adds a polygon without smoothed edges.
    fn hard_edged(&mut self, poly: &Poly) {
        if poly.points.len() < 3 || poly.points.iter().any(|p| !p.is_finite()) {
            return;
        }
        let corners: SmallVec<[FillVertex; 6]> =
            poly.points.iter().zip(&poly.colors).map(|(p, color)| self.fill_at(*p, color.0)).collect();
        self.fan(&poly.points, &corners, poly.colors.iter().all(|c| c.opaque()));
    }

    /// Adds the inside of a convex shape.
    fn fan(&mut self, shape: &[Vec2], corners: &[FillVertex], opaque: bool) {
        if !opaque {
            self.blended_regions.add(shape.iter().copied());
        } else if self.blended_regions.overlap(shape) {
            // A step draws opaque triangles before blended ones; these must come after.
            self.flush();
        }
        let list = if opaque { &mut self.geometry.opaque } else { &mut self.geometry.blended };
        for i in 2..corners.len() {
            list.extend_from_slice(&[corners[0], corners[i - 1], corners[i]]);
        }
    }

    /// Adds a shadow or light.
    pub fn soft_box(&mut self, soft: &SoftBox) {
        let mut blended = std::mem::take(&mut self.geometry.blended);
        soft.cells(|cell, colors| {
            let corners = cell.corners();
            let [a, b, c, d] = std::array::from_fn(|i| self.fill_at(corners[i], colors[i].0));
            blended.extend_from_slice(&[a, b, c, a, c, d]);
        });
        self.geometry.blended = blended;
        self.blended_regions.add_boxes(soft.bounds());
    }

    /// Adds a textured rectangle; `uv` is its rectangle in the texture.
    fn rect(&mut self, rect: Rect, uv: Rect, alpha: f32, source: Source, blend: bool) {
        self.flush();
        let start = self.geometry.quads.len() as u32;
        self.rect_corners(rect, uv, alpha);
        self.quad_step(source, blend, start);
    }

    fn rect_corners(&mut self, rect: Rect, uv: Rect, alpha: f32) {
        let (at, uv) = (rect.corners(), uv.corners());
        let [a, b, c, d] = std::array::from_fn(|i| self.quad_at(at[i], uv[i], alpha));
        self.geometry.quads.extend([a, b, c, a, c, d]);
    }

    /// Adds a convex part of a texture as large as the target, pixel on pixel. Slanted edges are smoothed.
    pub fn snapshot(&mut self, window: &[Vec2], source: Source) {
        self.textured_polygon(window, |p| p, 1.0, source, false);
    }

    /// Adds a picture: its rectangle, or the part of it that is seen.
    pub fn picture(&mut self, picture: &Picture, source: Source, blend: bool) {
        let start = self.geometry.quads.len();
        if picture.shape.is_empty() {
            self.rect(picture.rect, picture.uv, f32::from(picture.alpha) / 255.0, source, blend);
        } else {
            self.picture_part(&picture.shape, picture, source, blend);
        }
        if let Some(tone) = picture.pixels.tone() {
            self.geometry.quads[start..].iter_mut().for_each(|corner| *corner = corner.toned(picture, tone));
        }
    }

    /// Adds a convex part of a picture. Slanted edges are smoothed.
    fn picture_part(&mut self, part: &[Vec2], picture: &Picture, source: Source, blend: bool) {
        let (rect, uv) = (picture.rect, picture.uv);
        let map = |p: Vec2| {
            let (x, y) = (uv.width() * (p.x - rect.x0) / rect.width(), uv.height() * (p.y - rect.y0) / rect.height());
            vec2(uv.x0 + x, uv.y0 + y)
        };
        self.textured_polygon(part, map, f32::from(picture.alpha) / 255.0, source, blend);
    }

    fn textured_polygon(
        &mut self,
        points: &[Vec2],
        uv: impl Fn(Vec2) -> Vec2,
        alpha: f32,
        source: Source,
        blend: bool,
    ) {
        self.flush();
        let mut outline = std::mem::take(&mut self.geometry.outline);
        if outline.trace(points, u32::MAX) {
            let corners = &outline.corners;
            let vertex = |p: Vec2, share: f32| self.quad_at(p, uv(p), alpha * share);
            let inside: SmallVec<[QuadVertex; 6]> = corners.iter().map(|c| vertex(c.inner, outline.coverage)).collect();
            let mut ribbons = Vec::new();
            for (i, c) in corners.iter().enumerate().filter(|(_, c)| c.soft) {
                let j = (i + 1) % corners.len();
                let (p, q) = (vertex(c.outer, 0.0), vertex(corners[j].outer, 0.0));
                ribbons.extend([inside[i], inside[j], q, inside[i], q, p]);
            }
            let start = self.geometry.quads.len() as u32;
            for i in 2..inside.len() {
                self.geometry.quads.extend([inside[0], inside[i - 1], inside[i]]);
            }
            self.quad_step(source, blend || outline.coverage < 1.0, start);
            let start = self.geometry.quads.len() as u32;
            self.geometry.quads.extend(ribbons);
            self.quad_step(source, true, start);
        }
        self.geometry.outline = outline;
    }

    /// Covers the whole target with a texture of its size.
    pub fn full_target(&mut self, source: Source) {
        self.flush();
        let ([w, h], start) = (self.size, self.geometry.quads.len() as u32);
        let all = Rect::new(0.0, 0.0, w, h);
        self.rect_corners(all, all, 1.0);
        self.steps.push(Step::FullTarget(source, start));
    }

    /// Adds a prepared text batch.
    pub fn text(&mut self, index: usize) {
        self.flush();
        self.steps.push(Step::Text(index));
    }

    fn quad_step(&mut self, source: Source, blend: bool, start: u32) {
        let end = self.geometry.quads.len() as u32;
        if start < end {
            self.steps.push(Step::Quad { source, blend, range: start..end });
        }
    }

    fn flush(&mut self) {
        let Geometry { fills, opaque, blended, .. } = &mut *self.geometry;
        for (list, blend) in [(opaque, false), (blended, true)] {
            if !list.is_empty() {
                let start = fills.len() as u32;
                fills.append(list);
                self.steps.push(Step::Fill { blend, range: start..fills.len() as u32 });
            }
        }
        self.blended_regions.clear();
    }

    fn fill_at(&self, p: Vec2, color: [u8; 4]) -> FillVertex {
        FillVertex { at: self.clip(p), color }
    }

    fn quad_at(&self, p: Vec2, uv: Vec2, alpha: f32) -> QuadVertex {
        QuadVertex::new(self.clip(p), [uv.x, uv.y], alpha)
    }

    /// Pixels to clip space.
    fn clip(&self, p: Vec2) -> [f32; 2] {
        [p.x * self.scale[0] - 1.0, 1.0 - p.y * self.scale[1]]
    }
}

#[cfg(test)]
mod tests {
    use smallvec::smallvec;

    use super::*;
    use crate::scene::Color;

    fn plate(x: f32, y: f32, alpha: u8, lean: f32) -> Poly {
        let color = Color([10, 20, 30, alpha]);
        let points = smallvec![vec2(x + lean, y), vec2(x + 40.0, y), vec2(x + 40.0, y + 20.0), vec2(x, y + 20.0)];
        Poly { points, colors: smallvec![color; 4], smooth: 0b1000 }
    }

    fn steps(items: &[Poly]) -> Vec<(bool, u32)> {
        let mut geometry = Geometry::default();
        let mut batch = Batch::new(&mut geometry, [200, 100]);
        items.iter().for_each(|p| batch.poly(p));
        batch
            .finish()
            .into_iter()
            .map(|s| match s {
                Step::Fill { blend, range } => (blend, range.len() as u32),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn plates_apart_are_drawn_together() {
        let rows = [plate(0.0, 0.0, 255, 4.0), plate(0.0, 30.0, 255, 4.0), plate(60.0, 0.0, 255, 0.0)];
        assert_eq!(steps(&rows), [(false, 18), (true, 12)]);
    }

    #[test]
    fn opaque_over_blended_starts_a_new_step() {
        let glass = [plate(0.0, 0.0, 255, 0.0), plate(0.0, 0.0, 100, 0.0), plate(20.0, 10.0, 255, 0.0)];
        assert_eq!(steps(&glass), [(false, 6), (true, 6), (false, 6)]);
        let on_ribbon = [plate(0.0, 0.0, 255, 4.0), plate(-2.0, 0.0, 255, 4.0)];
        assert_eq!(steps(&on_ribbon), [(false, 6), (true, 6), (false, 6), (true, 6)]);
    }

    #[test]
    fn shapes_that_only_touch_a_ribbon_share_its_step() {
        let same = [plate(0.0, 0.0, 255, 4.0), plate(0.0, 0.0, 255, 4.0)];
        assert_eq!(steps(&same), [(false, 12), (true, 12)]);
        let beside = [plate(0.0, 0.0, 255, 4.0), plate(41.0, 0.0, 255, 4.0)];
        assert_eq!(steps(&beside), [(false, 12), (true, 12)]);
    }

    #[test]
    fn invisible_and_broken_polygons_cost_nothing() {
        let mut short = plate(0.0, 0.0, 255, 0.0);
        short.colors.pop();
        assert_eq!(steps(&[plate(0.0, 0.0, 0, 4.0), short]), []);
    }

    #[test]
    fn corners_of_the_target_are_corners_of_the_view() {
        let mut geometry = Geometry::default();
        let mut batch = Batch::new(&mut geometry, [200, 100]);
        batch.full_target(Source::LayerCache);
        assert_eq!(batch.finish(), [Step::FullTarget(Source::LayerCache, 0)]);
        let corners: Vec<_> = geometry.quads.iter().map(|q| (q.at, q.uv)).collect();
        assert_eq!(corners[0], ([-1.0, 1.0], [0.0, 0.0]));
        assert_eq!(corners[2], ([1.0, -1.0], [200.0, 100.0]));
    }
}
