//! Draws a ramp without a series: its stages as a tower of plates, done, late, next and open.

use super::chart;
use super::model::{Hire, StageView};
use crate::board::StageState;
use crate::scene::{Align, Canvas, Paint, Rect, SLANT, Slab, Style, Weight};
use crate::slides::context::Look;
use crate::slides::widgets::panel::{self, PanelRect};
use crate::slides::widgets::{enter, marks};
use crate::theme::WHITE;

const LABEL: Style = Style::new(64.0, Weight::Bold);
const WHEN: Style = Style::new(48.0, Weight::Semi).tracked(0.02);
const FIGURE: Style = Style::new(48.0, Weight::Semi);
const NUMBER: Style = Style::new(72.0, Weight::Bold);
/// Stages on a panel: the tower begins where it matters.
const MAX_STAGES: usize = 6;

/// Paints the stages of a hire where the chart would be. Returns which.
pub fn draw(c: &mut Canvas, look: &Look, p: &PanelRect, h: &Hire) -> Vec<usize> {
    if h.steps.is_empty() {
        chart::ground(c, look, p);
        return Vec::new();
    }
    // Of many stages those around the next one.
    let n = h.steps.len().min(MAX_STAGES);
    let from = h.next.unwrap_or(h.steps.len()).saturating_sub(n / 2).min(h.steps.len() - n);
    let pitch = ((p.h + 16.0) / n as f32).min(204.0);
    for (line, i) in (from..from + n).enumerate() {
        let y = p.y + pitch * line as f32;
        let at = enter::share(c, look, 0.05 + enter::STEP_S * 2.0 * line as f64, enter::FADE_S);
        c.group(0.0, enter::RISE * (1.0 - at), at * look.stays(y + pitch - 16.0), |c| {
            let place = PanelRect { y, h: pitch - 16.0, ..*p };
            row(c, look, place, &h.steps[i], i + 1, Some(i) == h.next);
        });
    }
    (from..from + n).collect()
}

fn row(c: &mut Canvas, look: &Look, place: PanelRect, step: &StageView, number: usize, next: bool) {
    let PanelRect { x, y, w, h, .. } = place;
    let (t, words) = (look.theme, &look.locale.words().ramp);
    let lean = h * SLANT;
    panel::row_edge(c, t.row_edge, [x, x + w], y + h);
    let [a, b] = if next { t.row_top } else { t.row };
    c.slab(Slab::lean_left(x, y, w, h), Paint::across(a, b));
    c.slab(Slab::rect(x + lean, y, w - lean, 2.0), WHITE.fade(0.16));
    let plate = Rect::sized(x, y, 120.0 + lean, h);
    let mid = y + h / 2.0;
    let centre = x + 60.0 + lean / 2.0;
    let late = step.state == StageState::Late;
    match step.state {
        StageState::Done => {
            panel::accent_plate(c, look, plate);
            marks::tick(c, centre - 30.0, mid, 58.0, t.on_one);
        }
        _ => {
            let paint = if next { t.plate_top } else { t.plate };
            c.slab(Slab::lean(x, y, 120.0 + lean, h), Paint::down(paint[0], paint[1]));
            let ink = if next { t.numeral_top } else { t.numeral };
            c.text(centre, mid + NUMBER.size * 0.35, &number.to_string(), NUMBER, ink, Align::Center);
        }
    }
    let left = x + 160.0 + lean;
    let right = x + w - 36.0;
    // Two lines where there is more to say than the name.
    let more = !step.figure.is_empty() || late;
    let (top, low) = if more { (mid - 10.0, mid + 56.0) } else { (mid + LABEL.size * 0.35, mid) };
    let when = if late { format!("{} · {}", words.is_late, step.when) } else { step.when.clone() };
    let when = when.trim_end_matches(" · ").to_owned();
    let ink = match step.state {
        StageState::Late => t.down,
        _ if next => t.accent_text,
        _ => t.mid,
    };
    let under = late || w < 1000.0 && more;
    let beside = if under || when.is_empty() { 0.0 } else { c.fonts.width(&when, WHEN) + 40.0 };
    let style = c.fonts.shrink(&step.label, LABEL, 54.0, right - left - beside);
    let (label, _) = c.fonts.fit_text(&step.label, style, right - left - beside);
    c.line(left, top, &label, t.hi, Align::Left);
    let mut from = left;
    if under && !when.is_empty() {
        let mut x = left - 8.0;
        if late {
            marks::less(c, x + 14.0, low - 17.0, 1.0, t.down);
            x += 36.0;
        }
        let (line, _) = c.fonts.fit_text(&when, WHEN, right - x - 10.0);
        c.line(x, low, &line, ink, Align::Left);
        from = x + line.width + 40.0;
    } else if !when.is_empty() {
        c.text(right, top - 2.0, &when, WHEN, ink, Align::Right);
    }
    if !step.figure.is_empty() && right - from > 160.0 {
        let (figure, _) = c.fonts.fit_text(&step.figure, FIGURE, right - from);
        c.line(right, low, &figure, t.hi, Align::Right);
        let end = right - figure.width - 30.0;
        if let Some(share) = step.share.filter(|_| end - from > 160.0) {
            let (bar, lean) = (end - from, 26.0 * SLANT);
            c.slab(Slab::lean(from, low - 30.0, bar, 26.0), t.track);
            let filled = (bar - lean) * share.clamp(0.0, 1.0) as f32;
            if filled > 0.5 {
                c.slab(Slab::lean(from, low - 30.0, filled + lean, 26.0), if late { t.down } else { t.bar });
            }
        }
    }
}
