//! Shows scorecards (DESIGN 6.6): the result as one big figure, and beside it the indicators that lead to it.

mod company;
#[cfg(test)]
mod figures;
mod hero;
mod model;
mod plate;

use crate::board::{Body, Scorecard};
use crate::motion::{Anim, Curve, Time};
use crate::scene::{Align, Canvas, Fonts, SLANT, Slab, Style, Weight};
use crate::slides::context::{Ctx, Look};
use crate::slides::slide::{Pages, Slide};
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::footer_lines::FooterLines;
use crate::slides::widgets::gauge::{self, Gauge};
use crate::slides::widgets::header::Header;
use crate::slides::widgets::live::{Live, NEWS_S};
use crate::slides::widgets::{enter, notice};
use crate::theme::{spring, style};
use model::{Page, Plate, ScorecardModel};

/// How long a page stays (DESIGN 6.6).
const DWELL_S: f64 = 12.0;
/// The footer's words.
const LEGEND: Style = Style::new(40.0, Weight::Semi).tracked(0.03);
const CLOSING: Style = Style::new(48.0, Weight::Bold).tracked(0.01);

pub(super) fn build(ctx: &Ctx, card: &Scorecard) -> Box<dyn Slide> {
    let model = model::model(ctx, card);
    let pages = model.pages.iter().map(PageMotion::still).collect();
    Box::new(ScorecardSlide { model: Live::still(model), pages, reduced: ctx.screen.reduced_motion })
}

struct ScorecardSlide {
    model: Live<ScorecardModel>,
    /// The pages as they move.
    pages: Vec<PageMotion>,
    reduced: bool,
}

/// A page on its way from what it showed to what it says.
struct PageMotion {
    page: Page,
    figure: Odometer,
    hero: Option<Gauge>,
    plates: Vec<Gauge>,
    /// The right end of the bars.
    full: Anim,
    hero_full: Anim,
}

/// An indicator of a page, and its figure on its way.
struct Indicator<'a> {
    plate: &'a Plate,
    gauge: &'a Gauge,
}

/// The right end of the hero's bar.
fn hero_full(page: &Page) -> f64 {
    let shares = page.hero.iter().flat_map(|h| [h.standing.share, h.standing.pace]).flatten();
    gauge::full(shares)
}

impl PageMotion {
    fn indicators(&self) -> impl Iterator<Item = Indicator<'_>> {
        self.page.plates.iter().zip(&self.plates).map(|(plate, gauge)| Indicator { plate, gauge })
    }

    fn still(page: &Page) -> PageMotion {
        PageMotion {
            figure: Odometer::still(page.hero.as_ref().map_or("", |h| &h.figure)),
            hero: page.hero.as_ref().map(|h| Gauge::still(h.standing.clone(), "")),
            plates: page.plates.iter().map(|p| Gauge::still(p.standing.clone(), &p.percent)).collect(),
            full: Anim::still(page.full),
            hero_full: Anim::still(hero_full(page)),
            page: page.clone(),
        }
    }

    fn toward(&self, page: &Page, start: Time, curve: Curve) -> PageMotion {
        let plates = page.plates.iter().map(|p| {
            let was = self.page.plates.iter().position(|w| w.id == p.id).and_then(|i| self.plates.get(i));
            match was {
                Some(gauge) => gauge.toward(p.standing.clone(), &p.percent, start, curve),
                None => Gauge::still(p.standing.clone(), &p.percent),
            }
        });
        let plates = plates.collect();
        let hero = page.hero.as_ref().map(|h| match &self.hero {
            Some(gauge) => gauge.toward(h.standing.clone(), "", start, curve),
            None => Gauge::still(h.standing.clone(), ""),
        });
        let kind = |page: &Page| page.hero.as_ref().map(|h| (h.sign.clone(), h.standing.scale.clone()));
        let figures = if kind(page) == kind(&self.page) { curve } else { Curve::Cut };
        PageMotion {
            figure: self.figure.roll(page.hero.as_ref().map_or("", |h| &h.figure), start, figures),
            full: self.full.aim_eps(page.full, start, curve, 2e-4),
            hero_full: self.hero_full.aim_eps(hero_full(page), start, curve, 2e-4),
            hero,
            plates,
            page: page.clone(),
        }
    }
}

impl Slide for ScorecardSlide {
    fn update(&mut self, ctx: &Ctx, _fonts: &mut Fonts) {
        let Body::Scorecard(card) = &ctx.data.body else { return };
        let model = model::model(ctx, card);
        if model == *self.model {
            return;
        }
        let start = ctx.now.t;
        let curve = spring::curve(spring::ROLL, self.reduced || ctx.quiet);
        let pages = model.pages.iter().map(|page| {
            match self.pages.iter().find(|p| p.page.id == page.id && p.page.company == page.company) {
                Some(was) => was.toward(page, start, curve),
                None => PageMotion::still(page),
            }
        });
        self.pages = pages.collect();
        self.model.take(model, ctx);
    }

    fn header(&self, _t: Time) -> &Header {
        &self.model.header
    }

    fn draw(&self, c: &mut Canvas, look: &Look) {
        if self.pages.is_empty() {
            return empty(c, look);
        }
        let motion = &self.pages[look.page % self.pages.len()];
        if motion.page.company {
            company::draw(c, look, motion);
        } else {
            hero::draw(c, look, motion);
        }
        footer(c, look, &motion.page);
        if !motion.page.company {
            plate::all(c, look, motion);
        }
    }

    fn dwell_s(&self) -> f64 {
        DWELL_S
    }

    fn pages(&self) -> Pages {
        Pages::in_turn(self.pages.len())
    }

    fn page_of(&self, who: Option<&str>, _metric: Option<&str>) -> usize {
        let theirs = |motion: &PageMotion| who.map_or(motion.page.company, |who| motion.page.id == who);
        self.pages.iter().position(theirs).unwrap_or(0)
    }

    fn busy_until(&self) -> Option<Time> {
        self.model.news_until(NEWS_S)
    }
}

/// Fade and rise of what enters in place `i`.
fn entrance(c: &mut Canvas, look: &Look, i: usize) -> (f64, f64) {
    enter::fade_and_rise(c, look, enter::STEP_S * i as f64)
}

/// What the marker means, what has no room, and what closes the largest gap.
fn footer(c: &mut Canvas, look: &Look, page: &Page) {
    let t = look.theme;
    let w = look.locale.words();
    let FooterLines { left: x, right, y: [y, closing_y], stacked } =
        FooterLines::new(c.stage(), 1014.0, [1750.6, 1815.0]);
    // Larger letters stand lower on the same line.
    let closing_y = if stacked { closing_y } else { closing_y + 2.8 };
    c.group(0.0, 0.0, look.stays(y), |c| {
        c.layer("footer");
        let cjk = w.scorecard.legend.chars().any(crate::scene::text::is_cjk);
        let legend = if cjk { LEGEND.sized(42.0) } else { LEGEND };
        let paced = page.plates.iter().map(|p| &p.standing).chain(page.hero.iter().map(|h| &h.standing));
        let mut left = x;
        if paced.clone().any(|s| s.pace.is_some()) {
            c.slab(Slab::lean(x, y - 38.0, 4.2 + 46.0 * SLANT, 46.0), t.marker[0]);
            left = x + 34.0 + c.text(x + 34.0, y, w.scorecard.legend, legend, t.mid, Align::Left) + 36.0;
        }
        let room = if stacked { right - x } else { right - 48.0 - left };
        let mut closing_w = 0.0;
        if !page.closing.is_empty() {
            let style = c.fonts.shrink(&page.closing, CLOSING, 40.0, room);
            let (line, _) = c.fonts.fit_text(&page.closing, style, room);
            closing_w = line.width;
            let (at, align) = if stacked { (x, Align::Left) } else { (right, Align::Right) };
            c.line(at, closing_y, &line, t.hi, align);
        }
        if page.more > 0 {
            let text = format!("+{}", look.locale.whole(page.more as i64));
            let style = style::FOOTER_VERDICT;
            let end = if stacked { right } else { right - closing_w };
            let (at, align) = if stacked { (right, Align::Right) } else { (left, Align::Left) };
            if left + c.fonts.width(&text, style) + 24.0 <= end {
                c.text(at, y + 2.0, &text, style, t.hi, align);
            }
        }
    });
}

/// Nobody is on the card yet: ghosts of what will stand there, and what to expect.
fn empty(c: &mut Canvas, look: &Look) {
    let t = look.theme;
    let portrait = c.stage().portrait();
    c.layer("ghosts");
    let slab = notice::NoticeRect::broad(portrait);
    let ghosts = |c: &mut Canvas| {
        let p = hero::place(portrait);
        c.slab(Slab::rect(p.x, p.y, p.w, p.h), crate::scene::Paint::down(t.hero[0], t.hero[1]));
        c.slab(Slab::rect(p.x, p.y, 10.0, p.h), t.bar);
        for i in 0..5 {
            let at = plate::place(portrait, i, 5);
            plate::ground(c, look, at);
            plate::scale(portrait, at, 1.0, gauge::NORMAL).groove(c, t.track);
        }
    };
    c.group(0.0, 0.0, 0.6, |c| notice::around(c, slab, ghosts));
    notice::draw(c, look, slab, look.locale.words().scorecard.empty);
}
