//! Shows goals (DESIGN 6.14): how far company, teams and people have come, all on one scale.

mod big;
#[cfg(test)]
mod figures;
mod model;
mod plan;
mod small;

use crate::board::{Body, Goals};
use crate::motion::{Anim, Time, Track};
use crate::scene::{Align, Canvas, Fonts, Style, Weight, vec2};
use crate::slides::context::{Ctx, Look};
use crate::slides::slide::{Pages, Slide};
use crate::slides::widgets::footer_lines::FooterLines;
use crate::slides::widgets::gauge::{self, Gauge, TextSize};
use crate::slides::widgets::header::Header;
use crate::slides::widgets::live::{Live, NEWS_S};
use crate::slides::widgets::{enter, notice};
use crate::theme::{spring, style};
use model::{GoalsModel, Row};
use plan::Plan;

/// The right end of every bar (DESIGN 6.14).
const FULL: f64 = 1.2;
/// Figures roll first, then rows change their places.
const MOVE_S: f64 = 0.75;
/// The footer's figure and who it is about.
const NEED: Style = Style::new(52.0, Weight::Bold);
const WHO: Style = Style::new(48.0, Weight::Semi).tracked(0.02);

pub(super) fn build(ctx: &Ctx, goals: &Goals) -> Box<dyn Slide> {
    let model = model::model(ctx, goals);
    let rows = rest(&model);
    let portrait = ctx.screen.stage.portrait();
    let pitch = Anim::still(small::rows(portrait).pitch(model.per_page));
    Box::new(GoalsSlide { model: Live::still(model), rows, pitch, portrait, reduced: ctx.screen.reduced_motion })
}

struct GoalsSlide {
    model: Live<GoalsModel>,
    /// The rows as they move.
    rows: Vec<RowMotion>,
    /// From small row to small row.
    pitch: Anim,
    portrait: bool,
    reduced: bool,
}

/// A row on its way from what it showed to what it says.
struct RowMotion {
    row: Row,
    gauge: Gauge,
    /// Place among all rows, fractional while it moves.
    slot: Track,
}

fn rest(model: &GoalsModel) -> Vec<RowMotion> {
    let still = |(i, row): (usize, &Row)| RowMotion {
        gauge: Gauge::still(row.standing.clone(), &row.percent),
        slot: Track::still(i as f64),
        row: row.clone(),
    };
    model.rows.iter().enumerate().map(still).collect()
}

impl GoalsSlide {
    /// The rows of a newer model, each from where it is.
    fn toward(&self, model: &GoalsModel, start: Time, quiet: bool) -> Vec<RowMotion> {
        let roll = spring::curve(spring::ROLL, self.reduced || quiet);
        let moves = spring::curve(spring::MOVE, self.reduced || quiet);
        let at = if self.reduced || quiet { start } else { start.after(MOVE_S) };
        let lead = |model: &GoalsModel| model.rows.first().map(|r| r.id.clone());
        // Big rows are panels of their own, and so is the first one: only small rows change their places.
        let slides = !model.few && !self.model.few && lead(model) == lead(&self.model);
        let moving = |(i, row): (usize, &Row)| match self.rows.iter().find(|r| r.row.id == row.id) {
            Some(was) => RowMotion {
                gauge: was.gauge.toward(row.standing.clone(), &row.percent, start, roll),
                slot: if slides { was.slot.then(i as f64, at, moves, 2e-4) } else { Track::still(i as f64) },
                row: row.clone(),
            },
            None => RowMotion {
                gauge: Gauge::still(row.standing.clone(), &row.percent),
                slot: Track::still(i as f64),
                row: row.clone(),
            },
        };
        model.rows.iter().enumerate().map(moving).collect()
    }
}

impl Slide for GoalsSlide {
    fn update(&mut self, ctx: &Ctx, _fonts: &mut Fonts) {
        let Body::Goals(goals) = &ctx.data.body else { return };
        let model = model::model(ctx, goals);
        if model == *self.model {
            return;
        }
        self.rows = self.toward(&model, ctx.now.t, ctx.quiet);
        let moves = spring::curve(spring::MOVE, self.reduced || ctx.quiet);
        self.pitch = self.pitch.aim_eps(small::rows(self.portrait).pitch(model.per_page), ctx.now.t, moves, 0.02);
        self.model.take(model, ctx);
    }

    fn header(&self, _t: Time) -> &Header {
        &self.model.header
    }

    fn draw(&self, c: &mut Canvas, look: &Look) {
        if self.rows.is_empty() {
            empty(c, look);
        } else {
            self.draw_rows(c, look);
        }
        footer(c, look, &self.model);
    }

    fn dwell_s(&self) -> f64 {
        // DESIGN 5, Dwell.
        let rows = if self.model.few { self.model.rows.len() } else { 1 + self.model.per_page };
        (3.0 + 0.9 * rows as f64 + 0.35 * 6.0).clamp(8.0, 30.0)
    }

    fn pages(&self) -> Pages {
        Pages::all(self.model.pages)
    }

    fn page_of(&self, who: Option<&str>, metric: Option<&str>) -> usize {
        self.model.page_of(who, metric)
    }

    fn busy_until(&self) -> Option<Time> {
        self.model.news_until(NEWS_S)
    }
}

impl GoalsSlide {
    fn draw_rows(&self, c: &mut Canvas, look: &Look) {
        let portrait = c.stage().portrait();
        let (bigs, panels) = if self.model.few { (self.rows.len(), self.rows.len()) } else { (1, plan::FULL_STAGE) };
        c.layer("goals");
        let mut pace_named = false;
        for (i, row) in self.rows.iter().take(bigs).enumerate() {
            let plan = Plan::of(portrait, panels, i);
            entering(c, look, i, plan.panel.bottom(), |c| {
                pace_named = big::paint(c, look, row, &plan, i == 0, pace_named);
            });
        }
        if self.model.few {
            return;
        }
        let page = look.page % self.model.pages;
        let first = 1.0 + (page * self.model.per_page) as f64;
        let last = first + self.model.per_page as f64;
        let pitch = c.sample(&self.pitch);
        let rows = small::rows(portrait);
        let plate = rows.plate(pitch);
        let now = c.now().t;
        let (mut moving, still): (Vec<&RowMotion>, Vec<&RowMotion>) =
            self.rows.iter().skip(1).partition(|r| now < r.slot.end() && r.slot.value_at(now) != r.slot.target());
        // Those that rise in front of those that fall.
        moving.sort_by(|a, b| {
            let way = |r: &RowMotion| r.slot.target() - r.slot.value_at(now);
            way(b).total_cmp(&way(a))
        });
        let like = small::like(c.fonts, portrait, self.rows.iter().skip(1));
        let [top, bottom] = rows.body;
        c.clipped(0.0, top, 1e5, bottom, |c| {
            c.layer("rows");
            let paint = |c: &mut Canvas, row: &RowMotion| {
                let slot = c.sample_track(&row.slot);
                if slot > first - 1.0 && slot < last {
                    let i = row.slot.target() - first;
                    let y = rows.y(slot - first, pitch);
                    entering(c, look, 1 + i.max(0.0) as usize, y as f32 + plate, |c| {
                        c.group(0.0, y, 1.0, |c| small::paint(c, look, row, plate, like));
                    });
                }
            };
            for row in still {
                paint(c, row);
            }
            for row in moving {
                c.layer("moving row");
                paint(c, row);
            }
        });
    }
}

/// Paints what enters in place `i` with its rise, and makes room for a lower third where it ends at `bottom`.
fn entering(c: &mut Canvas, look: &Look, i: usize, bottom: f32, paint: impl FnOnce(&mut Canvas)) {
    let (fade, rise) = enter::fade_and_rise(c, look, enter::STEP_S * i as f64);
    c.group(0.0, rise, fade * look.stays(bottom), paint);
}

fn footer(c: &mut Canvas, look: &Look, model: &GoalsModel) {
    let t = look.theme;
    let FooterLines { left, right, y: [_, y], stacked } = FooterLines::new(c.stage(), 1017.8, [1753.1, 1815.0]);
    c.group(0.0, 0.0, look.stays(y), |c| {
        c.layer("footer");
        let days_y = if stacked { 1753.1 } else { 1017.1 };
        let days = c.text(left, days_y, &model.days_left, style::FOOTER, t.mid, Align::Left);
        let Some([who, need]) = &model.need else { return };
        let room = if stacked { right - left } else { right - left - days - 60.0 };
        let w = gauge::text(c, need, vec2(right, y + 0.4), TextSize::new(NEED, 44.0, room * 0.6), t.hi, Align::Right);
        let (line, _) = c.fonts.fit_name(who, WHO, room - w - 18.0);
        c.line(right - w - 18.0, y, &line, t.mid, Align::Right);
    });
}

/// There is no goal yet: ghosts of the rows, and what to expect.
fn empty(c: &mut Canvas, look: &Look) {
    let t = look.theme;
    let portrait = c.stage().portrait();
    c.layer("ghosts");
    let slab = notice::NoticeRect::broad(portrait);
    c.group(0.0, 0.0, 0.6, |c| {
        notice::around(c, slab, |c| {
            for i in 0..3 {
                let plan = Plan::of(portrait, plan::FULL_STAGE, i);
                big::card(c, look, &plan.panel);
                plan.bar.groove(c, t.track);
            }
        });
    });
    notice::draw(c, look, slab, look.locale.words().goals.empty);
}
