//! Draws a shout-out: who is thanked at the left, the words on a slab in hero colours, the badge on its upper edge
//! (DESIGN 6.4).

use super::chips::Chip;
use super::enter::Enter;
use super::model::Shout;
use super::{chips, people};
use crate::scene::{Align, Canvas, Fonts, Line, Paint, Rect, SLANT, Slab, Style, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::lines;
use crate::slides::widgets::panel::{self, PanelRect};
use crate::theme::WHITE;

/// Where the parts lie, in units.
struct Room {
    panel: PanelRect,
    /// The slab: left end of the bottom line, top, bottom.
    slab: [f32; 3],
    /// Where its texts end.
    right: f32,
}

fn room(shout: &Shout, portrait: bool) -> Room {
    let facts = !shout.chips.is_empty() || !shout.from.is_empty();
    if portrait {
        let n = lines(shout).len() as f32;
        let panel = PanelRect { x: 54.0, y: 246.0, w: 972.0, h: 560.0, base_y: 806.0 };
        let bottom = if facts { 1694.0 - 126.0 * n - 14.0 } else { 1694.0 };
        if shout.people.is_empty() {
            return Room { panel, slab: [54.0, 300.0, bottom], right: 1000.0 };
        }
        return Room { panel, slab: [54.0, 880.0, bottom], right: 1000.0 };
    }
    let hero = PanelRect::hero(false);
    let panel = PanelRect { base_y: hero.bottom(), ..hero };
    let left = if shout.people.is_empty() { 96.0 } else { 640.0 };
    Room { panel, slab: [left, 200.0, if facts { 748.0 } else { 954.6 }], right: 1810.0 }
}

/// Who says it, and what speaks for it: four at most.
fn lines(shout: &Shout) -> Vec<Chip> {
    let mut all = Vec::new();
    if !shout.from.is_empty() {
        all.push(Chip { label: String::new(), value: shout.from.clone(), unit: String::new() });
    }
    all.extend(shout.chips.iter().cloned());
    all
}

pub fn draw(c: &mut Canvas, look: &Look, shout: &Shout, enter: &Enter) {
    let portrait = c.stage().portrait();
    let r = room(shout, portrait);
    if !shout.people.is_empty() {
        people::draw(c, look, shout, &r.panel);
    }
    enter.step(c, 0, 1.0, |c| {
        c.layer("slab");
        ground(c, look, &r);
        tag(c, look, shout, &r);
    });
    enter.step(c, 1, 1.0, |c| {
        c.layer("words");
        words(c, look, shout, &r);
    });
    let mut all = lines(shout);
    if let Some(first) = all.first_mut().filter(|_| !shout.from.is_empty()) {
        let from = look.locale.words().recognition.from;
        first.label = if shout.when.is_empty() { from.to_owned() } else { format!("{from} · {}", shout.when) };
    }
    c.layer("evidence");
    if portrait {
        for (i, chip) in all.iter().enumerate() {
            let y = r.slab[2] + 30.0 + 126.0 * i as f32;
            enter.step(c, 2 + i, look.stays(y + 112.0), |c| chips::stat_line(c, look, chip, [54.0, 1026.0, y]));
        }
    } else {
        let left = if shout.people.is_empty() { 96.0 } else { 640.0 };
        enter.step(c, 2, look.stays(950.0), |c| chips::row(c, look, &all, [left, 1824.0, 790.0]));
    }
    if shout.from.is_empty() && !shout.when.is_empty() {
        let (x, y) = if portrait { (1026.0, 1770.0) } else { (1824.0, 1016.1) };
        enter.step(c, 3, look.stays(y), |c| {
            c.text(x, y, &shout.when, crate::theme::style::FOOTER, look.theme.mid, Align::Right);
        });
    }
}

/// The slab, full bleed to the right, with its accent edge.
fn ground(c: &mut Canvas, look: &Look, r: &Room) {
    let t = look.theme;
    let [x, y, bottom] = r.slab;
    let (wide, h) = (c.stage().units.x, bottom - y);
    let lean = h * SLANT;
    let under = Rect::new(x + lean, y, wide + 60.0, bottom);
    // Down to the evidence, which hides the rest.
    c.clipped(-1e4, -1e4, 1e4, bottom + 48.0, |c| {
        c.shadow(Rect::new(x + 6.0, y + 30.0, wide + 60.0, bottom + 30.0), 22.0, t.shadow[0], under);
    });
    let paint = Paint::Between(vec2(x, y), vec2(wide, bottom), t.surface_stops());
    c.slab(Slab::lean_left(x, y, wide + 40.0 - x, h), paint);
    let stripe = Paint::down(t.stripe.fade(0.6), t.stripe.fade(0.0));
    for (share, w) in [(0.36, 46.0), (0.62, 60.0), (0.68, 220.0)] {
        c.slab(Slab::lean(x + (wide - x) * share, y, w + lean, h), stripe.clone());
    }
    c.slab(Slab::lean(x, y, 14.0 + lean, h), t.accent_paint());
    c.slab(Slab::rect(x + lean, y, wide + 40.0 - x - lean, 2.0), WHITE.fade(0.25));
}

/// The badge's plate over the slab's upper edge: sign and word.
fn tag(c: &mut Canvas, look: &Look, shout: &Shout, r: &Room) {
    let t = look.theme;
    let [x, y, bottom] = r.slab;
    let h = 92.0;
    let sign = if shout.badge.is_some() { 78.0 } else { 0.0 };
    let style = Style::new(60.0, Weight::Heavy).tracked(0.03);
    let (word, _) = c.fonts.fit_text(&shout.tag, style, 560.0);
    let at = x + (bottom - y) * SLANT + 30.0;
    let w = word.width + sign + 84.0 + h * SLANT;
    c.slab(Slab::lean(at, y - h / 2.0, w, h), t.plate_top[0]);
    let left = at + h * SLANT / 2.0 + 42.0;
    if let Some(badge) = shout.badge {
        badge.paint(c, left + 28.0, y, 60.0, t.numeral_top, t.plate_top[0]);
    }
    c.line(left + sign, y + 21.0, &word, t.numeral_top, Align::Left);
}

/// Headline and sentence, each line a little further left: they follow the slant.
fn words(c: &mut Canvas, look: &Look, shout: &Shout, r: &Room) {
    let t = look.theme;
    let [x, y, bottom] = r.slab;
    let (top, text_bottom) = (y + 66.0, bottom - 36.0);
    // The room of the uppermost line; those under it have more.
    let width = r.right - (x + (bottom - top) * SLANT + 50.0);
    let alone = shout.headline.is_empty() || shout.text.is_empty();
    let tall = text_bottom - top;
    let head_style = Style::new(120.0, Weight::Heavy);
    let text_style = Style::new(96.0, Weight::Semi);
    let (mut head, mut text);
    let mut sizes = [if alone { 190.0 } else { 132.0 }, if alone { 132.0 } else { 92.0 }];
    loop {
        let most = if alone { [4, 5] } else { [2, 4] };
        head = block(c.fonts, &shout.headline, head_style, [sizes[0], 60.0], width, most[0]);
        text = block(c.fonts, &shout.text, text_style, [sizes[1], 54.0], width, most[1]);
        if height(&head, &text) <= tall || (sizes[0] <= 60.0 && sizes[1] <= 54.0) {
            break;
        }
        sizes = [(sizes[0] - 6.0).max(60.0), (sizes[1] - 4.0).max(54.0)];
    }
    let mut at = top + ((tall - height(&head, &text)) / 2.0).max(0.0);
    let (size, lines) = head;
    for line in &lines {
        let base = at + size * 0.86;
        let edge = x + (bottom - (base - size * 0.35)) * SLANT + 50.0;
        c.line(edge, base, line, t.hi, Align::Left);
        at += size * 1.08;
    }
    at += if lines.is_empty() { 0.0 } else { 26.0 };
    let ink = if lines.is_empty() { t.hi } else { t.mid };
    let (size, lines) = text;
    for line in &lines {
        let base = at + size * 0.86;
        if base > text_bottom + 8.0 {
            break;
        }
        let edge = x + (bottom - (base - size * 0.35)) * SLANT + 50.0;
        c.line(edge, base, line, ink, Align::Left);
        at += size * 1.2;
    }
}

/// A text on at most `most` lines of `width` units, in a size from `sizes[0]` down to `sizes[1]`; what does not fit even
/// then is cut.
fn block(fonts: &mut Fonts, text: &str, style: Style, sizes: [f32; 2], width: f32, most: usize) -> (f32, Vec<Line>) {
    if text.is_empty() {
        return (0.0, Vec::new());
    }
    let counts: Vec<(usize, f32)> = (1..=most).map(|n| (n, sizes[0])).collect();
    let block = lines::headline(fonts, text, style, width, &counts, sizes[1]);
    let style = style.sized(block.size);
    (block.size, block.lines.iter().map(|line| fonts.fit_text(line, style, width).0).collect())
}

fn height(head: &(f32, Vec<Line>), text: &(f32, Vec<Line>)) -> f32 {
    let gap = if head.1.is_empty() || text.1.is_empty() { 0.0 } else { 26.0 };
    head.0 * 1.08 * head.1.len() as f32 + gap + text.0 * 1.2 * text.1.len() as f32
}

/// Paints what stands there while nobody has been praised: the frame, and a question.
pub fn empty(c: &mut Canvas, look: &Look) {
    let t = look.theme;
    let w = &look.locale.words().recognition;
    let portrait = c.stage().portrait();
    let ask = Shout {
        people: Vec::new(),
        more: 0,
        badge: None,
        tag: w.first_kicker.to_owned(),
        headline: String::new(),
        text: String::new(),
        from: String::new(),
        when: String::new(),
        chips: Vec::new(),
    };
    let hero = PanelRect::hero(false);
    let (p, slab, right) = if portrait {
        (PanelRect { x: 54.0, y: 246.0, w: 972.0, h: 560.0, base_y: 806.0 }, [54.0, 900.0, 1440.0], 1010.0)
    } else {
        (PanelRect { base_y: hero.bottom(), ..hero }, [640.0, 300.0, 790.0], 1824.0)
    };
    c.layer("open panel");
    panel::shadow(c, look, &p);
    panel::ground(c, look, &p);
    panel::edge(c, look, &p);
    let (x, y) = (p.x + p.w / 2.0, p.y + p.h / 2.0);
    super::badge::Badge::Star.paint(c, x, y, p.w.min(p.h) * 0.78, t.accent.mix(t.hero[1], 0.72), t.hero[1]);
    c.layer("slab");
    let r = Room { panel: p, slab, right };
    ground(c, look, &r);
    tag(c, look, &ask, &r);
    let [x, top, bottom] = slab;
    let room = right - (x + (bottom - top) * SLANT + 30.0);
    let size = c.fonts.shrink_lines(&w.first, Style::new(176.0, Weight::Heavy), 90.0, room).size;
    let middle = (top + bottom) / 2.0 + 16.0;
    for (line, dy, ink) in [(w.first[0], -0.54, t.hi), (w.first[1], 0.54, t.accent_text)] {
        let at = middle + dy * size;
        c.text(
            x + (bottom - at) * SLANT + 44.0,
            at + size * 0.35,
            line,
            Style::new(size, Weight::Heavy),
            ink,
            Align::Left,
        );
    }
}
