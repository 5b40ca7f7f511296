//! Draws a play without steps: the slab with its headline and the stroke under it, the evidence on its plate.

use super::diagram;
use super::model::Page;
use crate::motion::{Anim, Curve, Time};
use crate::scene::{Align, Canvas, Fonts, Paint, Rect, SLANT, Slab, Style, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::panel::{self, PanelRect};
use crate::slides::widgets::{accents, lines};
use crate::theme::WHITE;

const HEADLINE: Style = Style::new(166.0, Weight::Heavy).tracked(0.005);
const EVIDENCE: Style = Style::new(64.0, Weight::Semi);
/// The stroke is drawn so long, so long after the slide came on (DESIGN 6.16).
const STROKE_S: f64 = 0.9;
const STROKE_AFTER_S: f64 = 0.6;

/// Paints slab and plate from `x` to `right` and from `top` to `bottom`. `since`: when it came on.
pub fn draw(
    c: &mut Canvas,
    look: &Look,
    page: &Page,
    Rect { x0: x, y0: top, x1: right, y1: bottom }: Rect,
    since: Option<Time>,
) {
    let lines = evidence_lines(page);
    let plate_h = if c.stage().portrait() { 230.0 } else { 190.6 };
    let slab_foot = if lines.is_empty() { bottom } else { bottom - plate_h - 28.0 };
    let p = PanelRect { x, y: top, w: right - x, h: slab_foot - top, base_y: slab_foot };
    c.layer("headline");
    // The shadow goes no farther than to the plate that hides it.
    let reach = if lines.is_empty() { 1e4 } else { bottom - plate_h + 2.0 };
    shadow(c, look, &p, reach);
    ground(c, look, &p);
    let block = set(c, page, p.w);
    headline(c, look, &block, &p, since);
    if !lines.is_empty() {
        c.layer("evidence");
        let plate = Rect::sized(x, bottom - plate_h, right - x, plate_h);
        c.group(0.0, 0.0, look.stays(bottom), |c| evidence(c, look, &lines, plate));
    }
}

/// What the plate says, a text per line; one text is broken where it must be.
fn evidence_lines(page: &Page) -> Vec<&str> {
    match &page.proof {
        Some(proof) if proof.label.is_empty() => vec![&proof.sentence],
        Some(proof) => vec![&proof.label, &proof.sentence],
        None if page.text.is_empty() => Vec::new(),
        None => vec![&page.text],
    }
}

/// The slab's shadow down to a height.
fn shadow(c: &mut Canvas, look: &Look, p: &PanelRect, reach: f32) {
    c.clipped(-1e4, -1e4, 1e4, reach, |c| panel::shadow(c, look, p));
}

/// The slab: hero colours across, two light stripes.
fn ground(c: &mut Canvas, look: &Look, p: &PanelRect) {
    let t = look.theme;
    let (right, bottom) = (p.x + p.w, p.bottom());
    let ground = Paint::Between(vec2(p.x, p.y), vec2(right, bottom), t.surface_stops());
    c.slab(Slab::rect(p.x, p.y, p.w, p.h), ground);
    let stripe = Paint::down(t.stripe.fade(0.6), t.stripe.fade(0.0));
    c.clipped(p.x, p.y, right, bottom, |c| {
        for (share, w) in [(0.473, 60.0), (0.583, 280.0)] {
            c.slab(Slab::lean(p.x + p.w * share, p.y, w + p.h * SLANT, p.h), stripe.clone());
        }
    });
    c.slab(Slab::rect(p.x, p.y, p.w, 2.0), WHITE.fade(0.25));
}

/// A slab from `x` to `right` and from `top` to `bottom` with these lines.
pub fn say(c: &mut Canvas, look: &Look, lines: [String; 2], Rect { x0: x, y0: top, x1: right, y1: bottom }: Rect) {
    let p = PanelRect { x, y: top, w: right - x, h: bottom - top, base_y: bottom };
    c.layer("message");
    shadow(c, look, &p, 1e4);
    ground(c, look, &p);
    let widest = lines.iter().map(|l| c.fonts.width(l, HEADLINE)).fold(1.0, f32::max);
    let size = (HEADLINE.size * (p.w - 96.0) / widest).clamp(66.0, HEADLINE.size);
    headline(c, look, &lines::Fitted { size, lines: lines.to_vec(), cut: false }, &p, None);
}

fn headline(c: &mut Canvas, look: &Look, block: &lines::Fitted, p: &PanelRect, since: Option<Time>) {
    let t = look.theme;
    let style = HEADLINE.sized(block.size);
    let pitch = block.size * accents::pitch_em(&block.lines, 0.988);
    let n = block.lines.len();
    // The stroke takes room under the last line.
    let middle = p.y + p.h / 2.0 - 12.0;
    let x = p.x + 64.0;
    for (i, text) in block.lines.iter().enumerate() {
        let y = middle + (i as f32 - (n - 1) as f32 / 2.0) * pitch + block.size * 0.35;
        let last = i + 1 == n;
        let ink = if last { t.accent_text } else { t.hi };
        let (line, _) = c.fonts.fit_text(text, style, p.w - 96.0);
        c.line(x, y, &line, ink, Align::Left);
        if last {
            let drawn = match since.filter(|_| !look.screen.reduced_motion) {
                Some(since) => {
                    let start = since.after(STROKE_AFTER_S);
                    c.sample(&Anim::new(0.0, 1.0, 0.0, start, Curve::Ease(STROKE_S), 1e-3))
                }
                None => 1.0,
            };
            let drop = (block.size - 166.0) * 0.06;
            diagram::stroke(c, t.accent_text, vec2(x, y + drop), line.width, drawn as f32);
        }
    }
}

/// The headline in its lines, for a slab of `w` units.
pub fn set(c: &mut Canvas, page: &Page, w: f32) -> lines::Fitted {
    let portrait = c.stage().portrait();
    // A fourth line where three would be small; portrait screens have the height.
    let four = if portrait { 166.0 } else { 120.0 };
    let counts = [(2, 166.0), (3, 166.0), (1, 166.0), (4, four), (5, if portrait { 140.0 } else { 90.0 })];
    lines::headline(c.fonts, &page.headline, HEADLINE, w - 96.0, &counts, 66.0)
}

fn evidence(c: &mut Canvas, look: &Look, texts: &[&str], place: Rect) {
    let [x, y, w, h] = place.xywh();
    let t = look.theme;
    let lean = h * SLANT;
    let under = Rect::new(x + lean, y, x + w, y + h);
    c.shadow(Rect::new(x + 10.0, y + 18.0, x + w - 10.0, y + h + 18.0), 14.0, t.shadow[1] * 0.77, under);
    c.slab(Slab::lean_left(x, y, w, h), Paint::across(t.row_top[0], t.row_top[1]));
    c.slab(Slab::rect(x + lean, y, w - lean, 2.0), WHITE.fade(0.2));
    c.slab(Slab::lean(x, y, 109.5 + lean, h), Paint::down(t.plate_top[0], t.plate_top[1]));
    let middle = y + h / 2.0;
    let sign_x = x + (109.5 + lean) / 2.0 - 23.0;
    c.ribbon(
        &[vec2(sign_x, middle), vec2(sign_x + 20.0, middle + 22.0), vec2(sign_x + 62.0, middle - 26.0)],
        15.0,
        false,
        t.numeral_top,
    );
    let text_x = x + 138.0 + lean;
    let room = x + w - 40.0 - text_x;
    let block = match texts {
        [label, sentence] => {
            let lines = vec![(look.locale.words().coaching.measured)(label), (*sentence).to_owned()];
            let fits = |fonts: &mut Fonts, style: Style| lines.iter().all(|l| fonts.width(l, style) <= room);
            let size = c.fonts.shrink_until(EVIDENCE, 46.0, 2.0, fits).size;
            lines::Fitted { size, lines, cut: false }
        }
        _ => lines::headline(c.fonts, texts[0], EVIDENCE, room, &[(1, 64.0), (2, 64.0), (3, 50.0)], 44.0),
    };
    let pitch = block.size * 1.125;
    let n = block.lines.len() as f32;
    for (i, text) in block.lines.iter().enumerate() {
        let at = i as f32 - (n - 1.0) / 2.0;
        // Each line follows the plate's slant.
        let (line, _) = c.fonts.fit_text(text, EVIDENCE.sized(block.size), room);
        let baseline = middle + at * pitch + block.size * 0.375;
        c.line(text_x - at * pitch * SLANT, baseline, &line, t.hi, Align::Left);
    }
}
