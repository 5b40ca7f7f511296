//! Draws a ranking in which no one has a figure yet: the frame stays, the first place is open (DESIGN 6.10).

use super::layout::{layout, solve};
use super::model::RankingModel;
use crate::scene::{Align, Canvas, Paint, SLANT, Slab, Style, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::panel::{self, PanelRect};
use crate::slides::widgets::{hero, notice};
use crate::theme::style;

/// Paints ghost plates, the open panel and the message.
pub fn draw(c: &mut Canvas, look: &Look, model: &RankingModel) {
    let t = look.theme;
    let w = look.locale.words();
    let portrait = c.stage().portrait();
    let (font, capacity) = solve(look.screen, false);
    let l = layout(look.screen, font, capacity, capacity, false, false);
    c.layer("ghost rows");
    let slab = if portrait {
        notice::NoticeRect::new(true, 120.0, 1040.0)
    } else {
        notice::NoticeRect::new(false, 752.0, 0.0)
    };
    let ghosts = |c: &mut Canvas| {
        for i in 0..capacity {
            let y = l.slot_y(i as f64) as f32;
            let (row, plate, ink) =
                if i < 3 { (t.row_top, t.plate_top, t.numeral_top) } else { (t.row, t.plate, t.numeral) };
            c.slab(Slab::lean_left(l.x[0], y, l.x[1] - l.x[0], l.plate), Paint::across(row[0], row[1]));
            let lean = l.plate * SLANT;
            c.slab(Slab::rect(l.x[0] + lean, y, l.x[1] - l.x[0] - lean, 2.0), t.toplight[0]);
            c.slab(Slab::lean(l.x[0], y, l.rank_w, l.plate), Paint::down(plate[0], plate[1]));
            let text = (i + 1).to_string();
            let size = if text.len() > 1 { 54.0 } else { 56.0 } * l.f;
            let x = l.x[0] + l.rank_w / 2.0;
            let style = Style::new(size, Weight::Bold);
            c.text(x, y + l.plate / 2.0 + size * 0.35, &text, style, ink, Align::Center);
            if let Some([a, b]) = l.bar {
                let h = 18.0 * l.f;
                c.slab(Slab::lean(a, y + (l.plate - h) / 2.0, b - a, h), t.track);
            }
        }
    };
    c.group(0.0, 0.0, 0.42, |c| notice::around(c, slab, ghosts));
    c.layer("open panel");
    let place = PanelRect::hero(portrait);
    panel::ground(c, look, &place);
    panel::edge(c, look, &place);
    let (kx, ky) = if portrait { (100.0, 324.3) } else { (142.0, 241.7) };
    let kicker = style::KICKER.sized(62.0);
    let (line, _) = c.fonts.fit_text(w.no_1_is_open, kicker, 430.0);
    c.line(kx, ky, &line, t.accent_text, Align::Left);
    if portrait {
        c.clipped(54.0, 246.0, 1026.0, 742.0, |c| hero::ghost(c, look, "1", vec2(727.6, 698.0), 560.0, [0.55, 0.10]));
    } else {
        hero::ghost(c, look, "1", vec2(202.4, 680.0), 560.0, [0.55, 0.10]);
    }
    let lines = match &model.starts {
        Some(day) => (w.starts)(day),
        None => (w.first_deal)(&model.first),
    };
    notice::draw(c, look, slab, [&lines[0], &lines[1]]);
}

#[cfg(test)]
mod tests;
