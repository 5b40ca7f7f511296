//! Draws the frame while no play is on, and says when the next one comes (DESIGN 6.10).

use super::{body, tip};
use crate::scene::{Align, Canvas, Vec2, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::panel::{self, PanelRect};
use crate::theme::style;

/// Paints it. `day`: on which the next play opens, if that is known.
pub fn draw(c: &mut Canvas, look: &Look, day: Option<&str>) {
    let portrait = c.stage().portrait();
    let w = &look.locale.words().coaching;
    let p = PanelRect::hero(portrait);
    let p =
        if portrait { PanelRect { h: 340.0, base_y: p.y + 340.0, ..p } } else { PanelRect { base_y: p.bottom(), ..p } };
    c.layer("panel");
    // What the slab beside or under it hides is not painted.
    let [right, bottom] = if portrait { [1e4, 620.0] } else { [642.0, 1e4] };
    c.clipped(-1e4, -1e4, right, bottom, |c| panel::shadow(c, look, &p));
    panel::ground(c, look, &p);
    panel::edge(c, look, &p);
    let (x, y, ghost) = if portrait { (100.0, 324.3, vec2(430.0, -412.0)) } else { (142.0, 236.3, Vec2::default()) };
    c.clipped(p.x, p.y, p.x + p.w, p.bottom(), |c| super::diagram::ghost(c, look, ghost));
    let (kicker, _) = c.fonts.fit_text(w.who_is_next, style::KICKER, 430.0);
    c.line(x, y, &kicker, look.theme.accent_text, Align::Left);
    let lines = match day {
        Some(day) => (look.locale.words().starts)(day),
        None => w.next_play.map(str::to_owned),
    };
    tip::say(c, look, lines, body(portrait, Some(&p)));
}
