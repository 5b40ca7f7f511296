//! Draws the panel of a knock-out: the live duel stacked with its tag on the seam, or the champion.

use super::Rolls;
use super::model::{Half, Page, Panel};
use crate::board::fresh::Band;
use crate::motion::{Anim, Time};
use crate::scene::{Align, Canvas, Color, Paint, Rect, SLANT, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::accents;
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::duel::ground::{accent_stops, diagonal};
use crate::slides::widgets::panel::{self, PanelRect};
use crate::theme::{WHITE, spring, style};

const KICKER: Style = Style::new(54.0, Weight::Heavy).tracked(0.05);
const OFFICE: Style = Style::new(50.0, Weight::Semi).tracked(0.04);
const NAME: Style = Style::new(92.0, Weight::Bold);
const SCORE: Style = Style::new(230.0, Weight::Heavy);
const TAG_LIVE: Style = Style::new(60.0, Weight::Heavy);
const TAG_GAME: Style = Style::new(46.0, Weight::Bold).tracked(0.01);
/// Between the halves.
const SEAM: f32 = 10.0;
/// Height of the tag.
const TAG_H: f32 = 128.0;

/// Where the panel lies and how large its type is.
struct DuelLayout {
    x: f32,
    y: f32,
    w: f32,
    /// Height of one half.
    h: f32,
    name: f32,
    score: f32,
    /// Scores stand in the middle of their halves, offices behind the kickers: the panel is wide.
    wide: bool,
}

impl DuelLayout {
    fn new(portrait: bool, alone: bool) -> DuelLayout {
        let (x, y, w, h) = match (portrait, alone) {
            (false, false) => (96.0, 160.0, 508.0, 392.3),
            (false, true) => (96.0, 160.0, 1728.0, 392.3),
            (true, false) => (54.0, 246.0, 972.0, 264.0),
            (true, true) => (54.0, 246.0, 972.0, 719.0),
        };
        let (name, score) = match (portrait, alone) {
            (false, false) => (NAME.size, SCORE.size),
            (false, true) => (130.0, 300.0),
            (true, false) => (104.0, 200.0),
            (true, true) => (150.0, 330.0),
        };
        DuelLayout { x, y, w, h, name, score, wide: portrait || alone }
    }

    /// Top of the upper or the lower half.
    fn top(&self, upper: bool) -> f32 {
        if upper { self.y } else { self.y + self.h + SEAM }
    }

    fn bottom(&self) -> f32 {
        self.y + 2.0 * self.h + SEAM
    }

    fn seam(&self) -> f32 {
        self.y + self.h + SEAM / 2.0
    }
}

/// Paints the panel. `before`: what was shown until an instant. A change of the lead swaps the halves through the seam;
/// anything else wipes over it.
pub fn draw(c: &mut Canvas, look: &Look, page: &Page, before: Option<(&Panel, Time)>, rolls: &Rolls) {
    let layout = DuelLayout::new(c.stage().portrait(), page.columns.len() < 2);
    c.layer("panel");
    let extent = Rect::new(layout.x + 6.0, layout.y + 26.0, layout.x + layout.w - 6.0, layout.bottom() + 26.0);
    c.shadow(extent, 22.0, look.theme.shadow[1], Rect::new(layout.x, layout.y, layout.x + layout.w, layout.bottom()));
    let reduced = look.screen.reduced_motion;
    let change = before.filter(|(was, _)| differs(was, &page.panel) && !reduced);
    let Some((was, flip)) = change else {
        return whole(c, look, &layout, &page.panel, rolls);
    };
    if swapped(was, &page.panel) {
        let at = c.sample(&Anim::new(0.0, 1.0, 0.0, flip, spring::curve(spring::MOVE, reduced), 1e-3));
        if at >= 1.0 {
            return whole(c, look, &layout, &page.panel, rolls);
        }
        halves(c, look, &layout, was, rolls);
        // Both new halves come out of the seam, over the old ones.
        for upper in [true, false] {
            let top = layout.top(upper);
            let way = f64::from(layout.h) * (1.0 - at) * if upper { 1.0 } else { -1.0 };
            c.layer("half through the seam");
            c.clipped(layout.x, top, layout.x + layout.w, top + layout.h, |c| {
                c.group(0.0, way, 1.0, |c| half(c, look, &layout, &page.panel, upper, rolls));
            });
        }
        return tag(c, look, &layout, &page.panel);
    }
    let at = c.sample(&Anim::new(0.0, 1.0, 0.0, flip, spring::curve(spring::SLAB, reduced), 1e-3));
    if at >= 1.0 {
        return whole(c, look, &layout, &page.panel, rolls);
    }
    whole(c, look, &layout, was, rolls);
    let lean = (layout.bottom() - layout.y) * SLANT;
    let x = layout.x - lean + (layout.w + 2.0 * lean + 24.0) * at as f32;
    c.layer("panel wipe");
    c.left_of(x, layout.bottom(), layout.y + layout.h, |c| {
        // The old tag must not shine through the seam.
        c.slab(Slab::rect(layout.x, layout.top(false) - SEAM, layout.w, SEAM), look.theme.bg[1]);
        whole(c, look, &layout, &page.panel, rolls);
    });
    c.layer("panel edge");
    c.clipped(layout.x, layout.y, layout.x + layout.w, layout.bottom(), |c| {
        c.slab(Slab::lean(x - 10.0, layout.y, lean + 20.0, layout.bottom() - layout.y), look.theme.accent_paint());
    });
}

/// Who stands where: a score that rolls is no other panel.
fn standing(panel: &Panel) -> (bool, super::tree::At, [(&str, usize); 2]) {
    let (champion, at, halves) = match panel {
        Panel::Duel { at, halves, .. } => (false, *at, halves),
        Panel::Champion { at, halves, .. } => (true, *at, halves),
    };
    (champion, at, [(&halves[0].id, halves[0].side), (&halves[1].id, halves[1].side)])
}

fn differs(was: &Panel, is: &Panel) -> bool {
    standing(was) != standing(is)
}

fn swapped(was: &Panel, is: &Panel) -> bool {
    let ((c0, at0, [a, b]), (c1, at1, halves)) = (standing(was), standing(is));
    !c0 && !c1 && at0 == at1 && halves == [b, a]
}

fn whole(c: &mut Canvas, look: &Look, layout: &DuelLayout, panel: &Panel, rolls: &Rolls) {
    match panel {
        // Old data names no winner (DESIGN 6.9).
        Panel::Champion { .. } if !look.theme.grey => champion(c, look, layout, panel, rolls),
        _ => {
            halves(c, look, layout, panel, rolls);
            tag(c, look, layout, panel);
        }
    }
}

fn halves(c: &mut Canvas, look: &Look, layout: &DuelLayout, panel: &Panel, rolls: &Rolls) {
    for upper in [true, false] {
        half(c, look, layout, panel, upper, rolls);
    }
}

/// Ground, ink and second ink of a half.
fn half_inks(look: &Look, layout: &DuelLayout, lead: bool, top: f32) -> (Paint, Color, Color) {
    let t = look.theme;
    let whole = Rect::sized(layout.x, top, layout.w, layout.h);
    if lead {
        (diagonal(whole, accent_stops(t)), t.on_one, t.on_one.fade(0.85))
    } else {
        (diagonal(whole, t.surface_stops()), t.hi, t.mid)
    }
}

fn ground(c: &mut Canvas, look: &Look, layout: &DuelLayout, [top, h]: [f32; 2], paint: Paint, lead: bool) {
    c.slab(Slab::rect(layout.x, top, layout.w, h), paint);
    let t = look.theme;
    let stripe = if lead { Paint::Flat(WHITE.fade(0.12)) } else { Paint::down(t.stripe.fade(0.6), t.stripe.fade(0.0)) };
    let lean = h * SLANT;
    let s = layout.w / 508.0;
    c.clipped(layout.x, top, layout.x + layout.w, top + h, |c| {
        for (x, w) in [(40.0, 60.0), (150.0, 170.0), (380.0, 36.0)] {
            c.slab(Slab::lean(layout.x + x * s, top, w + lean, h), stripe.clone());
        }
    });
    c.slab(Slab::rect(layout.x, top, layout.w, 2.0), WHITE.fade(if lead { 0.5 } else { 0.2 }));
    if let Some(rim) = t.rim.filter(|_| lead) {
        for y in [top, top + h - 3.0] {
            c.slab(Slab::rect(layout.x, y, layout.w, 3.0), rim);
        }
    }
}

/// What stands over the names, and whether the upper half is in front.
fn kickers(look: &Look, panel: &Panel) -> ([String; 2], bool) {
    let w = &look.locale.words().bracket;
    if look.theme.grey {
        let at = look.as_of.map(|at| (look.locale.words().at)(&(look.clock)(at))).unwrap_or_default();
        return ([at, String::new()], false);
    }
    match panel {
        Panel::Duel { live: true, level: true, .. } => ([w.level, w.level].map(str::to_owned), false),
        Panel::Duel { live: true, .. } => ([w.leads, w.chases].map(str::to_owned), true),
        _ => ([w.next.to_owned(), String::new()], false),
    }
}

fn half(c: &mut Canvas, look: &Look, layout: &DuelLayout, panel: &Panel, upper: bool, rolls: &Rolls) {
    let (Panel::Duel { at, halves, .. } | Panel::Champion { at, halves, .. }) = panel;
    let (kickers, front) = kickers(look, panel);
    let h = &halves[usize::from(!upper)];
    let lead = upper && front;
    let top = layout.top(upper);
    let (paint, ink, second) = half_inks(look, layout, lead, top);
    ground(c, look, layout, [top, layout.h], paint, lead);
    let score = score_of(h, *at, rolls);
    let right = layout.x + layout.w - 36.0;
    let score_w = score_text(c, layout, &score, upper, vec2(right, top), ink);
    let room = if layout.wide { right - score_w - 40.0 } else { right } - layout.x - 42.0;
    // In front of the seam's other side everything is mirrored: the name at the outer end.
    // Without a score there is room for a larger one.
    let natural = if score.text().is_empty() { layout.name * 1.5 } else { layout.name };
    // Above the tag, marks and all.
    let most = accents::within(&h.name, layout.h - TAG_H / 2.0 - 115.8, 28.9);
    let style = c.fonts.shrink(&h.name, NAME.sized(natural.min(most)), 64.0, room);
    let (name, _) = c.fonts.fit_name(&h.name, style, room);
    let outer = top + layout.h;
    let (kicker_y, name_y) = if upper {
        (top + 76.9, top + 105.8 + style.size * 0.7 + accents::drop(&h.name, style.size, 28.9))
    } else {
        let drop = accents::drop(&h.name, style.size, 27.0);
        (outer - 25.8 - style.size * 0.7 - 27.0 - drop, outer - 25.8)
    };
    let stays = look.stays(if upper { top + layout.h } else { outer });
    c.group(0.0, 0.0, if upper { 1.0 } else { stays }, |c| {
        c.line(layout.x + 42.0, name_y, &name, ink, Align::Left);
        let kicker = &kickers[usize::from(!upper)];
        let (line, _) = c.fonts.fit_text(kicker, KICKER, room);
        c.line(layout.x + 44.0, kicker_y, &line, ink, Align::Left);
        let kicker_w = if kicker.is_empty() { 0.0 } else { line.width + 28.0 };
        let office_room = (room - kicker_w).max(0.0);
        if office_room > 80.0 {
            let (office, _) = c.fonts.fit_text(&h.office, OFFICE, office_room);
            if layout.wide {
                c.line(layout.x + 44.0 + kicker_w, kicker_y - 1.4, &office, second, Align::Left);
            } else {
                c.line(right, kicker_y - 1.4, &office, second, Align::Right);
            }
        }
    });
}

fn score_of(h: &Half, (round, of): super::tree::At, rolls: &Rolls) -> Odometer {
    let roll = rolls.get(&(round, of, h.side)).filter(|_| !h.score.is_empty());
    roll.cloned().unwrap_or_else(|| Odometer::still(&h.score))
}

/// The score, facing the other one over the seam. A wide one keeps off the tag. Returns its width.
fn score_text(
    c: &mut Canvas,
    layout: &DuelLayout,
    score: &Odometer,
    upper: bool,
    Vec2 { x: right, y: top }: Vec2,
    ink: Color,
) -> f32 {
    if score.text().is_empty() {
        return 0.0;
    }
    let mut style = SCORE.sized(layout.score);
    let width = c.fonts.width(score.text(), style);
    let baseline = if layout.wide {
        style = c.fonts.shrink_lines(&[score.text()], style, 110.0, layout.w * 0.43);
        top + layout.h / 2.0 + style.size * 0.35
    } else if width <= 150.0 {
        if upper { top + layout.h - 33.5 } else { top + 194.5 }
    } else {
        style = c.fonts.shrink_lines(&[score.text()], style.sized(style.size.min(184.0)), 90.0, layout.w - 84.0);
        // Clear of the tag, and of what stands over the name.
        if upper { top + layout.h - TAG_H / 2.0 - 12.0 } else { top + TAG_H / 2.0 + 16.0 + style.size * 0.7 }
    };
    score.paint(c, right, baseline, style, ink, Align::Right)
}

/// The white tag on the seam: that it is on, and which match it is.
fn tag(c: &mut Canvas, look: &Look, layout: &DuelLayout, panel: &Panel) {
    let t = look.theme;
    let (live, game) = match panel {
        Panel::Duel { live, game, .. } => (*live, game),
        Panel::Champion { game, .. } => (false, game),
    };
    c.layer("tag");
    let top = layout.seam() - TAG_H / 2.0;
    let lean = TAG_H * SLANT;
    let most = layout.w * 0.62;
    let word = match (look.band, look.as_of) {
        _ if !live || t.grey => None,
        (Band::Live, _) | (_, None) => Some((look.locale.words().bracket.live.to_owned(), t.up_on_plate)),
        // The data is of then.
        (_, Some(at)) => Some(((look.clock)(at), t.numeral_top)),
    };
    let style = if word.is_some() { TAG_GAME } else { TAG_GAME.sized(54.0) };
    let style = c.fonts.shrink(game, style, 38.0, most);
    let (game, _) = c.fonts.fit_text(game, style, most);
    let word_w = word.as_ref().map_or(0.0, |(word, _)| 40.0 + c.fonts.width(word, TAG_LIVE));
    let w = 44.0 + game.width.max(word_w) + 16.0;
    let cover = Rect::new(layout.x, top, layout.x + w, top + TAG_H);
    c.shadow(
        Rect::new(layout.x + 8.0, top + 14.0, layout.x + w - 8.0, top + TAG_H + 14.0),
        12.0,
        t.shadow[0] * 0.66,
        cover,
    );
    c.slab(Slab::lean_right(layout.x, top, w + lean, TAG_H), Paint::down(t.plate_top[0], t.plate_top[1]));
    let Some((word, dot)) = word else {
        c.line(layout.x + 44.0, layout.seam() + style.size * 0.35, &game, t.numeral_top, Align::Left);
        return;
    };
    c.disc(layout.x + 57.0, top + 37.0, 13.0, dot);
    let (word, _) = c.fonts.fit_text(&word, TAG_LIVE, most - 40.0);
    c.line(layout.x + 84.0, top + 58.0, &word, t.numeral_top, Align::Left);
    c.line(layout.x + 44.0, top + 111.1, &game, t.numeral_top, Align::Left);
}

/// It is over: one accent panel with the winner, whom he beat, and the score.
fn champion(c: &mut Canvas, look: &Look, layout: &DuelLayout, panel: &Panel, rolls: &Rolls) {
    let Panel::Champion { at, halves: [won, lost], game } = panel else { return };
    let t = look.theme;
    let w = &look.locale.words().bracket;
    let h = layout.bottom() - layout.y;
    c.layer("champion");
    let paint = diagonal(Rect::sized(layout.x, layout.y, layout.w, h), accent_stops(t));
    ground(c, look, layout, [layout.y, h], paint, true);
    let ink = t.on_one;
    let (left, right) = (layout.x + 44.0, layout.x + layout.w - 36.0);
    let scores = [score_of(won, *at, rolls), score_of(lost, *at, rolls)];
    let told = scores.iter().all(|s| !s.text().is_empty());
    let score_room = if layout.wide { layout.w * 0.42 } else { right - left };
    let room = if layout.wide && told { right - left - score_room - 30.0 } else { right - left };
    let (kicker, _) = c.fonts.fit_text(w.champion, KICKER.sized(64.0), room);
    c.line(left, layout.y + 82.0, &kicker, ink, Align::Left);
    let style = c.fonts.shrink(&won.name, style::HERO_NAME, 72.0, room);
    let (name, _) = c.fonts.fit_name(&won.name, style, room);
    let name_y = layout.y + 118.0 + style.size * 0.72;
    c.line(left - 3.0, name_y, &name, ink, Align::Left);
    let (office, _) = c.fonts.fit_text(&won.office, OFFICE, room);
    c.line(left, name_y + 68.0, &office, ink.fade(0.85), Align::Left);
    let mut y = layout.bottom() - 40.0;
    if !lost.id.is_empty() {
        let (line, _) = c.fonts.fit_text(&(w.beat)(&lost.name), OFFICE.sized(54.0), room);
        c.line(left, y, &line, ink, Align::Left);
        y -= 62.0;
    }
    let (line, _) = c.fonts.fit_text(game, OFFICE, room);
    c.line(left, y, &line, ink.fade(0.85), Align::Left);
    if told {
        let text = format!("{}–{}", scores[0].text(), scores[1].text());
        let style = SCORE.sized(if layout.wide { 260.0 } else { 230.0 });
        let style = c.fonts.shrink_lines(&[&text], style, 64.0, score_room);
        let middle = if layout.wide { layout.y + h / 2.0 } else { (name_y + 80.0 + y - 40.0) / 2.0 };
        let (x, align) = if layout.wide { (right, Align::Right) } else { (left - 4.0, Align::Left) };
        let (line, _) = c.fonts.fit_text(&text, style, score_room);
        c.line(x, middle + style.size * 0.35, &line, ink, align);
    }
}

/// The panel before the draw: the ground of other panels with a question.
pub fn open(c: &mut Canvas, look: &Look) {
    let portrait = c.stage().portrait();
    let p = PanelRect::hero(portrait);
    let p = PanelRect { base_y: p.bottom(), ..p };
    c.layer("panel");
    panel::shadow(c, look, &p);
    panel::ground(c, look, &p);
    panel::edge(c, look, &p);
    let (x, y) = if portrait { (100.0, 324.3) } else { (142.0, 236.3) };
    let (kicker, _) = c.fonts.fit_text(look.locale.words().bracket.who_will_win, style::KICKER, 440.0);
    c.line(x, y, &kicker, look.theme.accent_text, Align::Left);
}
