//! Turns facts into what a celebration shows, of one event or of several that became one.

use super::amount::Amount;
use super::facts::{Act, Facts, Standing, Sum};
use super::names;
use super::reached_goal::ReachedGoal;
use crate::board::{EventKind, Scope};
use crate::slides::widgets::face::Face;
use crate::slides::widgets::podium::Podium;
use crate::words::{Locale, NumberStyle, Part};

/// A card: what it is about, and the figure.
#[derive(Debug, Clone, PartialEq)]
pub enum Card {
    /// A label over a figure.
    Fact(String, String),
    /// Places: before, now, and what that means.
    Rank {
        /// Over it.
        label: String,
        /// TakeoverPlace before, where it is known and another one.
        was: Option<String>,
        now: String,
        /// "NEW LEADER"; may be empty.
        meaning: String,
        /// Whether the place is better than before.
        up: bool,
    },
}

/// The sum line with this deal's slice.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamBar {
    /// "TEAM"
    pub label: String,
    /// "152.1 OF 180 ¥M"
    pub text: String,
    /// Where the slice begins and ends, as shares of the target.
    pub slice: [f64; 2],
    /// "84.5%"
    pub percent: String,
}

/// What the end plate of a lower third says.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Figure before, where it is known.
    pub was: String,
    pub now: String,
    /// "0.08 TO NO. 7"
    pub meaning: String,
    /// Whether a rise is told.
    pub up: bool,
}

/// Who was there before.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Succeeded {
    pub face: Face,
    /// "AFTER 9 DAYS OF 森下"
    pub said: String,
}

/// What is said of a goal that was reached. Texts may be empty.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Goal {
    /// "COMPANY GOAL · CLOSED REVENUE · MAY"
    pub title: String,
    /// "OF ¥175M"
    pub of: String,
    /// "102%"
    pub percent: String,
    /// How far it was before.
    pub before: f64,
    pub for_all: bool,
}

impl Goal {
    fn new(goal: &ReachedGoal, words: &Locale) -> Goal {
        Goal {
            title: goal.title.clone(),
            of: goal.target.as_ref().map(|target| (words.words().of)(&target.compact(words))).unwrap_or_default(),
            percent: goal.share.map(|share| whole_percent(share, words)).unwrap_or_default(),
            before: goal.before,
            for_all: goal.scope == Scope::Company,
        }
    }
}

/// The best figure before a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Beaten {
    /// "BEFORE ¥3.9M"
    pub said: String,
    /// As a share of the record.
    pub share: f64,
}

impl Beaten {
    fn of(f: &Facts, words: &Locale) -> Option<Beaten> {
        let (now, before) = (f.value?, f.previous?);
        // A record of less, as of days to a close, has no bar that grows.
        let share = Some(before / now).filter(|_| before > 0.0 && before < now)?;
        let [now, before] = [now, before].map(|value| Amount::new(words, &f.metric, value).compact(words));
        // Two figures that read alike would say that nothing was beaten.
        (now != before).then(|| Beaten { said: format!("{} {before}", words.words().celebration.until_now), share })
    }
}

/// What a celebration says. Texts are as they are drawn, not yet fitted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CelebrationModel {
    /// "DEAL CLOSED"
    pub tag: String,
    /// Beside the tag: the customer.
    pub aside: String,
    pub name: String,
    /// How much.
    pub amount: Option<Amount>,
    /// In the source's words, where there is no figure.
    pub text: String,
    /// At most three.
    pub cards: Vec<Card>,
    pub team: Option<TeamBar>,
    /// The end plate.
    pub change: Option<Change>,
    pub act: Act,
    pub face: Face,
    /// In the source's words, as it is drawn.
    pub headline: String,
    /// The team that they are in.
    pub office: String,
    /// The customer.
    pub account: String,
    /// The figure in its short form: "¥19.16M".
    pub figure: String,
    /// What a record went beyond.
    pub beaten: Option<Beaten>,
    /// The goal that was reached.
    pub goal: Goal,
    /// Who led before.
    pub succeeds: Option<Succeeded>,
    pub podium: Podium,
    /// The colour of the team that it is about.
    pub team_color: Option<[u8; 3]>,
    /// Key of the crest of the team that they are in.
    pub crest: Option<String>,
    /// Of an anniversary.
    pub years: u32,
}

impl CelebrationModel {
    /// Whom or what it is about, and what is said of it besides.
    pub fn title(&self) -> [&str; 2] {
        match self.name.as_str() {
            "" => [&self.headline, ""],
            name if name == self.headline => [name, ""],
            name => [name, &self.headline],
        }
    }

    /// The model of events of one kind and metric, the earliest first.
    pub fn new(events: &[&Facts], words: &Locale) -> CelebrationModel {
        match events {
            [one] => single(one, words),
            many => merged(many, words),
        }
    }
}

/// The choreography of a kind, as far as what it needs is known.
fn act(f: &Facts) -> Act {
    match f.kind {
        EventKind::NewLeader => Act::Leader,
        EventKind::Record => Act::Record,
        EventKind::GoalReached => Act::Goal,
        EventKind::ContestWon if !f.podium.columns.is_empty() => Act::Contest,
        EventKind::Shout => f.day.unwrap_or_default(),
        EventKind::ContestWon | EventKind::Won => Act::Slab,
    }
}

/// The first number of a headline: "5 years".
fn first_number(text: &str) -> Option<u32> {
    let digits: String = text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn single(f: &Facts, words: &Locale) -> CelebrationModel {
    let w = &words.words().celebration;
    let amount = f.value.map(|v| Amount::new(words, &f.metric, v));
    // With a figure the headline stands where the customer would; without one it is the figure.
    let (mut aside, mut text) = (f.account.clone(), String::new());
    match (&amount, f.headline.is_empty()) {
        // Of a record or a goal it says more than a customer's name.
        (Some(_), false) if aside.is_empty() || f.kind != EventKind::Won => aside = words.caps(&f.headline),
        // A sentence keeps its case (DESIGN 2).
        (None, false) => text.clone_from(&f.headline),
        _ => {}
    }
    let (mut name, tag) = (f.name.clone(), tag(f.kind, w));
    if name.is_empty() && text.is_empty() {
        // Nobody is named: what is said of it stands in the name's place.
        name = std::mem::take(&mut aside);
    }
    CelebrationModel {
        // Somebody's day is called by what is said of it.
        tag: if f.day.is_some() && !f.headline.is_empty() { words.caps(&f.headline) } else { tag.to_owned() },
        aside,
        name,
        amount,
        text,
        cards: cards(f, words),
        team: f.sum.as_ref().and_then(|sum| team_bar(sum, f.value.filter(|_| f.kind == EventKind::Won), words)),
        change: change(f, words),
        act: act(f),
        face: f.face.clone(),
        headline: words.caps(&f.headline),
        office: f.office.clone(),
        account: f.account.clone(),
        figure: f.shown_figure(words),
        beaten: Beaten::of(f, words).filter(|_| f.kind == EventKind::Record),
        goal: f.goal.as_ref().map(|goal| Goal::new(goal, words)).unwrap_or_default(),
        succeeds: f.succeeds.as_ref().map(|old| Succeeded {
            face: old.face.clone(),
            said: old.days.map(|days| (w.after)(&old.name, days)).unwrap_or_default(),
        }),
        podium: f.podium.clone(),
        team_color: f.team,
        crest: f.crest.clone(),
        years: first_number(&f.headline).unwrap_or(1),
    }
}

fn tag(kind: EventKind, w: &crate::words::Celebration) -> &'static str {
    match kind {
        EventKind::Won => w.won,
        EventKind::GoalReached => w.goal_reached,
        EventKind::ContestWon => w.contest_won,
        EventKind::Record => w.record,
        EventKind::Shout => w.shout,
        EventKind::NewLeader => w.new_leader,
    }
}

fn cards(f: &Facts, words: &Locale) -> Vec<Card> {
    let w = &words.words().celebration;
    let mut cards = Vec::new();
    if let Some(victory) = &f.victory {
        // What stands on the slab is not said again.
        if let Some(score) = victory.score.as_ref().filter(|_| f.value.is_none()) {
            cards.push(Card::Fact(words.words().scorecard.score.to_owned(), score.compact(words)));
        }
        if !victory.prize.is_empty() {
            cards.push(Card::Fact(words.words().contest.prize.to_owned(), victory.prize.clone()));
        }
        return cards;
    }
    let Some(s) = &f.standing else { return cards };
    if let Some(total) = &s.total {
        let label = if s.period.is_empty() { w.total.to_owned() } else { s.period.clone() };
        cards.push(Card::Fact(label, total.compact(words)));
    }
    if let Some(share) = s.attained {
        cards.push(Card::Fact(w.own_goal.to_owned(), whole_percent(share, words)));
    }
    // Nobody is celebrated for a place that they have lost.
    if let Some(rank) = s.rank.filter(|rank| s.was_rank.is_none_or(|was| *rank <= was)) {
        let up = s.was_rank.is_some_and(|was| rank < was);
        let meaning = match (&s.next, s.was_rank) {
            (_, Some(_)) if up && rank == 1 => leads(s, words),
            (_, Some(was)) if up => (w.places_up)(was - rank),
            (Some((gap, next)), _) => (w.to_place)(gap, *next),
            _ => String::new(),
        };
        cards.push(Card::Rank {
            label: w.rank.to_owned(),
            was: s.was_rank.filter(|was| *was != rank).map(|_| s.rank_text[0].clone()),
            now: s.rank_text[1].clone(),
            meaning,
            up,
        });
    }
    cards
}

/// What the first place means to a person who has come to it: the ranking says the same of one that is shared.
fn leads(s: &Standing, words: &Locale) -> String {
    if s.shares_place() { words.words().joint_leaders } else { words.words().celebration.new_leader }.to_owned()
}

/// A share as a whole percentage; one that is not reached never reads as 100.
fn whole_percent(share: f64, words: &Locale) -> String {
    let percent = (share * 100.0).round().clamp(-1e12, 1e12) as i64;
    let percent = if share < 1.0 { percent.min(99) } else { percent };
    words.with_percent(&words.whole(percent))
}

fn change(f: &Facts, words: &Locale) -> Option<Change> {
    let w = &words.words().celebration;
    let s = f.standing.as_ref()?;
    let now = s.now.clone()?;
    let up = s.rank.zip(s.was_rank).is_some_and(|(now, was)| now < was);
    let meaning = match (s.rank, &s.next) {
        (Some(1), _) if up => leads(s, words),
        (Some(rank), _) if up => (w.place)(rank),
        (_, Some((gap, next))) => (w.to_place)(gap, *next),
        (Some(1), None) if s.shares_place() => words.words().joint_leaders.to_owned(),
        (Some(1), None) => words.words().leader.to_owned(),
        _ => String::new(),
    };
    let was = s.was.clone().filter(|was| *was != now).unwrap_or_default();
    Some(Change { was, now, up, meaning })
}

fn team_bar(sum: &Sum, slice: Option<f64>, words: &Locale) -> Option<TeamBar> {
    let target = sum.target.filter(|t| *t > 0.0)?;
    let style = NumberStyle::for_total(&sum.metric, &[sum.value, target], words);
    let whole = |figure: crate::words::Figure| figure.to_string();
    let figure = style.figure(sum.value);
    // Written out (1億3,625万円) both figures carry their units; else the unit stands once, at the end.
    let written_out = figure.0.iter().filter(|p| matches!(p, Part::Unit(_))).count() > 1;
    let w = words.words();
    let text = if style.is_lost(target) {
        // So far beyond its target that this would read as 0.
        whole(figure)
    } else if written_out {
        format!("{} {}", whole(figure), (w.of)(&whole(style.figure(target))))
    } else {
        let (value, target) = (style.format(sum.value), style.trimmed(target));
        match (style.signed(&value), style.signed(&target)) {
            (Some(value), Some(target)) => format!("{value} {}", (w.of)(&target)),
            _ => format!("{value} {} {}", (w.of)(&target), style.unit_short()).trim_end().to_owned(),
        }
    };
    let end = sum.value / target;
    let start = end - slice.unwrap_or(0.0).max(0.0) / target;
    Some(TeamBar {
        label: sum.label.clone(),
        text,
        slice: [start.clamp(0.0, 1.0), end.clamp(0.0, 1.0)],
        percent: words.percent(end),
    })
}

fn merged(events: &[&Facts], words: &Locale) -> CelebrationModel {
    let w = &words.words().celebration;
    let last = events[events.len() - 1];
    let values: Vec<f64> = events.iter().filter_map(|f| f.value).collect();
    // A sum says something only of deals of one measure, all of them: the goals of a team and of its company are no sum,
    // nor are records, or those who lead different rankings.
    let is_sum = last.kind == EventKind::Won && events.iter().all(|f| f.metric == last.metric);
    let amount = (is_sum && values.len() == events.len() && !values.is_empty())
        .then(|| Amount::new(words, &last.metric, values.iter().sum()));
    // What nobody in particular has done, as a goal of the whole floor, goes by its headline.
    let label = |f: &Facts| if f.name.is_empty() { words.caps(&f.headline) } else { f.name.clone() };
    let mut names: Vec<String> = Vec::new();
    for name in events.iter().map(|f| label(f)).filter(|name| !name.is_empty()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let mut largest: Vec<&&Facts> = events.iter().filter(|f| f.value.is_some() && !label(f).is_empty()).collect();
    largest.sort_by(|a, b| b.value.partial_cmp(&a.value).unwrap_or(std::cmp::Ordering::Equal));
    let cards = largest.iter().take(3).filter_map(|f| {
        let amount = Amount::new(words, &f.metric, f.value?);
        Some(Card::Fact(label(f), amount.compact(words)))
    });
    let slice = (last.kind == EventKind::Won).then(|| values.iter().sum());
    let team = last.sum.as_ref().and_then(|sum| team_bar(sum, slice, words));
    let change = team.as_ref().map(|team| Change {
        was: words.percent(team.slice[0]).trim_end_matches(['%', '\u{A0}', '\u{202F}']).to_owned(),
        now: team.percent.clone(),
        meaning: String::new(),
        up: false,
    });
    CelebrationModel {
        tag: (w.several)(last.kind, events.len()),
        aside: String::new(),
        name: names::list(&names, w.and),
        text: String::new(),
        amount,
        cards: cards.collect(),
        team,
        change,
        ..CelebrationModel::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::{AcceptContext, accept};

    #[test]
    fn several_deals_are_a_sum_and_several_goals_are_not() {
        let board = |kind: &str, other: &str| {
            let event = |id: &str, who: serde_json::Value, metric: &str, value: u32| {
                serde_json::json!({"id": id, "at": "2026-11-24T15:20:00Z", "kind": kind, "who": who, "metric": metric,
                    "value": value, "headline": "Whole floor"})
            };
            let body = serde_json::json!({"format": "salesboard/1", "people": {"p": {"name": "Ben"}},
                "metrics": {"won": {"label": "Won"}, "calls": {"label": "Calls"}},
                "slides": [{"type": "message", "text": "x"}],
                "events": [event("a", serde_json::json!(["p"]), "won", 40), event("b", serde_json::json!([]), other, 70)]});
            accept(body.to_string().as_bytes(), &AcceptContext::default()).unwrap().0
        };
        let words = Locale::new("en");
        let model = |kind: &str, other: &str| {
            let board = board(kind, other);
            let facts: Vec<Facts> = board.events.iter().map(|e| Facts::new(e, None, &board, &words)).collect();
            CelebrationModel::new(&facts.iter().collect::<Vec<_>>(), &words)
        };
        assert_eq!(model("won", "won").amount.map(|amount| amount.long[0].clone()), Some("110".to_owned()));
        assert_eq!(model("won", "calls").amount, None, "deals and calls");
        let goals = model("goal_reached", "won");
        assert_eq!(goals.amount, None);
        assert!(goals.name.contains("BEN") && goals.name.contains("WHOLE FLOOR"), "{}", goals.name);
        let labels: Vec<&str> = goals
            .cards
            .iter()
            .filter_map(|card| match card {
                Card::Fact(label, _) => Some(label.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(labels, ["WHOLE FLOOR", "BEN"]);
    }

    #[test]
    fn a_contest_that_was_won_shows_score_and_prize() {
        let body = |slide: &str, value: Option<u32>| {
            serde_json::json!({"format": "salesboard/1", "metrics": {"calls": {"label": "Calls"}}, "people": {"p": {"name": "Ben"}, "q": {"name": "Kai"}},
                "slides": [{"id": "race", "type": "contest", "title": "Race", "metric": "calls", "state": "final",
                    "prizes": [{"place": 2, "label": "Socks"}, {"place": 1, "label": "Weekend off"}],
                    "rows": [{"who": "p", "value": 52, "won": 1}]},
                    {"id": "cup", "type": "bracket", "title": "Cup", "prizes": [{"place": 1, "label": "Lake house"}],
                        "rounds": [{"matches": [{"a": {"who": "p"}, "b": {"who": "q"}, "winner": "a"}]}]},
                    {"id": "month", "type": "ranking", "title": "Month", "metric": "calls",
                        "rows": [{"who": "p", "value": 90}]}],
                "events": [{"id": "e", "at": "2026-11-24T15:20:00Z", "kind": "contest_won", "who": ["p"], "slide": slide,
                    "metric": "calls", "value": value, "headline": "First to 50"}]})
            .to_string()
        };
        let words = Locale::new("en");
        let cards = |slide: &str, value: Option<u32>| {
            let (board, _) = accept(body(slide, value).as_bytes(), &AcceptContext::default()).unwrap();
            let facts = Facts::new(&board.events[0], None, &board, &words);
            CelebrationModel::new(&[&facts], &words).cards
        };
        let fact = |label: &str, value: &str| Card::Fact(label.to_owned(), value.to_owned());
        let both = vec![fact("SCORE", "52 CALLS"), fact("PRIZE", "WEEKEND OFF")];
        assert_eq!(cards("race", None), both);
        assert_eq!(cards("unknown", None), both, "the one that they have won");
        assert_eq!(cards("race", Some(52)), [fact("PRIZE", "WEEKEND OFF")]);
        assert_eq!(cards("cup", None), [fact("PRIZE", "LAKE HOUSE")], "not those of the race that they have won too");
        let ranked = cards("month", None);
        assert!(both.iter().all(|card| ranked.contains(card)), "plays on the ranking: {ranked:?}");
    }
}
