//! Turns goals into what the slide shows: the rows in order, what stands in each, and who needs how much a day.

use std::cmp::Ordering;

use crate::board::{Cell, GoalRow, Goals, Metric, Scope};
use crate::slides::context::Ctx;
use crate::slides::widgets::attain::{self, Standing, State};
use crate::slides::widgets::header::Header;
use crate::words::NumberStyle;

/// Up to so many rows are all big.
const FEW: usize = 3;
/// Small rows under the big one on a page.
pub const SMALL: usize = 6;

/// Figures of more characters than this are written in a style of their own.
const LONGEST: usize = 7;

/// A goals slide at rest.
#[derive(Debug, Clone, PartialEq)]
pub struct GoalsModel {
    pub header: Header,
    /// Rows in drawn order; the first one is always big.
    pub rows: Vec<Row>,
    /// Whether all rows are big.
    pub few: bool,
    /// Small rows on each page.
    pub per_page: usize,
    pub pages: usize,
    /// "5 SELLING DAYS LEFT"
    pub days_left: String,
    /// "EMEA NEEDS" and "3.8 ¥M A DAY"
    pub need: Option<[String; 2]>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Identity: whose goal in which metric.
    pub id: String,
    /// Whose goal, by id; `None`: the company's.
    pub who: Option<String>,
    pub metric: Option<String>,
    /// "TEAM"
    pub kind: String,
    /// Name as it is drawn, not yet fitted.
    pub name: String,
    /// Whether it is that of a person, whose given name may become an initial.
    pub person: bool,
    /// Name in a small row, where a measure may have to be told too.
    pub short: String,
    /// "/66" in a small row, with its unit where the first row has another one.
    pub of_short: String,
    /// The unit where the first row has another one.
    pub own_unit: String,
    /// Value, target, pace, forecast.
    pub standing: Standing,
    /// "84.5"
    pub percent: String,
    /// "107"
    pub forecast_percent: String,
}

impl GoalsModel {
    /// On which page a person's goal stands: that in a metric, else any of theirs. The big row is on every page.
    pub fn page_of(&self, who: Option<&str>, metric: Option<&str>) -> usize {
        let theirs = |row: &Row| row.who.as_deref() == who;
        let exact = self.rows.iter().position(|row| theirs(row) && row.metric.as_deref() == metric);
        exact.or_else(|| self.rows.iter().position(theirs)).map_or(0, |i| i.saturating_sub(1) / self.per_page)
    }
}

/// The model of a slide.
pub fn model(ctx: &Ctx, goals: &Goals) -> GoalsModel {
    let w = ctx.locale.words();
    let few = goals.rows.len() <= FEW;
    let order = order(ctx, goals, few);
    let rows = rows(ctx, goals, &order, few);
    let small = rows.len().saturating_sub(1);
    let pages = if few { 1 } else { small.div_ceil(SMALL) };
    let period = ctx.data.period.as_ref();
    GoalsModel {
        header: Header {
            measure: if period.and_then(|p| p.days_total).is_some() { attain::day_line(ctx) } else { String::new() },
            // The footer has them.
            days_left: String::new(),
            ..Header::of(ctx)
        },
        need: need(ctx, goals, &order, &rows, few),
        // Pages of equal design: none is left with a single row.
        per_page: small.div_ceil(pages.max(1)).max(1),
        pages: pages.max(1),
        few,
        rows,
        days_left: period.and_then(|p| p.days_left).map(w.days_left).unwrap_or_default(),
    }
}

/// The order: as the source has it where all rows are big; else the company first and the others by attainment.
fn order(ctx: &Ctx, goals: &Goals, few: bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..goals.rows.len()).collect();
    if few {
        return order;
    }
    let share = |i: usize| {
        let row = &goals.rows[i];
        let better = ctx.board.metric(row.metric.as_deref()).better;
        row.cell.value.and_then(|v| attain::attained(v, row.cell.target, better))
    };
    let company = goals.rows.iter().position(|row| row.scope == Scope::Company);
    order.sort_by(|&a, &b| {
        let first = |i| company != Some(i);
        let by_share = match (share(a), share(b)) {
            (Some(a), Some(b)) => b.total_cmp(&a),
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        first(a).cmp(&first(b)).then(by_share).then_with(|| a.cmp(&b))
    });
    order
}

fn rows(ctx: &Ctx, goals: &Goals, order: &[usize], few: bool) -> Vec<Row> {
    let w = ctx.locale.words();
    let mut unit = None;
    let mixed = goals.rows.iter().any(|row| row.metric != goals.rows[0].metric);
    order
        .iter()
        .enumerate()
        .map(|(at, &i)| {
            let row = &goals.rows[i];
            let metric = ctx.board.metric(row.metric.as_deref());
            let style = match few || at == 0 {
                true => attain::style_of(ctx, metric, &row.cell),
                false => column(ctx, goals, &order[1..], row, metric),
            };
            let standing = Standing::new(&row.cell, metric, &style);
            let unit = unit.get_or_insert_with(|| standing.unit.clone());
            let own_unit = if standing.unit == *unit { String::new() } else { standing.unit.clone() };
            let of_short = match (standing.target.as_str(), style.signed(&standing.target)) {
                ("", _) => own_unit.clone(),
                (_, Some(target)) if !own_unit.is_empty() => {
                    format!("/{}", target.trim_start_matches(style.around()[0].as_str()))
                }
                (target, _) => format!("/{}", (w.goals.amount)(target, &own_unit)),
            };
            // A panel of its own says its unit; a row of the list has that of the list.
            let standing = match few || at == 0 {
                true => standing.written_out(ctx, &row.cell, metric, &style),
                false => match style.signed(&standing.value).filter(|_| standing.raw.is_some() && !own_unit.is_empty())
                {
                    Some(value) => Standing { value, ..standing },
                    None => standing,
                },
            };
            let own_unit = if style.signed("").is_some() { String::new() } else { own_unit };
            let kind = match row.scope {
                Scope::Company => w.goals.company,
                Scope::Team => w.team,
                Scope::Person => w.goals.person,
            };
            let measure = ctx.locale.caps(&metric.label);
            let name = name(ctx, row);
            let told = mixed && !measure.is_empty();
            Row {
                id: format!("{:?} {:?} {:?}", row.scope, row.who.as_ref().map(|who| &who.id), row.metric),
                who: row.who.as_ref().map(|who| who.id.clone()),
                metric: row.metric.clone(),
                kind: if told { (w.goals.of_metric)(kind, &measure) } else { kind.to_owned() },
                of_short,
                own_unit,
                short: match (&row.who, told) {
                    // The company stands over the others: what is measured says more than its name once more.
                    (_, true) if row.scope == Scope::Company => measure,
                    (None, true) => measure,
                    (Some(_), true) if goals_of(goals, row) > 1 => (w.goals.of_metric)(&name, &measure),
                    _ => name.clone(),
                },
                name,
                person: row.scope == Scope::Person,
                percent: standing.share.map(|s| attain::percent(ctx.locale, s)).unwrap_or_default(),
                forecast_percent: standing.forecast.map(|s| attain::percent_whole(ctx.locale, s)).unwrap_or_default(),
                standing,
            }
        })
        .collect()
}

fn name(ctx: &Ctx, row: &GoalRow) -> String {
    match &row.who {
        Some(who) => ctx.locale.caps(&who.name),
        None => ctx.locale.words().goals.all_offices.to_owned(),
    }
}

/// How many goals the same one has.
fn goals_of(goals: &Goals, row: &GoalRow) -> usize {
    goals.rows.iter().filter(|other| other.scope == row.scope && other.who == row.who).count()
}

/// One style for all small rows of a metric: they stand in one column.
fn column(ctx: &Ctx, goals: &Goals, small: &[usize], row: &GoalRow, metric: &Metric) -> NumberStyle {
    let rows = small.iter().map(|&i| &goals.rows[i]);
    let cells: Vec<Cell> = rows.filter(|other| other.metric == row.metric).map(|other| other.cell).collect();
    // Figures of the column, and each with what stands in its own row.
    let row_of = |c: &Cell| [c.value, c.target, c.pace, c.forecast].into_iter().flatten().collect();
    let mut groups: Vec<Vec<f64>> = cells.iter().map(row_of).collect();
    groups.push(cells.iter().filter_map(|c| c.value).collect());
    let exact: Vec<f64> = cells.iter().flat_map(|c| [c.value, c.target]).flatten().collect();
    let style = NumberStyle::for_goals(metric, &groups, &exact, ctx.locale);
    // Beside a figure a million times larger nothing can be read any more.
    let own = [row.cell.value, row.cell.target].into_iter().flatten();
    let long = own.map(|v| style.format(v).chars().count()).max().unwrap_or(0) > LONGEST;
    if long { attain::style_of(ctx, metric, &row.cell) } else { style }
}

/// Who needs how much a day: of a few, the one that is furthest behind; of many, the first one. Else the other way round.
fn need(ctx: &Ctx, goals: &Goals, order: &[usize], rows: &[Row], few: bool) -> Option<[String; 2]> {
    let days_left = ctx.data.period.as_ref().and_then(|p| p.days_left);
    let amount = |at: usize| {
        let row = &goals.rows[order[at]];
        let metric = ctx.board.metric(row.metric.as_deref());
        attain::need_a_day(&row.cell, metric, days_left).map(|n| attain::need_text(ctx.locale, metric, n))
    };
    let mut behind: Vec<usize> = (0..rows.len()).filter(|&at| rows[at].standing.state == State::Behind).collect();
    behind.sort_by(|&a, &b| {
        let gap = |at: usize| rows[at].standing.gap().unwrap_or(0.0);
        gap(b).partial_cmp(&gap(a)).unwrap_or(Ordering::Equal)
    });
    let at = match few {
        true => behind.into_iter().chain(0..rows.len()).find(|&at| amount(at).is_some()),
        false => (0..1.min(rows.len())).chain(behind).find(|&at| amount(at).is_some()),
    }?;
    let w = &ctx.locale.words().goals;
    let row = &goals.rows[order[at]];
    let who = if row.who.is_none() { w.company_needs.to_owned() } else { (w.needs)(&rows[at].name) };
    Some([who, (w.a_day)(&amount(at)?)])
}
