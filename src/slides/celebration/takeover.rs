//! Draws the takeover (DESIGN 6.5): tag, slab with name and figure, and what stands under them.

use super::model::CelebrationModel;
use super::parts::{self, TagPlace};
use super::{Span, acts, at, cards, team_bar};
use crate::board::Photo;
use crate::motion::{Anim, Curve};
use crate::scene::{Align, Canvas, Paint, Rect, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::{face as faces, slab};
use crate::theme::{WHITE, spring};

/// Left end of the bottom line, top, length, height of a speed line, and whether it is accent.
type Streak = (f32, f32, f32, f32, bool);

/// A line of text: left end of its baseline, size at most, width at most.
struct LinePlace {
    at: Vec2,
    size: f32,
    max: f32,
}

/// A figure is written out as long as it has this size; below it takes its short form.
const MIN_LONG_SIZE: f32 = 240.0;

/// Width of a team's stripe at the end of its slab.
const TEAM_STRIPE: f32 = 40.0;
/// The middle of a face on the slab, and how wide name and figure may be beside it.
const FACE_X: f32 = 1440.0;
const FACED: [f32; 2] = [1040.0, 1060.0];

/// Where everything stands, in units.
struct TakeoverPlace {
    tag: TagPlace,
    /// Left end, baseline and right end of the customer; in wide pictures it begins behind the tag.
    aside: Option<Vec2>,
    band: slab::Band,
    stripes: &'static [parts::Stripe],
    shards: &'static [(f32, f32, f64)],
    name: LinePlace,
    amount: LinePlace,
    streaks: &'static [Streak],
    light: Rect,
    /// How much lower all of it stands where nothing comes under the slab.
    alone: f64,
}

const WIDE: TakeoverPlace = TakeoverPlace {
    tag: TagPlace { x: 96.0, y: 104.0, h: 104.0, size: 92.0, pad: 54.0, base: 84.2, max: 1000.0 },
    aside: None,
    band: slab::Band { y: 226.0, h: 492.0, right: 1742.3 },
    stripes: &[(1180.0, 330.0, 0.2), (1080.0, 40.0, 0.22), (560.0, 120.0, 0.12), (240.0, 26.0, 0.14)],
    shards: &[(22.0, 44.0, 1.0), (86.0, 20.0, 0.7), (126.0, 66.0, 0.2), (216.0, 60.0, 0.35)],
    name: LinePlace { at: vec2(136.0, 384.2), size: 132.0, max: 1500.0 },
    amount: LinePlace { at: vec2(130.0, 662.0), size: 320.0, max: 1480.0 },
    streaks: &[
        (1180.0, 64.0, 620.0, 6.0, true),
        (1420.0, 90.0, 480.0, 4.0, false),
        (1330.0, 182.0, 560.0, 5.0, true),
        (1560.0, 212.0, 360.0, 3.0, false),
        (1500.0, 728.0, 420.0, 5.0, true),
        (700.0, 40.0, 420.0, 3.0, false),
    ],
    light: Rect::new(240.0, 300.0, 2000.0, 640.0),
    alone: 129.0,
};

const TALL: TakeoverPlace = TakeoverPlace {
    tag: TagPlace { x: 54.0, y: 146.0, h: 112.0, size: 98.0, pad: 54.0, base: 90.3, max: 972.0 },
    aside: Some(vec2(60.0, 338.4)),
    band: slab::Band { y: 384.0, h: 600.0, right: 1021.8 },
    stripes: &[(560.0, 220.0, 0.2), (490.0, 34.0, 0.22), (180.0, 90.0, 0.12), (40.0, 26.0, 0.14)],
    shards: &[(22.0, 30.0, 1.0), (66.0, 14.0, 0.7), (94.0, 44.0, 0.2), (152.0, 40.0, 0.35)],
    name: LinePlace { at: vec2(94.0, 561.3), size: 158.0, max: 840.0 },
    amount: LinePlace { at: vec2(84.0, 922.0), size: 370.0, max: 796.0 },
    streaks: &[
        (560.0, 110.0, 460.0, 6.0, true),
        (700.0, 140.0, 380.0, 4.0, false),
        (720.0, 212.0, 360.0, 5.0, true),
        (840.0, 298.0, 240.0, 3.0, false),
        (620.0, 362.0, 420.0, 5.0, true),
        (660.0, 1006.0, 420.0, 5.0, true),
        (300.0, 70.0, 340.0, 3.0, false),
    ],
    light: Rect::new(0.0, 560.0, 1080.0, 900.0),
    alone: 320.0,
};

/// Paints it at the canvas's instant, on the bare backdrop.
pub fn draw(c: &mut Canvas, look: &Look, m: &CelebrationModel, span: Span) {
    if acts::draw(c, look, m, span) {
        return;
    }
    let p = if c.stage().portrait() { &TALL } else { &WIDE };
    let alone = m.cards.is_empty() && m.team.is_none();
    c.group(0.0, if alone { p.alone } else { 0.0 }, 1.0, |c| paint(c, look, m, span, p));
}

fn paint(c: &mut Canvas, look: &Look, m: &CelebrationModel, span: Span, p: &TakeoverPlace) {
    let ink = look.theme.on_one;
    c.layer("takeover");
    streaks(c, look, p, span);
    let slab = |c: &mut Canvas| span.rise(c, look, at::SLAB, Curve::Spring(spring::SLAB));
    let wiped = slab(c) as f32;
    let photo = m.face.picture(look).filter(|_| !c.stage().portrait());
    let [name_max, amount_max] = if photo.is_some() { FACED } else { [p.name.max, p.amount.max] };
    let floor = if photo.is_some() { MIN_LONG_SIZE - 40.0 } else { MIN_LONG_SIZE };
    let fitted = m.amount.as_ref().map(|a| parts::fit(c, a, [p.amount.size, p.amount.size, floor], amount_max));
    if let Some(f) = fitted.as_ref().filter(|_| !look.screen.reduced_motion) {
        parts::warm(c, look, f, span.start, p.amount.at);
    }
    let lean = p.band.h * crate::scene::SLANT;
    let (top, bottom) = (p.band.y, p.band.y + p.band.h);
    if wiped > 0.0 {
        let right = -lean + (p.band.right + lean) * wiped;
        let cover = Rect::new(-60.0, top, (right - lean).max(-60.0), bottom);
        let light = Rect { x1: p.light.x1.min(right), ..p.light };
        if !light.is_empty() {
            c.glow(light, 120.0, look.theme.accent, 0.30, cover);
        }
        c.shadow(Rect::new(-60.0, top + 40.0, right.max(-30.0), bottom + 40.0), 26.0, 0.7, cover);
        let band = slab::Band { right, ..p.band };
        parts::ground(c, look, band, p.stripes);
        slab::shards(c, band, look.theme.accent, p.shards);
        if let Some(team) = m.team_color {
            // Between the slab and its shards.
            slab::shards(c, band, look.theme.of_team(team), &[(0.0, TEAM_STRIPE, 1.0)]);
        }
        c.slab(
            Slab::rect(-40.0, bottom - 4.0, right + 40.0 - lean, 4.0),
            look.theme.accent_bar[2].mix(crate::theme::BLACK, 0.35),
        );
    }
    // While the slab comes in, nothing stands ahead of its edge.
    let edge = if wiped < 1.0 { (p.band.right + lean) * wiped - 2.0 * lean } else { 1e4 };
    c.left_of(edge, bottom, p.amount.at.y - p.amount.size * 0.35, |c| {
        figure_line(c, look, m, p, span, (fitted.as_ref(), amount_max))
    });
    let shown = span.rise(c, look, at::NAME, Curve::Ease(0.24));
    if shown > 0.0 {
        let LinePlace { at, size, .. } = p.name;
        let max = name_max;
        let style = c.fonts.shrink_lines(&[&m.name], Style::new(size, Weight::Bold), size * 0.62, max);
        let (line, _) = c.fonts.fit_name(&m.name, style, max);
        c.group(-36.0 * (1.0 - shown), 0.0, shown, |c| c.line(at.x, at.y, &line, ink, Align::Left));
    }
    if let Some(photo) = photo {
        c.layer("face");
        face(c, look, photo, span, p.band);
    }
    c.layer("takeover tag");
    let shown = span.rise(c, look, at::TAG, Curve::Spring(spring::SLAB));
    let end = parts::tag(c, look, &p.tag, &m.tag, shown);
    let Vec2 { x, y } = p.aside.unwrap_or(vec2(end + 48.0, 178.4));
    let [_, right] = c.stage().sides();
    let late = span.rise(c, look, at::TAG + 0.1, Curve::Ease(0.24));
    if late > 0.0 && right - x > 120.0 {
        let (line, _) = c.fonts.fit_text(&m.aside, Style::new(64.0, Weight::Semi).tracked(0.03), right - x);
        c.group(0.0, 0.0, late, |c| c.line(x, y, &line, look.theme.hi, Align::Left));
    }
    cards::draw(c, look, m, span);
    if let Some(team) = &m.team {
        let shown = span.rise(c, look, at::CARDS[2], Curve::Ease(0.24));
        if shown > 0.0 {
            c.group(0.0, 24.0 * (1.0 - shown), shown, |c| team_bar::draw(c, look, team, span));
        }
    }
}

/// Whoever closed the deal, at the right end of the slab: a figure that is cut out looks over its top edge.
fn face(c: &mut Canvas, look: &Look, photo: &Photo, span: Span, band: slab::Band) {
    let shown = span.rise(c, look, at::AMOUNT, Curve::Ease(0.35));
    if shown <= 0.0 {
        return;
    }
    let bottom = band.y + band.h;
    c.group(0.0, 40.0 * (1.0 - shown), shown, |c| {
        if faces::is_cut_out(photo) {
            let area = faces::stand_box(photo, FACE_X, bottom, band.h + 90.0, 520.0);
            c.clipped(0.0, 0.0, 1e4, bottom, |c| faces::fill(c, look, photo, area));
        } else {
            let lean = band.h * crate::scene::SLANT;
            let (x0, x1) = (FACE_X - 190.0, FACE_X + 190.0);
            c.right_of(x0 - lean / 2.0, bottom, band.y, |c| {
                c.left_of(x1 - lean / 2.0, bottom, band.y, |c| {
                    faces::fill(c, look, photo, Rect::new(x0 - lean / 2.0, band.y, x1 + lean / 2.0, bottom));
                });
            });
        }
    });
}

/// The figure, or what is said in its place: in the largest size that holds it on at most two lines.
fn figure_line(
    c: &mut Canvas,
    look: &Look,
    m: &CelebrationModel,
    p: &TakeoverPlace,
    span: Span,
    (fitted, max): (Option<&parts::Fitted>, f32),
) {
    let ink = look.theme.on_one;
    let LinePlace { at, size: largest, .. } = p.amount;
    let roll = span.start.after(at::AMOUNT);
    let shown = span.rise(c, look, at::AMOUNT - 0.04, Curve::Ease(0.2));
    if shown <= 0.0 {
        return;
    }
    if let Some(f) = fitted {
        let curve = spring::curve(spring::ROLL, look.screen.reduced_motion);
        c.group(0.0, 0.0, shown, |c| parts::figure(c, f, at, Align::Left, ink, (roll, curve)));
        return;
    }
    let (size, lines) = two_lines(c, &m.text, max, if m.name.is_empty() { 220.0 } else { 170.0 });
    let pitch = size * 1.08;
    // Around the middle of the place that the figure would have; of the slab where nobody is named.
    let middle = if m.name.is_empty() { p.band.y + p.band.h / 2.0 } else { at.y - largest * 0.35 };
    let first = middle + size * 0.35 - pitch * (lines.len() as f32 - 1.0) / 2.0;
    c.group(0.0, 0.0, shown, |c| {
        for (i, line) in lines.iter().enumerate() {
            c.line(at.x, first + pitch * i as f32, line, ink, Align::Left);
        }
    });
}

/// Breaks a text at a space near its middle where one line would be too small.
fn two_lines(c: &mut Canvas, text: &str, max: f32, largest: f32) -> (f32, Vec<crate::scene::Line>) {
    let style = |size: f32| Style::new(size, Weight::Bold);
    let whole = c.fonts.width(text, style(largest));
    let breaks = text.match_indices(' ').map(|(i, _)| i).min_by_key(|i| i.abs_diff(text.len() / 2));
    let parts: Vec<&str> = match breaks {
        Some(i) if whole > max => vec![&text[..i], &text[i + 1..]],
        _ => vec![text],
    };
    let size = c.fonts.shrink_lines(&parts, style(largest), 72.0, max).size;
    let lines = parts.iter().map(|part| c.fonts.fit_text(part, style(size), max).0).collect();
    (size, lines)
}

/// Speed lines, only at the beginning.
fn streaks(c: &mut Canvas, look: &Look, p: &TakeoverPlace, span: Span) {
    if look.screen.reduced_motion {
        return;
    }
    let end = span.start.after(at::SPEED_END);
    if c.reached(end) {
        return;
    }
    let run = span.rise(c, look, 0.05, Curve::Ease(0.9));
    let gone = c.sample(&Anim::new(1.0, 0.0, 0.0, span.start.after(at::SPEED_END - 0.4), Curve::Ease(0.4), 1e-3));
    if run <= 0.0 || gone <= 0.0 {
        return;
    }
    for &(x, y, w, h, accent) in p.streaks {
        let (color, strength) = if accent { (look.theme.accent, 0.85) } else { (WHITE, 0.5) };
        let x = x - (900.0 * (1.0 - run)) as f32;
        let paint = Paint::across(color.fade(0.0), color.fade(strength * gone));
        c.slab(Slab::lean(x, y, w, h), paint);
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::Card;
    use super::*;
    use crate::board::fresh::Band;
    use crate::motion::{Now, Time};
    use crate::scene::{Fonts, Item, Stage};
    use crate::slides::context::Screen;
    use crate::theme::{Mode, Theme};
    use crate::words::Locale;

    /// The texts of a shout-out with these cards.
    fn texts(cards: Vec<Card>, size: [u32; 2]) -> Vec<crate::scene::Text> {
        let screen = Screen {
            stage: Stage::new(size, 0.0, Default::default()),
            inches: 65.0,
            viewing_m: 5.0,
            reduced_motion: false,
            keep_case: false,
            dither: false,
        };
        let (theme, words) = (Theme::new(Mode::Dark, crate::scene::Color::hex(0xD4FF3A), false), Locale::new("en"));
        let look = Look {
            theme: &theme,
            locale: &words,
            screen: &screen,
            band: Band::Live,
            photos: &Default::default(),
            crests: &Default::default(),
            arrived: &Default::default(),
            entered: None,
            clock: &|_| String::new(),
            as_of: None,
            caveats: &Default::default(),
            page: 0,
            cleared: 0.0,
            logo: None,
            rests: false,
            clears_line: false,
            race: None,
            clock_wrong: false,
            clock_unset: false,
        };
        let model = CelebrationModel {
            tag: "SHOUT-OUT".into(),
            aside: String::new(),
            name: "CHI".into(),
            amount: None,
            text: "Happy birthday".into(),
            cards,
            ..CelebrationModel::default()
        };
        let mut fonts = Fonts::new(false);
        let mut c = Canvas::new(screen.stage, Now { t: Time::from_s(4.0), wall_us: 0 }, &mut fonts);
        draw(&mut c, &look, &model, Span { start: Time::ZERO, end: Time::from_s(7.0) });
        let texts = c.finish().layers.into_iter().flat_map(|layer| layer.items);
        texts.filter_map(|item| if let Item::Text(text) = item { Some(text) } else { None }).collect()
    }

    /// Baseline of the tag's word.
    fn tag_y(cards: Vec<Card>, size: [u32; 2]) -> i32 {
        texts(cards, size).into_iter().find(|text| text.run.text() == "SHOUT-OUT").unwrap().y
    }

    #[test]
    fn an_upright_card_sets_a_long_value_smaller_before_it_cuts_it() {
        let size = |label: &str, value: &str| {
            let texts = texts(vec![Card::Fact(label.into(), value.into())], [1080, 1920]);
            let found = texts.iter().find(|text| text.run.text() == value);
            assert!(texts.iter().any(|text| text.run.text() == label), "{label}");
            found.map(|text| text.run.size())
        };
        assert_eq!(size("SCORE", "52 CALLS"), Some(104.0));
        let prize = size("PRIZE", "LAKE HOUSE FOR TWO");
        assert!(prize.is_some_and(|size| (54.0..104.0).contains(&size)), "{prize:?}");
        assert!(size("NOVEMBER", "€1,204,000 OF €2M").is_some());
    }

    #[test]
    fn with_nothing_under_its_slab_it_stands_in_the_middle() {
        let card = || vec![Card::Fact("SCORE".into(), "52".into())];
        for (size, lower) in [([1920, 1080], 129), ([1080, 1920], 320)] {
            assert_eq!(tag_y(vec![], size) - tag_y(card(), size), lower);
        }
    }
}
