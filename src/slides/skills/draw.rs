//! Draws a strengths map on a landscape stage.

use super::layout::{BEFORE_H, Layout, TEAM_Y};
use super::model::{Column, HEAD, Rep, SkillsModel};
use super::shown::{MovingFigure, Row, Shown};
use crate::motion::Spring;
use crate::scene::{Align, Canvas, Paint, Rect, SLANT, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::{enter, marks, notice, panel};
use crate::theme::{WHITE, spring};

/// Name of a person.
const NAME: Style = Style::new(48.0, Weight::Semi);
/// Figure of a person.
const REP: Style = Style::new(52.0, Weight::Bold);
/// Means before.
const BEFORE: Style = Style::new(44.0, Weight::Semi);
/// From this height on a cell carries two lines.
const HIGH: f32 = 118.0;
const TRAIN: Style = Style::new(60.0, Weight::Heavy).tracked(0.02);
const AXIS: Style = Style::new(60.0, Weight::Bold);
const SMALL: Style = Style::new(50.0, Weight::Semi).tracked(0.02);
const ASK: Style = Style::new(58.0, Weight::Bold);
/// After the slide came on: when the first team cell turns to its present figure, and from cell to cell, in seconds.
pub const TURN_S: [f64; 2] = [0.7, 0.06];

/// Paints the page of a map.
pub fn draw(c: &mut Canvas, look: &Look, s: &Shown) {
    let m = &s.model;
    let l = Layout::around(m, c.sample(&s.people) as f32);
    c.layer("skills");
    // One team stays while its people turn over; several turn over themselves.
    let (teams, reps) = match m.teams.len() {
        0 | 1 => (0..m.teams.len(), look.page * l.reps),
        n => ((look.page * l.teams).min(n)..((look.page + 1) * l.teams).min(n), 0),
    };
    for (line, team) in teams.clone().enumerate() {
        team_ground(c, look, &l, m, team, line);
    }
    if m.before {
        before(c, look, &l, m);
    }
    let now = c.now().t;
    let moving = s.columns.iter().any(|column| now < column.end());
    for (i, column) in m.columns.iter().enumerate() {
        if moving {
            c.layer("moving column");
        }
        let at = c.sample(&s.columns[i]);
        head(c, look, &l, column, [l.x(at), m.head_size()]);
        for (line, team) in teams.clone().enumerate() {
            if let Some(moving_figure) = &s.cells[team][i] {
                let y = TEAM_Y + l.team[1] * line as f32;
                let order = i + line;
                let turning = entering(c, look, m.teams[team].cells[i].as_ref(), order);
                let fade = enter::share(c, look, 0.05 * order as f64, enter::FADE_S);
                c.group(0.0, -enter::RISE * (1.0 - fade), fade, |c| {
                    let place = Rect::sized(l.x(at), y + 8.0, l.cell(), l.team[0] - 16.0);
                    let moving_figure = turning.as_ref().unwrap_or(moving_figure);
                    // One team has a line for it.
                    let before = m.teams[team].cells[i].as_ref().and_then(|c| c.before.as_ref());
                    match before.filter(|_| m.teams.len() > 1) {
                        Some(before) => with_before(c, look, moving_figure, &before.text, place, l.team[2]),
                        None => cell(c, look, moving_figure, place, l.team[2]),
                    }
                });
            }
        }
    }
    people(c, look, s, &l, reps);
    c.group(0.0, 0.0, look.stays(1024.0), |c| footer(c, look, m));
}

/// A cell that turns from its figure of before while the slide comes on.
pub fn entering(c: &mut Canvas, look: &Look, cell: Option<&super::model::Cell>, order: usize) -> Option<MovingFigure> {
    let at = look.entered.filter(|_| !look.screen.reduced_motion)?.after(TURN_S[0] + TURN_S[1] * order as f64);
    MovingFigure::from_before(c, cell?, at, &|s: Spring| spring::curve(s, false))
}

fn head(c: &mut Canvas, look: &Look, l: &Layout, column: &Column, [x, size]: [f32; 2]) {
    let t = look.theme;
    let (x, y, h) = (x + 4.0, 160.0, 96.0);
    let w = l.cell() + h * SLANT;
    let ink = head_plate(c, look, column.next, Rect::sized(x, y, w, h));
    let style = HEAD.sized(size);
    let n = column.head.lines.len() as f32;
    for (i, line) in column.head.lines.iter().enumerate() {
        let mid = y + h / 2.0 + (i as f32 - (n - 1.0) / 2.0) * style.size;
        let at = x + l.cell() / 2.0 + (y + h - mid) * SLANT;
        c.text(at, mid + style.size * 0.35, line, style, if column.next { ink } else { t.hi }, Align::Center);
    }
}

/// The plate of a column's head; returns the ink for it.
pub fn head_plate(c: &mut Canvas, look: &Look, next: bool, place: Rect) -> crate::scene::Color {
    let [x, y, w, h] = place.xywh();
    let t = look.theme;
    if next {
        panel::accent_plate(c, look, Rect::sized(x, y, w, h));
    } else {
        c.slab(Slab::lean(x, y, w, h), Paint::down(t.plate[0], t.plate[1]));
    }
    c.slab(Slab::rect(x + h * SLANT, y, w - h * SLANT, 2.0), WHITE.fade(0.25));
    if next { t.on_one } else { t.numeral }
}

fn team_ground(c: &mut Canvas, look: &Look, l: &Layout, m: &SkillsModel, team: usize, line: usize) {
    let t = look.theme;
    let (y, h) = (TEAM_Y + l.team[1] * line as f32, l.team[0]);
    panel::row_edge(c, t.row_edge, [96.0, 1824.0], y + h);
    c.slab(Slab::lean_left(96.0, y, 1728.0, h), Paint::across(t.row_top[0], t.row_top[1]));
    c.slab(Slab::rect(96.0 + h * SLANT, y, 1728.0 - h * SLANT, 2.0), WHITE.fade(0.16));
    let mut style = Style::new(l.team[2], Weight::Heavy);
    // High plates lean far: the capitals' upper corner stays clear of the edge.
    let left = (96.0 + (h / 2.0 + style.size * 0.35) * SLANT + 16.0).max(130.0);
    let room = 510.0 - left;
    style = c.fonts.shrink(&m.teams[team].name, style, 54.0, room);
    let (name, _) = c.fonts.fit_name(&m.teams[team].name, style, room);
    c.line(left, y + h / 2.0 + style.size * 0.35, &name, t.hi, Align::Left);
}

/// A cell with its sign and figure: left end of the bottom line, top, width at the bottom, height.
pub fn cell(c: &mut Canvas, look: &Look, moving_figure: &MovingFigure, place: Rect, size: f32) {
    let [x, y, w, h] = place.xywh();
    let [top, bottom] = moving_figure.tint(c, look);
    let lean = h * SLANT;
    c.slab(Slab::lean(x, y, w + lean, h), Paint::down(top, bottom));
    c.slab(Slab::rect(x + lean, y, w, 2.0), WHITE.fade(0.22));
    level(c, look, moving_figure, place);
    let mid = x + w / 2.0 + lean / 2.0;
    // The higher a figure, the further its corners come towards the leaning edges.
    let room = w - 14.0 - (size - 84.0).max(0.0) * 0.4;
    figure(c, look, moving_figure, vec2(mid, y + h / 2.0), Style::new(size, Weight::Bold), room, look.theme.hi);
}

/// How the figure stands, without its colour: the line at the foot of the cell has five parts when it is far above.
fn level(c: &mut Canvas, look: &Look, moving_figure: &MovingFigure, place: Rect) {
    let [x, y, w, h] = place.xywh();
    let line = (h * 0.07).clamp(5.0, 8.0);
    let part = w * moving_figure.level(c) as f32 / 5.0;
    c.slab(Slab::lean(x, y + h - line, part + line * SLANT, line), look.theme.hi.fade(0.6));
}

/// A cell that also has its figure of before: under the present one where it is high, else in front of it.
fn with_before(c: &mut Canvas, look: &Look, moving_figure: &MovingFigure, before: &str, place: Rect, size: f32) {
    let [x, y, w, h] = place.xywh();
    let t = look.theme;
    let [top, bottom] = moving_figure.tint(c, look);
    let lean = h * SLANT;
    c.slab(Slab::lean(x, y, w + lean, h), Paint::down(top, bottom));
    c.slab(Slab::rect(x + lean, y, w, 2.0), WHITE.fade(0.22));
    level(c, look, moving_figure, place);
    // What stands at a height is shifted along the slant.
    let at = |y_at: f32| x + w / 2.0 + (y + h - y_at) * SLANT;
    if h >= HIGH {
        let (upper, lower) = (y + h * 0.40, y + h - 28.0);
        figure(
            c,
            look,
            moving_figure,
            vec2(at(upper), upper),
            Style::new(size.min(h * 0.5), Weight::Bold),
            w - 14.0,
            t.hi,
        );
        let text = format!("{} {before}", look.locale.words().skills.before);
        let room = w - 20.0;
        let style = c.fonts.shrink(&text, BEFORE, 36.0, room);
        let (line, _) = c.fonts.fit_text(&text, style, room);
        return c.line(at(lower), lower + style.size * 0.35, &line, t.hi, Align::Center);
    }
    // Between the figures stands the way from one to the other; the sign says whether it is more.
    let (mid, sign, arrow) = (y + h / 2.0, moving_figure.sign(c), 26.0);
    let mark = if sign.is_some() { 26.0 } else { 0.0 };
    let text = moving_figure.value.text();
    let was_style = |present: Style| BEFORE.sized(present.size.min(40.0));
    let present = c.fonts.shrink_until(Style::new(size, Weight::Bold), 36.0, 2.0, |fonts, now| {
        fonts.width(before, was_style(now)) + fonts.width(text, now) + arrow + 20.0 + mark <= w - 24.0
    });
    let style = was_style(present);
    let left = at(mid) - w / 2.0 + 12.0;
    if let Some(sign) = sign {
        marks::triangle(c, left + 10.0, mid, 0.71, sign, t.hi);
    }
    let left = left + mark;
    let was = c.text(left, mid + style.size * 0.35, before, style, t.hi, Align::Left);
    marks::arrow(c, left + was + 10.0, mid, arrow, t.hi);
    let rest = w - 24.0 - mark - was - arrow - 20.0;
    let x = left + was + arrow + 20.0 + (rest - c.fonts.width(text, present)) / 2.0;
    moving_figure.value.paint(c, x, mid + present.size * 0.35, present, t.hi, Align::Left);
}

/// Sign and figure around a point, made to fit.
fn figure(
    c: &mut Canvas,
    _: &Look,
    moving_figure: &MovingFigure,
    Vec2 { x, y }: Vec2,
    style: Style,
    room: f32,
    ink: crate::scene::Color,
) {
    let sign = moving_figure.sign(c);
    let mut style = style;
    // Beside small figures the sign is larger against them.
    let (wide, f) = if style.size > 60.0 { (0.487, 0.0137) } else { (0.648, 0.0178) };
    let mark = |size: f32| if sign.is_some() { size * wide } else { 0.0 };
    let text = moving_figure.value.text();
    style = c.fonts.shrink_until(style, 36.0, 2.0, |fonts, style| fonts.width(text, style) + mark(style.size) <= room);
    // A thousand billions with a unit of several letters: nobody's rating, and still inside its cell.
    if c.fonts.width(moving_figure.value.text(), style) + mark(style.size) > room {
        style = style.tracked(-0.05);
    }
    let (size, w) = (style.size, c.fonts.width(moving_figure.value.text(), style));
    let left = x - (w + mark(size)) / 2.0 - if sign.is_some() { 2.0 } else { 0.0 };
    if let Some(sign) = sign {
        let f = size * f;
        marks::triangle(c, left + 13.0 * f, y, f, sign, ink);
    }
    moving_figure.value.paint(c, left + mark(size), y + size * 0.35, style, ink, Align::Left);
}

fn before(c: &mut Canvas, look: &Look, l: &Layout, m: &SkillsModel) {
    let t = look.theme;
    let y = l.before_y;
    c.slab(Slab::lean_left(96.0, y + 2.0, 1728.0, BEFORE_H), t.slot);
    let base = y + BEFORE_H / 2.0 + BEFORE.size * 0.35;
    c.text(126.0, base, look.locale.words().skills.before, BEFORE.tracked(0.03), t.mid, Align::Left);
    for (i, cell) in m.teams[0].cells.iter().enumerate() {
        if let Some(before) = cell.as_ref().and_then(|c| c.before.as_ref()) {
            let x = l.x(i as f64) + l.cell() / 2.0 - 4.0;
            c.text(x, base, &before.text, BEFORE, t.mid, Align::Center);
        }
    }
}

fn people(c: &mut Canvas, look: &Look, s: &Shown, l: &Layout, from: usize) {
    let [top, pitch, h] = l.rep;
    let m = &s.model;
    let on_page = |i: &usize| (from..from + l.reps).contains(i);
    let bottom = top + pitch * l.reps as f32;
    c.clipped(0.0, top - 30.0, 1e5, bottom + 4.0, |c| {
        let now = c.now().t;
        let moving = (0..m.reps.len()).filter(on_page).any(|i| now < s.rows[i].slot.end());
        for i in (0..m.reps.len()).filter(on_page) {
            let row = &s.rows[i];
            // One that rests must not write over one that passes it.
            if moving {
                c.layer("moving person");
            }
            let slot = c.sample(&row.slot) - from as f64;
            let y = f64::from(top) + f64::from(pitch) * slot;
            let base = top + pitch * (i - from) as f32 + h;
            let delay = 0.15 + enter::STEP_S * (i - from) as f64;
            let at = enter::share(c, look, delay, enter::FADE_S);
            c.group(0.0, y + enter::RISE * (1.0 - at), at * look.stays(base), |c| {
                person(c, look, l, m, &m.reps[i], row, delay + 0.2);
            });
        }
    });
}

fn person(c: &mut Canvas, look: &Look, l: &Layout, m: &SkillsModel, rep: &Rep, row: &Row, settle_s: f64) {
    let t = look.theme;
    let h = l.rep[2];
    let lean = h * SLANT;
    panel::row_edge(c, t.row_edge, [96.0, 1824.0], h);
    c.slab(Slab::lean_left(96.0, 0.0, 1728.0, h), Paint::across(t.row[0], t.row[1]));
    c.slab(Slab::rect(96.0 + lean, 0.0, 1728.0 - lean, 1.5), t.toplight[0]);
    let style = NAME.sized((NAME.size * l.grown()).min(64.0));
    let (name, _) = c.fonts.fit_name(&rep.name, style, 392.0);
    c.line(126.0, h / 2.0 + style.size * 0.35, &name, t.hi, Align::Left);
    // All slots are alike: neither tint nor gap may tell what is hidden.
    for i in (0..m.columns.len()).filter(|i| *i != rep.column) {
        c.slab(Slab::lean(l.x(i as f64) + 2.0, 4.0, l.cell() - 4.0 + (h - 8.0) * SLANT, h - 8.0), t.slot);
    }
    let at = enter::share(c, look, settle_s, enter::FADE_S);
    let x = l.x(rep.column as f64);
    c.group(0.0, -12.0 * (1.0 - at), at, |c| {
        lit_cell(c, look, rep, row.moving_figure.as_ref(), Rect::sized(x, 0.0, l.cell(), h));
    });
}

/// The moving_figure cell of a person: in the accent where that is whom to ask, neutral where the figure stays hidden.
pub fn lit_cell(c: &mut Canvas, look: &Look, rep: &Rep, moving_figure: Option<&MovingFigure>, place: Rect) {
    let [x, y, w, h] = place.xywh();
    let t = look.theme;
    let lean = h * SLANT;
    let ink = if rep.asked {
        panel::accent_plate(c, look, Rect::sized(x, y, w + lean, h));
        t.on_one
    } else {
        let [top, bottom] = moving_figure.map_or(t.steps[2], |moving_figure| moving_figure.tint(c, look));
        c.slab(Slab::lean(x, y, w + lean, h), Paint::down(top, bottom));
        t.hi
    };
    c.slab(Slab::rect(x + lean, y, w, 2.0), WHITE.fade(0.3));
    if let Some(moving_figure) = moving_figure {
        figure(
            c,
            look,
            moving_figure,
            vec2(x + w / 2.0 + lean / 2.0 - 1.0, y + h / 2.0 - 0.5),
            REP.sized(REP.size * (h / 56.0).clamp(1.0, 1.4)),
            w - 14.0,
            ink,
        );
    }
}

/// The thread's end: what is trained next, how, and whom to ask.
pub fn footer(c: &mut Canvas, look: &Look, m: &SkillsModel) {
    let (t, w) = (look.theme, &look.locale.words().skills);
    let f = &m.footer;
    if f.axis.is_empty() {
        return;
    }
    let mut right = 1824.0;
    if !f.ask.is_empty() {
        let (name, _) = c.fonts.fit_name(&f.ask, ASK, 420.0);
        c.line(right, 1020.3, &name, t.hi, Align::Right);
        right -= name.width + 18.0;
        right -= c.text(right, 1019.5, w.ask, SMALL, t.mid, Align::Right) + 40.0;
    }
    let train = c.text(96.0, 1021.0, w.train_next, TRAIN, t.accent_text, Align::Left);
    let x = 96.0 + train + 24.0;
    let (axis, _) = c.fonts.fit_text(&f.axis, AXIS, (right - x).min(560.0));
    c.line(x, 1021.0, &axis, t.hi, Align::Left);
    let x = x + axis.width + 28.0;
    let style = c.fonts.shrink(&f.text, SMALL, 40.0, right - x);
    if right - x > 160.0 {
        let (text, _) = c.fonts.fit_text(&f.text, style, right - x);
        c.line(x, 1019.5, &text, t.mid, Align::Left);
    }
}

/// A map in which nothing is known yet: its frame, and what will be there.
pub fn empty(c: &mut Canvas, look: &Look, m: &SkillsModel) {
    let t = look.theme;
    let portrait = c.stage().portrait();
    let (x, right, top, rows) = if portrait { (54.0, 1026.0, 246.0, 22) } else { (96.0, 1824.0, 266.0, 11) };
    c.layer("ghost map");
    let place = notice::NoticeRect::new(portrait, if portrait { 120.0 } else { 752.0 }, 800.0);
    let place = if portrait { place } else { notice::NoticeRect { y: 400.0, ..place } };
    let ghosts = |c: &mut Canvas| {
        let pitch = (right - x - 436.0) / 6.0;
        for i in 0..rows {
            let y = top + if i == 0 { 0.0 } else { 74.0 + 56.2 * i as f32 };
            let h = if i == 0 { 118.0 } else { 52.0 };
            let row = if i == 0 { t.row_top } else { t.row };
            c.slab(Slab::lean_left(x, y, right - x, h), Paint::across(row[0], row[1]));
            for column in 0..6 {
                c.slab(Slab::lean(x + 434.0 + pitch * column as f32, y + 4.0, pitch - 10.0, h - 8.0), t.slot);
            }
        }
    };
    c.group(0.0, 0.0, 0.42, |c| notice::around(c, place, ghosts));
    notice::draw(c, look, place, look.locale.words().skills.empty);
    if !portrait {
        c.group(0.0, 0.0, look.stays(1024.0), |c| footer(c, look, m));
    }
}
