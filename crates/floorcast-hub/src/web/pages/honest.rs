//! Over random floors: every figure of a page that leads to its facts is what those facts come to; the rows of a ranking, a
//! goal and a contest are those of the wall, and of the API, at the same instant.

use std::collections::BTreeSet;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use serde_json::Value as Json;
use tower::ServiceExt as _;

use crate::access::{Role, TokenRole};
use crate::clock;
use crate::store::contests::{self, ContestRow};
use crate::store::facts::{self, Fact};
use crate::store::people::{self, PersonRow};
use crate::store::targets::{self, GoalRow};
use crate::store::{floor, tokens};
use crate::web::pages::testing::{Browser, Hub};

/// A floor each: in the middle of a month; the first minutes of a month, of a year and of a week; the last ones of a day, of a
/// leap day and of a year; a night in which clocks are set.
const DAYS: [&str; 8] = [
    "2026-11-18T10:00:00Z",
    "2026-12-01T00:30:00Z",
    "2027-01-01T09:00:00Z",
    "2026-11-30T00:05:00Z",
    "2026-11-29T23:30:00Z",
    "2028-02-29T23:40:00Z",
    "2026-12-31T23:40:00Z",
    "2026-03-29T02:30:00Z",
];
const PEOPLE: [&str; 4] = ["p1", "p2", "p3", "p4"];

/// The same numbers in each run, so that a floor that fails fails again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }
}

struct Random {
    hub: Hub,
    facts: Vec<Fact>,
    contest: ContestRow,
}

/// A floor with a month of facts, some of them corrected, some taken back, some of nobody; with goals and a contest.
fn random(seed: u64) -> Random {
    let (hub, mut dice) = (Hub::demo(), Dice(seed * 7_919 + 1));
    let now = clock::now();
    let month = TimeZone::UTC.to_datetime(now).date().first_of_month();
    let (first, last) = (month.to_zoned(TimeZone::UTC).unwrap().timestamp().as_microsecond(), now.as_microsecond());
    // Two of three lie in this month, on its first morning too.
    let at = |dice: &mut Dice| match dice.roll(3) {
        0 => last - dice.roll(40 * 86_400_000_000) as i64,
        _ => first + dice.roll((last - first).max(1) as u64) as i64,
    };
    let mut all: Vec<Fact> = Vec::new();
    for n in 0..60 + dice.roll(60) {
        let metric = ["calls", "won", "deals"][dice.roll(3) as usize];
        let person = PEOPLE.get(dice.roll(5) as usize).map(|id| (*id).to_owned());
        all.push(Fact {
            source: "dice".into(),
            ext_id: format!("f{n}"),
            metric: metric.into(),
            owner_key: person.is_none().then(|| "nobody".to_owned()),
            person,
            at: at(&mut dice),
            // Amounts are in cents; whole ones are easy to read again.
            amount: if metric == "won" { 100 * (1 + dice.roll(9) as i64) } else { 1 + dice.roll(4) as i64 },
            currency: None,
            label: None,
            revoked: (dice.roll(9) == 0).then_some(1),
            by_whom: None,
            why: None,
        });
    }
    let contest = ContestRow {
        id: "c1".into(),
        title: "Sprint".into(),
        format: "most".into(),
        of_whom: "people".into(),
        starts: first - dice.roll(9 * 86_400_000_000) as i64,
        ends: Some(now.checked_add(30.hours()).unwrap().as_microsecond()),
        stage: "open".into(),
        metrics: vec![("calls".into(), 1)],
        prizes: vec![(1, "Lunch".into())],
        ..ContestRow::default()
    };
    let goal = |who: &str, scope: &str, target: i64| GoalRow {
        id: format!("g-{scope}-{who}"),
        scope: scope.into(),
        who: who.into(),
        metric: "calls".into(),
        period_start: month.to_string(),
        period_end: month.last_of_month().tomorrow().unwrap().to_string(),
        level: "must".into(),
        target,
    };
    // Somebody who counts in totals only.
    let hidden = PersonRow { id: "p4".into(), name: "Dora".into(), shown: "hidden".into(), ..PersonRow::default() };
    hub.store
        .write(|tx| {
            people::put(tx, &hidden)?;
            // The deals of the demo would hide the small figures behind a unit.
            for n in 0..3 {
                facts::delete(tx, "crm", &format!("d{n}"), "won")?;
            }
            facts::put(tx, &all, now.as_microsecond())?;
            // Corrections of some, as a second delivery brings them.
            for fact in all.iter_mut().filter(|_| dice.roll(5) == 0) {
                fact.amount += if fact.metric == "won" { 100 } else { 1 };
                facts::put(tx, std::slice::from_ref(fact), now.as_microsecond())?;
            }
            contests::put(tx, &contest)?;
            targets::put_goal(tx, &goal("", "company", 1 + dice.roll(200) as i64))?;
            targets::put_goal(tx, &goal("p1", "person", 1 + dice.roll(60) as i64))?;
            floor::changed(tx)
        })
        .unwrap();
    hub.publisher.rebuild().unwrap();
    Random { hub, facts: all, contest }
}

impl Random {
    /// What facts come to, added up by hand, in the unit of pages.
    fn sum(&self, metric: &str, person: Option<&str>, from: Timestamp, to: Timestamp) -> f64 {
        let counts = |fact: &&Fact| {
            let at = Timestamp::from_microsecond(fact.at).unwrap();
            let whose = person.is_none_or(|id| fact.person.as_deref() == Some(id));
            fact.metric == metric && whose && fact.revoked.is_none() && from <= at && at < to
        };
        let own = self.facts.iter().filter(counts);
        match metric {
            "deals" => own.count() as f64,
            "won" => own.map(|fact| fact.amount as f64 / 100.0).sum(),
            _ => own.map(|fact| fact.amount as f64).sum(),
        }
    }
}

fn instant(text: &str) -> Timestamp {
    let text = form_urlencoded::parse(format!("x={text}").as_bytes()).next().unwrap().1.into_owned();
    match text.parse::<jiff::civil::Date>() {
        Ok(day) => day.to_zoned(TimeZone::UTC).unwrap().timestamp(),
        Err(_) => text.parse().unwrap(),
    }
}

/// The figures of a page that lead to facts: the address, and the first number of what is written.
fn linked(page: &str) -> Vec<(String, f64)> {
    page.split("href=\"/facts?")
        .skip(1)
        .map(|rest| {
            let (query, rest) = rest.split_once('"').unwrap();
            let text = rest.split_once('>').unwrap().1.split("</a>").next().unwrap().split('/').next().unwrap();
            let number: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
            let number = number.parse().unwrap_or_else(|_| panic!("{text:?} of {query}"));
            (query.replace("&amp;", "&").replace("&#38;", "&"), number)
        })
        .collect()
}

fn part<'q>(query: &'q str, name: &str) -> Option<&'q str> {
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// Checks each linked figure of a page; which metrics it had.
async fn walked(floor: &Random, browser: &mut Browser, address: &str, seen: &mut BTreeSet<String>) -> usize {
    let page = browser.get(address).await;
    assert_eq!(page.status, 200, "{address}");
    let all = linked(&page.text);
    for (query, shown) in &all {
        let metric = part(query, "metric").unwrap();
        let (from, to) = (instant(part(query, "from").unwrap()), instant(part(query, "to").unwrap()));
        let expected = floor.sum(metric, part(query, "person"), from, to);
        assert!((shown - expected).abs() < 0.005, "{address}: {query} shows {shown}, its facts come to {expected}");
        // The page behind the link comes to the same.
        let facts = browser.get(&format!("/facts?{query}")).await;
        assert_eq!(facts.status, 200, "{address}: {query}");
        let end = facts.text.split("<tr class=\"mine\">").nth(1).map(|rest| rest.split("</tr>").next().unwrap());
        let said: String = end
            .unwrap_or("<td class=\"right n\">0")
            .rsplit("n\">")
            .next()
            .unwrap()
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == '.')
            .collect();
        assert!((said.parse::<f64>().unwrap() - expected).abs() < 0.005, "{query}: the facts say {said}");
        seen.insert(format!("{} {metric}", address.split(['?', '/']).nth(1).unwrap()));
    }
    all.len()
}

async fn api(hub: &Hub, secret: &str, address: &str) -> Json {
    let request = Request::get(address).header("host", "127.0.0.1").header("authorization", format!("Bearer {secret}"));
    let answer = hub.router().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.status(), 200, "{address}");
    serde_json::from_slice(&to_bytes(answer.into_body(), 1 << 20).await.unwrap()).unwrap()
}

/// Rows of a table with a rank plate: name and figure.
fn ranked(page: &str) -> Vec<(String, f64)> {
    // What comes behind the last row is no part of it.
    let rows = page.split("<tr").map(|row| row.split("</tr>").next().unwrap_or_default());
    let rows = rows.filter(|row| row.contains("class=\"plate"));
    let plain = |html: &str| {
        let mut text = String::new();
        let mut inside = true;
        for c in html.chars() {
            match c {
                '<' => inside = false,
                '>' => inside = true,
                c if inside => text.push(c),
                _ => {}
            }
        }
        text
    };
    rows.filter_map(|row| {
        let name = ["Ana Alves", "Ben Brand", "Cleo Costa", "Dora"].into_iter().find(|name| row.contains(name))?;
        let cell = row.split("right n\">").nth(1)?.split("</td>").next()?;
        let number: String = plain(cell).chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        Some((name.to_owned(), number.parse().ok()?))
    })
    .collect()
}

/// Rows of a slide of the wall: name and figure.
fn on_wall(board: &Json, id: &str) -> Vec<(String, f64)> {
    let slide = board["slides"].as_array().unwrap().iter().find(|slide| slide["id"] == id);
    let rows = slide.map(|slide| slide["rows"].as_array().unwrap().clone()).unwrap_or_default();
    let name = |row: &Json| board["people"][row["who"].as_str()?]["name"].as_str().map(str::to_owned);
    rows.iter()
        .filter_map(|row| Some((name(row)?, row["value"].as_f64()?)))
        .filter(|(_, value)| *value != 0.0)
        .collect()
}

#[tokio::test]
async fn pages_the_wall_and_the_api_say_the_same() {
    let mut seen = BTreeSet::new();
    for (seed, day) in (1..).zip(DAYS) {
        clock::set(day);
        let floor = random(seed);
        let hub = &floor.hub;
        let mut ana = hub.signed_in(Role::Rep, Some("p1"));
        let mut manager = hub.signed_in(Role::Manager, Some("p2"));
        let mut boss = hub.signed_in(Role::Admin, None);
        let mut links = 0;
        for address in ["/me", "/rankings", "/rankings?period=week&metric=calls", "/people/p1", "/contests/c1"] {
            links += walked(&floor, &mut ana, address, &mut seen).await;
        }
        for address in ["/team", "/people/p1", "/people/p2", "/rankings?metric=deals", "/contests/c1"] {
            links += walked(&floor, &mut manager, address, &mut seen).await;
        }
        for address in ["/rankings?period=year&metric=calls", "/people/p3", "/team"] {
            links += walked(&floor, &mut boss, address, &mut seen).await;
        }
        assert!(links > 30, "{links} figures of floor {seed} lead to facts");

        hub.publisher.rebuild().unwrap();
        let board: Json =
            serde_json::from_str(&hub.publisher.board("main").unwrap().borrow().as_ref().unwrap().body).unwrap();
        let secret = hub
            .store
            .write(|tx| {
                let new =
                    tokens::NewToken { role: TokenRole::Read, scope: String::new(), label: "t".into(), days: None };
                Ok(tokens::issue(tx, new, clock::now().as_microsecond())?.1)
            })
            .unwrap();
        let month = TimeZone::UTC.to_datetime(clock::now()).date().first_of_month();
        let next = month.last_of_month().tomorrow().unwrap();
        for metric in ["won", "calls", "deals"] {
            let page = ranked(&boss.get(&format!("/rankings?metric={metric}")).await.text);
            let wall = on_wall(&board, &format!("{metric}-month"));
            if !wall.is_empty() {
                assert_eq!(page, wall, "{metric} on floor {seed}: page and wall");
            }
            let said = api(hub, &secret, &format!("/api/v1/standings?metric={metric}&from={month}&to={next}")).await;
            for (name, value) in &page {
                let row = said["rows"].as_array().unwrap().iter().find(|row| row["name"] == name.as_str()).unwrap();
                assert_eq!(row["value"].as_f64().unwrap(), *value, "{metric} of {name} on floor {seed}: page and API");
            }
        }
        let page = ranked(&ana.get("/contests/c1").await.text);
        let wall = on_wall(&board, "contest-c1");
        let page: Vec<(String, f64)> = page.into_iter().filter(|(_, value)| *value != 0.0).collect();
        assert_eq!(page, wall, "the contest of floor {seed}");
        let (from, to) = (Timestamp::from_microsecond(floor.contest.starts).unwrap(), clock::now());
        for (name, value) in &page {
            let id = PEOPLE[["Ana Alves", "Ben Brand", "Cleo Costa", "Dora"].iter().position(|of| of == name).unwrap()];
            assert_eq!(*value, floor.sum("calls", Some(id), from, to), "{name} in the contest of floor {seed}");
        }
        // The goal of the company as the wall has it, as the manager's page does, and as its facts.
        let start = month.to_zoned(TimeZone::UTC).unwrap().timestamp();
        let all = floor.sum("calls", None, start, clock::now());
        let goals = board["slides"].as_array().unwrap().iter().filter(|slide| slide["type"] == "goals");
        let rows: Vec<&Json> = goals.flat_map(|slide| slide["rows"].as_array().unwrap()).collect();
        let company = rows.iter().find(|row| row["scope"] == "company").unwrap();
        assert_eq!(company["value"].as_f64().unwrap(), all, "the goal of floor {seed} on the wall");
        let team = boss.get("/team").await.text;
        let said = team.split("id=\"goals\"").nth(1).unwrap().split("</ul>").next().unwrap();
        assert!(said.contains(&format!("{all:.0}")), "the goal of floor {seed}: {all} in {said}");
    }
    for page in ["me", "rankings", "people", "contests", "team"] {
        assert!(seen.iter().any(|of| of.starts_with(page)), "{page} had a figure with facts: {seen:?}");
    }
    assert!(["won", "calls", "deals"].iter().all(|of| seen.iter().any(|seen| seen.ends_with(of))), "{seen:?}");
}
