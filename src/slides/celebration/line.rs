//! Draws one line in the footer's place, for news that are worth a word but not a banner.

use super::Span;
use super::model::CelebrationModel;
use super::parts::{self, TagPlace};
use crate::motion::Curve;
use crate::scene::{Align, Canvas, Paint, SLANT, Slab, Style, Weight};
use crate::slides::context::Look;
use crate::slides::widgets::footer_lines;
use crate::theme::{WHITE, spring};

/// Name and figure.
const NAME: Style = Style::new(54.0, Weight::Bold);
const ASIDE: Style = Style::new(46.0, Weight::Semi).tracked(0.03);

/// Paints it at the canvas's instant, where the footer has made room.
pub fn draw(c: &mut Canvas, look: &Look, m: &CelebrationModel, span: Span) {
    let t = look.theme;
    let portrait = c.stage().portrait();
    let place = footer_lines::strip(c.stage());
    let (x, y, right, h) = (place.x0, place.y0, place.x1, place.height());
    let out = span.out(c, look);
    let wiped = span.rise(c, look, 0.12, Curve::Spring(spring::SLAB)) * out;
    if wiped <= 0.0 {
        return;
    }
    c.layer("line");
    let lean = h * SLANT;
    let bottom = x + ((right - x - lean) * wiped as f32).max(0.0);
    let base = y + h / 2.0 + NAME.size * 0.35;
    let wide = bottom - x + lean;
    c.slab(Slab::lean(x, y, wide, h), Paint::across(t.card[0], t.card[1]));
    c.slab(Slab::rect(x + lean, y, wide - lean, 2.0), WHITE.fade(0.2));
    c.slab(Slab::lean(bottom - 14.0, y, 14.0 + lean, h), t.accent_paint());
    c.layer("line text");
    c.clipped(0.0, y - h, bottom + lean / 2.0, y + 2.0 * h, |c| {
        let size = 46.0;
        let place = TagPlace { x, y, h, size, pad: 34.0, base: h / 2.0 + size * 0.35, max: 460.0 };
        let end = parts::tag(c, look, &place, &m.tag, 1.0);
        let from = end + 18.0;
        let mut to = right - 14.0 - lean - 22.0;
        let figure = m
            .amount
            .as_ref()
            .map(|a| if portrait { a.compact(look.locale) } else { a.long.join(" ").trim_end().to_owned() });
        if let Some(figure) = &figure {
            let (line, _) = c.fonts.fit_text(figure, NAME, (to - from) * 0.5);
            c.line(to, base, &line, t.accent_text, Align::Right);
            to -= line.width + 28.0;
        }
        let max = to - from;
        let said = if m.text.is_empty() { m.aside.as_str() } else { m.text.as_str() };
        let (name, _) =
            c.fonts.fit_name(&m.name, NAME, if figure.is_none() && !said.is_empty() { max * 0.5 } else { max });
        c.line(from, base, &name, t.hi, Align::Left);
        let rest = max - name.width - 28.0;
        if rest > 200.0 && !said.is_empty() {
            let (line, _) = c.fonts.fit_text(said, ASIDE, rest);
            c.line(from + name.width + 28.0, base - 2.8, &line, t.mid, Align::Left);
        }
    });
}
