//! Draws a strengths map on a portrait stage: the columns lie down, one block per axis with its cells and the
//! people who are strongest there beside them.

use super::draw::{entering, head_plate, lit_cell};
use super::model::{HEAD, SkillsModel};
use super::shown::{MovingFigure, Shown};
use crate::scene::{Align, Canvas, Paint, Rect, SLANT, Slab, Style, Weight};
use crate::slides::context::Look;
use crate::slides::widgets::enter;
use crate::theme::WHITE;

const LEFT: f32 = 54.0;
const RIGHT: f32 = 1026.0;
/// Top of the body and its bottom.
const BODY: [f32; 2] = [246.0, 1694.0];
/// The head of a block, and where its cells begin.
const HEAD_W: f32 = 300.0;
const CELLS_X: f32 = 366.0;
/// Teams beside each other.
const TEAMS: usize = 4;
/// A block is at most so high.
const TALLEST: f32 = 300.0;
const NAME: Style = Style::new(46.0, Weight::Semi);
const TEAM: Style = Style::new(44.0, Weight::Semi).tracked(0.02);
const BEFORE: Style = Style::new(44.0, Weight::Semi).tracked(0.02);
const TRAIN: Style = Style::new(60.0, Weight::Heavy).tracked(0.01);
const AXIS: Style = Style::new(60.0, Weight::Bold);
const SMALL: Style = Style::new(50.0, Weight::Semi).tracked(0.02);
/// The text is no smaller.
const MIN_SIZE: f32 = 40.0;
const ASK: Style = Style::new(58.0, Weight::Bold);

pub fn draw(c: &mut Canvas, look: &Look, s: &Shown) {
    let m = &s.model;
    c.layer("skills");
    let several = m.teams.len() > 1;
    let top = if several { BODY[0] + 60.0 } else { BODY[0] };
    let pitch = ((BODY[1] - top) / m.columns.len().max(1) as f32).min(TALLEST);
    let team_w = (RIGHT - CELLS_X) / m.teams.len().clamp(1, TEAMS) as f32;
    if several {
        for (i, team) in m.teams.iter().take(TEAMS).enumerate() {
            let (name, _) = c.fonts.fit_name(&team.name, TEAM, team_w - 24.0);
            let x = CELLS_X + team_w * (i as f32 + 0.5) + 8.0;
            c.line(x, BODY[0] + 34.0, &name, look.theme.mid, Align::Center);
        }
    }
    let now = c.now().t;
    let moving = s.columns.iter().any(|column| now < column.end());
    for i in 0..m.columns.len() {
        // One that rests must not write over one that passes it.
        if moving {
            c.layer("moving block");
        }
        let at = c.sample(&s.columns[i]);
        let fade = enter::share(c, look, enter::STEP_S * 2.0 * i as f64, enter::FADE_S);
        let base = top + pitch * (i + 1) as f32 - 14.0;
        let y = f64::from(top) + at * f64::from(pitch);
        c.group(0.0, y + enter::RISE * (1.0 - fade), fade * look.stays(base), |c| {
            block(c, look, s, i, pitch - 14.0, team_w);
        });
    }
    c.group(0.0, 0.0, look.stays(1824.0), |c| footer(c, look, m));
}

fn block(c: &mut Canvas, look: &Look, s: &Shown, column: usize, h: f32, team_w: f32) {
    let (t, m) = (look.theme, &s.model);
    let lean = h * SLANT;
    c.slab(Slab::lean_left(LEFT, 0.0, RIGHT - LEFT, h), Paint::across(t.row[0], t.row[1]));
    c.slab(Slab::rect(LEFT + lean, 0.0, RIGHT - LEFT - lean, 2.0), t.toplight[0]);
    let head = &m.columns[column];
    let ink = head_plate(c, look, head.next, Rect::sized(LEFT, 0.0, HEAD_W + lean - 30.0, h));
    let style = HEAD.sized(m.head_size());
    let n = head.head.lines.len() as f32;
    for (i, line) in head.head.lines.iter().enumerate() {
        let mid = h / 2.0 + (i as f32 - (n - 1.0) / 2.0) * style.size;
        let at = LEFT + (HEAD_W - 30.0) / 2.0 + (h - mid) * SLANT;
        c.text(at, mid + style.size * 0.35, line, style, if head.next { ink } else { t.hi }, Align::Center);
    }
    let one = m.teams.len() == 1;
    let cell_w = if one { 190.0 } else { team_w - 12.0 };
    let people: Vec<usize> = (0..m.reps.len()).filter(|i| m.reps[*i].column == column).collect();
    // Several teams leave a strip under their cells for the one to ask.
    let strip = if !one && !people.is_empty() { 66.0 } else { 0.0 };
    for (team, cells) in s.cells.iter().enumerate().take(TEAMS) {
        let Some(moving_figure) = &cells[column] else { continue };
        let turning = entering(c, look, m.teams[team].cells[column].as_ref(), column + team);
        let x = CELLS_X + if one { 0.0 } else { team_w * team as f32 };
        let size = if one { 96.0 } else { (cell_w * 0.4).clamp(76.0, 116.0) };
        let cell_h = h - 16.0 - strip;
        let was = m.teams[team].cells[column].as_ref().and_then(|c| c.before.as_ref());
        let low = if was.is_some() && cell_h > 116.0 { 46.0 } else { 0.0 };
        super::draw::cell(
            c,
            look,
            turning.as_ref().unwrap_or(moving_figure),
            Rect::sized(x, 8.0, cell_w - cell_h * SLANT, cell_h - low),
            size.min(cell_h - low),
        );
        if let (Some(was), true) = (was, low > 0.0) {
            let text = format!("{} {}", look.locale.words().skills.before, was.text);
            let style = c.fonts.shrink(&text, BEFORE, 36.0, cell_w + 10.0);
            let (line, _) = c.fonts.fit_text(&text, style, cell_w + 10.0);
            c.line(x - 6.0, h - 14.0 - strip, &line, t.mid, Align::Left);
        } else if let Some(was) = was {
            c.leave_out(&was.text);
        }
    }
    let rows = if one { ((h - 12.0) / 66.0).floor().max(1.0) as usize } else { 1 };
    let x = if one { CELLS_X + 216.0 } else { CELLS_X - 8.0 };
    let shown = people.len().min(rows);
    for (line, &i) in people.iter().take(rows).enumerate() {
        let y = if one { h / 2.0 + (line as f32 - shown as f32 / 2.0) * 66.0 + 4.0 } else { h - 62.0 };
        let moving_figure: Option<&MovingFigure> = s.rows[i].moving_figure.as_ref();
        let place = Rect::sized(RIGHT - 150.0, y, 132.0, 56.0);
        lit_cell(c, look, &m.reps[i], moving_figure, place);
        let (name, _) = c.fonts.fit_name(&m.reps[i].name, NAME, place.x0 - x - 16.0);
        c.line(x, y + 28.0 + NAME.size * 0.35, &name, t.hi, Align::Left);
    }
    c.slab(Slab::rect(LEFT + lean, 0.0, HEAD_W - 30.0, 2.0), WHITE.fade(0.2));
}

fn footer(c: &mut Canvas, look: &Look, m: &SkillsModel) {
    let (t, w) = (look.theme, &look.locale.words().skills);
    let f = &m.footer;
    if f.axis.is_empty() {
        return;
    }
    let train = c.text(LEFT, 1755.0, w.train_next, TRAIN, t.accent_text, Align::Left);
    let x = LEFT + train + 24.0;
    let (axis, _) = c.fonts.fit_text(&f.axis, AXIS, RIGHT - x);
    c.line(x, 1755.0, &axis, t.hi, Align::Left);
    let mut right = RIGHT;
    if !f.ask.is_empty() {
        let (name, _) = c.fonts.fit_name(&f.ask, ASK, 340.0);
        let ask_w = name.width + 18.0 + c.fonts.width(w.ask, SMALL) + 36.0;
        // Whom to ask stands beside the text; where that is long, beside the axis.
        let long = c.fonts.width(&f.text, SMALL.sized(MIN_SIZE)) > RIGHT - LEFT - ask_w;
        let y = if long && x + axis.width + ask_w <= RIGHT { 1755.0 } else { 1815.0 };
        c.line(right, y + 0.3, &name, t.hi, Align::Right);
        c.text(right - name.width - 18.0, y - 0.5, w.ask, SMALL, t.mid, Align::Right);
        right -= if y < 1800.0 { 0.0 } else { ask_w };
    }
    let style = c.fonts.shrink(&f.text, SMALL, MIN_SIZE, right - LEFT);
    let (text, _) = c.fonts.fit_text(&f.text, style, right - LEFT);
    c.line(LEFT, 1814.5, &text, t.mid, Align::Left);
}
