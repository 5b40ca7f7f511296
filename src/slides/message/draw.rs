//! Draws a message: slab, shards, tag, lines, cards, footer.

use super::cards::Cards;
use super::layout::Layout;
use super::model::{MessageModel, TEXT, TEXT_CAPS, TITLE};
use super::window::Phase;
use crate::motion::{Anim, Time};
use crate::scene::{Align, Canvas, Rect, SLANT, Slab, Style, Weight};
use crate::slides::context::Look;
use crate::slides::widgets::{enter, panel, slab};
use crate::theme::{spring, style};

/// From one part that comes in to the next, in seconds.
const STEP_S: f64 = 0.06;
/// The small and the large part of the days to go.
const IN: Style = Style::new(48.0, Weight::Semi).tracked(0.03);
const DAYS: Style = Style::new(52.0, Weight::Bold);
/// Distance from the slab's edge, width and strength of each shard.
const SHARDS: &[(f32, f32, f64)] = &[(18.0, 30.0, 1.0), (62.0, 14.0, 0.7), (92.0, 60.0, 0.22), (172.0, 70.0, 0.35)];
/// So many of them have room beside a code.
const BESIDE_CODE: usize = 1;
/// Width of the edge that wipes a new message over the old one.
const WIPE_W: f32 = 40.0;

/// Paints a message. `before` was there until an instant; the new one wipes over it.
pub fn draw(c: &mut Canvas, look: &Look, model: &MessageModel, cards: &Cards, before: Option<(&MessageModel, Time)>) {
    let portrait = c.stage().portrait();
    let layout = |m: &MessageModel| Layout::new(portrait, m.facts.len(), m.code.is_some());
    let l = layout(model);
    let phase = phase(c, &model.phases).clone();
    c.layer("message");
    slab::hero_shadow(c, look, l.band);
    let wipe = before.map(|(old, at)| {
        let curve = spring::curve(spring::SLAB, look.screen.reduced_motion);
        (old, c.sample(&Anim::new(0.0, 1.0, 0.0, at, curve, 0.001)))
    });
    match wipe {
        Some((old, at)) if at < 1.0 => {
            let was = layout(old);
            headline(c, look, old, &was, None);
            c.layer("message wipe");
            let lean = l.band.h * SLANT;
            let x = -lean + (l.band.right + lean) * at as f32;
            headline(c, look, model, &l, Some(x));
            let end = l.band.right;
            c.left_of(end - lean, l.band.y + l.band.h, l.band.y, |c| {
                c.slab(Slab::lean(x - WIPE_W / 2.0, l.band.y, lean + WIPE_W, l.band.h), look.theme.accent_paint());
            });
        }
        _ => headline(c, look, model, &l, None),
    }
    let beside = if l.code.is_some() && !portrait { &SHARDS[..BESIDE_CODE] } else { SHARDS };
    slab::shards(c, l.band, look.theme.accent, beside);
    tag(c, look, &l, &phase);
    if let (Some(code), Some([x, y, side])) = (&model.code, l.code) {
        c.group(0.0, 0.0, look.stays(y + side), |c| {
            enter::rise(c, look, STEP_S, |c| code.paint(c, x, y, side));
        });
    }
    for i in 0..cards.len() {
        c.group(0.0, 0.0, look.stays(cards.bottom(i)), |c| {
            enter::rise(c, look, STEP_S * (i + 2) as f64, |c| cards.paint(c, look, i));
        });
    }
    c.group(0.0, 0.0, look.stays(l.footer), |c| footer(c, look, &l, &phase));
}

/// What is said now; the picture changes when something else is.
fn phase<'m>(c: &mut Canvas, phases: &'m [Phase]) -> &'m Phase {
    let now = c.now();
    let at = phases.iter().rposition(|p| p.from_us <= now.wall_us).unwrap_or(0);
    if let Some(next) = phases.get(at + 1) {
        c.redraw_at(now.when_wall(next.from_us));
    }
    &phases[at]
}

/// The slab and its lines; of a new message only what lies left of the leaning line with its bottom at `cut`.
fn headline(c: &mut Canvas, look: &Look, m: &MessageModel, l: &Layout, cut: Option<f32>) {
    let bottom = l.band.y + l.band.h;
    let left = |c: &mut Canvas, y: f32, paint: &mut dyn FnMut(&mut Canvas)| match cut {
        Some(x) => c.left_of(x, bottom, y, paint),
        None => paint(c),
    };
    left(c, l.band.y, &mut |c| slab::hero(c, look, l.band));
    let style = if m.caps { TEXT_CAPS } else { TEXT }.sized(m.text.size);
    let title = TITLE.sized(m.title.size);
    let rooms = [l.title((0, 0.0)), l.text()];
    let heights = [
        Layout::height(&rooms[0], m.title.lines.len(), title.size),
        Layout::height(&rooms[1], m.text.lines.len(), style.size),
    ];
    let room = rooms.map(|room| room.pitch);
    let single = m.title.lines.len() == 1 && m.text.lines.len() == 1;
    let tops = l.tops(heights[0], heights[1], single);
    enter::rise(c, look, 0.0, |c| {
        for (i, line) in m.title.lines.iter().enumerate() {
            let y = tops[0] + title.size * (0.7 + room[0] * i as f32);
            let bright = m.empty && i > 0;
            let ink = if bright { look.theme.accent_text } else { look.theme.hi };
            left(c, y, &mut |c| {
                c.text(l.x, y, line, title, ink, Align::Left);
            });
        }
    });
    let last = tops[1] + heights[1];
    c.group(0.0, 0.0, look.stays(last), |c| {
        enter::rise(c, look, STEP_S, |c| {
            for (i, line) in m.text.lines.iter().enumerate() {
                let y = tops[1] + style.size * (0.7 + room[1] * i as f32);
                left(c, y, &mut |c| {
                    c.text(l.x + 4.0, y, line, style, look.theme.hi, Align::Left);
                });
            }
        });
    });
}

fn tag(c: &mut Canvas, look: &Look, l: &Layout, phase: &Phase) {
    if phase.tag.is_empty() {
        return;
    }
    let [x, y, h] = l.tag;
    let style = Style::new(l.tag_size, Weight::Heavy).tracked(0.012);
    let w = c.fonts.width(&phase.tag, style);
    c.layer("tag");
    panel::accent_plate(c, look, Rect::sized(x, y, w + h * SLANT + 70.0, h));
    c.text(x + 46.0, y + h / 2.0 + l.tag_size * 0.35, &phase.tag, style, look.theme.on_one, Align::Left);
}

fn footer(c: &mut Canvas, look: &Look, l: &Layout, phase: &Phase) {
    let t = look.theme;
    let [left, right] = l.cards_x;
    c.text(left, l.footer, &phase.until, style::LABEL, t.mid, Align::Left);
    if let Some([small, large]) = &phase.in_days {
        let w = c.text(right, l.footer + 2.8, large, DAYS, t.hi, Align::Right);
        c.text(right - w - 16.0, l.footer + 2.4, small, IN, t.mid, Align::Right);
    }
}
