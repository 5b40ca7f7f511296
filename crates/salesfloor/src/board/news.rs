//! What is new since the last look, as celebrations of a board.

use std::collections::{BTreeSet, HashMap};

use jiff::{Timestamp, ToSpan as _};
use serde_json::{Value as Json, json};

use super::look::{Look, Thing, hash, short_hash};
use super::{Writer, rounded};
use crate::facts::{Activity, Contest, ContestFormat, Kind, PersonId, Recognition, Scope, Shown};
use crate::figures::{Arrival, Cause, Celebration, ContestFigure, ContestState, Figures, NEWS, Rules};
use crate::ledger::Entry;
use crate::period::{Span, first_instant};

/// Deals of so many days are remembered. An older deal that gets today as its day counts as a new one.
const KEPT_DAYS: i64 = 60;

/// A thing that may be new.
enum Item<'a> {
    Fact(Entry<'a>),
    Praise(&'a Recognition),
    /// A person on the first day.
    Start(PersonId),
    Decided(&'a Contest, Vec<String>),
}

/// A celebration that is being put together.
struct Told {
    id: String,
    at: Timestamp,
    kind: &'static str,
    tier: u8,
    who: Vec<String>,
    metric: Option<String>,
    value: Json,
    previous: Json,
    headline: Option<String>,
    account: Option<String>,
    slide: Option<String>,
}

impl Writer<'_> {
    /// What is there now, and what of it is worth a celebration on `board` since an earlier look: nothing at the first
    /// look, nothing of an import, nothing old. `deal_min`: deals of so much, in the minor unit of the floor's sales.
    pub fn news(&self, board: &Json, before: Option<&Look>, deal_min: Option<i64>) -> (Look, Vec<Json>) {
        let (look, items) = self.look();
        let new = before.map(|before| look.news(before)).unwrap_or_default();
        if new.is_empty() {
            return (look, Vec::new());
        }
        let new: BTreeSet<usize> = new.into_iter().collect();
        let mut told = self.of_facts(board, &items, &new, deal_min);
        told.extend(new.iter().filter_map(|at| match &items[*at] {
            Item::Fact(_) => None,
            Item::Praise(given) => self.praise(given),
            Item::Start(person) => self.start(*person),
            Item::Decided(contest, who) => Some(self.decided(contest, who.clone())),
        }));
        let slides: BTreeSet<&str> =
            board["slides"].as_array().into_iter().flatten().filter_map(|slide| slide["id"].as_str()).collect();
        let mut ids = BTreeSet::new();
        told.retain(|one| ids.insert(one.id.clone()));
        // Stable: of the same instant the cause goes before what follows from it. A board has the newest first.
        told.sort_by_key(|one| one.at);
        (look, told.into_iter().rev().map(|one| one.event(&slides)).collect())
    }

    fn look(&self) -> (Look, Vec<Item<'_>>) {
        let Figures { floor, ledger, .. } = self.figures;
        let today = self.figures.today();
        let (mut look, mut items) = (Look::default(), Vec::new());
        for metric in floor.metric_ids() {
            let of = floor.metric(metric);
            // Only what is of today can be news; a deal may have been of another day before it was corrected.
            let from = if of.kind == Kind::Lagging { today.saturating_sub(KEPT_DAYS.days()) } else { today };
            let kind = short_hash(&["fact", &of.key]);
            look.begin(kind, ledger.count(metric), day_number(from));
            let span = Span { start: first_instant(from, ledger.tz()), end: Timestamp::MAX };
            for fact in ledger.facts(metric, span) {
                let who = fact.person.map_or("", |person| floor.person(person).key.as_str());
                let (when, amount) = (fact.at.as_second().to_string(), fact.amount.to_string());
                let of = |parts: &[&str]| short_hash(&[&[of.key.as_str()], parts].concat());
                look.add(Thing {
                    kind,
                    all: of(&[who, &when, &amount]),
                    parts: [of(&["who", who, &when]), of(&["worth", &when, &amount]), of(&["cell", fact.key])],
                    day: day_number(ledger.day(fact.at)),
                });
                items.push(Item::Fact(fact));
            }
        }
        let mut add = |kind: &str, parts: [&[&str]; 4], item| {
            let [all, first, second, third] = parts.map(|parts| short_hash(&[&[kind], parts].concat()));
            let kind = short_hash(&[kind]);
            look.add(Thing { kind, all, parts: [first, second, third], day: i32::MAX });
            items.push(item);
        };
        for given in &floor.recognitions {
            let who: Vec<&str> = given.who.iter().map(|id| floor.person(*id).key.as_str()).collect();
            let who = who.join("\n");
            let (headline, text) = (given.headline.as_str(), given.text.as_deref().unwrap_or_default());
            let all: &[&str] = &[&who, headline, text];
            add("praise", [all, &["of", &who, text], &["said", headline], &["who", &who]], Item::Praise(given));
        }
        for id in floor.person_ids() {
            if let Some(started) = floor.person(id).started {
                let (key, day) = (floor.person(id).key.as_str(), started.to_string());
                add("start", [&[key, &day], &["who", key], &["who", key], &["who", key]], Item::Start(id));
            }
        }
        for (contest, figure) in self.current_contests() {
            let who = self.winners(contest, &figure);
            if !who.is_empty() {
                let (key, names) = (contest.key.as_str(), who.join("\n"));
                let of: &[&str] = &["of", key];
                add("contest", [&[key, &names], of, of, of], Item::Decided(contest, who));
            }
        }
        (look, items)
    }

    /// Those who have won a contest that is decided; nobody otherwise.
    fn winners(&self, contest: &Contest, figure: &ContestFigure) -> Vec<String> {
        let race = contest.format == ContestFormat::FirstTo && figure.ended.is_some();
        let wins = |row: &&crate::figures::Contender| match figure.state {
            ContestState::Final => row.won == Some(1),
            _ => race && row.place == Some(1) && row.reached_at.is_some(),
        };
        figure.rows.iter().filter(wins).filter_map(|row| self.who(row.who)).collect()
    }

    /// What follows from the facts that are new.
    fn of_facts(&self, board: &Json, items: &[Item<'_>], new: &BTreeSet<usize>, deal_min: Option<i64>) -> Vec<Told> {
        let figures = &self.figures;
        let mut before = None;
        let mut same: HashMap<u64, u32> = HashMap::new();
        let mut fresh = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let Item::Fact(fact) = item else { continue };
            let id = self.identity(fact);
            let nth = same.entry(id).or_default();
            *nth += 1;
            if new.contains(&at) {
                before.get_or_insert_with(|| figures.ledger.clone()).revoke(fact.metric, fact.key);
                // A row without an hour happened when it was first seen, if that is on its day.
                let day = figures.ledger.day(fact.at);
                let hourless = fact.at == first_instant(day, figures.ledger.tz());
                let at = if hourless && day == figures.today() { figures.now } else { fact.at };
                fresh.push(Activity { key: format!("{id:016x}-{nth}"), at, ..fact.to_activity() });
            }
        }
        let Some(before) = before else { return Vec::new() };
        let rules = Rules {
            since: figures.now.saturating_sub(NEWS).unwrap_or(Timestamp::MIN),
            deal_min,
            goals: true,
            leader: true,
            first_deal: true,
            best: true,
        };
        self.tell(board, figures.celebrations(&before, &fresh, Arrival::Live, &rules))
    }

    /// What a fact says, wherever it stands.
    fn identity(&self, fact: &Entry<'_>) -> u64 {
        let floor = self.figures.floor;
        let who = fact.person.map_or("", |person| floor.person(person).key.as_str());
        hash(&[&floor.metric(fact.metric).key, who, &fact.at.to_string(), &fact.amount.to_string()])
    }

    /// One celebration for each cause: what else a deal means stands on its own.
    fn tell(&self, board: &Json, all: Vec<Celebration>) -> Vec<Told> {
        let mut told: Vec<Told> = Vec::new();
        for one in all {
            let headline = match one.cause {
                Cause::FirstDeal => Some(self.labels.first_deal),
                Cause::Best => Some(self.labels.best_month),
                _ => None,
            };
            let who: Vec<String> = self.who(one.who).into_iter().collect();
            let deal = told.iter_mut().rev().find(|known| known.kind == "won" && known.who == who);
            match (deal, one.cause) {
                (Some(deal), Cause::FirstDeal | Cause::Best) => {
                    deal.headline = deal.headline.take().or(headline.map(str::to_owned));
                    continue;
                }
                // The picture of the deal says that the person leads.
                (Some(_), Cause::Leader) => continue,
                _ => {}
            }
            let (kind, tier) = match one.cause {
                Cause::Deal | Cause::FirstDeal => ("won", 3),
                Cause::Best => ("record", 2),
                Cause::Leader => ("new_leader", 2),
                Cause::Goal(_) => ("goal_reached", if matches!(one.who, Scope::Person(_)) { 2 } else { 3 }),
            };
            let floor = self.figures.floor;
            let metric = floor.metric(one.metric);
            // "1 deal" as the value of a deal says nothing.
            let counted = kind == "won" && floor.deals == Some(one.metric);
            let is_goal = kind == "goal_reached";
            // Where nobody is named, what was reached is.
            let of_nobody = (is_goal && who.is_empty()).then(|| metric.label.clone());
            told.push(Told {
                id: event_id(kind, &one.id),
                at: one.at,
                kind,
                tier,
                metric: Some(metric.key.clone()),
                value: if counted { Json::Null } else { rounded(one.value.as_f64(), self.decimals(one.metric)) },
                previous: one.previous.map_or(Json::Null, |of| rounded(of.as_f64(), self.decimals(one.metric))),
                headline: of_nobody.or(headline.map(str::to_owned)),
                account: one.label,
                slide: if is_goal { goals_slide(board, &who, &metric.key) } else { None },
                who,
            });
        }
        told
    }

    fn praise(&self, given: &Recognition) -> Option<Told> {
        let who: Vec<String> = given.who.iter().filter_map(|id| self.who(Scope::Person(*id))).collect();
        if who.is_empty() || given.day != self.figures.today() {
            return None;
        }
        Some(self.said("praise", &[&who.join("\n"), &given.headline], who.clone(), &given.headline))
    }

    fn start(&self, id: PersonId) -> Option<Told> {
        let person = self.figures.floor.person(id);
        let today = self.figures.today();
        let shown = person.shown == Shown::Name && person.works_on(today);
        let who = self.who(Scope::Person(id)).filter(|_| shown && person.started == Some(today))?;
        Some(self.said("start", &[&person.key, &today.to_string()], vec![who], self.labels.welcome))
    }

    fn said(&self, kind: &str, of: &[&str], who: Vec<String>, headline: &str) -> Told {
        Told {
            id: event_id(kind, &of.join("\n")),
            at: self.figures.now,
            kind: "shout",
            tier: 2,
            who,
            metric: None,
            value: Json::Null,
            previous: Json::Null,
            headline: Some(headline.to_owned()),
            account: None,
            slide: Some("recognition".to_owned()),
        }
    }

    fn decided(&self, contest: &Contest, who: Vec<String>) -> Told {
        let id = event_id("contest_won", &format!("{}\n{}", contest.key, contest.start));
        let slide = Some(super::contest::slide_id(contest));
        let said = self.said("contest", &[], who, &contest.title);
        Told { id, kind: "contest_won", tier: 3, slide, ..said }
    }
}

impl Told {
    fn event(self, slides: &BTreeSet<&str>) -> Json {
        let mut event = json!({
            "id": self.id, "at": self.at.to_string(), "kind": self.kind, "who": self.who, "tier": self.tier,
        });
        // A record says more than the customer's name, and there is room for one of them.
        let account = self.account.filter(|_| self.headline.is_none());
        let slide = self.slide.filter(|slide| slides.contains(slide.as_str()));
        for (key, text) in
            [("metric", self.metric), ("headline", self.headline), ("account", account), ("slide", slide)]
        {
            if let Some(text) = text {
                event[key] = json!(text);
            }
        }
        for (key, figure) in [("value", self.value), ("previous", self.previous)] {
            if !figure.is_null() {
                event[key] = figure;
            }
        }
        event
    }
}

/// An id of a board has 128 bytes; names may have more.
fn event_id(kind: &str, of: &str) -> String {
    format!("{kind}-{:016x}", hash(&[of]))
}

fn day_number(day: jiff::civil::Date) -> i32 {
    day.to_datetime(jiff::civil::Time::midnight())
        .to_zoned(jiff::tz::TimeZone::UTC)
        .map_or(i32::MAX, |at| i32::try_from(at.timestamp().as_second().div_euclid(86_400)).unwrap_or(i32::MAX))
}

/// The slide on which a goal stands.
fn goals_slide(board: &Json, who: &[String], metric: &str) -> Option<String> {
    let holds = |row: &Json| row["metric"] == metric && row["who"].as_str() == who.first().map(String::as_str);
    let slides = board["slides"].as_array()?.iter().filter(|slide| slide["type"] == "goals");
    let mut with = slides.filter(|slide| slide["rows"].as_array().is_some_and(|rows| rows.iter().any(holds)));
    with.next().and_then(|slide| slide["id"].as_str()).map(str::to_owned)
}
