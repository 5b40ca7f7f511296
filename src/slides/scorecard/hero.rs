//! Draws the panel of a person's or a team's scorecard: name, the big figure, its bar, and where it stands.

use super::PageMotion;
use crate::scene::{Align, Canvas, Style, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::attain::{self, State};
use crate::slides::widgets::bar::Scale;
use crate::slides::widgets::gauge::{self, TextSize};
use crate::slides::widgets::panel::{self, PanelRect};
use crate::theme::style;

const NAME: Style = Style::new(104.0, Weight::Bold);
const FIGURE: Style = Style::new(330.0, Weight::Heavy);
const SIGN: Style = Style::new(130.0, Weight::Semi);
const VALUE: Style = Style::new(104.0, Weight::Bold);
const OF: Style = Style::new(56.0, Weight::Semi);
const VERDICT: Style = Style::new(60.0, Weight::Bold).tracked(0.01);
/// Between members of a team.
const DOT: &str = " · ";

/// Where the panel lies.
pub fn place(portrait: bool) -> PanelRect {
    if portrait {
        PanelRect { x: 54.0, y: 246.0, w: 972.0, h: 664.0, base_y: 780.0 }
    } else {
        PanelRect { x: 96.0, y: 160.0, w: 604.0, h: 796.0, base_y: 728.0 }
    }
}

pub fn draw(c: &mut Canvas, look: &Look, motion: &PageMotion) {
    let (Some(hero), Some(gauge)) = (&motion.page.hero, &motion.hero) else { return };
    let t = look.theme;
    let portrait = c.stage().portrait();
    let p = place(portrait);
    let (x, right) = (p.x + 48.0, p.x + p.w - 48.0);
    // Baselines: name, what is under it, figure; top of the bar.
    let [name_y, under_y, figure_y, bar_y] =
        if portrait { [360.0, 424.0, 684.0, 720.0] } else { [280.4, 347.4, 617.5, 663.0] };
    c.layer("hero");
    panel::shadow(c, look, &p);
    panel::ground(c, look, &p);
    panel::edge(c, look, &p);
    let size = c.fonts.shrink(&motion.page.name, NAME, 72.0, right + 24.0 - x);
    let (name, _) = c.fonts.fit_name(&motion.page.name, size, right + 24.0 - x);
    c.line(x, name_y, &name, t.hi, Align::Left);
    let under = strip(c, &motion.page.under, right + 20.0 - x);
    let (under, _) = c.fonts.fit_text(&under, style::LABEL, right + 20.0 - x);
    c.line(x, under_y, &under, t.mid, Align::Left);

    let sign_w = if hero.sign.is_empty() { 0.0 } else { c.fonts.width(&hero.sign, SIGN) + 16.0 };
    let (sign, sign_w) = if sign_w > 260.0 { (SIGN.sized(64.0), sign_w * 0.5) } else { (SIGN, sign_w) };
    let room = right + 6.0 - x - sign_w;
    // Upright the panel is wider than the figure: it stands across from the name.
    let (figure_x, align) = if portrait { (right + 6.0 - sign_w, Align::Right) } else { (x - 6.0, Align::Left) };
    // The accent is for what was reached.
    let ink = if motion.figure.text() == attain::MISSING { t.mid } else { t.accent_text };
    let w = gauge::figure(c, &motion.figure, vec2(figure_x, figure_y), TextSize::new(FIGURE, 96.0, room), ink, align);
    if !hero.sign.is_empty() {
        let sign_x = if portrait { figure_x + 10.0 } else { x + w + 10.0 };
        let (line, _) = c.fonts.fit_text(&hero.sign, sign, right + 6.0 - sign_x);
        c.line(sign_x, figure_y, &line, t.accent_text, Align::Left);
    }

    let full = c.sample(&motion.hero_full);
    let bar = Scale { x, y: bar_y, w: right - x, h: 34.0, full };
    gauge.bar(c, look, &bar, true, false);
    gauge.goal(c, look, &bar, 29.0);
    gauge.pace(c, look, &bar, 29.0);
    c.group(0.0, 0.0, look.stays(p.bottom()), |c| base(c, look, motion, [x, right, p.base_y]));
}

/// The base: "13.75 OF 15 ¥M" over the verdict; on portrait screens beside it.
fn base(c: &mut Canvas, look: &Look, motion: &PageMotion, [x, right, base_y]: [f32; 3]) {
    let (Some(hero), Some(gauge)) = (&motion.page.hero, &motion.hero) else { return };
    let t = look.theme;
    let portrait = c.stage().portrait();
    let y = if portrait { base_y + 92.0 } else { base_y + 106.4 };
    let w = &look.locale.words();
    let standing = gauge.shown(c);
    let (state, off) = (standing.state, &standing.off);
    let verdict = match state {
        State::Unknown => String::new(),
        State::Behind => (w.scorecard.behind_pace)(off),
        State::OnPace => w.on_pace.to_owned(),
        State::Ahead => (w.scorecard.ahead_of_pace)(off),
        State::Met => w.goals.met.to_owned(),
    };
    // In one line the verdict keeps its half.
    let end = if portrait && !verdict.is_empty() { x + (right - x) * 0.5 } else { right + 12.0 };
    let of = if hero.caption.is_empty() || !gauge.standing.target.is_empty() {
        gauge.standing.of(look.locale)
    } else {
        String::new()
    };
    let of_w = if of.is_empty() { 0.0 } else { c.fonts.width(&of, OF).min((end - x) * 0.5) + 20.0 };
    let w = if hero.caption.is_empty() {
        gauge::figure(c, &gauge.value, vec2(x, y), TextSize::new(VALUE, 60.0, end - x - of_w), t.hi, Align::Left)
    } else {
        gauge::text(c, &hero.caption, vec2(x, y), TextSize::new(VALUE, 56.0, end - x - of_w), t.hi, Align::Left)
    };
    if !of.is_empty() {
        gauge::text(
            c,
            &of,
            vec2(x + w + 20.0, y + 1.2),
            TextSize::new(OF, 44.0, end - x - w - 20.0),
            t.mid,
            Align::Left,
        );
    }
    if verdict.is_empty() {
        return;
    }
    let color = gauge::words(t, state);
    if portrait {
        let room = right - end - 66.0;
        let w = gauge::text(c, &verdict, vec2(right, y), TextSize::new(VERDICT, 44.0, room), color, Align::Right);
        gauge::sign(c, look, state, vec2(right - w - 34.0, y - 21.0), 1.31);
    } else {
        let y = base_y + 189.0;
        gauge::sign(c, look, state, vec2(x + 16.0, y - 21.9), 1.31);
        gauge::text(
            c,
            &verdict,
            vec2(x + 50.0, y),
            TextSize::new(VERDICT, 44.0, right + 24.0 - x - 50.0),
            color,
            Align::Left,
        );
    }
}

/// As many names as a line holds, and how many more there are.
fn strip(c: &mut Canvas, names: &[String], room: f32) -> String {
    for n in (1..=names.len()).rev() {
        let rest = names.len() - n;
        let mut text = names[..n].join(DOT);
        if rest > 0 {
            text = format!("{text}  +{rest}");
        }
        if n == 1 || c.fonts.width(&text, style::LABEL) <= room {
            return text;
        }
    }
    String::new()
}
