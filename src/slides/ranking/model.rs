//! Turns a ranking into what the slide shows, row by row: places, figures and words, before anything moves.

use std::cmp::Ordering;

use super::layout::{Layout, NameForm, columns, layout, solve};
use crate::board::rank::{self, Place};
use crate::board::{Better, Metric, Of, Ranking, Unit};
use crate::motion::Anim;
use crate::scene::text::{is_cjk, with_initial};
use crate::slides::context::{Ctx, Screen};
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::figure_style;
use crate::slides::widgets::footer::{Footer, Verdict, Way};
use crate::slides::widgets::header::Header;
use crate::slides::widgets::hero::Hero;
use crate::slides::widgets::marks::Chip;
use crate::slides::widgets::story::StoryLine;
use crate::words::NumberStyle;

/// One row as it stands at rest.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub id: String,
    /// Slot from the top, 0 first.
    pub slot: usize,
    /// Place; none where it is not ranked.
    pub rank: Option<u32>,
    /// "=2"
    pub rank_text: String,
    /// Whether it stands on the accent: the first place, unless too many share it.
    pub accent: bool,
    /// Name as it is drawn, not yet fitted.
    pub name: String,
    /// The whole name where it is the longest, for which all are drawn with initials.
    pub whole_name: Option<String>,
    /// Raw figure of the order.
    pub value: Option<f64>,
    /// "18.42"
    pub value_text: String,
    /// "¥" and "M": around the first row's figure they tell the column's unit.
    pub around: [String; 2],
    /// "+0.46", "GAP"
    pub gap: String,
    /// Share of the leader's figure, 0 to 1.
    pub share: f64,
    /// What the source says about its movement.
    pub moved: Option<i64>,
    /// The team that they are in, where teams have colours.
    pub team: Option<TeamMark>,
}

/// A team's colour, and its code for those who do not see it.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamMark {
    pub color: [u8; 3],
    /// "LIS", "東"
    pub code: String,
}

/// A ranking at rest.
#[derive(Debug, Clone, PartialEq)]
pub struct RankingModel {
    pub header: Header,
    /// Where the rows lie.
    pub layout: Layout,
    /// Rows on the wall, in order, of all pages.
    pub rows: Vec<Row>,
    /// How many of them a page holds.
    pub per_page: usize,
    /// Identities of all rows, on the wall or not.
    pub known: std::sync::Arc<std::collections::HashSet<String>>,
    /// Rows that are not on the wall.
    pub hidden: usize,
    /// The leader; none while nobody has a figure.
    pub hero: Option<Hero>,
    /// When the leader took the lead.
    pub leader_since: Option<jiff::Timestamp>,
    pub footer: Option<Footer>,
    /// First day of a period that has not begun.
    pub starts: Option<String>,
    /// What is counted, one of it; empty where that is money or has no name.
    pub first: String,
}

/// How many rows a screen can hold, and in which font size.
pub fn capacity(r: &Ranking, screen: &Screen) -> (f32, usize) {
    let any_cjk = r.rows.iter().any(|row| row.who.name.chars().any(is_cjk));
    solve(screen, any_cjk)
}

/// So many leaders are named, and stand on the accent; more are counted.
const MAX_NAMED: usize = 3;

/// How many of `n` rows go on a page of at most `room`. Pages are of equal design: the last one begins so early that it
/// is full, too.
fn per_page(n: usize, room: usize) -> usize {
    n.min(room.max(1))
}

/// The model of a slide.
pub fn model(ctx: &Ctx, r: &Ranking) -> RankingModel {
    let places = rank::places(ctx.board, ctx.data);
    let (font, room) = capacity(r, ctx.screen);
    let n = rank::shown_top(&places, r.top, usize::MAX);
    let hidden = places.len() - n + r.rows_left_out as usize;
    // Rows come first: the line that counts the others takes what they leave. What the board itself left out is always
    // said, if need be in the place of a row.
    let per_page = per_page(n, if r.rows_left_out > 0 { room - 1 } else { room });
    let counts = hidden > 0 && per_page < room;
    let metric = figure_style::metric(ctx.board, r);
    let style = figure_style::style(ctx.board, r, &places[..n], ctx.locale);
    let mut rows = rows(ctx, r, &places[..n], &metric, &style);
    let people = r.of != Of::Teams;
    let codes = people && rows.iter().any(|row| row.team.is_some());
    let [base, alone] =
        [false, true].map(|alone| Layout { people, ..layout(ctx.screen, font, room, per_page, counts, alone) });
    // The sign in front of the first figure takes room too.
    let values: Vec<String> = rows.iter().map(|r| format!("{}{}", r.around[0], r.value_text)).collect();
    let figures = values.iter().map(String::as_str).zip(rows.iter().map(|r| r.gap.as_str()));
    let (layout, form, panel_gone) = columns(base, alone, rows.iter().map(|r| r.name.as_str()), figures, people, codes);
    if form == NameForm::Initials {
        if let Some(longest) = rows.iter_mut().max_by_key(|row| row.name.chars().count()) {
            longest.whole_name = Some(longest.name.clone());
        }
        rows.iter_mut().for_each(|row| row.name = with_initial(&row.name));
    }
    let leader = places.first().filter(|p| p.value.is_some() && r.rank != crate::board::RankStyle::None);
    let hero =
        leader.filter(|_| !panel_gone || ctx.screen.stage.portrait()).map(|place| hero(ctx, r, place, &style, &places));
    RankingModel {
        header: header(ctx, &metric, &style),
        layout,
        per_page,
        known: std::sync::Arc::new(r.rows.iter().map(|row| row.who.id.clone()).collect()),
        hidden,
        leader_since: leader.and_then(|p| r.rows[p.row].leader_since),
        hero,
        footer: footer(ctx, r),
        starts: starts(ctx),
        first: first(ctx, &metric),
        rows,
    }
}

fn rows(ctx: &Ctx, r: &Ranking, places: &[Place], metric: &Metric, style: &NumberStyle) -> Vec<Row> {
    let first = places.first().and_then(|p| p.value);
    let numbered = r.rank != crate::board::RankStyle::None;
    let leaders = places.iter().filter(|p| p.rank == Some(1)).count();
    places
        .iter()
        .enumerate()
        .map(|(slot, place)| {
            let row = &r.rows[place.row];
            // Those who share a place share the way to the next.
            let above = places[..slot].iter().rev().find(|p| p.rank != place.rank || place.rank.is_none());
            let gap = match (slot, place.value, above.and_then(|p| p.value)) {
                (0, ..) => ctx.locale.words().gap.to_owned(),
                (_, Some(own), Some(next)) if numbered => style.gap(next, own),
                (_, Some(_), None) if numbered => String::from("="),
                _ => String::new(),
            };
            Row {
                id: row.who.id.clone(),
                slot,
                rank: place.rank,
                rank_text: place.text(),
                accent: place.rank == Some(1) && leaders <= MAX_NAMED,
                name: ctx.locale.caps(&row.who.name),
                whole_name: None,
                value: place.value,
                value_text: place.value.map_or_else(|| "–".to_owned(), |v| style.format(v)),
                team: team_mark(ctx, r, &row.who.id),
                around: if slot == 0 && place.value.is_some() { style.around() } else { Default::default() },
                gap,
                share: share(first, place.value, metric.better),
                moved: match (row.was_rank, place.rank) {
                    (Some(was), Some(now)) => Some(i64::from(was) - i64::from(now)),
                    _ => None,
                },
            }
        })
        .collect()
}

/// The mark of a person's team where there are several, or of the team itself.
fn team_mark(ctx: &Ctx, r: &Ranking, id: &str) -> Option<TeamMark> {
    let teams = &ctx.board.teams;
    let of = match r.of {
        Of::Teams => id,
        Of::People if teams.len() > 1 => ctx.board.people.get(id)?.team.as_deref()?,
        Of::People => return None,
    };
    let team = teams.get(of)?;
    let name = ctx.locale.caps(team.short.as_deref().unwrap_or(&team.name));
    // Two full-width characters would be cut in the width of three letters.
    let letters = if name.starts_with(is_cjk) { 1 } else { 3 };
    let code = name.chars().filter(|c| c.is_alphanumeric()).take(letters).collect();
    Some(TeamMark { color: team.color?, code })
}

/// A row's share of the leader's figure; where less is better, the leader's share of the row's.
fn share(first: Option<f64>, own: Option<f64>, better: Better) -> f64 {
    let (Some(first), Some(own)) = (first, own) else { return 0.0 };
    let (part, whole) = if better == Better::Down { (first, own) } else { (own, first) };
    if whole > 0.0 { (part / whole).clamp(0.0, 1.0) } else { 0.0 }
}

fn header(ctx: &Ctx, metric: &Metric, style: &NumberStyle) -> Header {
    let w = ctx.locale.words();
    Header { measure: (w.caption)(&ctx.locale.caps(&metric.label), style.unit_long()), ..Header::of(ctx) }
}

fn hero(ctx: &Ctx, r: &Ranking, place: &Place, style: &NumberStyle, places: &[Place]) -> Hero {
    let w = ctx.locale.words();
    let row = &r.rows[place.row];
    let leaders: Vec<&Place> = places.iter().filter(|p| p.rank == Some(1)).collect();
    let joint = leaders.len() > 1;
    let named = |p: &&Place| ctx.locale.caps(&r.rows[p.row].who.name);
    let name = match leaders.len() {
        0 | 1 => name_lines(&ctx.locale.caps(&row.who.name)),
        2..=MAX_NAMED => leaders.iter().map(named).collect(),
        n => (w.share_lead)(n as i64).to_vec(),
    };
    let value = place.value.unwrap_or(0.0);
    let largest = row.history.iter().copied().chain([value]).fold(0.0, f64::max);
    let history = if largest > 0.0 { row.history.iter().map(|h| h / largest).collect() } else { Vec::new() };
    Hero {
        id: row.who.id.clone(),
        kicker: if joint { w.joint_leaders } else { w.leader }.to_owned(),
        since: String::new(),
        name,
        office: if joint { String::new() } else { ctx.office(&row.who.id) },
        shared: joint,
        value: Odometer::still(&style.format(value)),
        sign: style.around()[0].clone(),
        unit: style.around()[1].clone(),
        history,
        photo: ctx.photo(&row.who.id).filter(|_| !joint).map(|p| p.key().to_owned()),
        numeral: "1".to_owned(),
    }
}

/// A name breaks at its first space, or not at all.
fn name_lines(name: &str) -> Vec<String> {
    match name.split_once(' ') {
        Some((a, b)) => vec![a.to_owned(), b.to_owned()],
        None => vec![name.to_owned()],
    }
}

fn footer(ctx: &Ctx, r: &Ranking) -> Option<Footer> {
    let w = ctx.locale.words();
    let total = r.total?;
    let value = total.value?;
    let metric = r.metric.as_ref().and_then(|id| ctx.board.metrics.get(id)).cloned().unwrap_or_default();
    let all: Vec<f64> = [Some(value), total.target].into_iter().flatten().collect();
    let style = NumberStyle::for_total(&metric, &all, ctx.locale);
    // What is less than one of the target's unit is told in a smaller one.
    let small = style.is_fraction(value) && style.signed("").is_some();
    let own: Vec<f64> = [Some(value), total.pace].into_iter().flatten().collect();
    let near = if small { NumberStyle::for_total(&metric, &own, ctx.locale) } else { style.clone() };
    let figure = style.figure(value);
    // Written out (1億3,625万円) the figure carries its units; else the unit stands behind the target.
    let whole = style.names_units();
    let unit = match style.unit_short() {
        unit if whole || unit.is_empty() => String::new(),
        unit => format!(" {unit}"),
    };
    let text = if whole { figure.to_string() } else { near.format(value) };
    let text = near.signed(&text).unwrap_or(text);
    let unit = if near.signed("").is_some() { String::new() } else { unit };
    let of = match total.target {
        Some(_) if whole => String::new(),
        Some(target) => {
            let target = style.trimmed(target);
            (w.of)(&style.signed(&target).unwrap_or_else(|| format!("{target}{unit}")))
        }
        None => unit.trim().to_owned(),
    };
    let attained = total.target.map(|t| if metric.better == Better::Down { t / value.max(1e-9) } else { value / t });
    let verdict = match (total.pace, ctx.data.period.as_ref()) {
        (Some(pace), _) => {
            let d = near.difference(value, pace);
            let ahead = if metric.better == Better::Down { Ordering::Less } else { Ordering::Greater };
            let figure = d.figure.to_string();
            let figure = if small { near.signed(&figure).unwrap_or(figure) } else { figure };
            Some(if d.order == Ordering::Equal {
                Verdict::new(Way::Plain, w.on_pace)
            } else if d.order == ahead {
                Verdict::new(Way::Ahead, &(w.ahead)(&figure))
            } else {
                Verdict::new(Way::Behind, &(w.behind)(&figure))
            })
        }
        // Where nobody says what is expected by now, the day is all that can be said.
        (None, Some(p)) => p
            .days_total
            .zip(p.days_left)
            .filter(|(total, left)| (1..=*total).contains(left))
            .map(|(total, left)| Verdict::new(Way::Plain, &(w.day_of)(total - left + 1, total))),
        _ => None,
    };
    Some(Footer {
        label: if r.of == Of::Teams || ctx.board.teams.len() > 1 { w.all } else { w.team }.to_owned(),
        value: Odometer::still(&text),
        unit: near.unit_long().to_owned(),
        of_short: unit.trim().to_owned(),
        of,
        share: attained.map(Anim::still),
        pace: total.pace.zip(total.target).map(|(p, t)| p / t),
        percent: Odometer::still(&attained.map(|a| ctx.locale.percent(a)).unwrap_or_default()),
        verdict,
        story: StoryLine::of(ctx),
    })
}

/// "DEMO" of "Demos held".
fn first(ctx: &Ctx, metric: &Metric) -> String {
    match metric.unit {
        Unit::Count => (ctx.locale.words().contest.count)("", true, &ctx.locale.caps(&metric.label)).trim().to_owned(),
        _ => String::new(),
    }
}

/// "1 DEC" while the period has not begun.
fn starts(ctx: &Ctx) -> Option<String> {
    let start = ctx.data.period.as_ref()?.start?;
    let future = start.as_microsecond() > ctx.now.wall_us;
    future.then(|| ctx.date(start))
}

impl RankingModel {
    /// How many pages the rows fill.
    pub fn pages(&self) -> usize {
        self.rows.len().div_ceil(self.per_page.max(1)).max(1)
    }

    /// The slot at the top of a page.
    pub fn first(&self, page: usize) -> usize {
        (page * self.per_page).min(self.rows.len().saturating_sub(self.per_page))
    }

    /// What a chip says at rest.
    pub fn chip(&self, row: &Row) -> Chip {
        Chip::gained(row.moved)
    }

    /// Words of the slide for the dwell formula: rows count, and what stands around them.
    pub fn other_words(&self) -> usize {
        [&self.header.title, &self.header.period, &self.header.measure]
            .iter()
            .map(|s| s.split_whitespace().count())
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_of_equal_design() {
        let split = |n: usize, room| {
            let per = per_page(n, room);
            (per, n.div_ceil(per.max(1)))
        };
        assert_eq!([0, 1, 12].map(|n| split(n, 12)), [(0, 0), (1, 1), (12, 1)]);
        assert_eq!(
            [13, 24, 25].map(|n| split(n, 12)),
            [(12, 2), (12, 2), (12, 3)],
            "one row more does not halve a page"
        );
        assert_eq!(split(12, 10), (10, 2));
    }
}
