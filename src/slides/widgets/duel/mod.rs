//! Draws a duel: two sides divided by a slanted seam, one of them on accent ground, and the bar they tug at (DESIGN
//! 6.3).
//!
//! Plain data in, so that every kind of slide can show two rivals: see [`Duel`] and [`draw`].

pub mod ground;
mod side;

pub use ground::{accent_stops, diagonal};

use super::digits::Odometer;
use crate::motion::{Anim, Curve, Time};
use crate::scene::{Canvas, Paint, Rect, SLANT, Slab, Vec2, vec2};
use crate::slides::context::Look;
use crate::theme::spring;

/// One side of a duel. Texts are as they are drawn; empty ones are not.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Side {
    /// Identity: when it changes, the sides are swept.
    pub id: String,
    /// "LEADS"
    pub kicker: String,
    pub name: String,
    pub score: Odometer,
    /// Behind the figure, smaller: "¥M".
    pub unit: String,
    /// Office or members.
    pub corner: String,
    /// A line beside the figure of portrait screens.
    pub note: String,
    /// Whether that line tells a rise (1), a fall (−1) or neither.
    pub note_sign: i8,
    /// The numeral behind everything.
    pub numeral: String,
    /// Whether it stands on accent ground.
    pub accent: bool,
    /// The colour of the team; a side without accent takes some of it.
    pub team: Option<[u8; 3]>,
    /// Key of its crest.
    pub crest: Option<String>,
}

/// Two sides and how they share the bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Duel {
    /// First and second; the second may be open.
    pub sides: [Option<Side>; 2],
    /// Words in an open side.
    pub open: String,
    /// The first side's share of the bar, 0 to 1.
    pub share: Anim,
}

impl Duel {
    /// Whether the same two stand on the same sides.
    pub fn same_sides(&self, other: &Duel) -> bool {
        let ids = |d: &Duel| d.sides.clone().map(|s| s.map(|s| s.id));
        ids(self) == ids(other)
    }

    /// Whether the first side keeps its owner: then only the second is swept.
    fn same_first(&self, other: &Duel) -> bool {
        let first = |d: &Duel| d.sides[0].as_ref().map(|s| s.id.clone());
        first(self).is_some() && first(self) == first(other)
    }

    /// Takes over the figures of `old`: those whose owner is in both roll from `start` on, the bar follows. In another
    /// unit than before (`same_unit`) they are swapped: 999.9 K does not roll to 1.0 M.
    pub fn roll_from(&mut self, old: &Duel, start: Time, same_unit: bool, reduced: bool) {
        let curve = spring::curve(spring::ROLL, reduced);
        let figures = if same_unit { curve } else { Curve::Cut };
        for side in self.sides.iter_mut().flatten() {
            let was = old.sides.iter().flatten().find(|s| s.id == side.id);
            if let Some(was) = was {
                side.score = was.score.roll(side.score.text(), start, figures);
            }
        }
        if self.same_first(old) {
            self.share = old.share.aim_eps(self.share.target(), start, curve, 2e-4);
        }
    }

    /// The old sides with the new figures, as they are until the sweep: the challenger passes before the sides swap.
    pub fn before_sweep(&self, new: &Duel, start: Time, reduced: bool) -> Duel {
        let curve = spring::curve(spring::ROLL, reduced);
        let mut old = self.clone();
        for side in old.sides.iter_mut().flatten() {
            if let Some(now) = new.sides.iter().flatten().find(|s| s.id == side.id) {
                side.score = now.score.clone();
                side.unit.clone_from(&now.unit);
            }
        }
        if self.same_first(new) {
            old.share = new.share;
        }
        let swapped = |a: usize, b: usize| {
            let id = |d: &Duel, i: usize| d.sides[i].as_ref().map(|s| s.id.clone());
            id(self, a).is_some() && id(self, a) == id(new, b)
        };
        if swapped(0, 1) && swapped(1, 0) {
            old.share = self.share.aim_eps(1.0 - new.share.target(), start, curve, 2e-4);
        }
        old
    }
}

/// The first side's share of the bar from two figures; half where they do not say. `less` is better for times and costs.
pub fn share(a: f64, b: f64, less: bool) -> f64 {
    let (own, all) = if less { (b, a + b) } else { (a, a + b) };
    if a < 0.0 || b < 0.0 || all <= 0.0 { 0.5 } else { (own / all).clamp(0.06, 0.94) }
}

/// Where a duel lies, in units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    pub x: f32,
    pub y: f32,
    pub w: f32,
    /// Height of both sides together.
    pub h: f32,
    /// Top of the bar.
    pub bar_y: f32,
    /// Whether the sides lie over each other, as on portrait screens.
    pub stacked: bool,
}

impl Area {
    /// Both sides together.
    pub fn rect(&self) -> Rect {
        Rect::sized(self.x, self.y, self.w, self.h)
    }

    /// The design's place: over six rows.
    pub fn over_rows(portrait: bool) -> Area {
        if portrait {
            Area { x: 54.0, y: 246.0, w: 972.0, h: 810.0, bar_y: 1072.0, stacked: true }
        } else {
            Area { x: 96.0, y: 160.0, w: 1728.0, h: 430.0, bar_y: 606.0, stacked: false }
        }
    }

    /// The whole body but for a line under it.
    pub fn alone(portrait: bool) -> Area {
        if portrait {
            Area { h: 1210.0, bar_y: 1472.0, ..Area::over_rows(true) }
        } else {
            Area { h: 640.0, bar_y: 816.0, ..Area::over_rows(false) }
        }
    }

    /// The bottom of the sides.
    pub fn bottom(&self) -> f32 {
        self.y + self.h
    }

    /// How much larger than the design's its type is.
    fn scale(&self) -> f32 {
        let own = if self.stacked { self.h / 810.0 } else { self.h / 430.0 };
        own.clamp(0.7, 1.45)
    }

    /// Where the middle of the seam stands at a height.
    fn seam(&self, y: f32) -> f32 {
        self.x + self.w / 2.0 + (self.y + self.h / 2.0 - y) * SLANT
    }
}

/// Between the sides.
const GAP: f32 = 10.0;
/// Height of the bar.
const BAR_H: f32 = 20.0;
/// Width of the stroke that sweeps.
const STROKE: f32 = 44.0;
/// How long a sweep takes.
pub const SWEEP_S: f64 = 0.7;

/// Paints a duel. `before` is the duel that is swept over from that instant on: the seam runs across and leaves the
/// sides swapped behind it.
pub fn draw(c: &mut Canvas, look: &Look, duel: &Duel, before: Option<(&Duel, Time)>, area: &Area) {
    c.layer("duel");
    c.shadow(
        Rect::new(area.x, area.y + 26.0, area.x + area.w, area.bottom() + 26.0),
        22.0,
        look.theme.shadow[1] * 0.92,
        area.rect(),
    );
    let before = before.filter(|_| !look.screen.reduced_motion);
    let Some((old, at)) = before.map(|(old, since)| {
        let anim = Anim::new(0.0, 1.0, 0.0, since, Curve::Ease(SWEEP_S), 1e-3);
        (old, c.sample(&anim) as f32)
    }) else {
        return whole(c, look, duel, area, None);
    };
    if at >= 1.0 {
        return whole(c, look, duel, area, None);
    }
    if at <= 0.0 {
        return whole(c, look, old, area, None);
    }
    let bottom = area.bar_y + BAR_H;
    let lean = (bottom - area.y) * SLANT;
    // Where the first side keeps its owner, the seam itself runs, over the second side alone.
    let kept = old.same_first(duel);
    let from = if kept && !area.stacked { area.seam(bottom) } else { area.x - lean - STROKE };
    let x = from + (area.x + area.w + STROKE - from) * at;
    let top = if kept && area.stacked { area.bottom() - (area.h - GAP) / 2.0 } else { area.y };
    whole(c, look, old, area, Some(Part::RightOf(vec2(x, bottom))));
    c.layer("duel sweep");
    whole(c, look, duel, area, Some(Part::LeftOf(vec2(x, bottom))));
    c.layer("duel stroke");
    c.clipped(area.x, top, area.x + area.w, bottom, |c| {
        let [a, b] = look.theme.plate_top;
        c.slab(Slab::lean(x - STROKE / 2.0, area.y, lean + STROKE, bottom - area.y), Paint::down(a, b));
    });
}

/// The part of a duel on one side of a leaning line, told by the line's bottom.
#[derive(Debug, Clone, Copy)]
enum Part {
    LeftOf(Vec2),
    RightOf(Vec2),
}

/// Both sides and the bar, or a part of them.
fn whole(c: &mut Canvas, look: &Look, duel: &Duel, area: &Area, line: Option<Part>) {
    only(c, line, area.y + area.h / 2.0, |c| {
        ground::paint(c, look, duel, area);
        bar(c, look, duel, area);
    });
    let score = side::score_size(c.fonts, area, &duel.sides);
    for (i, side) in duel.sides.iter().enumerate() {
        let place = side::SidePlace { area, second: i == 1, score };
        side::ghost(c, look, &place, side.as_ref(), line);
        match side {
            Some(side) => side::paint(c, look, &place, side, line),
            None => side::open(c, look, &place, &duel.open, line),
        }
    }
}

/// Paints a part; text is cut where the line stands at `text_y`.
fn only(c: &mut Canvas, line: Option<Part>, text_y: f32, paint: impl FnOnce(&mut Canvas)) {
    match line {
        Some(Part::LeftOf(Vec2 { x, y })) => c.left_of(x, y, text_y, paint),
        Some(Part::RightOf(Vec2 { x, y })) => c.right_of(x, y, text_y, paint),
        None => paint(c),
    }
}

/// The bar, split where the sides' shares meet.
fn bar(c: &mut Canvas, look: &Look, duel: &Duel, area: &Area) {
    let t = look.theme;
    let [a, b] = duel.sides.each_ref();
    let (accent_a, accent_b) = (a.as_ref().is_some_and(|s| s.accent), b.as_ref().is_some_and(|s| s.accent));
    let paint = |accent: bool| if accent { t.accent_paint() } else { Paint::Flat(t.bar) };
    let lean = BAR_H * SLANT;
    if b.is_none() {
        c.slab(Slab::rect(area.x, area.bar_y, area.w, BAR_H), paint(accent_a));
        return;
    }
    let split = area.x + area.w * c.sample(&duel.share) as f32;
    c.slab(Slab::lean_right(area.x, area.bar_y, split - 4.0 - area.x, BAR_H), paint(accent_a));
    let left = split + 4.0 - lean;
    c.slab(Slab::lean_left(left, area.bar_y, area.x + area.w - left, BAR_H), paint(accent_b));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(id: &str, score: &str) -> Option<Side> {
        Some(Side { id: id.into(), score: Odometer::still(score), ..Side::default() })
    }

    #[test]
    fn shares_are_of_both_and_half_where_nothing_is_said() {
        assert!((share(42.0, 39.0, false) - 42.0 / 81.0).abs() < 1e-12);
        assert!((share(20.0, 30.0, true) - 0.6).abs() < 1e-12);
        assert_eq!([share(0.0, 0.0, false), share(-3.0, 5.0, false)], [0.5, 0.5]);
        assert_eq!(share(1e9, 1.0, false), 0.94);
    }

    #[test]
    fn figures_roll_on_through_a_sweep() {
        let old = Duel { sides: [side("a", "41"), side("b", "40")], open: String::new(), share: Anim::still(0.506) };
        let mut new =
            Duel { sides: [side("b", "43"), side("a", "41")], open: String::new(), share: Anim::still(0.512) };
        assert!(!old.same_sides(&new));
        new.roll_from(&old, Time::ZERO, true, false);
        let before = old.before_sweep(&new, Time::ZERO, false);
        let scores = |d: &Duel| d.sides.clone().map(|s| s.unwrap().score);
        assert_eq!(scores(&before), [scores(&new)[1].clone(), scores(&new)[0].clone()]);
        assert!((before.share.target() - 0.488).abs() < 1e-9, "the bar passes the middle before the sides swap");
        assert_eq!(new.share.target(), 0.512);
    }

    #[test]
    fn in_another_unit_figures_are_swapped_with_it() {
        let side = |id: &str, score: &str, unit: &str| side(id, score).map(|s| Side { unit: unit.into(), ..s });
        let share = Anim::still(0.5);
        let of = |sides| Duel { sides, open: String::new(), share };
        let old = of([side("a", "990.0", "$K"), side("b", "980.0", "$K")]);
        let mut new = of([side("b", "1.020", "$M"), side("a", "0.990", "$M")]);
        new.roll_from(&old, Time::ZERO, false, false);
        let rolls = |d: &Duel| d.sides.iter().flatten().any(|s| s.score.end() > Time::ZERO);
        assert!(!rolls(&new));
        let before = old.before_sweep(&new, Time::ZERO, false);
        let said = |d: &Duel| d.sides.clone().map(|s| s.map(|s| format!("{} {}", s.score.text(), s.unit)).unwrap());
        assert_eq!(said(&before), ["0.990 $M", "1.020 $M"]);
        let mut same = of([side("a", "991.0", "$K"), side("b", "985.0", "$K")]);
        same.roll_from(&old, Time::ZERO, true, false);
        assert!(rolls(&same));
    }

    #[test]
    fn where_the_leader_stays_the_bar_does_not_jump() {
        let old = Duel { sides: [side("a", "41"), side("b", "38")], open: String::new(), share: Anim::still(0.52) };
        let mut new =
            Duel { sides: [side("a", "41"), side("c", "40")], open: String::new(), share: Anim::still(0.506) };
        new.roll_from(&old, Time::ZERO, true, false);
        assert!(old.same_first(&new) && !old.same_sides(&new));
        assert_eq!((new.share.value_at(Time::ZERO), new.share.target()), (0.52, 0.506));
        assert_eq!(old.before_sweep(&new, Time::ZERO, false).share, new.share);
    }

    #[test]
    fn the_seam_leans_through_the_middle() {
        let area = Area::over_rows(false);
        assert!((area.seam(375.0) - 960.0).abs() < 1e-3);
        assert!((area.seam(160.0) - 1005.709).abs() < 1e-3);
    }
}
