//! Draws one new hire: the hero panel with the figure, the chart or the stages beside it, and what is done (DESIGN
//! 6.8).

use super::model::{Hire, Verdict};
use super::shown::{Moving, Shown};
use super::{chart, stages};
use crate::board::StageState;
use crate::scene::{Align, Canvas, Color, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::footer_lines::FooterLines;
use crate::slides::widgets::panel::{self, PanelRect};
use crate::slides::widgets::{enter, lines, marks};
use crate::theme::style;

const NAME: Style = Style::new(100.0, Weight::Bold);
const FIGURE: Style = Style::new(330.0, Weight::Heavy);
const UNIT: Style = Style::new(120.0, Weight::Semi);
const VERDICT: Style = Style::new(60.0, Weight::Bold);
/// Width of the next goal, and its smallest size.
const GOAL_W: f32 = 440.0;
const MIN_GOAL_SIZE: f32 = 46.0;
const DONE: Style = Style::new(50.0, Weight::Semi).tracked(0.01);

pub fn draw(c: &mut Canvas, look: &Look, s: &Shown) {
    let (Some(h), Some(moving)) = (s.model.hires.first(), s.hires.first()) else { return };
    let portrait = c.stage().portrait();
    let hero = PanelRect { base_y: if portrait { 556.0 } else { 720.0 }, ..PanelRect::hero(portrait) };
    let body = if portrait {
        PanelRect { x: 54.0, y: 774.0, w: 972.0, h: 920.0, base_y: 1694.0 }
    } else {
        PanelRect { x: 640.0, y: 160.0, w: 1184.0, h: 794.6, base_y: 954.6 }
    };
    c.layer("ramp");
    let mut said = match &h.curve {
        Some(curve) => chart::draw(c, look, &body, h, curve, moving),
        None => stages::draw(c, look, &body, h),
    };
    // The next stage is said on the chart, else as the next goal.
    let unsaid = h.next.filter(|next| h.curve.is_some() && !said.contains(next) && !h.next_stage[0].is_empty());
    let goal = match unsaid.and_then(|next| Some((next, stage_goal(c, look, &h.next_stage)?))) {
        Some((next, goal)) => {
            said.push(next);
            goal
        }
        None => h.goal.clone(),
    };
    let goal = &goal;
    c.layer("hero");
    panel::shadow(c, look, &hero);
    panel::ground(c, look, &hero);
    panel::edge(c, look, &hero);
    if portrait {
        tall(c, look, h, moving, goal)
    } else {
        wide(c, look, h, moving, goal)
    }
    let lines = super::footer_lines(c);
    c.group(0.0, 0.0, look.stays(lines.y[0]), |c| {
        enter::rise(c, look, 0.2, |c| said.extend(footer(c, look, h, lines)))
    });
    for (_, step) in h.steps.iter().enumerate().filter(|(i, _)| !said.contains(i)) {
        c.leave_out(&step.label);
    }
}

/// "WEEK 6 OF 12", or the week alone.
fn weeks(look: &Look, h: &Hire) -> String {
    let w = &look.locale.words().ramp;
    match h.week {
        [Some(week), Some(all)] => (w.week_of)(week, all.max(week)),
        [Some(week), None] => (w.week_n)(week),
        _ => String::new(),
    }
}

/// Office, first day and mentor on two lines at most.
fn facts(h: &Hire) -> [String; 2] {
    let join =
        |parts: [&String; 2]| parts.into_iter().filter(|p| !p.is_empty()).cloned().collect::<Vec<_>>().join(" · ");
    [join([&h.office, &h.since]), h.mentor.clone()]
}

fn wide(c: &mut Canvas, look: &Look, h: &Hire, moving: &Moving, next: &str) {
    let t = look.theme;
    let (kicker, _) = c.fonts.fit_text(&weeks(look, h), style::KICKER, 430.0);
    c.line(142.0, 238.3, &kicker, t.accent_text, Align::Left);
    let name = c.fonts.shrink(&h.name, NAME, 72.0, 440.0);
    let (line, _) = c.fonts.fit_name(&h.name, name, 440.0);
    c.line(140.0, 343.0, &line, t.hi, Align::Left);
    let [first, second] = facts(h);
    let both = !second.is_empty();
    let (line, _) = c.fonts.fit_text(&first, style::LABEL, 440.0);
    c.line(142.0, 403.4, &line, t.mid, Align::Left);
    let (line, _) = c.fonts.fit_text(&second, style::LABEL, 440.0);
    c.line(142.0, 455.4, &line, t.mid, Align::Left);
    figure(c, look, h, moving, vec2(134.0, 679.5), 582.0, if both { 280.0 } else { 330.0 });
    c.group(0.0, 0.0, look.stays(954.6), |c| {
        verdict(c, look, moving, vec2(141.0, 803.0), 440.0, VERDICT);
        goal(c, look, next, vec2(142.0, 867.4));
    });
}

fn tall(c: &mut Canvas, look: &Look, h: &Hire, moving: &Moving, next: &str) {
    let t = look.theme;
    let (kicker, _) = c.fonts.fit_text(&weeks(look, h), style::KICKER, 500.0);
    c.line(100.0, 324.3, &kicker, t.accent_text, Align::Left);
    let name = c.fonts.shrink(&h.name, NAME, 72.0, 500.0);
    let (line, _) = c.fonts.fit_name(&h.name, name, 500.0);
    c.line(98.0, 430.0, &line, t.hi, Align::Left);
    for (i, text) in facts(h).iter().enumerate() {
        let (line, _) = c.fonts.fit_text(text, style::LABEL, 500.0);
        c.line(100.0, 488.0 + 52.0 * i as f32, &line, t.mid, Align::Left);
    }
    figure(c, look, h, moving, vec2(620.0, 490.0), 1000.0, 260.0);
    verdict(c, look, moving, vec2(100.0, 668.0), 420.0, VERDICT);
    goal(c, look, next, vec2(560.0, 622.0));
}

/// The large figure with its unit, made to fit.
fn figure(c: &mut Canvas, look: &Look, h: &Hire, moving: &Moving, Vec2 { x, y }: Vec2, right: f32, most: f32) {
    if h.figure.is_empty() {
        return;
    }
    let unit = if h.curve.is_some() { "%".to_owned() } else { (look.locale.words().ramp.of)(h.steps.len()) };
    let small = |size: f32| UNIT.sized((size * 0.364).max(48.0));
    let style = c.fonts.shrink_until(FIGURE.sized(most), 100.0, 4.0, |fonts, style| {
        fonts.width(moving.figure.text(), style) + fonts.width(&unit, small(style.size)) + 20.0 <= right - x
    });
    let ink = look.theme.accent_text;
    let w = moving.figure.paint(c, x, y, style, ink, Align::Left);
    c.text(x + w + 18.0, y - 3.5, &unit, small(style.size), ink, Align::Left);
}

/// The sign and the words of a verdict, its sign from `x` on. Returns their right end.
pub fn verdict(c: &mut Canvas, look: &Look, moving: &Moving, Vec2 { x, y }: Vec2, room: f32, style: Style) -> f32 {
    let (t, w) = (look.theme, &look.locale.words().ramp);
    let narrow = style.size < 55.0;
    let (text, sign, color): (String, f32, Color) = match moving.verdict(c) {
        Verdict::None => return x,
        Verdict::Even => (w.on_plan.to_owned(), 0.0, t.hi),
        Verdict::Ahead(n) if narrow => ((look.locale.words().ahead)(n), -1.0, t.up),
        Verdict::Behind(n) if narrow => ((w.to_plan)(n), 1.0, t.down),
        Verdict::Ahead(n) => ((w.ahead_of_plan)(n), -1.0, t.up),
        Verdict::Behind(n) => ((w.behind_plan)(n), 1.0, t.down),
        Verdict::Late(n) => ((w.late)(*n), 1.0, t.down),
    };
    let f = style.size * 0.0218;
    let mid = y - style.size * 0.36;
    if sign == 0.0 {
        c.slab(Slab::rect(x, mid - 3.0, 26.0, 6.0), color);
    } else {
        marks::side(c, vec2(x + 13.0 * f, mid), f, sign < 0.0, color);
    }
    let left = x + style.size * 0.81;
    let style = c.fonts.shrink(&text, style, 44.0, room - (left - x));
    let (line, _) = c.fonts.fit_text(&text, style, room - (left - x));
    c.line(left, y, &line, color, Align::Left);
    left + line.width
}

/// The next stage as the next goal: where it is too long its name is shortened, never its day. None where not even a third
/// of the name would be left.
fn stage_goal(c: &mut Canvas, look: &Look, [label, when]: &[String; 2]) -> Option<String> {
    let by = look.locale.words().ramp.by;
    let said = |label: &str| if when.is_empty() { label.to_owned() } else { by(label, when) };
    let style = VERDICT.sized(MIN_GOAL_SIZE);
    let (all, own) = (c.fonts.width(&said(label), style), c.fonts.width(label, style));
    let room = GOAL_W - (all - own);
    if room >= own {
        return Some(said(label));
    }
    (room >= own / 3.0).then(|| said(&lines::shorten(c.fonts, label, style, room).0))
}

fn goal(c: &mut Canvas, look: &Look, text: &str, Vec2 { x, y }: Vec2) {
    let (t, w) = (look.theme, &look.locale.words().ramp);
    if text.is_empty() {
        return;
    }
    c.text(x, y, w.next_goal, style::LABEL, t.mid, Align::Left);
    let style = c.fonts.shrink(text, VERDICT, MIN_GOAL_SIZE, GOAL_W);
    let (line, _) = c.fonts.fit_text(text, style, GOAL_W);
    c.line(x, y + 59.6, &line, t.hi, Align::Left);
}

/// What is done, and how long it takes to full quota. Returns which stages it names.
fn footer(c: &mut Canvas, look: &Look, h: &Hire, lines: FooterLines) -> Vec<usize> {
    let (t, w) = (look.theme, &look.locale.words().ramp);
    let FooterLines { left, right, y: [y, low], stacked } = lines;
    let mut end = right;
    if h.weeks_left == Some(0) {
        end -= c.text(right, low - 2.9, w.full_this_week, style::FOOTER, t.hi, Align::Right) + 40.0;
    } else if let Some(weeks) = h.weeks_left {
        end -= c.text(right, low, &(w.weeks)(weeks), style::FOOTER_VALUE, t.hi, Align::Right) + 18.0;
        end -= c.text(end, low - 2.9, w.full_in, style::FOOTER, t.mid, Align::Right) + 40.0;
    }
    if stacked {
        end = right;
    }
    let done = h.steps.iter().enumerate().filter(|(_, s)| s.state == StageState::Done && !s.label.is_empty());
    let done: Vec<(usize, &str)> = done.map(|(i, s)| (i, s.label.as_str())).collect();
    if done.is_empty() {
        return Vec::new();
    }
    let mut x = left + c.text(left, y - 4.9, w.done, style::FOOTER, t.mid, Align::Left) + 20.0;
    // The latest first: where not all have room the earliest are left out.
    let mut room = Vec::new();
    let mut from = x;
    for (i, label) in done.iter().rev() {
        let wide = c.fonts.width(label, DONE).min(520.0) + 44.0 + 38.0;
        if from + wide - 38.0 > end {
            break;
        }
        from += wide;
        room.push((*i, *label));
    }
    for (_, label) in room.iter().rev() {
        marks::tick(c, x, y - 20.0, 32.0, t.accent_text);
        let (line, _) = c.fonts.fit_text(label, DONE, 520.0);
        c.line(x + 44.0, y - 3.5, &line, t.hi, Align::Left);
        x += line.width + 44.0 + 38.0;
    }
    room.into_iter().map(|(i, _)| i).collect()
}
