//! The error picture: what is wrong in four words, where the line breaks, and when the next try is (DESIGN 6.12).

use jiff::Timestamp;

use crate::board::{Health, TroubleKind};
use crate::scene::{Align, Canvas, SLANT, Slab, Style, Weight};
use crate::slides::cells::{cell, seam};
use crate::slides::{Header, Look, card, header as head, marks, slab};
use crate::theme::style;

const HEADLINE: Style = Style::new(158.0, Weight::Heavy).tracked(0.005);
const SECOND_US: i64 = 1_000_000;

/// Paints the picture; without `health` the first answer is still awaited.
pub fn draw(
    c: &mut Canvas,
    look: &Look,
    health: Option<&Health>,
    from: Option<Timestamp>,
    header: Option<&Header>,
    clock: &str,
) {
    let none = Header { title: "floorcast".to_uppercase(), ..Header::default() };
    let header = Header { live: false, ..header.cloned().unwrap_or(none) };
    head::draw(c, look, &header, None, clock);
    let trouble = health.and_then(|h| h.trouble.as_ref());
    headline(c, look, trouble.is_some(), from);
    if let Some(at) = trouble.and_then(|t| t.retry_at) {
        countdown(c, look, at);
    }
    links(c, look, trouble.map(|t| t.kind));
    footer(c, look, trouble.map(|t| t.kind), from.is_some());
}

struct Frame {
    y: f32,
    h: f32,
    right: f32,
    text_x: f32,
}

fn frame(c: &Canvas) -> Frame {
    if c.stage().portrait() {
        Frame { y: 420.0, h: 620.0, right: 1000.0, text_x: 70.0 }
    } else {
        Frame { y: 262.0, h: 372.0, right: 1867.0, text_x: 140.0 }
    }
}

fn headline(c: &mut Canvas, look: &Look, broken: bool, from: Option<Timestamp>) {
    let t = look.theme;
    let w = look.words.words();
    let f = frame(c);
    c.layer("slab");
    let band = slab::Band { y: f.y, h: f.h, right: f.right };
    slab::dark(c, look, band);
    slab::shards(c, band, if broken { t.warn } else { t.accent }, &[(18.5, 16.0, 1.0), (52.5, 40.0, 0.3)]);
    if let Some(at) = from {
        let text = (w.data_from)(&(look.clock)(at));
        let style = Style::new(72.0, Weight::Bold).tracked(0.01);
        let width = c.fonts.width(&text, style);
        let x = f.text_x - 44.0;
        c.slab(Slab::lean(x, f.y - 54.0, width + 66.0 + 19.6, 92.0), t.warn_paint());
        c.text(x + 46.0, f.y + 17.2, &text, style, t.on_warn, Align::Left);
    }
    let lines = if broken { w.cannot_reach } else { w.waiting };
    let max = if c.stage().portrait() { 860.0 } else { 1180.0 };
    let mut style = HEADLINE;
    while style.size > 90.0 && lines.iter().any(|l| c.fonts.width(l, style) > max) {
        style.size -= 4.0;
    }
    c.text(f.text_x, f.y + 193.3, lines[0], style, t.hi, Align::Left);
    c.text(f.text_x, f.y + 335.3, lines[1], style, t.hi, Align::Left);
}

/// "RETRY IN 20": two cells; longer waits show minutes and seconds beyond 99 s as 99.
fn countdown(c: &mut Canvas, look: &Look, at: Timestamp) {
    let t = look.theme;
    let now = c.now();
    let left_us = at.as_microsecond() - now.wall_us;
    let left_s = (left_us.max(0) as u64).div_ceil(SECOND_US as u64);
    if left_us > 0 {
        // The figure changes when a whole second of the rest is gone.
        c.until(now.when_wall(at.as_microsecond() - (left_s as i64 - 1) * SECOND_US));
    }
    let (x, y) = if c.stage().portrait() { (400.0, 830.0) } else { (1390.0, 382.0) };
    let label = Style::new(60.0, Weight::Semi).tracked(0.04);
    let words = look.words.words().retry_in;
    if c.stage().portrait() {
        c.text(x - 40.0, y + 116.0, words, label, t.mid, Align::Right);
    } else {
        c.text(x + 140.0, y - 29.0, words, label, t.mid, Align::Center);
    }
    let digits = format!("{:02}", left_s.min(99));
    for (i, digit) in digits.chars().enumerate() {
        let cx = x + 144.0 * i as f32;
        c.layer("cell");
        cell(c, t, cx, y, 136.0, 190.0);
        let style = Style::new(160.0, Weight::Bold);
        c.text(cx + 68.0, y + 151.0, &digit.to_string(), style, t.warn, Align::Center);
        c.layer("seam");
        seam(c, t, cx, y, 136.0, 190.0);
    }
}

/// This screen › network › sales feed: only what the screen itself knows. That bytes came back proves the network.
fn links(c: &mut Canvas, look: &Look, trouble: Option<TroubleKind>) {
    let t = look.theme;
    let w = look.words.words();
    let portrait = c.stage().portrait();
    let state: [Option<Result<&str, &str>>; 3] = match trouble {
        None => [Some(Ok(w.ok)), None, None],
        Some(TroubleKind::NoAnswer) => [Some(Ok(w.ok)), None, Some(Err(w.no_answer))],
        Some(TroubleKind::NoAccess) => [Some(Ok(w.ok)), Some(Ok(w.ok)), Some(Err(w.no_access))],
        Some(TroubleKind::BadData) => [Some(Ok(w.ok)), Some(Ok(w.ok)), Some(Err(w.bad_data))],
    };
    c.layer("links");
    for (i, (name, state)) in [w.this_screen, w.network, w.sales_feed].into_iter().zip(state).enumerate() {
        let (x, y, width, h) = if portrait {
            (54.0, 1130.0 + 190.0 * i as f32, 972.0, 160.0)
        } else {
            (96.0 + 590.0 * i as f32, 690.0, 548.0, 226.0)
        };
        let lean = h * SLANT;
        card::plate(c, look, [x, y, width, h]);
        let broken = matches!(state, Some(Err(_)));
        if broken {
            c.slab(Slab::lean(x, y, 12.0 + lean, h), t.warn);
        }
        let (nx, ny) = if portrait { (x + 80.0, y + 106.0) } else { (x + 86.0, y + 102.6) };
        let style = Style::new(76.0, Weight::Bold).tracked(0.01);
        let (line, _) = c.fonts.fit_text(name, style, if portrait { 460.0 } else { 430.0 });
        c.line(nx, ny, &line, t.hi, Align::Left);
        let (sx, sy) = if portrait { (x + 580.0, y + 80.0) } else { (x + 74.0, y + 166.0) };
        let word = Style::new(60.0, Weight::Bold).tracked(0.01);
        match state {
            Some(Ok(text)) => {
                marks::tick(c, sx, sy, 40.0, t.up);
                c.text(sx + 58.0, sy + 21.0, text, word, t.up, Align::Left);
            }
            Some(Err(text)) => {
                marks::cross(c, sx + 18.0, sy, 36.0, t.warn);
                c.text(sx + 58.0, sy + 21.0, text, word, t.warn, Align::Left);
            }
            None => {}
        }
        if i > 0 && !portrait {
            let joint = x - 45.0;
            if broken {
                marks::cross(c, joint, y + 113.0, 28.0, t.warn);
            } else {
                marks::chevron(c, joint, y + 113.0, 48.0, t.up);
            }
        }
    }
}

fn footer(c: &mut Canvas, look: &Look, trouble: Option<TroubleKind>, has_data: bool) {
    let t = look.theme;
    let code = match trouble {
        None => return,
        Some(TroubleKind::NoAnswer) => "F204",
        Some(TroubleKind::NoAccess) => "F403",
        Some(TroubleKind::BadData) => "F422",
    };
    let (x, right, y) = if c.stage().portrait() { (54.0, 1026.0, 1790.0) } else { (96.0, 1824.0, 1016.0) };
    c.text(x, y, code, style::LABEL, t.mid, Align::Left);
    if has_data {
        let style = Style::new(48.0, Weight::Semi).tracked(0.02);
        let (line, _) = c.fonts.fit_text(look.words.words().last_data_stays, style, (right - x) * 0.8);
        c.line(right, y, &line, t.hi, Align::Right);
    }
}
