//! Draws what is celebrated without a slab of its own: one choreography for each kind (DESIGN 6.5).

mod day;
mod goal;
mod leader;
mod paper;
mod podium;
mod record;

use super::facts::Act;
use super::model::CelebrationModel;
use super::parts::{self, TagPlace};
use super::{Span, at};
use crate::board::Photo;
use crate::motion::Curve;
use crate::scene::{Align, Canvas, Color, Paint, Rect, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::face::{self, Face};
use crate::theme::spring;

/// Paints the choreography of a kind; `false`: it has none, and comes on the slab.
pub fn draw(c: &mut Canvas, look: &Look, m: &CelebrationModel, span: Span) -> bool {
    let what = match m.act {
        Act::Slab => return false,
        Act::Leader => leader::draw,
        Act::Record => record::draw,
        Act::Goal => goal::draw,
        Act::Contest => podium::draw,
        Act::Birthday | Act::Anniversary => day::draw,
    };
    c.layer("takeover");
    what(c, look, m, span);
    true
}

/// The stage of an act: its safe area, in units.
fn stage(c: &Canvas) -> Rect {
    let [x0, x1] = c.stage().sides();
    if c.stage().portrait() { Rect::new(x0, 146.0, x1, 1824.0) } else { Rect::new(x0, 104.0, x1, 1026.0) }
}

/// The white tag, and what is said beside it; on upright screens under it.
fn tag(c: &mut Canvas, look: &Look, m: &CelebrationModel, span: Span, aside: &str) {
    let area = stage(c);
    let portrait = c.stage().portrait();
    let (h, size) = if portrait { (112.0, 98.0) } else { (104.0, 92.0) };
    let place = TagPlace { x: area.x0, y: area.y0, h, size, pad: 54.0, base: h * 0.81, max: area.width().min(1000.0) };
    c.layer("takeover tag");
    let shown = span.rise(c, look, at::TAG, Curve::Spring(spring::SLAB));
    let end = parts::tag(c, look, &place, &m.tag, shown);
    let Vec2 { x, y } = if portrait { vec2(area.x0 + 6.0, 338.4) } else { vec2(end + 48.0, 178.4) };
    let late = span.rise(c, look, at::TAG + 0.1, Curve::Ease(0.24));
    if late > 0.0 && area.x1 - x > 160.0 && !aside.is_empty() {
        let (line, _) = c.fonts.fit_text(aside, Style::new(64.0, Weight::Semi).tracked(0.03), area.x1 - x);
        c.group(0.0, 0.0, late, |c| c.line(x, y, &line, look.theme.hi, Align::Left));
    }
}

/// A text in the largest size that holds it, its left end and baseline at `at`, which comes in from the left.
struct Said<'a> {
    text: &'a str,
    at: Vec2,
    size: f32,
    weight: Weight,
    max: f32,
    from_s: f64,
    ink: Color,
}

impl Said<'_> {
    /// Paints it as a name, whose given name may become an initial.
    fn name(&self, c: &mut Canvas, look: &Look, span: Span) {
        self.paint(c, look, span, true);
    }

    fn text(&self, c: &mut Canvas, look: &Look, span: Span) {
        self.paint(c, look, span, false);
    }

    fn paint(&self, c: &mut Canvas, look: &Look, span: Span, name: bool) {
        let shown = span.rise(c, look, self.from_s, Curve::Ease(0.26));
        if shown <= 0.0 || self.text.is_empty() {
            return;
        }
        let style = Style::new(self.size, self.weight);
        let style = c.fonts.shrink_lines(&[self.text], style, (self.size * 0.5).max(48.0), self.max);
        let (line, _) = if name {
            c.fonts.fit_name(self.text, style, self.max)
        } else {
            c.fonts.fit_text(self.text, style, self.max)
        };
        c.group(-36.0 * (1.0 - shown), 0.0, shown, |c| c.line(self.at.x, self.at.y, &line, self.ink, Align::Left));
    }
}

/// A face on the ground that photos stand on. A figure that is cut out stands on the lower edge.
fn portrait(c: &mut Canvas, look: &Look, of: &Face, place: Rect, dim: f64) {
    let t = look.theme;
    let ground = |color: Color| color.mix(t.bg[2], dim);
    c.slab(
        Slab::rect(place.x0, place.y0, place.width(), place.height()),
        Paint::down(ground(t.photo[0]), ground(t.photo[2])),
    );
    c.clipped(place.x0, place.y0, place.x1, place.y1, |c| {
        let photo = |c: &mut Canvas, photo: &Photo| {
            let area = if face::is_cut_out(photo) {
                let middle = (place.x0 + place.x1) / 2.0;
                face::stand_box(photo, middle, place.y1, place.height() * 0.94, place.width() * 1.3)
            } else {
                place
            };
            face::fill(c, look, photo, area);
        };
        let middle = vec2((place.x0 + place.x1) / 2.0, (place.y0 + place.y1) / 2.0);
        let size = (place.height() * 0.46).min(place.width() * 0.5);
        face::either(c, look, of, photo, |c, glyphs| {
            face::glyphs(c, look, glyphs, middle, size, place.width() * 0.8, [0.95, 0.55]);
        });
    });
    if dim > 0.0 {
        c.slab(Slab::rect(place.x0, place.y0, place.width(), place.height()), t.bg[2].fade(dim * 0.6));
    }
}
