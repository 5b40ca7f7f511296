//! Moves a figure and its bar from what the wall showed to what it shows now.

use super::attain::{Standing, State};
use super::bar::Scale;
use super::digits::Odometer;
use super::marks;
use crate::motion::{Anim, Curve, Time};
use crate::scene::{Align, Canvas, Color, Paint, Slab, Style, Vec2, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::swap_midway::SwapMidway;
use crate::theme::Theme;

/// Shares closer than this look the same.
const EPS: f64 = 2e-4;
/// Stripes of a forecast: pitch and width in units.
const HATCH: [f32; 2] = [18.4, 7.2];

/// Cuts in the bar of what is behind: pitch and width in units.
const NOTCH: [f32; 2] = [36.0, 6.0];

/// A figure and its bar over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Gauge {
    /// What it says at the end.
    pub standing: Standing,
    pub value: Odometer,
    /// Attainment in percent, as the slide writes it.
    pub percent: Odometer,
    share: Anim,
    pace: Anim,
    forecast: Anim,
    shown: SwapMidway<Standing>,
}

impl Gauge {
    /// At rest; `percent` is written by the slide.
    pub fn still(standing: Standing, percent: &str) -> Gauge {
        let still = |v: Option<f64>| Anim::still(v.unwrap_or(0.0));
        Gauge {
            value: Odometer::still(&standing.value),
            percent: Odometer::still(percent),
            share: still(standing.share),
            pace: still(standing.pace),
            forecast: still(standing.forecast),
            shown: SwapMidway::still(standing.clone()),
            standing,
        }
    }

    /// On its way to another standing: figures roll, bar and marks move from where they are.
    pub fn toward(&self, standing: Standing, percent: &str, start: Time, curve: Curve) -> Gauge {
        let small = match (self.standing.raw, standing.raw) {
            (Some(a), Some(b)) => (b - a).abs() < 0.001 * a.abs().max(b.abs()),
            _ => true,
        };
        // A change that nobody would see roll is swapped (DESIGN 5, Numbers), and so is an amount in another unit.
        let roll = if small || self.standing.scale != standing.scale { Curve::Cut } else { curve };
        let aim = |anim: &Anim, had: Option<f64>, to: Option<f64>| match (had, to) {
            (Some(_), Some(to)) => anim.aim_eps(to, start, curve, EPS),
            (_, to) => Anim::still(to.unwrap_or(0.0)),
        };
        Gauge {
            value: self.value.roll(&standing.value, start, roll),
            percent: self.percent.roll(percent, start, roll),
            share: aim(&self.share, self.standing.share, standing.share),
            pace: aim(&self.pace, self.standing.pace, standing.pace),
            forecast: aim(&self.forecast, self.standing.forecast, standing.forecast),
            shown: self.shown.toward(standing.clone(), start, roll),
            standing,
        }
    }

    /// When it rests.
    #[cfg(test)]
    pub(crate) fn end(&self) -> Time {
        let figures = [self.value.end(), self.percent.end(), self.shown.end()];
        figures.into_iter().chain([self.share.end(), self.pace.end(), self.forecast.end()]).max().unwrap_or(Time::ZERO)
    }

    /// What is said now of where it stands, by words and colours: the new half way.
    pub fn shown(&self, c: &mut Canvas) -> &Standing {
        self.shown.now(c)
    }

    /// Paints groove, forecast and fill; nothing where there is no target.
    pub fn bar(&self, c: &mut Canvas, look: &Look, scale: &Scale, lead: bool, forecast: bool) {
        let s = &self.standing;
        if s.target.is_empty() {
            return;
        }
        let t = look.theme;
        scale.groove(c, t.track);
        if s.share.is_none() {
            return;
        }
        let state = self.shown(c).state;
        let value = c.sample(&self.share);
        if forecast && s.forecast.is_some() {
            let until = c.sample(&self.forecast);
            hatch(c, scale, [value, until], t.track, ink(t, state, lead));
        }
        scale.fill(c, 0.0, value, fill(t, state, lead));
        if state == State::Behind {
            notches(c, scale, value, t.down_bar.mix(t.track, 0.55));
        }
    }

    /// Paints the goal's flag where the bar reaches beyond it; while the bar grows it fades in.
    pub fn goal(&self, c: &mut Canvas, look: &Look, scale: &Scale, half: f32) {
        let beyond = ((scale.full - NORMAL) / 0.03).min(1.0);
        if beyond > 0.0 && self.standing.share.is_some() {
            c.group(0.0, 0.0, beyond, |c| scale.goal(c, look, 1.0, half));
        }
    }

    /// Paints the pace marker, `half` units up and down from the bar's middle. Where it stands.
    pub fn pace(&self, c: &mut Canvas, look: &Look, scale: &Scale, half: f32) -> Option<f32> {
        self.standing.pace?;
        let at = c.sample(&self.pace);
        scale.pace(c, look, at, half);
        Some(scale.at(at))
    }
}

/// What is behind is told without its colour too: the bar is cut into pieces.
fn notches(c: &mut Canvas, scale: &Scale, value: f64, ink: Color) {
    let (end, lean) = (scale.reach(value), scale.h * crate::scene::SLANT);
    let mut x = NOTCH[0] - NOTCH[1];
    while x + NOTCH[1] < end {
        c.slab(Slab::lean(scale.x + x, scale.y, NOTCH[1] + lean, scale.h), ink);
        x += NOTCH[0];
    }
}

/// Opaque stripes between two values on a thin tint.
fn hatch(c: &mut Canvas, scale: &Scale, [from, to]: [f64; 2], track: Color, ink: Color) {
    let (a, b) = (scale.reach(from), scale.reach(to));
    if b - a < 1.0 {
        return;
    }
    let lean = scale.h * crate::scene::SLANT;
    let tint = track.mix(ink, 0.16);
    c.slab(Slab::lean(scale.x + a, scale.y, b - a + lean, scale.h), tint);
    let mut x = a + HATCH[0] - HATCH[1];
    while x < b - 1.0 {
        let w = HATCH[1].min(b - x);
        c.slab(Slab::lean(scale.x + x, scale.y, w + lean, scale.h), tint.mix(ink, 0.75));
        x += HATCH[0];
    }
}

/// One colour for a state; the brand says only which figure leads, never how one stands.
pub fn ink(t: &Theme, state: State, lead: bool) -> Color {
    match state {
        State::Behind => t.down_bar,
        State::Met => t.up,
        _ if lead => t.accent,
        _ => t.bar,
    }
}

/// The same as the fill of a bar.
pub fn fill(t: &Theme, state: State, lead: bool) -> Paint {
    match state {
        State::Behind => t.down_bar.into(),
        State::Met => t.up.into(),
        _ if lead => t.accent_paint(),
        _ => t.bar.into(),
    }
}

/// The colour of a state's words.
pub fn words(t: &Theme, state: State) -> Color {
    match state {
        State::Unknown | State::OnPace => t.mid,
        State::Behind => t.down,
        State::Ahead | State::Met => t.up,
    }
}

/// The sign of a state: + − ✓ =, its middle at `x`, `y`; 26 units wide times `f`.
pub fn sign(c: &mut Canvas, look: &Look, state: State, Vec2 { x, y }: Vec2, f: f32) {
    let color = words(look.theme, state);
    match state {
        State::Unknown => {}
        State::Behind => marks::less(c, x, y, f, color),
        State::Ahead => marks::more(c, x, y, f, color),
        State::OnPace => marks::equal(c, x, y, f, color),
        State::Met => {
            let at = |dx: f32, dy: f32| vec2(x + dx * f, y + dy * f);
            c.ribbon(&[at(-15.0, 0.5), at(-5.0, 11.5), at(15.0, -12.5)], 7.0 * f, false, color);
        }
    }
}

/// The right end of the bars of one page: 105 %, else 3 % past the largest value, at most half over the goal.
pub fn full(shares: impl Iterator<Item = f64>) -> f64 {
    let largest = shares.fold(0.0, f64::max);
    if largest <= NORMAL { NORMAL } else { (largest * 1.03).min(MAX_FULL) }
}

/// The right end of a bar while nothing is beyond it.
pub const NORMAL: f64 = 1.05;
/// Beyond this a bar is full, and its figure says the rest.
const MAX_FULL: f64 = 1.5;

/// How large a text may be.
#[derive(Debug, Clone, Copy)]
pub struct TextSize {
    /// As the design has it.
    pub largest: Style,
    /// It becomes no smaller than this, in units.
    pub least: f32,
    /// The width it has to fit.
    pub room: f32,
}

impl TextSize {
    pub fn new(largest: Style, least: f32, room: f32) -> TextSize {
        TextSize { largest, least, room }
    }

    /// The largest style in which a text fits its room, else the smallest.
    pub fn fitting(self, c: &mut Canvas, text: &str) -> Style {
        let style = c.fonts.shrink(text, self.largest, self.least, self.room);
        // The last step may have gone below it.
        style.sized(style.size.max(self.least.min(self.largest.size)))
    }
}

/// Paints a figure as large as its room allows. Returns its width.
pub fn figure(c: &mut Canvas, figure: &Odometer, at: Vec2, size: TextSize, color: Color, align: Align) -> f32 {
    let (style, room) = (size.fitting(c, figure.text()), size.room);
    if c.fonts.width(figure.text(), style) > room {
        let (line, _) = c.fonts.fit_text(figure.text(), style, room);
        c.line(at.x, at.y, &line, color, align);
        return line.width;
    }
    figure.paint(c, at.x, at.y, style, color, align)
}

/// Writes a text as large as its room allows, then cut. Returns its width.
pub fn text(c: &mut Canvas, text: &str, at: Vec2, size: TextSize, color: Color, align: Align) -> f32 {
    let style = size.fitting(c, text);
    let (line, _) = c.fonts.fit_text(text, style, size.room.max(1.0));
    c.line(at.x, at.y, &line, color, align);
    line.width
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(1000))]

        #[test]
        fn states_are_told_apart_by_every_eye_whatever_the_brand(brand in 0u32..=0xFF_FFFF) {
            use crate::theme::{Mode, vision};
            for mode in [Mode::Dark, Mode::Light] {
                let t = Theme::new(mode, Color::hex(brand), false);
                let apart = |a: Color, b: Color| vision::distance(a, b) >= vision::APART;
                for good in [State::Met, State::Ahead] {
                    proptest::prop_assert!(apart(words(&t, good), words(&t, State::Behind)));
                }
                let bars = [State::Met, State::Behind, State::OnPace].map(|state| ink(&t, state, false));
                for (i, j) in [(0, 1), (0, 2), (1, 2)] {
                    proptest::prop_assert!(apart(bars[i], bars[j]), "{:?} {:?}", bars[i], bars[j]);
                }
                for below in 0..2 {
                    let (low, high) = (t.steps[below], t.steps[4 - below]);
                    proptest::prop_assert!((0..2).all(|i| apart(low[i], high[i])), "{low:?} {high:?}");
                }
                // Where the brand itself could be read as a state, chips stand in a pill of their own.
                let near = [t.up, t.down].iter().any(|state| !apart(t.accent_text, *state));
                proptest::prop_assert!(!near || t.pill.is_some(), "{:?}", t.accent_text);
            }
        }
    }
    use crate::theme::spring;

    fn standing(value: f64, share: f64) -> Standing {
        Standing {
            state: State::Ahead,
            raw: Some(value),
            value: format!("{value}"),
            target: "100".into(),
            unit: String::new(),
            scale: String::new(),
            off: "1".into(),
            need: String::new(),
            pace_text: String::new(),
            forecast_text: String::new(),
            share: Some(share),
            pace: Some(0.5),
            forecast: None,
        }
    }

    #[test]
    fn a_bar_ends_at_105_percent_or_3_percent_past_the_largest() {
        assert_eq!(full([0.4, 1.05].into_iter()), NORMAL);
        assert_eq!(full([0.4, 1.067].into_iter()), 1.067 * 1.03);
        assert_eq!(full([9.0].into_iter()), 1.5);
        assert_eq!(full([].into_iter()), NORMAL);
    }

    #[test]
    fn what_is_said_changes_half_way() {
        use crate::motion::Now;
        use crate::scene::{Fonts, Stage};
        let mut fonts = Fonts::new(false);
        let mut said = |gauge: &Gauge, s: f64| {
            let now = Now { t: Time::from_s(s), wall_us: 0 };
            let mut c = Canvas::new(Stage::new([1920, 1080], 0.0, Default::default()), now, &mut fonts);
            gauge.shown(&mut c).state
        };
        let old = Gauge::still(Standing { state: State::Behind, ..standing(40.0, 0.4) }, "40.0");
        let new = old.toward(standing(60.0, 0.6), "60.0", Time::ZERO, Curve::Spring(spring::ROLL));
        assert_eq!([0.0, 0.2, 0.3].map(|s| said(&new, s)), [State::Behind, State::Behind, State::Ahead]);
        let cut = old.toward(standing(60.0, 0.6), "60.0", Time::ZERO, Curve::Cut);
        assert_eq!(said(&cut, 0.0), State::Ahead);
    }

    #[test]
    fn a_new_figure_in_mid_flight_goes_on_from_where_the_bar_is() {
        let curve = Curve::Spring(spring::ROLL);
        let a = Gauge::still(standing(50.0, 0.5), "50.0");
        let b = a.toward(standing(60.0, 0.6), "60.0", Time::ZERO, curve);
        let t = Time::from_s(0.2);
        let d = b.toward(standing(40.0, 0.4), "40.0", t, curve);
        assert!((b.share.value_at(t) - d.share.value_at(t)).abs() < 1e-9);
        assert_eq!(d.share.target(), 0.4);
        assert!(d.end() > t && d.end() < t.after(3.0));
        // Nor does an amount roll to one in another unit.
        let unit = Standing { scale: "MILLION".into(), ..standing(60.0, 0.6) };
        assert_eq!(a.toward(unit, "60.0", t, curve).value, Odometer::still("60"));
        // Nothing is seen of a change of less than a thousandth of the figure.
        assert_eq!(a.toward(standing(50.01, 0.5), "50.0", t, curve).value.end(), Time::ZERO);
    }
}
