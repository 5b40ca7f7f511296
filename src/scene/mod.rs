//! Holds what is on the screen, as data: layers of items in device pixels. Comparable, printable, with no GPU in it.

mod bounds;
mod canvas;
mod clip;
mod color;
mod geom;
mod paint;
mod print;
pub(crate) mod ribbon;
mod soft_box;
mod stage;
pub(crate) mod text;

use std::sync::Arc;

pub use canvas::Canvas;
pub use color::Color;
pub use geom::{PixelRect, Rect, Vec2, vec2};
pub use paint::{Align, Paint, SLANT, Slab, Stops};
pub use soft_box::SoftBox;
pub use stage::{Stage, Tile};
pub use text::{Fit, Fonts, Line, Run, Style, Weight};

use smallvec::SmallVec;

use crate::motion::Time;

/// Corners of a polygon in device pixels. Most polygons have at most this many, and these need no allocation.
pub type Points = SmallVec<[Vec2; 6]>;
/// A colour for each corner of a polygon.
pub type Colors = SmallVec<[Color; 6]>;

#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Width and height of the target in device pixels.
    pub size: [u32; 2],
    /// Painted in order, first at the back.
    pub layers: Vec<Layer>,
    /// When the picture next changes; `None`: never by itself; an instant that is not in the future: at once.
    pub next: Option<Time>,
}

/// A group of items that are painted together: first all shapes in order, then all texts above them.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// A name for people who read a dump.
    pub name: &'static str,
    /// What is in it.
    pub items: Vec<Item>,
}

/// One thing to paint.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// The programme's backdrop over the whole target.
    Backdrop(Backdrop),
    /// A filled convex polygon.
    Poly(Poly),
    /// A soft shadow or light.
    SoftBox(SoftBox),
    Picture(Picture),
    /// One shaped run of text.
    Text(Text),
    /// Another picture of the same size, frozen, seen through a polygon.
    Snapshot(Snapshot),
}

/// A convex polygon whose colour is interpolated between its corners (as the triangle fan from corner 0 has it).
#[derive(Debug, Clone, PartialEq)]
pub struct Poly {
    /// Corners in order, either direction.
    pub points: Points,
    /// A colour for each corner.
    pub colors: Colors,
    /// Bit i: the edge from corner i to the next is an outline and is smoothed where it is slanted. Shadows and the
    /// inner seams of gradients are not.
    pub smooth: u32,
}

/// Corners with more alpha count as opaque.
const NEARLY_OPAQUE: u8 = 250;

impl Poly {
    /// Whether it covers what is behind it.
    pub fn is_opaque(&self) -> bool {
        self.colors.iter().all(|c| c.0[3] > NEARLY_OPAQUE)
    }
}

/// A picture stretched over a rectangle.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Identity of the pixels; the GPU keeps one texture for each.
    pub key: String,
    pub pixels: Pixels,
    /// On the target.
    pub rect: Rect,
    /// In the picture, 0 to 1.
    pub uv: Rect,
    /// The part of the rectangle that is seen where a leaning line cuts it; empty: all of it.
    pub shape: Points,
    /// 0 to 255.
    pub alpha: u8,
}

/// The pixels of a picture, straight alpha.
#[derive(Debug, Clone)]
pub enum Pixels {
    /// In its own colours.
    Colour(Arc<image::RgbaImage>),
    /// Of a face, and how it is lit.
    Face(Arc<image::RgbaImage>, Tone),
}

impl Pixels {
    /// Width and height.
    pub fn size(&self) -> [u32; 2] {
        let (w, h) = self.image().dimensions();
        [w, h]
    }

    pub fn image(&self) -> &image::RgbaImage {
        match self {
            Pixels::Colour(image) | Pixels::Face(image, _) => image,
        }
    }

    /// How it is lit, if it is a face.
    pub fn tone(&self) -> Option<&Tone> {
        match self {
            Pixels::Colour(_) => None,
            Pixels::Face(_, tone) => Some(tone),
        }
    }
}

/// How a face is lit: in its own colours, at the edge that looks up and to the right in another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tone {
    /// What a rectangular photo's corners sink into.
    pub ground: Color,
    /// Of the lit edge.
    pub rim: Color,
    /// How wide the lit edge is, in pixels of the target.
    pub reach: f32,
    /// How far they sink, 0 to 255.
    pub vignette: u8,
    /// How much of its own colours is seen: 255 all, 0 grey.
    pub chroma: u8,
}

impl PartialEq for Picture {
    fn eq(&self, o: &Self) -> bool {
        (&self.key, self.rect, self.uv, &self.shape, self.alpha, self.pixels.tone())
            == (&o.key, o.rect, o.uv, &o.shape, o.alpha, o.pixels.tone())
    }
}

/// One shaped run of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// What and how; shaped once, in design units.
    pub run: Arc<Run>,
    /// Left end of the run, device pixels.
    pub x: f32,
    /// Baseline, a whole device pixel.
    pub y: i32,
    /// Device pixels per design unit.
    pub scale: f32,
    /// Colour and alpha.
    pub color: Color,
    /// Nothing is painted outside.
    pub clip: PixelRect,
}

/// The programme's backdrop (DESIGN 4): gradient, glow, beams, hatch.
#[derive(Debug, Clone, PartialEq)]
pub struct Backdrop {
    /// Colours of the diagonal gradient at 0, .55 and 1.
    pub gradient: [Color; 3],
    /// Colour of the glow; its alpha is the strength at the middle.
    pub glow: Color,
    /// Middle and radius of the glow in device pixels.
    pub glow_at: [f32; 3],
    /// Colour of the beams; alpha at their top.
    pub beam: Color,
    /// Left and right end of each beam on the top edge, device pixels.
    pub beams: Vec<[f32; 2]>,
    /// Colour and strength of the hatch.
    pub hatch: Color,
    /// Device pixels per design unit.
    pub scale: f32,
    /// Whether the last bit is dithered. Off in goldens.
    pub dither: bool,
}

/// Another picture of the same size, frozen, seen through a polygon.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// What is in it.
    pub layers: Arc<Vec<Layer>>,
    /// The part of it that is seen.
    pub window: Points,
}

impl Layer {
    /// Pixels that its shapes and pictures paint on a target of this size; letters are thin and do not count.
    fn painted(&self, size: Vec2) -> f32 {
        let pixels = |item: &Item| match item {
            Item::Backdrop(_) => size.x * size.y,
            Item::Poly(p) if p.colors.iter().all(|c| c.0[3] == 0) => 0.0,
            Item::Poly(p) => visible_area(&p.points, size),
            Item::SoftBox(soft) => {
                let mut sum = 0.0;
                soft.cells(|cell, _| sum += cell.width() * cell.height());
                sum
            }
            Item::Picture(picture) => visible_area(&picture.rect.corners(), size),
            Item::Snapshot(f) => visible_area(&f.window, size),
            Item::Text(_) => 0.0,
        };
        self.items.iter().map(pixels).sum()
    }
}

/// Area of the part of a polygon that lies on a target of this size.
fn visible_area(points: &[Vec2], size: Vec2) -> f32 {
    let sides = [[1.0, 0.0, 0.0], [-1.0, 0.0, size.x], [0.0, 1.0, 0.0], [0.0, -1.0, size.y]];
    let whole = clip::ClippedPoly { points: points.into(), smooth: 0 };
    let on = sides.into_iter().fold(whole, |cut, side| cut.keep(side, false)).points;
    let next = on.iter().cycle().skip(1);
    on.iter().zip(next).map(|(p, q)| p.x * q.y - q.x * p.y).sum::<f32>().abs() / 2.0
}

impl Scene {
    fn size_px(&self) -> Vec2 {
        vec2(self.size[0] as f32, self.size[1] as f32)
    }

    /// Mixes every colour but the backdrop's towards `dark`, instead of a translucent overlay, which would be overdraw.
    /// Pictures become transparent; snapshots stay.
    pub fn dim(&mut self, dark: Color, share: f64) {
        let dimmed = |c: Color| c.mix_rgb(dark, share);
        for item in self.layers.iter_mut().flat_map(|layer| &mut layer.items) {
            match item {
                Item::Poly(poly) => poly.colors.iter_mut().for_each(|c| *c = dimmed(*c)),
                Item::SoftBox(soft) => soft.color = dimmed(soft.color),
                Item::Text(text) => text.color = dimmed(text.color),
                Item::Picture(picture) => picture.alpha = (f64::from(picture.alpha) * (1.0 - share)).round() as u8,
                Item::Backdrop(_) | Item::Snapshot(_) => {}
            }
        }
    }

    /// As [`dim`](Scene::dim) towards black, the backdrop and snapshots too: 0 leaves the picture, 1 is black.
    pub fn darken(&mut self, share: f64) {
        if share <= 0.0 {
            return;
        }
        const BLACK: Color = Color::rgb([0, 0, 0]);
        self.dim(BLACK, share);
        let dark = |c: Color| c.mix_rgb(BLACK, share);
        for item in self.layers.iter_mut().flat_map(|layer| &mut layer.items) {
            match item {
                Item::Backdrop(backdrop) => {
                    backdrop.gradient = backdrop.gradient.map(dark);
                    backdrop.glow = dark(backdrop.glow);
                    backdrop.beam = dark(backdrop.beam);
                    backdrop.hatch = dark(backdrop.hatch);
                }
                Item::Snapshot(snapshot) => {
                    let mut frozen = Scene { size: self.size, layers: snapshot.layers.to_vec(), next: None };
                    frozen.darken(share);
                    snapshot.layers = Arc::new(frozen.layers);
                }
                _ => {}
            }
        }
    }

    /// Makes everything but the backdrop and frozen pictures let through what is behind.
    pub fn fade(&mut self, alpha: f64) {
        for item in self.layers.iter_mut().flat_map(|layer| &mut layer.items) {
            match item {
                Item::Poly(poly) => poly.colors.iter_mut().for_each(|c| *c = c.fade(alpha)),
                Item::SoftBox(soft) => soft.color = soft.color.fade(alpha),
                Item::Text(text) => text.color = text.color.fade(alpha),
                Item::Picture(picture) => picture.alpha = (f64::from(picture.alpha) * alpha).round() as u8,
                Item::Backdrop(_) | Item::Snapshot(_) => {}
            }
        }
    }

    /// Mixes its colours with those of a picture of the same shapes and letters: at 0 it is itself, at 1 the other. A
    /// picture with another number of layers takes over at 0.5; backdrop and pictures change at 1 only.
    pub fn recolour(&mut self, other: Scene, at: f64) {
        let alike = self.layers.len() == other.layers.len();
        if !alike || at >= 1.0 {
            if at >= 0.5 {
                self.layers = other.layers;
            }
            return;
        }
        for (own, other) in self.layers.iter_mut().zip(other.layers) {
            for (item, other) in own.items.iter_mut().zip(other.items) {
                match (item, other) {
                    (Item::Poly(poly), Item::Poly(to)) => {
                        poly.colors.iter_mut().zip(to.colors).for_each(|(c, to)| *c = c.mix(to, at));
                    }
                    (Item::SoftBox(soft), Item::SoftBox(to)) => soft.color = soft.color.mix(to.color, at),
                    (Item::Text(text), Item::Text(to)) => text.color = text.color.mix(to.color, at),
                    _ => {}
                }
            }
        }
    }

    /// The share of the target on which opaque polygons have other colours in a picture of the same shapes.
    pub fn recoloured_share(&self, other: &Scene) -> f32 {
        let size = self.size_px();
        let ours = self.layers.iter().flat_map(|layer| &layer.items);
        let theirs = other.layers.iter().flat_map(|layer| &layer.items);
        let unlike = ours.zip(theirs).filter_map(|pair| match pair {
            (Item::Poly(a), Item::Poly(b)) if a.colors != b.colors && a.is_opaque() => {
                Some(visible_area(&a.points, size))
            }
            _ => None,
        });
        unlike.sum::<f32>() / (size.x * size.y).max(1.0)
    }

    /// The share of the target on which opaque polygons have only colours that match.
    pub fn opaque_share(&self, matches: impl Fn(Color) -> bool) -> f32 {
        let size = self.size_px();
        let opaque = self.layers.iter().flat_map(|layer| &layer.items).filter_map(|item| match item {
            Item::Poly(p) if p.is_opaque() && p.colors.iter().all(|c| matches(*c)) => {
                Some(visible_area(&p.points, size))
            }
            _ => None,
        });
        opaque.sum::<f32>() / (size.x * size.y).max(1.0)
    }

    /// Whether it shows the same as `other`; the instant of the next change is not compared.
    pub fn same_picture(&self, other: &Scene) -> bool {
        self.size == other.size && self.layers == other.layers
    }

    /// How many leading layers are the same as in `other`.
    pub fn same_layers(&self, other: &Scene) -> usize {
        self.layers.iter().zip(&other.layers).take_while(|(a, b)| a == b).count()
    }

    /// How often a pixel is painted on average, the backdrop included, when the first `kept` layers are there as one
    /// texture already.
    pub fn overdraw(&self, kept: usize) -> f32 {
        let size = self.size_px();
        let rest: f32 = self.layers.iter().skip(kept).map(|layer| layer.painted(size)).sum();
        (if kept > 0 { 1.0 } else { 0.0 }) + rest / (size.x * size.y).max(1.0)
    }
}
