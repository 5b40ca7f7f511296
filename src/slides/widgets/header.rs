//! Draws the header that all slides share: title, two captions, days left, freshness, clock (DESIGN 6, common header).

use super::{countdown, freshness};
use crate::motion::{Anim, Curve, Time};
use crate::scene::{Align, Canvas, Color, Line, Rect, Slab, Style};
use crate::slides::context::{Ctx, Look};
use crate::slides::widgets::countdown::Countdown;
use crate::theme::style;

/// What a slide puts into the header. Texts are as they are drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Header {
    pub title: String,
    pub period: String,
    /// Measure and unit.
    pub measure: String,
    /// "5 SELLING DAYS LEFT".
    pub days_left: String,
    /// Counts down in place of days left, freshness and clock.
    pub countdown: Option<Countdown>,
    /// Whether it is about live data: messages and errors are not.
    pub live: bool,
    /// Where title and captions end on wide screens, in units, when something stands in their way.
    pub until: Option<f32>,
}

impl Header {
    /// The header of a slide about live data: title, period and days left, as the board has them.
    pub fn of(ctx: &Ctx) -> Header {
        let period = ctx.data.period.as_ref();
        Header {
            title: ctx.locale.caps(&ctx.data.title),
            period: ctx.locale.caps(period.and_then(|p| p.label.as_deref()).unwrap_or("")),
            days_left: period.and_then(|p| p.days_left).map(ctx.locale.words().days_left).unwrap_or_default(),
            live: true,
            ..Header::default()
        }
    }
}

/// Between the label and the cells.
const LABEL_GAP: f32 = 26.0;
/// How small a title may become.
const MIN_TITLE_SIZE: f32 = 60.0;
/// On portrait screens, and where captions beside it would be cut: a small title can be read, half a prize cannot.
const SMALL_TITLE_SIZE: f32 = 48.0;
/// The period and the measure without the other one.
const ALONE: [Style; 2] = [style::CAPTION_BOLD.sized(44.0), style::CAPTION.sized(44.0)];
/// How long a text takes to roll into another.
const ROLL_S: f64 = 0.4;

/// Between the label of a caption and what follows it on the same line.
const LABEL_AIR: f32 = 16.0;

/// How strong mark, title and clock are while they rest: less than 70 % of full light, and readable from afar.
const RESTS: f64 = 0.66;

/// What title and clock are written in.
fn bright(look: &Look) -> Color {
    if look.rests { look.theme.hi.fade(RESTS) } else { look.theme.hi }
}

/// Paints the header. `before` is the header of the slide that was there until `since`: what differs rolls.
pub fn draw(c: &mut Canvas, look: &Look, header: &Header, before: Option<(&Header, Time)>, clock: &str) {
    let t = look.theme;
    let portrait = c.stage().portrait();
    c.layer("header");
    let (mut title_x, bright) = (0.0, bright(look));
    c.group(0.0, 0.0, if look.rests { RESTS } else { 1.0 }, |c| title_x = lead(c, look, portrait));
    // The old header while it rolls away, and how far that is.
    let before = before.filter(|_| !look.screen.reduced_motion).and_then(|(old, since)| {
        let p = c.sample(&Anim::new(0.0, 1.0, 0.0, since, Curve::Ease(ROLL_S), 0.001));
        (p < 1.0).then_some((old, p))
    });
    let roll = |c: &mut Canvas, same: bool, paint: &mut dyn FnMut(&mut Canvas, &Header)| match before {
        Some((old, p)) if !same => {
            // Old and new are never seen in the same place: one leaves upwards while the other follows.
            c.group(0.0, -p * 84.0, 1.0, |c| paint(c, old));
            c.group(0.0, (1.0 - p) * 84.0, 1.0, |c| paint(c, header));
        }
        _ => paint(c, header),
    };
    let same = |f: fn(&Header) -> &str| before.is_none_or(|(old, _)| f(old) == f(header));
    let [_, right] = c.stage().sides();
    let title_y = if portrait { 164.8 } else { 122.8 };
    // Where title and captions of each header have to end: while both roll, the old ones stay as they were.
    let end = |h: &Header, side: f32| h.until.filter(|_| !portrait).unwrap_or(side - 40.0);
    let limit = end(header, side(c, look, header, clock));
    let mut was = limit;
    if let Some((old, _)) = before {
        c.group(0.0, 0.0, 0.0, |c| was = end(old, side(c, look, old, clock)));
    }
    let own = title(c, header, limit - title_x, portrait);
    let old = before.map(|(old, _)| title(c, old, was - title_x, portrait));
    // Of the header that is painted: its title, and where it ends.
    let of = |h: &Header| if std::ptr::eq(h, header) { (&own, limit) } else { (old.as_ref().unwrap_or(&own), was) };
    // On portrait screens the captions' line is close under it: what comes from there stays off it.
    let under = if portrait && before.is_some() { 20.0 } else { 26.0 };
    c.clipped(title_x - 8.0, title_y - 90.0, right, title_y + under, |c| {
        roll(c, same(|h| &h.title), &mut |c, h| {
            let (line, drop) = of(h).0;
            c.line(title_x, title_y - drop, line, bright, Align::Left);
        });
    });
    if portrait {
        return captions_portrait(c, look, header, before);
    }
    // Each header's captions follow its own title, also while both roll.
    let begin = |h: &Header| title_x + of(h).0.0.width + 35.2;
    let x = begin(header);
    let was = before.map_or(x, |(old, _)| begin(old));
    c.clipped(x.min(was) - 4.0, 44.0, limit.max(x), 138.0, |c| {
        roll(c, same(|h| &h.period) && same(|h| &h.measure) && was == x, &mut |c, h| {
            let x = begin(h);
            let max = (of(h).1 - x).max(0.0);
            if h.measure.is_empty() {
                // Alone it stands in the middle.
                caption(c, x, 107.4, &h.period, ALONE[0], t.accent_text, max);
                return;
            }
            // What a countdown runs for is said louder.
            let ink = if h.countdown.is_some() { t.hi } else { t.mid };
            if h.period.is_empty() {
                caption(c, x, 107.4, &h.measure, ALONE[1], ink, max);
                return;
            }
            // Kanji are taller: the lines move apart (DESIGN 6.18).
            let cjk = h.period.chars().chain(h.measure.chars()).any(crate::scene::text::is_cjk);
            let y = if cjk { [84.7, 129.7] } else { [85.6, 124.6] };
            let w = caption(c, x, y[0], &h.period, style::CAPTION_BOLD, t.accent_text, max);
            // A long one begins beside its label: a prize of which half is read is none.
            let beside = w + LABEL_AIR;
            let measure = match in_two(c, &h.measure, [max - beside, max]) {
                Some([first, rest]) => {
                    caption(c, x + beside, y[0], first, style::CAPTION, ink, max - beside);
                    rest
                }
                None => &h.measure,
            };
            caption(c, x, y[1], measure, style::CAPTION, ink, max);
        });
    });
}

/// A caption that is too long for one line, in two of which the first is as full as it can be; `None`: it is not, or a word
/// is too long for the first.
fn in_two<'a>(c: &mut Canvas, text: &'a str, [first, second]: [f32; 2]) -> Option<[&'a str; 2]> {
    let style = readable(text, style::CAPTION).tracked(0.0);
    if c.fonts.width(text, style) <= second {
        return None;
    }
    let parts = text.match_indices(' ').map(|(at, _)| [&text[..at], &text[at + 1..]]);
    parts.filter(|[part, _]| c.fonts.width(part, style) <= first).last()
}

/// What stands at the right of the first line: the clock with days left and freshness, or the countdown. Its left end.
fn side(c: &mut Canvas, look: &Look, header: &Header, clock: &str) -> f32 {
    let portrait = c.stage().portrait();
    let (right, clock_y) = if portrait { (1026.0, 160.6) } else { (1824.0, 118.6) };
    let side = match &header.countdown {
        Some(countdown) if portrait => countdown::draw(c, look, countdown, right, 134.0),
        Some(countdown) => countdown_line(c, look, countdown, right),
        None => right - c.text(right, clock_y, clock, style::CLOCK, bright(look), Align::Right),
    };
    if portrait || header.countdown.is_some() {
        return side;
    }
    let right = side - 36.0;
    match freshness::rehearsal(look) {
        _ if header.live => freshness::landscape(c, look, &header.days_left, right),
        Some(rehearsal) => freshness::plate(c, look, &rehearsal, right, freshness::TOP),
        None => right,
    }
}

/// Cells and label on one line, as wide screens have them; a warning stands in the label's place. Returns the left end.
fn countdown_line(c: &mut Canvas, look: &Look, countdown: &Countdown, right: f32) -> f32 {
    let left = countdown::draw(c, look, countdown, right, 92.0);
    if let Some(warning) = freshness::warning(look) {
        return freshness::plate(c, look, &warning, left - LABEL_GAP, freshness::TOP);
    }
    countdown::label(c, look, countdown, left - LABEL_GAP, 106.7)
}

/// Widest logo in units.
const LOGO_W: f32 = 240.0;

/// What stands in front of the title: the accent's slash, or the logo. Where the title begins.
fn lead(c: &mut Canvas, look: &Look, portrait: bool) -> f32 {
    let (x, y, h) = if portrait { (54.0, 96.0, 76.0) } else { (96.0, 54.0, 76.0) };
    let Some(logo) = look.logo else {
        c.slab(Slab::lean(x, y, 26.2, h), look.theme.accent_paint());
        return x + 48.0;
    };
    let (iw, ih) = (logo.image.width().max(1) as f32, logo.image.height().max(1) as f32);
    let scale = (h / ih).min(LOGO_W / iw);
    let (w, own) = (iw * scale, ih * scale);
    let top = y + (h - own) / 2.0;
    c.picture(&logo.key, &logo.image, Rect::new(x, top, x + w, top + own), Rect::new(0.0, 0.0, 1.0, 1.0));
    x + w + 24.0
}

/// The title: it shrinks before it hits what stands at the right or leaves no room for the captions. Also by how much its
/// baseline then lies higher, so that it keeps its middle.
fn title(c: &mut Canvas, header: &Header, room: f32, portrait: bool) -> (Line, f32) {
    let period = if header.measure.is_empty() { ALONE[0] } else { style::CAPTION_BOLD };
    let measure = if header.period.is_empty() { ALONE[1] } else { style::CAPTION };
    let captions = [(&header.period, period), (&header.measure, measure)];
    let beside = captions.map(|(text, style)| {
        // They may stand as tight as plain text does before the title becomes smaller.
        let tight = readable(text, style).tracked(0.0);
        if text.is_empty() { 0.0 } else { c.fonts.width(text, tight) + 35.2 }
    });
    let wanted = beside[0].max(beside[1]);
    let mut leaves = |size: f32| room - c.fonts.width(&header.title, style::TITLE.sized(size));
    let is_small = portrait || leaves(MIN_TITLE_SIZE) < wanted;
    let smallest = if is_small { SMALL_TITLE_SIZE } else { MIN_TITLE_SIZE };
    // The captions get what the smallest title leaves; of one that is cut anyway a fair part.
    let left = leaves(smallest);
    let left = if left < 0.0 { room * 0.4 } else { left };
    let beside = if portrait { 0.0 } else { wanted.min(left) };
    let style = c.fonts.shrink(&header.title, style::TITLE, smallest, room - beside);
    let line = c.fonts.fit_text(&header.title, style, room - beside).0;
    (line, (style::TITLE.size - style.size) * 0.35)
}

fn captions_portrait(c: &mut Canvas, look: &Look, header: &Header, before: Option<(&Header, f64)>) {
    const LINE: f32 = 52.0;
    let y = 216.0;
    let left = match freshness::rehearsal(look) {
        _ if header.live => freshness::portrait(c, look, header.countdown.as_ref(), y),
        Some(rehearsal) => freshness::plate(c, look, &rehearsal, 1026.0, y - freshness::ABOVE),
        None => 1026.0,
    };
    let differs = |old: &Header| old.period != header.period || old.measure != header.measure;
    match before.filter(|(old, _)| differs(old)) {
        // Below where the title of this or of the old header rolls away.
        Some((old, p)) => c.clipped(94.0, y - 30.0, left, y + 12.0, |c| {
            c.group(0.0, -p * f64::from(LINE), 1.0, |c| captions(c, look, old, y, left));
            c.group(0.0, (1.0 - p) * f64::from(LINE), 1.0, |c| captions(c, look, header, y, left));
        }),
        None => captions(c, look, header, y, left),
    }
}

/// The captions of an portrait screen, beside each other.
fn captions(c: &mut Canvas, look: &Look, header: &Header, y: f32, left: f32) {
    let t = look.theme;
    let big = Style { size: 40.0, ..style::CAPTION };
    let w = caption(c, 102.0, y, &header.period, Style { size: 40.0, ..style::CAPTION_BOLD }, t.accent_text, 400.0);
    let x = 102.0 + w + if w > 0.0 { 22.0 } else { 0.0 };
    let ink = if header.countdown.is_some() { t.hi } else { t.mid };
    caption(c, x, y, &header.measure, big, ink, left - 30.0 - x);
}

/// Writes a caption; one with kanji is larger, they need it (DESIGN 6.18). Returns its width.
fn caption(c: &mut Canvas, x: f32, y: f32, text: &str, style: Style, color: Color, max: f32) -> f32 {
    if text.is_empty() || max < 40.0 {
        return 0.0;
    }
    let mut style = readable(text, style);
    if c.fonts.width(text, style) > max {
        // As tight as the title has reckoned with: nothing worth a word.
        style = style.tracked(0.0);
    }
    let (line, _) = c.fonts.fit_caption(text, style, max + 0.05);
    c.line(x, y, &line, color, Align::Left);
    line.width
}

fn readable(text: &str, style: Style) -> Style {
    let cjk = text.chars().any(crate::scene::text::is_cjk);
    if cjk { style.sized(style.size.max(42.0)) } else { style }
}
