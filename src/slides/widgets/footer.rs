//! Draws the footer of slides with a sum: total, target, bar with pace marker, share, verdict (DESIGN 6.1).

use super::bar::Scale;
use super::digits::Odometer;
use super::marks;
use super::story::{self, StoryLine};
use crate::motion::{Anim, Curve, Time};
use crate::scene::text::is_cjk;
use crate::scene::{Align, Canvas, Fonts, Rect, Vec2, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::swap_midway::SwapMidway;
use crate::theme::style;

/// Units that are written inside a figure, against its size (DESIGN 6.18).
const UNIT: f32 = 0.73;

/// The target beside the total is no smaller than this.
const MIN_OF_SIZE: f32 = 38.0;

/// Which sign a verdict has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// "10.0 AHEAD"
    Ahead,
    /// "3.1 BEHIND"
    Behind,
    /// VerdictText without a sign.
    Plain,
}

/// Ahead of or behind the pace.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict(SwapMidway<VerdictText>);

/// What a verdict says.
#[derive(Debug, Clone, PartialEq)]
struct VerdictText {
    way: Way,
    text: Odometer,
}

impl Verdict {
    pub fn new(way: Way, text: &str) -> Verdict {
        Verdict(SwapMidway::still(VerdictText { way, text: Odometer::still(text) }))
    }

    /// What it says at the end.
    pub fn latest(&self) -> (Way, &str) {
        let said = self.0.last();
        (said.way, said.text.text())
    }

    /// Takes over from `old` with the total: the distance rolls, the other side of the pace comes half way.
    fn roll_from(&mut self, old: &Verdict, start: Time, curve: Curve) {
        let (was, new) = (old.0.last(), self.0.last());
        if was.way == new.way {
            let text = was.text.roll(new.text.text(), start, curve);
            self.0 = old.0.with(VerdictText { way: new.way, text });
        } else {
            self.0 = old.0.toward(new.clone(), start, curve);
        }
    }
}

/// The texts and figures of a footer; what is missing is not drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Footer {
    /// "TEAM"
    pub label: String,
    pub value: Odometer,
    /// In what it is written: "¥ MILLION".
    pub unit: String,
    /// "OF 180 ¥M"
    pub of: String,
    /// "¥M", said where there is no room for the target.
    pub of_short: String,
    /// Value over target; none without a target.
    pub share: Option<Anim>,
    /// Pace over target.
    pub pace: Option<f64>,
    /// "84.5%"
    pub percent: Odometer,
    /// Ahead or behind.
    pub verdict: Option<Verdict>,
    /// What takes turns with the bar.
    pub story: StoryLine,
}

impl Footer {
    /// Takes over from `old` at `start`: figures roll, the bar grows.
    pub fn roll_from(&mut self, old: &Footer, start: Time, curve: Curve) {
        // 999.9 K does not roll to 1.0 M.
        let amounts = if self.unit == old.unit { curve } else { Curve::Cut };
        self.value = old.value.roll(self.value.text(), start, amounts);
        self.percent = old.percent.roll(self.percent.text(), start, curve);
        if let (Some(new), Some(was)) = (self.share, old.share) {
            self.share = Some(was.aim_eps(new.target(), start, curve, 2e-4));
        }
        if let (Some(new), Some(was)) = (&mut self.verdict, &old.verdict) {
            new.roll_from(was, start, amounts);
        }
        self.story.follow(&old.story, start);
    }
}

/// The lowest unit of the footer.
pub fn bottom(portrait: bool) -> f32 {
    if portrait { 1824.0 } else { 1024.0 }
}

/// Where the parts of a footer lie on one shape of screen, in units.
struct FooterPlace {
    /// Left end and baseline of total and target.
    left: f32,
    y: f32,
    /// Where the target ends at most, before what stands at the right of the line.
    of_end: f32,
    /// Baseline of share and verdict.
    share_y: f32,
    /// Right end of the share; further left where a long verdict needs it.
    percent_x: f32,
    gives_way: bool,
    /// Corner of the bar, and its width at most.
    bar: Vec2,
    bar_w: f32,
    /// Top and bottom of the place in which facts take turns with the bar.
    slot: [f32; 2],
    /// Baseline of what is said at the right of the first line, where there is a second one.
    side_y: Option<f32>,
}

const WIDE: FooterPlace = FooterPlace {
    left: 96.0,
    y: 1021.0,
    of_end: 620.0,
    share_y: 1021.0,
    percent_x: 1556.0,
    gives_way: true,
    bar: vec2(640.0, 986.0),
    bar_w: 748.0,
    slot: [958.0, 1042.0],
    side_y: None,
};

const TALL: FooterPlace = FooterPlace {
    left: 54.0,
    y: 1755.0,
    of_end: 1026.0 - 32.0,
    share_y: 1815.0,
    percent_x: 730.0,
    gives_way: false,
    bar: vec2(54.0, 1780.0),
    bar_w: 500.0,
    slot: [1766.0, 1844.0],
    side_y: Some(1753.1),
};

/// Paints the footer. `side` is said at the right of the first line on portrait screens.
pub fn draw(c: &mut Canvas, look: &Look, footer: &Footer, side: &str) {
    let t = look.theme;
    c.layer("footer");
    let p = if c.stage().portrait() { &TALL } else { &WIDE };
    let [_, right] = c.stage().sides();
    let cjk = footer.label.chars().any(is_cjk);
    let (label_style, drop, gap) =
        if cjk { (style::FOOTER.sized(42.0), 2.0, 22.0) } else { (style::FOOTER, 4.9, 16.0) };
    let label = c.text(p.left, p.y - drop, &footer.label, label_style, t.mid, Align::Left);
    let (x, y) = (p.left + label + gap, p.y);
    let value = footer.value.paint_small(c, x, y, style::FOOTER_VALUE, UNIT, t.hi, Align::Left);
    let side_w = p.side_y.map_or(0.0, |_| c.fonts.width(side, style::FOOTER));
    let room = (p.of_end - side_w - (x + value + 18.0)).min(400.0);
    if room > 60.0 && !footer.of.is_empty() {
        // Half a target says something else: it becomes smaller before it is cut.
        let fits = |fonts: &mut Fonts, style| fonts.width(&footer.of, style) <= room;
        let of = c.fonts.shrink_until(style::FOOTER, MIN_OF_SIZE, 1.0, fits);
        let fits = footer.of_short.is_empty() || c.fonts.width(&footer.of, of) <= room;
        let (text, of) = if fits { (&footer.of, of) } else { (&footer.of_short, style::FOOTER) };
        if !fits {
            c.leave_out(&footer.of);
        }
        let (line, _) = c.fonts.fit_text(text, of, room);
        c.line(x + value + 16.0, y - 1.9, &line, t.mid, Align::Left);
    }
    if let Some(side_y) = p.side_y {
        c.text(right, side_y, side, style::FOOTER, t.hi, Align::Right);
    }
    // The parts beside the total take turns with facts.
    let place = Rect::new(p.bar.x - story::EDGE, p.slot[0], right + story::EDGE, p.slot[1]);
    story::draw(c, look, &footer.story, place, p.share_y, &|c: &mut Canvas| progress(c, look, footer, p, right));
}

/// Bar, share and verdict.
fn progress(c: &mut Canvas, look: &Look, footer: &Footer, p: &FooterPlace, right: f32) {
    let t = look.theme;
    let Some(share) = &footer.share else { return };
    let line_y = p.share_y;
    let verdict_w = verdict(c, look, footer, right, line_y - 4.2);
    let percent_x = if p.gives_way { p.percent_x.min(right - verdict_w - 24.0) } else { p.percent_x };
    let percent_w = footer.percent.paint(c, percent_x, line_y, style::FOOTER_VALUE, t.hi, Align::Right);
    // In Japanese the percentage is named (DESIGN 6.18).
    let named = look.locale.words().attainment;
    let mut left = percent_x - percent_w - 19.0;
    if !named.is_empty() {
        let w = c.text(left + 8.0, line_y - 4.6, named, style::FOOTER.sized(44.0).tracked(0.0), t.mid, Align::Right);
        left -= w + 22.0;
    }
    let Vec2 { x, y } = p.bar;
    let bar = Scale { x, y, w: p.bar_w.min(left - x), h: 28.0, full: 1.0 };
    bar.groove(c, t.track_footer);
    let filled = c.sample(share);
    bar.fill(c, 0.0, filled, t.accent_paint());
    if let Some(pace) = footer.pace {
        bar.pace(c, look, pace, 24.0);
    }
}

fn verdict(c: &mut Canvas, look: &Look, footer: &Footer, x: f32, y: f32) -> f32 {
    let t = look.theme;
    let Some(said) = &footer.verdict else { return 0.0 };
    let said = said.0.now(c);
    let (sign, color) = match said.way {
        Way::Plain => return said.text.paint(c, x, y, style::FOOTER_VERDICT, t.hi, Align::Right),
        Way::Ahead => (-1.0, t.up),
        Way::Behind => (1.0, t.down),
    };
    let w = said.text.paint(c, x, y, style::FOOTER_VERDICT, color, Align::Right);
    marks::side(c, vec2(x - w - 24.0, y - 17.4), 1.0, sign < 0.0, color);
    w + 40.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::spring;

    fn footer(value: &str, unit: &str, way: Way, off: &str) -> Footer {
        Footer {
            label: "TEAM".into(),
            value: Odometer::still(value),
            unit: unit.into(),
            of: String::new(),
            of_short: String::new(),
            share: None,
            pace: None,
            percent: Odometer::default(),
            verdict: Some(Verdict::new(way, off)),
            story: StoryLine::default(),
        }
    }

    #[test]
    fn a_sum_rolls_in_its_own_unit_only_and_its_verdict_turns_half_way() {
        let roll = |mut new: Footer, old: &Footer| {
            new.roll_from(old, Time::ZERO, Curve::Spring(spring::ROLL));
            new
        };
        let old = footer("812.5", "$ THOUSAND", Way::Behind, "4.5 BEHIND");
        let million = roll(footer("1.02", "$ MILLION", Way::Behind, "0.01 BEHIND"), &old);
        assert!(million.value.end() <= Time::ZERO && million.value.text() == "1.02");
        let same = roll(footer("913.2", "$ THOUSAND", Way::Ahead, "9.1 AHEAD"), &old);
        assert!(same.value.end() > Time::ZERO);
        // VerdictText at the end at once, on the wall half way; another board meanwhile does not put it off.
        let verdict = same.verdict.clone().unwrap();
        assert_eq!(verdict.latest(), (Way::Ahead, "9.1 AHEAD"));
        assert_eq!(verdict.0.end(), Time::from_s(super::super::swap_midway::SWAP_S));
        let mut next = footer("914.0", "$ THOUSAND", Way::Ahead, "9.9 AHEAD");
        next.roll_from(&same, Time::from_s(0.1), Curve::Spring(spring::ROLL));
        assert_eq!(next.verdict.unwrap().0.end(), verdict.0.end());
    }
}
