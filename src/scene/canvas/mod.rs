//! Paints, and reads time while painting; nothing else does either. It takes design units and writes device pixels.

mod shapes;

use std::sync::Arc;

use super::clip::{ClippedPoly, Plane};
use super::{
    Align, Backdrop, Color, Fonts, Item, Layer, Line, Picture, PixelRect, Pixels, Points, Rect, SLANT, Scene, Snapshot,
    Stage, Style, Text, Tone, Vec2, vec2,
};
use crate::motion::{Anim, Now, Time, Track};

pub struct Canvas<'f> {
    /// Shapes what is written.
    pub fonts: &'f mut Fonts,
    stage: Stage,
    now: Now,
    layers: Vec<Layer>,
    next: Option<Time>,
    offset: Vec2,
    alpha: f64,
    clip: PixelRect,
    /// Where texts begin and end: they are cut upright where a leaning line stands at their height.
    text_left: i32,
    text_right: i32,
    planes: Vec<Plane>,
}

impl<'f> Canvas<'f> {
    /// An empty canvas at an instant.
    pub fn new(stage: Stage, now: Now, fonts: &'f mut Fonts) -> Canvas<'f> {
        let clip = PixelRect::new(0, 0, stage.size[0] as i32, stage.size[1] as i32);
        Canvas {
            fonts,
            stage,
            now,
            layers: Vec::new(),
            next: None,
            offset: stage.origin,
            alpha: 1.0,
            clip,
            text_left: i32::MIN,
            text_right: i32::MAX,
            planes: Vec::new(),
        }
    }

    /// What was painted.
    pub fn finish(self) -> Scene {
        let layers = self.layers.into_iter().filter(|l| !l.items.is_empty()).collect();
        Scene { size: self.stage.size, layers, next: self.next }
    }

    /// The stage that is painted on.
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    // --- time ---

    /// The instant that is painted.
    pub fn now(&self) -> Now {
        self.now
    }

    /// The value of a number now. While it moves, the picture asks for the next frame; before it moves, for its start.
    pub fn sample(&mut self, anim: &Anim) -> f64 {
        if self.now.t < anim.end() && anim.end() > anim.start() {
            self.redraw_at(anim.start().max(self.now.t));
        }
        anim.value_at(self.now.t)
    }

    /// As [`Canvas::sample`], for a number with several moves ahead.
    pub fn sample_track(&mut self, track: &Track) -> f64 {
        let (anim, next) = track.at(self.now.t);
        if let Some(next) = next {
            self.redraw_at(next);
        }
        self.sample(anim)
    }

    /// Asks for a frame at `t`; for the next one when `t` is past.
    pub fn redraw_at(&mut self, t: Time) {
        self.next = Some(self.next.map_or(t, |n| n.min(t)));
    }

    /// Whether `t` has come; if not, the picture changes then.
    pub fn reached(&mut self, t: Time) -> bool {
        let yes = self.now.t >= t;
        if !yes {
            self.redraw_at(t);
        }
        yes
    }

    // --- state ---

    /// Begins a layer: what is painted from here on covers all texts before it.
    pub fn layer(&mut self, name: &'static str) {
        self.layers.push(Layer { name, items: Vec::new() });
    }

    /// Paints moved by so many units, faded. The move is rounded to whole pixels once for all of it, so that plates and
    /// text of a group keep together.
    pub fn group(&mut self, dx: f64, dy: f64, alpha: f64, paint: impl FnOnce(&mut Self)) {
        let (offset, was_alpha) = (self.offset, self.alpha);
        let scale = f64::from(self.stage.scale);
        self.offset = offset + vec2((dx * scale).round() as f32, (dy * scale).round() as f32);
        self.alpha *= alpha;
        paint(self);
        (self.offset, self.alpha) = (offset, was_alpha);
    }

    /// Paints only inside a box of units.
    pub fn clipped(&mut self, x0: f32, y0: f32, x1: f32, y1: f32, paint: impl FnOnce(&mut Self)) {
        let was = self.clip;
        self.clip = was.intersect(self.px_rect(Rect::new(x0, y0, x1, y1)).round());
        if !self.clip.is_empty() {
            paint(self);
        }
        self.clip = was;
    }

    /// Paints only left of the leaning line whose bottom is at `x`, `y` units. Text is cut upright, where the line stands
    /// at `text_y`, and shapes nowhere right of that.
    pub fn left_of(&mut self, x: f32, y: f32, text_y: f32, paint: impl FnOnce(&mut Self)) {
        let was = self.clip;
        let at = self.px(vec2(x + (y - text_y) * SLANT, text_y)).x.round() as i32;
        self.clip.x1 = was.x1.min(at.max(was.x0));
        self.cut_left_of(x, y, text_y, paint);
        self.clip = was;
    }

    /// As [`Canvas::left_of`], but shapes and pictures are cut by the line alone, however high they are.
    pub fn cut_left_of(&mut self, x: f32, y: f32, text_y: f32, paint: impl FnOnce(&mut Self)) {
        let Vec2 { x: px, y: py } = self.px(vec2(x, y));
        self.planes.push([-1.0, -SLANT, px + SLANT * py]);
        let was = self.text_right;
        let at = self.px(vec2(x + (y - text_y) * SLANT, text_y)).x.round() as i32;
        self.text_right = was.min(at);
        paint(self);
        self.text_right = was;
        self.planes.pop();
    }

    /// How much of the colours is left in the groups that are open.
    pub(super) fn alpha(&self) -> f64 {
        self.alpha
    }

    /// Device pixels: nothing is painted outside.
    pub(super) fn bounds(&self) -> Rect {
        self.clip.to_rect()
    }

    /// Paints only right of such a line: what is left of it will be covered, and would be painted for nothing. Shapes reach
    /// a little under the cover, so that nothing shines through the seam.
    pub fn right_of(&mut self, x: f32, y: f32, text_y: f32, paint: impl FnOnce(&mut Self)) {
        const UNDER_PX: f32 = 3.0;
        let Vec2 { x: px, y: py } = self.px(vec2(x, y));
        self.planes.push([1.0, SLANT, UNDER_PX - px - SLANT * py]);
        let was = self.text_left;
        let at = self.px(vec2(x + (y - text_y) * SLANT, text_y)).x.round() as i32;
        self.text_left = was.max(at);
        paint(self);
        self.text_left = was;
        self.planes.pop();
    }

    // --- text and pictures ---

    /// Writes a text; `y` is its baseline. Returns its width in units.
    pub fn text(&mut self, x: f32, y: f32, text: &str, style: Style, color: Color, align: Align) -> f32 {
        let line = self.fonts.line(text, style);
        self.line(x, y, &line, color, align);
        line.width
    }

    /// Reports that a text does not fit on the slide that is painted.
    pub fn leave_out(&mut self, text: &str) {
        self.fonts.diagnostics.leave_out("", text);
    }

    /// Writes a shaped line; `y` is its baseline.
    pub fn line(&mut self, x: f32, y: f32, line: &Line, color: Color, align: Align) {
        let start = match align {
            Align::Left => x,
            Align::Center => x - line.width / 2.0,
            Align::Right => x - line.width,
        };
        for (run, dx, drop) in &line.runs {
            let at = self.px(vec2(start + dx, y + drop));
            let mut clip = self.clip;
            clip.x0 = clip.x0.max(self.text_left);
            clip.x1 = clip.x1.min(self.text_right);
            let color = color.fade(self.alpha);
            if color.0[3] == 0 || clip.x0 >= clip.x1 {
                continue;
            }
            let text = Text { run: run.clone(), x: at.x, y: at.y.round() as i32, scale: self.stage.scale, color, clip };
            if !text.bounds().is_empty() {
                self.push(Item::Text(text));
            }
        }
    }

    /// Paints the part `uv` (0 to 1) of a picture over a place in units.
    pub fn picture(&mut self, key: &str, image: &Arc<image::RgbaImage>, place: Rect, uv: Rect) {
        self.paint_picture(key, Pixels::Colour(image.clone()), place, uv);
    }

    /// The same of a face; the tone's reach is in units.
    pub fn face(&mut self, key: &str, image: &Arc<image::RgbaImage>, place: Rect, uv: Rect, tone: Tone) {
        let reach = tone.reach * self.stage.scale;
        self.paint_picture(key, Pixels::Face(image.clone(), Tone { reach, ..tone }), place, uv);
    }

    fn paint_picture(&mut self, key: &str, pixels: Pixels, place: Rect, uv: Rect) {
        let whole = self.px_rect(place).round().to_rect();
        let rect = whole.intersect(self.bounds());
        if rect.is_empty() {
            return;
        }
        let u = |x: f32| uv.x0 + uv.width() * (x - whole.x0) / whole.width();
        let v = |y: f32| uv.y0 + uv.height() * (y - whole.y0) / whole.height();
        let uv = Rect::new(u(rect.x0), v(rect.y0), u(rect.x1), v(rect.y1));
        let mut shape = Points::new();
        if !self.planes.is_empty() {
            let mut cut = ClippedPoly { points: rect.corners().into_iter().collect(), smooth: 0 };
            let whole = cut.clone();
            for plane in &self.planes {
                cut = cut.keep(*plane, true);
            }
            if cut.is_empty() {
                return;
            }
            if cut != whole {
                shape = cut.points;
            }
        }
        let alpha = (self.alpha * 255.0).round() as u8;
        self.push(Item::Picture(Picture { key: key.to_owned(), pixels, rect, uv, shape, alpha }));
    }

    pub fn backdrop(&mut self, backdrop: Backdrop) {
        self.push(Item::Backdrop(backdrop));
    }

    /// Shows a frozen picture left of the leaning line that crosses the middle of the stage at `x` units.
    pub fn snapshot(&mut self, layers: Arc<Vec<Layer>>, x: f32) {
        let [w, h] = self.stage.size.map(|v| v as f32);
        let Vec2 { x: px, y: py } = self.px(vec2(x, self.stage.units.y / 2.0));
        let at = |y: f32| px + (py - y) * SLANT;
        let all = ClippedPoly { points: Rect::new(0.0, 0.0, w, h).corners().into_iter().collect(), smooth: 0 };
        let window = all.keep([-1.0, -SLANT, at(0.0)], true).points;
        if window.len() >= 3 {
            self.push(Item::Snapshot(Snapshot { layers, window }));
        }
    }

    /// Takes over what another canvas painted.
    pub fn append(&mut self, scene: Scene) {
        self.layers.extend(scene.layers);
        if let Some(t) = scene.next {
            self.redraw_at(t);
        }
    }

    /// Device pixels of a point in units, not yet rounded.
    pub(super) fn px(&self, p: Vec2) -> Vec2 {
        self.offset + p * self.stage.scale
    }

    pub(super) fn px_rect(&self, r: Rect) -> Rect {
        r.scaled(self.stage.scale).moved(self.offset)
    }

    pub(super) fn push(&mut self, item: Item) {
        if self.layers.is_empty() {
            self.layer("base");
        }
        if let Some(layer) = self.layers.last_mut() {
            layer.items.push(item);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::motion::{Curve, Spring};
    use crate::scene::Slab;

    fn now(t: f64) -> Now {
        Now { t: Time::from_s(t), wall_us: 0 }
    }

    #[test]
    fn sampling_asks_for_frames_only_while_it_moves() {
        let mut fonts = Fonts::new(false);
        let anim = Anim::new(0.0, 100.0, 0.0, Time::from_s(1.0), Curve::Spring(Spring { k: 90.0, c: 19.0 }), 0.02);
        let next = |t: f64, fonts: &mut Fonts| {
            let mut c = Canvas::new(Stage::new([1920, 1080], 0.0, Default::default()), now(t), fonts);
            c.sample(&anim);
            c.finish().next
        };
        assert_eq!(next(0.0, &mut fonts), Some(Time::from_s(1.0)));
        assert_eq!(next(1.2, &mut fonts), Some(Time::from_s(1.2)));
        assert_eq!(next(9.0, &mut fonts), None);
    }

    #[test]
    fn a_group_keeps_plate_and_text_together() {
        let mut fonts = Fonts::new(false);
        for dy in [0.0, 0.3, 0.49, 0.51, 17.77] {
            let mut c = Canvas::new(Stage::new([1280, 720], 0.0, Default::default()), now(0.0), &mut fonts);
            c.group(0.0, dy, 1.0, |c| {
                c.slab(Slab::rect(100.0, 100.0, 90.0, 60.0), Color::hex(0));
                c.text(100.0, 150.0, "7", Style::new(54.0, crate::scene::Weight::Bold), Color::hex(0), Align::Left);
            });
            let scene = c.finish();
            let (Item::Poly(p), Item::Text(t)) = (&scene.layers[0].items[0], &scene.layers[0].items[1]) else {
                panic!()
            };
            assert_eq!(t.y as f32 - p.points[0].y, 33.0, "{dy}");
        }
    }
}
