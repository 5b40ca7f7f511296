//! Draws a goal that is reached: the sum's bar rises from the footer to the middle and runs through the finish, a chequered
//! line; the picture says which goal, how much, and of how much (DESIGN 6.5).

use super::{Said, paper, stage, tag};
use crate::board::Photo;
use crate::motion::Curve;
use crate::scene::{Align, Canvas, Color, Rect, SLANT, Slab, Style, Weight, vec2};
use crate::slides::celebration::Span;
use crate::slides::celebration::model::CelebrationModel;
use crate::slides::context::Look;
use crate::slides::widgets::{face, marks};
use crate::theme::spring;

/// When the bar rises and for how long, when its last stretch is filled, and when the tick comes.
const RISES: [f64; 2] = [0.15, 0.7];
const FILLS_S: f64 = 1.0;
const TICK_S: f64 = 1.35;
/// Paper comes when the bar is full, for a goal of all.
const PAPER_S: f64 = 1.8;
/// Cells of the finish, across and down.
const CELLS: [usize; 2] = [3, 6];

/// Where all of it lies on one shape of screen, in units.
struct Place {
    /// Baselines and sizes of which goal, and of whose it is.
    title: [f32; 2],
    name: [f32; 2],
    /// Top and height of the bar, before and after it rises.
    bar: [[f32; 2]; 2],
    /// The figure in it.
    figure: f32,
    /// Right of the stage to the left end of the finish.
    finish: f32,
    /// Size of the percentage and of what was asked for, and the baseline of both; 0: in the bar.
    percent: f32,
    of: f32,
    base: f32,
    /// Height of a face that stands on the bar, and the room it takes.
    face: [f32; 2],
}

const WIDE: Place = Place {
    title: [348.0, 92.0],
    name: [514.0, 170.0],
    bar: [[972.0, 18.0], [590.0, 320.0]],
    figure: 230.0,
    finish: 150.0,
    percent: 150.0,
    of: 92.0,
    base: 0.0,
    face: [486.0, 440.0],
};

const TALL: Place = Place {
    title: [490.0, 80.0],
    name: [690.0, 160.0],
    bar: [[1732.0, 40.0], [880.0, 320.0]],
    figure: 230.0,
    finish: 170.0,
    percent: 150.0,
    of: 110.0,
    base: 1370.0,
    face: [370.0, 330.0],
};

pub fn draw(c: &mut Canvas, look: &Look, m: &CelebrationModel, span: Span) {
    let t = look.theme;
    let (area, wide) = (stage(c), c.stage().units.x);
    let p = if c.stage().portrait() { &TALL } else { &WIDE };
    if m.goal.for_all {
        paper::draw(c, look, span.start.after(PAPER_S));
    }
    let [name, said] = m.title();
    tag(c, look, m, span, said);
    let photo = m.face.picture(look);
    let max = area.width() - if photo.is_some() { p.face[1] } else { 0.0 };
    let said = |text, [y, size]: [f32; 2], max, from_s, ink| {
        let at = vec2(area.x0, y);
        Said { text, at, size, weight: Weight::Bold, max, from_s, ink }
    };
    // On upright screens it stands over the face, not beside it.
    let title_max = if p.base > 0.0 { area.width() } else { max };
    // Where nobody and nothing else is named, the goal itself stands in the large line.
    if name.is_empty() {
        said(&m.goal.title, p.name, max, 0.42, t.hi).text(c, look, span);
    } else {
        said(&m.goal.title, p.title, title_max, 0.36, t.accent_text).text(c, look, span);
        said(name, p.name, max, 0.42, t.hi).name(c, look, span);
    }

    let up = span.rise(c, look, RISES[0], Curve::Ease(RISES[1])) as f32;
    let mix = |a: f32, b: f32| a + (b - a) * up;
    let (top, h) = (mix(p.bar[0][0], p.bar[1][0]), mix(p.bar[0][1], p.bar[1][1]));
    if let Some(photo) = photo {
        standing(c, look, span, photo, Rect::new(area.x1 - p.face[1], top - p.face[0], area.x1, top));
    }
    let (x0, x1) = (mix(area.x0, -80.0), mix(area.x1, wide + 80.0));
    let lean = h * SLANT;
    c.layer("bar");
    c.slab(Slab::lean(x0, top, x1 - x0, h), t.track);
    let before = m.goal.before.clamp(0.0, 0.97) as f32;
    let fill = span.rise(c, look, FILLS_S, Curve::Spring(spring::SLAB)) as f32;
    let end = (x1 - x0) * (before + (1.0 - before) * fill);
    let finish = Rect::new(area.x1 - p.finish, top, x1, top + h);
    finish_line(c, finish, t.hi.fade(0.75 * f64::from(up)));
    if end > lean + 1.0 {
        c.slab(Slab::lean(x0, top, end, h), t.accent_paint());
        c.cut_left_of(x0 + end - lean, top + h, top, |c| finish_line(c, finish, t.on_one.fade(f64::from(up))));
    }
    let shown = span.rise(c, look, FILLS_S + 0.3, Curve::Ease(0.24));
    if shown > 0.0 {
        c.layer("figure");
        c.group(0.0, 0.0, shown, |c| figures(c, look, m, span, p, finish));
    }
}

/// The figure, what was asked for, and the share with its tick: between the bar's left end and the finish, or under it.
fn figures(c: &mut Canvas, look: &Look, m: &CelebrationModel, span: Span, p: &Place, finish: Rect) {
    let t = look.theme;
    let (area, h) = (stage(c), finish.height());
    let (left, middle) = (area.x0 + 40.0, (finish.y0 + finish.y1) / 2.0);
    let right = finish.x0 + h * SLANT / 2.0 - 36.0;
    let inside = p.base == 0.0;
    let (base, ink) = if inside { (middle + p.percent * 0.35, t.on_one) } else { (p.base, t.hi) };
    let percent = Style::new(p.percent, Weight::Heavy);
    let tick = p.percent * 0.72;
    let wide = c.fonts.width(&m.goal.percent, percent);
    let gap = if wide > 0.0 { tick * 0.3 } else { 0.0 };
    let ends = if inside { right } else { area.x1 };
    let drawn = span.rise(c, look, TICK_S, Curve::Spring(spring::POP)) as f32;
    let from = ends - wide - gap - tick;
    // Under the bar a tick alone would belong to nothing.
    if drawn > 0.0 && (inside || wide > 0.0) {
        marks::tick(c, from + tick * (1.0 - drawn) / 2.0, base - p.percent * 0.35, tick * drawn, ink);
    }
    c.text(ends, base, &m.goal.percent, percent, ink, Align::Right);

    let of = Style::new(p.of, Weight::Bold);
    let of_width = c.fonts.width(&m.goal.of, of);
    let room = if inside { from - 60.0 - left } else { right - left };
    let beside = inside && of_width > 0.0;
    let largest = Style::new(p.figure, Weight::Heavy);
    let max = if beside { room - of_width - 36.0 } else { room };
    let style = c.fonts.shrink_lines(&[&m.figure], largest, 90.0, max.max(200.0));
    let (text, _) = c.fonts.fit_text(&m.figure, style, max.max(200.0));
    let line = middle + style.size * 0.35;
    c.line(left, line, &text, t.on_one, Align::Left);
    let (x, y, room) = match inside {
        true => (left + text.width + 36.0, line, from - 60.0 - left - text.width - 36.0),
        false => (area.x0 + 6.0, base, from - 60.0 - area.x0),
    };
    if room > 120.0 && of_width > 0.0 {
        let (line, _) = c.fonts.fit_text(&m.goal.of, of, room);
        c.line(x, y, &line, ink, Align::Left);
    }
}

/// The chequered line across the bar: every second cell, so that no two touch along an edge.
fn finish_line(c: &mut Canvas, Rect { x0, y0, y1, .. }: Rect, color: Color) {
    let [across, down] = CELLS;
    let side = (y1 - y0) / down as f32;
    for (row, column) in (0..down).flat_map(|row| (0..across).map(move |column| (row, column))) {
        if (row + column) % 2 == 0 {
            let foot = (down - row - 1) as f32 * side * SLANT;
            let x = x0 + column as f32 * side + foot;
            c.slab(Slab::lean(x, y0 + row as f32 * side, side * (1.0 + SLANT), side), color);
        }
    }
}

/// Whose goal it is, standing on the bar.
fn standing(c: &mut Canvas, look: &Look, span: Span, photo: &Photo, place: Rect) {
    let shown = span.rise(c, look, 0.5, Curve::Ease(0.35));
    if shown > 0.0 {
        c.layer("face");
        c.group(0.0, 40.0 * (1.0 - shown), shown, |c| {
            c.clipped(0.0, 0.0, 1e4, place.y1, |c| {
                if face::is_cut_out(photo) {
                    let middle = (place.x0 + place.x1) / 2.0;
                    return face::fill(
                        c,
                        look,
                        photo,
                        face::stand_box(photo, middle, place.y1, place.height(), place.width() * 1.1),
                    );
                }
                // A rectangle leans as the bar does.
                let Rect { x0, y0, x1, y1 } = place;
                let lean = place.height() * SLANT;
                c.right_of(x0, y1, y0, |c| c.left_of(x1 - lean, y1, y0, |c| face::fill(c, look, photo, place)));
            });
        });
    }
}
