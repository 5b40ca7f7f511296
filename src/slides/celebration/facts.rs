//! Collects what a board says about one celebration: who, how much, and what it changed. Only what is known, nothing
//! guessed.

use super::names;
use crate::board::rank::{Place, places, shown_top};
use crate::board::{Board, Body, By, Contest, Event, EventKind, Metric, Of, Prize, Ranking, SlideData};
use crate::slides::widgets::figure_style;
use crate::slides::widgets::prizes;
use crate::words::{Locale, NumberStyle};

/// A figure as it is written: in full, and short with its unit drawn smaller.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Amount {
    /// "¥2,400,000", and a unit behind it that is drawn smaller, if it has one.
    pub long: [String; 2],
    /// "¥2.4" and "M".
    pub short: [String; 2],
}

impl Amount {
    /// A figure of a metric. A count's unit is its label: a bare 12 says nothing.
    pub fn new(words: &Locale, metric: &Metric, value: f64) -> Amount {
        let style = NumberStyle::for_values(metric, &[value], words);
        let (digits, unit) = (style.trimmed(value), style.unit_short().to_owned());
        let crate::board::Unit::Currency(code) = &metric.unit else {
            let unit = if unit.is_empty() { words.caps(&metric.label) } else { unit };
            return Amount { long: [digits.clone(), unit.clone()], short: [digits, unit] };
        };
        let before = words.sign_before(code).filter(|(symbol, _)| unit.contains(symbol));
        let short = match before {
            Some((symbol, gap)) => {
                let rest = unit.replacen(symbol, "", 1).trim_matches('\u{A0}').to_owned();
                match digits.strip_prefix('−') {
                    Some(positive) => [format!("−{symbol}{gap}{positive}"), rest],
                    None => [format!("{symbol}{gap}{digits}"), rest],
                }
            }
            None => [digits, unit],
        };
        Amount { long: [words.money(value, code), String::new()], short }
    }

    /// The short form in one piece: "¥18.42M".
    pub fn compact(&self, words: &Locale) -> String {
        let [digits, unit] = &self.short;
        let gap = if unit.chars().count() > 2 && unit.is_ascii() { " " } else { "" };
        if words.sets_units_apart() { words.with_unit(digits, unit) } else { format!("{digits}{gap}{unit}") }
    }
}

/// Where a person stands on the ranking that the celebration plays on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Standing {
    /// Name of the period, in the case of the wall.
    pub period: String,
    /// The sum of the period: in full, and as the ranking's column has it, before and now.
    pub total: Option<Amount>,
    pub was: Option<String>,
    pub now: Option<String>,
    /// Share of the own goal.
    pub attained: Option<f64>,
    pub was_rank: Option<u32>,
    pub rank: Option<u32>,
    /// Both as the ranking has them: "=2".
    pub rank_text: [String; 2],
    /// What is missing to the next better place, and that place.
    pub next: Option<(String, u32)>,
}

impl Standing {
    /// Whether another person has the same place.
    pub fn shares_place(&self) -> bool {
        self.rank_text[1].starts_with('=')
    }
}

/// The sum line of that ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct Sum {
    /// "TEAM"
    pub label: String,
    /// Sum, target.
    pub value: f64,
    pub target: Option<f64>,
    /// Measure of both.
    pub metric: Metric,
}

/// What a contest says of its winner.
#[derive(Debug, Clone, PartialEq)]
pub struct Victory {
    /// With how much.
    pub score: Option<Amount>,
    /// What for; may be empty.
    pub prize: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    pub kind: EventKind,
    /// The slide it plays on.
    pub slide: Option<String>,
    /// Who, by id: the first of them.
    pub who: Option<String>,
    /// The names as they stand on the wall; may be empty.
    pub name: String,
    pub account: String,
    /// In the source's words.
    pub headline: String,
    /// The figure, raw.
    pub value: Option<f64>,
    /// What it measures.
    pub metric: Metric,
    /// Where they stand; none where they are not on the ranking.
    pub standing: Option<Standing>,
    pub sum: Option<Sum>,
    /// The contest that was won.
    pub victory: Option<Victory>,
}

impl Facts {
    /// The wall has shown where they stand: it is not told any more.
    pub fn forget_places(&mut self) {
        if let Some(standing) = &mut self.standing {
            (standing.was_rank, standing.rank, standing.next) = (None, None, None);
            standing.rank_text = Default::default();
            standing.was = None;
        }
    }

    /// What `board` says about an event of it; `before` is the board that was shown until now.
    pub fn new(event: &Event, before: Option<&Board>, board: &Board, words: &Locale) -> Facts {
        let slide = event.slide.as_deref().and_then(|id| board.slide(id));
        let ranking = slide.and_then(ranking);
        let names: Vec<String> = event.who.iter().map(|who| words.caps(&who.name)).collect();
        let who = event.who.first().filter(|_| event.who.len() == 1);
        let standing = slide.zip(ranking).zip(who).and_then(|((slide, r), who)| {
            let old = before.filter(|b| b.epoch == board.epoch && b.id == board.id);
            standing(board, slide, r, old, &who.id, words)
        });
        Facts {
            kind: event.kind,
            slide: event.slide.clone(),
            who: event.who.first().map(|who| who.id.clone()),
            name: names::list(&names, words.words().celebration.and),
            account: event.account.as_deref().map(|a| words.caps(a)).unwrap_or_default(),
            headline: event.headline.clone().unwrap_or_default(),
            value: event.value,
            metric: board.metric(event.metric.as_deref()).clone(),
            standing,
            sum: ranking.and_then(|r| sum(board, r, event, words)),
            victory: victory(board, event, words),
        }
    }
}

fn ranking(slide: &SlideData) -> Option<&Ranking> {
    if let Body::Ranking(r) = &slide.body { Some(r) } else { None }
}

fn contest(slide: &SlideData) -> Option<&Contest> {
    if let Body::Contest(contest) = &slide.body { Some(contest) } else { None }
}

/// What the contest or the knock-out says that an event names; where it plays on another slide, the contest of the board
/// that its first person has won.
fn victory(board: &Board, event: &Event, words: &Locale) -> Option<Victory> {
    let who = event.who.first().filter(|_| event.kind == EventKind::ContestWon)?;
    let prize = |prizes: &[Prize], place: u32| {
        let said = prizes::texts(words, prizes).into_iter().find(|(of, _)| *of == place);
        said.map(|(_, prize)| prize).unwrap_or_default()
    };
    let won = |c: &&Contest| c.rows.iter().any(|row| row.who.id == who.id && row.won == Some(1));
    let contest = match event.slide.as_deref().and_then(|id| board.slide(id)).map(|slide| &slide.body) {
        // Its matches have scores, itself has none.
        Some(Body::Bracket(cup)) => return Some(Victory { score: None, prize: prize(&cup.prizes, 1) }),
        Some(Body::Contest(contest)) => contest,
        _ => board.slides.iter().filter_map(contest).find(won)?,
    };
    let row = contest.rows.iter().find(|row| row.who.id == who.id)?;
    let metric = board.metric(contest.metric.as_deref());
    Some(Victory {
        score: row.value.map(|value| Amount::new(words, metric, value)),
        prize: prize(&contest.prizes, row.won.unwrap_or(1)),
    })
}

fn find<'a>(r: &Ranking, places: &'a [Place], who: &str) -> Option<(usize, &'a Place)> {
    places.iter().enumerate().find(|(_, p)| r.rows[p.row].who.id == who)
}

fn standing(
    board: &Board,
    slide: &SlideData,
    r: &Ranking,
    before: Option<&Board>,
    who: &str,
    words: &Locale,
) -> Option<Standing> {
    let now = places(board, slide);
    let (at, place) = find(r, &now, who)?;
    let row = &r.rows[place.row];
    let old = before.and_then(|b| b.slide(&slide.id).map(|s| (b, s)));
    let ranked = r.rank != crate::board::RankStyle::None;
    let old_place = old.and_then(|(b, s)| {
        let (r, then) = (ranking(s)?, places(b, s));
        find(r, &then, who).map(|(_, p)| *p)
    });
    let metric = board.metric(r.metric.as_deref());
    let by_value = r.by == By::Value;
    let style = figure_style::style(board, r, &now[..shown_top(&now, r.top, usize::MAX)], words);
    let write = |v: f64| style.format(v);
    let next = now[..at].iter().rev().find(|p| p.rank != place.rank && p.value.is_some());
    let next = next.zip(place.value).filter(|_| by_value).and_then(|(p, own)| {
        let gap = style.difference(p.value?, own);
        Some((gap.figure.to_string(), p.rank?))
    });
    let better_up = metric.better == crate::board::Better::Up;
    Some(Standing {
        period: words.caps(slide.period.as_ref().and_then(|p| p.label.as_deref()).unwrap_or("")),
        total: row.value.filter(|_| by_value).map(|v| Amount::new(words, metric, v)),
        was: old_place.and_then(|p| p.value).filter(|_| by_value).map(write),
        now: place.value.filter(|_| by_value).map(write),
        attained: row.value.zip(row.target).filter(|_| better_up).map(|(v, t)| v / t),
        was_rank: old_place.and_then(|p| p.rank).filter(|_| ranked),
        rank: place.rank.filter(|_| ranked),
        rank_text: [old_place.map(|p| p.text()).unwrap_or_default(), place.text()],
        next,
    })
}

fn sum(board: &Board, r: &Ranking, event: &Event, words: &Locale) -> Option<Sum> {
    if event.metric != r.metric {
        return None;
    }
    let total = r.total?;
    let w = words.words();
    let label = if r.of == Of::Teams { w.all } else { w.team };
    Some(Sum {
        label: label.to_owned(),
        value: total.value?,
        target: total.target,
        metric: board.metric(r.metric.as_deref()).clone(),
    })
}
