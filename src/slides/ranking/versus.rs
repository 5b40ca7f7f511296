//! Shows a ranking of two teams: the duel of contests, over the sum line of rankings (DESIGN 6.2 and 6.3).

use super::model::{self as ranked, RankingModel};
use super::tower::same;
use crate::board::fresh::Band;
use crate::board::{Better, By, Of, Unit, rank};
use crate::board::{Body, Ranking};
use crate::motion::{Anim, Time};
use crate::scene::{Align, Canvas, Fonts, Style, Weight};
use crate::slides::context::{Ctx, Look};
use crate::slides::slide::Slide;
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::duel::{self, Area, Duel, Side};
use crate::slides::widgets::header::Header;
use crate::slides::widgets::{figure_style, footer};
use crate::theme::spring;
use crate::words::NumberStyle;

/// The figures roll before the sides swap.
const SWEEP_AT_S: f64 = 0.9;
/// So long a change is news.
const DUEL_NEWS_S: f64 = 2.5;
/// The line under the duel: what the second one misses.
const STRONG: Style = Style::new(64.0, Weight::Bold);
const PLAIN: Style = Style::new(64.0, Weight::Semi);

/// Whether a slide's rows are two teams with figures.
pub fn fit(ctx: &Ctx, r: &Ranking) -> bool {
    let places = rank::places(ctx.board, ctx.data);
    r.of == Of::Teams
        && places.len() == 2
        && rank::shown_top(&places, r.top, usize::MAX) == 2
        && places.iter().all(|p| p.value.is_some())
}

/// What the slide says.
#[derive(Debug, Clone, PartialEq)]
struct Content {
    model: RankingModel,
    duel: Duel,
    action: [String; 2],
}

fn content(ctx: &Ctx, r: &Ranking) -> Content {
    let w = ctx.locale.words();
    let model = ranked::model(ctx, r);
    let places = rank::places(ctx.board, ctx.data);
    let metric = figure_style::metric(ctx.board, r);
    let values: Vec<f64> = places.iter().filter_map(|p| p.value).collect();
    let style = NumberStyle::for_values(&metric, &values, ctx.locale);
    let tied = places.iter().all(|p| p.tied);
    let side = |i: usize| {
        let (row, place) = (&model.rows[i], &places[i]);
        let members = r.rows[place.row].members;
        Side {
            id: row.id.clone(),
            kicker: if tied {
                w.contest.tied
            } else if i == 0 {
                w.contest.leads
            } else {
                w.contest.chases
            }
            .to_owned(),
            name: row.name.clone(),
            score: Odometer::still(&row.value_text),
            // The header names money; a bare share needs its sign.
            unit: if r.by == By::Attainment { style.unit_short().to_owned() } else { String::new() },
            corner: members.map(w.contest.members).unwrap_or_default(),
            numeral: (i + 1).to_string(),
            accent: i == 0,
            team: ctx.team_color(&row.id),
            crest: ctx.crest(&row.id),
            ..Side::default()
        }
    };
    let [a, b] = [values.first().copied().unwrap_or(0.0), values.get(1).copied().unwrap_or(0.0)];
    let less = metric.better == Better::Down;
    let action = match (tied, matches!(metric.unit, Unit::Count) && metric.decimals == 0 && !less) {
        (true, true) => (w.contest.next_leads)(&ctx.locale.caps(&metric.label)),
        (true, false) => w.contest.level.map(str::to_owned),
        (false, true) => {
            let n = (a - b + 1.0).round();
            let count = (w.contest.count)(&style.format(n), n == 1.0, &ctx.locale.caps(&metric.label));
            (w.contest.to_lead)(&count)
        }
        (false, false) => {
            let figure = style.difference(a, b).figure.to_string();
            (w.contest.behind)(&style.signed(&figure).unwrap_or(figure))
        }
    };
    let sides = [Some(side(0)), Some(side(1))];
    Content { duel: Duel { sides, open: String::new(), share: Anim::still(duel::share(a, b, less)) }, model, action }
}

pub struct Versus {
    /// As it was read.
    content: Content,
    /// The same with figures that roll.
    shown: Content,
    /// The sides before they swap, and when they do.
    before: Option<(Content, Time)>,
    /// The strong part of the line under the bar, on its way.
    strong: Odometer,
    changed: Option<Time>,
    reduced: bool,
}

impl Versus {
    /// A board at rest.
    pub fn new(ctx: &Ctx, r: &Ranking) -> Versus {
        let content = content(ctx, r);
        let strong = Odometer::still(&content.action[0]);
        Versus {
            shown: content.clone(),
            content,
            before: None,
            strong,
            changed: None,
            reduced: ctx.screen.reduced_motion,
        }
    }
}

impl Slide for Versus {
    fn update(&mut self, ctx: &Ctx, _fonts: &mut Fonts) {
        let Body::Ranking(r) = &ctx.data.body else { return };
        let new = content(ctx, r);
        if same(&new.model, &self.content.model) && new.duel == self.content.duel && new.action == self.content.action {
            return;
        }
        if ctx.quiet {
            *self = Versus::new(ctx, r);
            return;
        }
        let start = ctx.now.t;
        let mut shown = new.clone();
        let same_unit = new.model.header.measure == self.content.model.header.measure;
        let roll = spring::curve(spring::ROLL, self.reduced || !same_unit);
        shown.duel.roll_from(&self.shown.duel, start, same_unit, self.reduced);
        if let (Some(new), Some(was)) = (&mut shown.model.footer, &self.shown.model.footer) {
            new.roll_from(was, start, spring::curve(spring::ROLL, self.reduced));
        }
        let swept = !self.shown.duel.same_sides(&shown.duel) && !self.reduced;
        self.before = swept.then(|| {
            let old = self.shown.duel.before_sweep(&shown.duel, start, self.reduced);
            (Content { duel: old, ..self.shown.clone() }, start.after(SWEEP_AT_S))
        });
        // New sides have words of their own, which come with them.
        let strong = &new.action[0];
        self.strong = if swept { Odometer::still(strong) } else { self.strong.roll(strong, start, roll) };
        (self.content, self.shown, self.changed) = (new, shown, Some(start));
    }

    fn header(&self, _t: Time) -> &Header {
        &self.content.model.header
    }

    fn draw(&self, c: &mut Canvas, look: &Look) {
        let area = Area::alone(c.stage().portrait());
        let mut now = self.shown.duel.clone();
        let mut before = self.before.as_ref().map(|(old, at)| (old.duel.clone(), *at));
        if look.band >= Band::Grey {
            // Too old to say who leads (DESIGN 6.9).
            let at = look.as_of.map(|at| (look.clock)(at)).unwrap_or_default();
            for duel in [Some(&mut now), before.as_mut().map(|(old, _)| old)].into_iter().flatten() {
                let [first, second] = &mut duel.sides;
                first.iter_mut().for_each(|s| s.kicker = (look.locale.words().at)(&at));
                second.iter_mut().for_each(|s| s.kicker = String::new());
            }
        }
        let swept = self.before.as_ref().is_none_or(|(_, at)| c.reached(*at));
        duel::draw(c, look, &now, before.as_ref().map(|(old, at)| (old, *at)), &area);
        if look.band < Band::Grey {
            match self.before.as_ref().filter(|_| !swept) {
                Some((old, _)) => action(c, look, &Odometer::still(&old.action[0]), &old.action[1], &area),
                None => action(c, look, &self.strong, &self.content.action[1], &area),
            }
        }
        if let Some(f) = &self.shown.model.footer {
            c.group(0.0, 0.0, look.stays(footer::bottom(c.stage().portrait())), |c| {
                footer::draw(c, look, f, &self.shown.model.header.days_left);
            });
        }
    }

    fn dwell_s(&self) -> f64 {
        12.0
    }

    fn busy_until(&self) -> Option<Time> {
        self.changed.map(|at| at.after(DUEL_NEWS_S))
    }
}

/// "4.2 BEHIND THE LEAD" under the bar.
fn action(c: &mut Canvas, look: &Look, strong: &Odometer, plain: &str, area: &Area) {
    let y = area.bar_y + 102.0;
    c.layer("action");
    c.group(0.0, 0.0, look.stays(y), |c| {
        let w = strong.paint(c, area.x, y, STRONG, look.theme.accent_text, Align::Left);
        let room = area.w - w - 24.0;
        let (plain, _) = c.fonts.fit_text(plain, PLAIN, room);
        c.line(area.x + w + 20.0, y, &plain, look.theme.hi, Align::Left);
    });
}
