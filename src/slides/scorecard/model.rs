//! Turns a scorecard into pages: one for each person, team or company of the slide.

use crate::board::{Board, Cell, Metric, MetricKind, Scope, Scorecard, ScorecardRow, Unit};
use crate::scene::text::is_cjk;
use crate::slides::context::Ctx;
use crate::slides::widgets::attain::{self, Standing, State};
use crate::slides::widgets::gauge;
use crate::slides::widgets::header::Header;
use crate::words::NumberStyle;

/// Indicators beside the hero, and panels of a company.
const PLATES: usize = 5;
const PANELS: usize = 3;

/// A scorecard at rest.
#[derive(Debug, Clone, PartialEq)]
pub struct ScorecardModel {
    pub header: Header,
    /// One page per row, in the source's order.
    pub pages: Vec<Page>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Identity of the row.
    pub id: String,
    /// Three panels instead of a hero and its indicators.
    pub company: bool,
    /// Name as it is drawn.
    pub name: String,
    /// The office of a person, or the members of a team.
    pub under: Vec<String>,
    /// The big figure; none on a company's page.
    pub hero: Option<Hero>,
    /// Indicators in the order of cause and effect.
    pub plates: Vec<Plate>,
    /// Columns that have no room.
    pub more: usize,
    /// The right end of the indicators' bars.
    pub full: f64,
    /// What closes the largest gap.
    pub closing: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Hero {
    /// "92"
    pub figure: String,
    /// Behind it: "%", a unit or nothing.
    pub sign: String,
    /// What stands in front of the target where it is not the figure itself: "SCORE".
    pub caption: String,
    /// Value, target, pace.
    pub standing: Standing,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Plate {
    pub id: String,
    /// "PIPELINE ¥M"
    pub label: String,
    /// Value, target, pace.
    pub standing: Standing,
    /// "84.5"
    pub percent: String,
    /// "107"
    pub forecast_percent: String,
}

/// The model of a slide.
pub fn model(ctx: &Ctx, card: &Scorecard) -> ScorecardModel {
    let s = card;
    ScorecardModel {
        header: Header { measure: attain::day_line(ctx), days_left: String::new(), ..Header::of(ctx) },
        pages: s.rows.iter().map(|row| page(ctx, s, row)).collect(),
    }
}

fn page(ctx: &Ctx, s: &Scorecard, row: &ScorecardRow) -> Page {
    let w = ctx.locale.words();
    let company = row.scope == Scope::Company;
    let lead = s.columns.iter().position(|(id, _)| ctx.board.metric(Some(id)).kind == MetricKind::Lagging);
    let (columns, more) = chosen(s, lead, company);
    let cell = |i: usize| row.cells.get(i).copied().flatten().unwrap_or_default();
    let plates: Vec<Plate> = columns.iter().map(|&i| plate(ctx, &s.columns[i].0, &cell(i))).collect();
    let hero = (!company).then(|| match lead {
        Some(i) => result(ctx, &s.columns[i].0, &cell(i)),
        None => score_hero(ctx, s, row),
    });
    let shares = plates.iter().flat_map(|p| [p.standing.share, p.standing.pace]).flatten();
    let mut closers: Vec<(&str, Cell)> = columns.iter().map(|&i| (s.columns[i].0.as_str(), cell(i))).collect();
    if let (false, Some(i)) = (company, lead) {
        closers.push((&s.columns[i].0, cell(i)));
    }
    Page {
        id: row.who.as_ref().map(|who| who.id.clone()).unwrap_or_default(),
        company,
        name: row.who.as_ref().map_or_else(|| w.goals.company.to_owned(), |who| ctx.locale.caps(&who.name)),
        under: under(ctx, row),
        full: gauge::full(shares),
        closing: closing(ctx, &closers),
        hero,
        plates,
        more,
    }
}

/// Which columns stand beside the hero, in the feed's order, and how many have no room. Where there are too many, those
/// of the largest weight stay. On a company's page the big figure comes first.
fn chosen(s: &Scorecard, lead: Option<usize>, company: bool) -> (Vec<usize>, usize) {
    let room = if company { PANELS } else { PLATES };
    let mut rest: Vec<usize> = (0..s.columns.len()).filter(|i| lead != Some(*i)).collect();
    let kept = if company { room - usize::from(lead.is_some()) } else { room };
    let more = rest.len().saturating_sub(kept);
    let weight = |i: usize| s.columns[i].1.unwrap_or(0.0);
    rest.sort_by(|a, b| weight(*b).total_cmp(&weight(*a)));
    rest.truncate(kept);
    rest.sort_unstable();
    if company {
        rest.splice(0..0, lead);
    }
    (rest, more)
}

fn label(ctx: &Ctx, metric: &Metric, id: &str, unit: &str) -> String {
    let label = ctx.locale.caps(if metric.label.is_empty() { id } else { &metric.label });
    if unit.is_empty() { label } else { (ctx.locale.words().scorecard.labelled)(&label, unit) }
}

fn plate(ctx: &Ctx, id: &str, cell: &Cell) -> Plate {
    let metric = ctx.board.metric(Some(id));
    let mut standing = Standing::new(cell, metric, &attain::style_of(ctx, metric, cell));
    let need = (standing.state == State::Behind && metric.unit == Unit::Count)
        .then(|| attain::need_a_day(cell, metric, days_left(ctx)))
        .flatten()
        .map(|n| (ctx.locale.words().scorecard.need_today)(&attain::need_text(ctx.locale, metric, n)));
    standing.need = need.unwrap_or_default();
    Plate {
        id: id.to_owned(),
        label: label(ctx, metric, id, &standing.unit),
        percent: standing.share.map(|s| attain::percent(ctx.locale, s)).unwrap_or_default(),
        forecast_percent: standing.forecast.map(|s| attain::percent_whole(ctx.locale, s)).unwrap_or_default(),
        standing,
    }
}

fn days_left(ctx: &Ctx) -> Option<u32> {
    ctx.data.period.as_ref().and_then(|p| p.days_left)
}

/// The result as the big figure: its attainment, else the figure itself.
fn result(ctx: &Ctx, id: &str, cell: &Cell) -> Hero {
    let metric = ctx.board.metric(Some(id));
    let standing = Standing::new(cell, metric, &attain::style_of(ctx, metric, cell));
    match standing.share {
        Some(share) => Hero {
            figure: attain::percent_whole(ctx.locale, share),
            sign: "%".to_owned(),
            caption: String::new(),
            standing: standing.written_out(ctx, cell, metric, &attain::style_of(ctx, metric, cell)),
        },
        None => Hero {
            figure: standing.value.clone(),
            sign: if cell.value.is_some() { standing.unit.clone() } else { String::new() },
            caption: label(ctx, metric, id, ""),
            standing,
        },
    }
}

/// The score as the big figure.
fn score_hero(ctx: &Ctx, s: &Scorecard, row: &ScorecardRow) -> Hero {
    let metric = Metric { unit: Unit::Number, decimals: 1, ..Metric::default() };
    let cell = Cell {
        value: row.score.or_else(|| score(ctx.board, s, row, |c| c.value)),
        target: score_of_targets(s),
        pace: score(ctx.board, s, row, |c| c.pace),
        forecast: None,
    };
    let all: Vec<f64> = [cell.value, cell.target, cell.pace].into_iter().flatten().collect();
    let standing = Standing::new(&cell, &metric, &NumberStyle::for_values(&metric, &all, ctx.locale));
    let caption = ctx.locale.words().scorecard.score.to_owned();
    Hero { figure: standing.value.clone(), sign: String::new(), caption, standing }
}

/// Σ weight × attainment over the columns that have a weight (FEED §3), of the values or of another part of the cells.
/// A missing part gives no score.
fn score(board: &Board, s: &Scorecard, row: &ScorecardRow, part: impl Fn(&Cell) -> Option<f64>) -> Option<f64> {
    score_of_targets(s)?;
    s.columns
        .iter()
        .enumerate()
        .filter_map(|(i, (id, weight))| {
            let weight = (*weight)?;
            let cell = row.cells.get(i).copied().flatten();
            let better = board.metric(Some(id)).better;
            let share = cell.and_then(|c| part(&c).and_then(|v| attain::attained(v, c.target, better)));
            Some(share.map(|share| share * weight))
        })
        .sum()
}

/// The score of one who reaches every target.
fn score_of_targets(s: &Scorecard) -> Option<f64> {
    let sum: f64 = s.columns.iter().filter_map(|(_, weight)| *weight).sum();
    (sum > 0.0).then_some(sum)
}

/// What closes the largest gap, else that nothing is behind.
fn closing(ctx: &Ctx, closers: &[(&str, Cell)]) -> String {
    let w = &ctx.locale.words().scorecard;
    let standings: Vec<(&str, &Cell, Standing)> = closers
        .iter()
        .map(|(id, cell)| {
            let metric = ctx.board.metric(Some(id));
            (*id, cell, Standing::new(cell, metric, &attain::style_of(ctx, metric, cell)))
        })
        .collect();
    let mut behind: Vec<_> = standings.iter().filter_map(|(id, cell, s)| Some((*id, *cell, s.gap()?))).collect();
    behind.sort_by(|a, b| b.2.total_cmp(&a.2));
    for (id, cell, _) in &behind {
        let metric = ctx.board.metric(Some(id));
        let Some(need) = attain::need_a_day(cell, metric, days_left(ctx)) else { continue };
        let text = attain::need_beside(ctx.locale, metric, cell, need);
        let label = label(ctx, metric, id, "");
        return if metric.unit == Unit::Count && need > 1.0 {
            (w.things_close)(&text, &label)
        } else {
            (w.amount_closes)(&text, &label)
        };
    }
    let known: Vec<State> = standings.iter().map(|(.., s)| s.state).filter(|s| *s != State::Unknown).collect();
    match (behind.is_empty(), known.is_empty()) {
        (true, false) if known.iter().all(|s| *s == State::Met) => w.all_met.to_owned(),
        (true, false) => w.all_on_pace.to_owned(),
        _ => String::new(),
    }
}

/// The office of a person; of a team, what its members are called.
fn under(ctx: &Ctx, row: &ScorecardRow) -> Vec<String> {
    let Some(who) = &row.who else { return Vec::new() };
    match row.scope {
        Scope::Company => Vec::new(),
        Scope::Person => Some(ctx.office(&who.id)).filter(|o| !o.is_empty()).into_iter().collect(),
        Scope::Team => {
            let team = |p: &&crate::board::Person| p.team.as_deref() == Some(who.id.as_str());
            let members = ctx.board.people.values().filter(team);
            members.map(|p| ctx.locale.caps(p.short.as_deref().unwrap_or_else(|| called(&p.name)))).collect()
        }
    }
}

/// The first word of a name: the given name, in kanji the family name.
fn called(name: &str) -> &str {
    let spaced = name.split(|c: char| c.is_whitespace()).find(|part| !part.is_empty()).unwrap_or(name);
    // A name in kanji without a space is not taken apart.
    if name.chars().all(is_cjk) { name } else { spaced }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Better;

    fn cell(value: f64, target: f64) -> Option<Cell> {
        Some(Cell { value: Some(value), target: Some(target), ..Cell::default() })
    }

    fn card(weights: &[Option<f64>]) -> Scorecard {
        let columns = weights.iter().enumerate().map(|(i, w)| (format!("m{i}"), *w)).collect();
        Scorecard { columns, ..Scorecard::default() }
    }

    fn board() -> Board {
        Board {
            id: String::new(),
            epoch: None,
            rev: None,
            as_of: None,
            caveats: Default::default(),
            fresh_for_s: 60,
            tz: None,
            locale: None,
            metrics: [("m2".to_owned(), Metric { better: Better::Down, ..Metric::default() })].into(),
            teams: Default::default(),
            people: Default::default(),
            slides: Vec::new(),
            events: Vec::new(),
            derive: true,
        }
    }

    #[test]
    fn a_score_is_uncapped_and_a_missing_cell_gives_none() {
        let s = card(&[Some(60.0), Some(30.0), Some(10.0), None]);
        let row = |cells| ScorecardRow { cells, ..ScorecardRow::default() };
        let full = row(vec![cell(50.0, 100.0), cell(3.0, 2.0), cell(20.0, 10.0), None]);
        // 60 × .5 + 30 × 1.5 + 10 × .5, the last one because less is better there.
        assert_eq!(score(&board(), &s, &full, |c| c.value), Some(80.0));
        let gap = row(vec![cell(50.0, 100.0), None, cell(20.0, 10.0), None]);
        assert_eq!(score(&board(), &s, &gap, |c| c.value), None);
        assert_eq!(score(&board(), &card(&[None]), &full, |c| c.value), None);
    }

    #[test]
    fn the_columns_of_the_largest_weight_stay_in_the_order_of_cause() {
        let weights = [1.0, 9.0, 2.0, 8.0, 3.0, 7.0, 4.0].map(Some);
        let s = card(&weights);
        assert_eq!(chosen(&s, None, false), (vec![1, 3, 4, 5, 6], 2));
        assert_eq!(chosen(&s, Some(3), false), (vec![1, 2, 4, 5, 6], 1));
        assert_eq!(chosen(&s, Some(3), true), (vec![3, 1, 5], 4));
        assert_eq!(chosen(&card(&[None; 7]), Some(0), false), (vec![1, 2, 3, 4, 5], 1));
    }

    #[test]
    fn members_are_called_by_the_first_word() {
        assert_eq!((called("Inés Valverde"), called("森田 結"), called("森田結")), ("Inés", "森田", "森田結"));
    }
}
