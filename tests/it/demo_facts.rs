//! The figures of the built-in show are those of its facts: the tables in `assets/demo`, computed by the program itself.

use std::collections::BTreeMap;
use std::path::Path;

use floorcast::demo;
use floorcast::map::workbook::{self, Read, ReadOptions, kind_of};
use floorcast::map::{SourceBody, TableSettings, decode};
use salesfloor::facts::{ContestFormat, Goal, MetricId, PersonId, Scope, TeamId};
use salesfloor::figures::{Figures, Value};
use salesfloor::period::{PeriodKind, Span};
use serde_json::Value as Json;

/// The tables of a language at an instant.
fn read(language: &str, now: jiff::Timestamp) -> Read {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo").join(language);
    let mut files: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    let pages = files.iter().map(|file| std::fs::read(folder.join(file)).unwrap()).collect();
    let source = SourceBody { files, pages, ..SourceBody::default() };
    let settings = TableSettings::default();
    let sheets =
        decode::floor(&[source], &settings, |name| kind_of(name).is_some(), |_| "Deals", &mut Vec::new()).unwrap();
    let read = workbook::read(&sheets, ReadOptions { settings: &settings, now, tz: "UTC", date_order: "" }).unwrap();
    let told: Vec<&str> = read.report.notes.iter().map(|note| note.text.as_str()).collect();
    // Whoever is new has no target yet.
    assert!(told.iter().all(|text| text.starts_with("no target for 桐生 直樹 in ")), "{language}: {told:?}");
    read
}

struct Show<'a> {
    body: &'a Json,
    read: &'a Read,
    figures: Figures<'a>,
}

impl<'a> Show<'a> {
    fn slide(&self, id: &str) -> &'a Json {
        self.body["slides"].as_array().unwrap().iter().find(|slide| slide["id"] == id).unwrap()
    }

    fn person(&self, key: &Json) -> PersonId {
        let name = self.body["people"][key.as_str().unwrap()]["name"].as_str().unwrap();
        let people = &self.read.floor.people;
        PersonId(people.iter().position(|person| person.name == name).unwrap() as u32)
    }

    fn team(&self, key: &Json) -> TeamId {
        let name = self.body["teams"][key.as_str().unwrap()]["name"].as_str().unwrap();
        TeamId(self.read.floor.teams.iter().position(|team| team.name == name).unwrap() as u32)
    }

    fn metric(&self, key: &str) -> MetricId {
        let key = match key {
            "won" => "sold",
            other => other,
        };
        MetricId(self.read.floor.metrics.iter().position(|metric| metric.key == key).unwrap() as u32)
    }

    fn month(&self) -> Span {
        self.figures.span(self.figures.current(PeriodKind::Month))
    }

    fn value(&self, metric: &str, who: Scope, span: Span) -> f64 {
        self.figures.value(self.metric(metric), who, span).map_or(0.0, Value::as_f64)
    }

    fn goal(&self, metric: &str, who: Scope) -> Option<&'a Goal> {
        let metric = self.metric(metric);
        self.read.floor.goals.iter().find(|goal| goal.metric == metric && goal.scope == who)
    }

    /// Value, target and pace of a cell of the tape against the facts.
    fn holds(&self, cell: &Json, metric: &str, who: Scope, place: &str) {
        let value = self.value(metric, who, self.month());
        assert_eq!(cell["value"].as_f64().unwrap_or(0.0), value, "{place}: value");
        let goal = self.goal(metric, who).map(|goal| self.figures.goal(goal));
        for (key, figure) in
            [("target", goal.as_ref().map(|goal| goal.target)), ("pace", goal.as_ref().map(|goal| goal.pace))]
        {
            let shown = cell[key].as_f64();
            assert_eq!(shown.is_some(), figure.is_some(), "{place}: {key}");
            assert!((shown.unwrap_or(0.0) - figure.unwrap_or(0.0)).abs() < 1.0, "{place}: {key} {shown:?} {figure:?}");
        }
        if let (Some(shown), Some(forecast)) = (cell["forecast"].as_f64(), goal.and_then(|goal| goal.forecast)) {
            assert!((shown - forecast).abs() <= 1.0, "{place}: forecast {shown} {forecast}");
        }
    }

    fn rankings(&self) {
        for id in ["stack", "demos"] {
            let slide = self.slide(id);
            let metric = slide["metric"].as_str().unwrap();
            self.holds(&slide["total"], metric, Scope::Company, id);
            for row in slide["rows"].as_array().unwrap() {
                let who = Scope::Person(self.person(&row["who"]));
                let place = format!("{id} {}", row["who"]);
                match id {
                    "stack" => self.holds(row, metric, who, &place),
                    _ => assert_eq!(
                        row["value"].as_f64().unwrap_or(0.0),
                        self.value(metric, who, self.month()),
                        "{place}"
                    ),
                }
                if let Some(demos) = row["also"]["demos"].as_f64() {
                    assert_eq!(demos, self.value("demos", who, self.month()), "{place}: also");
                }
            }
        }
        let teams = self.slide("teams");
        self.holds(&teams["total"], "won", Scope::Company, "teams");
        for row in teams["rows"].as_array().unwrap() {
            let team = self.team(&row["who"]);
            self.holds(row, "won", Scope::Team(team), &format!("teams {}", row["who"]));
            let members = self.figures.heads(team, self.month()) as u64;
            assert_eq!(row["members"].as_u64(), Some(members), "{}", row["who"]);
            for part in row["parts"].as_array().unwrap() {
                let who = Scope::Person(self.person(&part["who"]));
                assert_eq!(part["value"].as_f64().unwrap(), self.value("won", who, self.month()), "{}", part["who"]);
            }
        }
    }

    fn goals_and_cards(&self) {
        for row in self.slide("goals")["rows"].as_array().unwrap() {
            let who = if row["who"].is_null() { Scope::Company } else { Scope::Team(self.team(&row["who"])) };
            self.holds(row, "won", who, &format!("goals {}", row["who"]));
        }
        let slide = self.slide("score");
        let card = &self.read.floor.scorecards[0];
        for row in slide["rows"].as_array().unwrap() {
            let figure = self.figures.card(card, Scope::Person(self.person(&row["who"])));
            for (shown, cell) in row["cells"].as_array().unwrap().iter().zip(&figure.cells) {
                for (key, figure) in [("value", cell.value), ("target", cell.target), ("pace", cell.pace)] {
                    let shown = shown[key].as_f64().unwrap();
                    assert!((shown - figure.unwrap()).abs() < 0.51, "score {} {key}: {shown} {figure:?}", row["who"]);
                }
            }
        }
    }

    fn contests(&self) {
        let contest = &self.read.floor.contests[0];
        assert_eq!(contest.format, ContestFormat::Most);
        let figure = self.figures.contest(contest);
        for row in self.slide("sprint")["rows"].as_array().unwrap() {
            let who = Scope::Person(self.person(&row["who"]));
            let own = figure.rows.iter().find(|row| row.who == who).unwrap();
            assert_eq!(row["value"].as_f64().unwrap(), own.value.as_f64(), "sprint {}", row["who"]);
        }
        let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
        let spans = [
            Span { start: at("2026-01-19T00:00:00Z"), end: at("2026-01-23T17:00:00Z") },
            Span { start: at("2026-01-26T00:00:00Z"), end: at("2026-01-28T17:00:00Z") },
        ];
        for (round, span) in self.slide("cup")["rounds"].as_array().unwrap().iter().zip(spans) {
            for one in round["matches"].as_array().unwrap() {
                let value = |side: &str| {
                    let who = Scope::Person(self.person(&one[side]["who"]));
                    let value = self.value("demos", who, span);
                    assert_eq!(one[side]["value"].as_f64().unwrap(), value, "cup {}", one[side]["who"]);
                    value
                };
                let (a, b) = (value("a"), value("b"));
                let winner = if a > b { "a" } else { "b" };
                assert!(one["winner"].is_null() || one["winner"] == winner, "{one}");
            }
        }
    }

    fn praise(&self) {
        let items = self.slide("praise")["items"].as_array().unwrap();
        let best = Scope::Person(self.person(&items[0]["who"][0]));
        assert_eq!(items[0]["value"].as_f64().unwrap(), self.value("won", best, self.month()));
        let deals = self.value("deals", best, self.month());
        assert_eq!(items[0]["facts"][0]["value"], deals.to_string(), "deals of {}", items[0]["who"]);
        let total = self.value("won", Scope::Company, self.month());
        assert_eq!(items[1]["value"].as_f64().unwrap(), total);
        for step in items[1]["milestones"].as_array().unwrap() {
            let (value, goal) = (step["value"].as_f64().unwrap(), self.goal("won", Scope::Company).unwrap());
            assert!(value <= self.figures.goal(goal).target, "no milestone beyond the goal");
            match step["at"].as_str() {
                None => assert!(value > total, "the next is ahead"),
                Some(moment) => {
                    // The fact of this moment made it.
                    let passed = |now: jiff::Timestamp| {
                        let figures = Figures { now, ..self.figures };
                        figures.value(self.metric("won"), Scope::Company, self.month()).unwrap().as_f64()
                    };
                    let moment: jiff::Timestamp = moment.parse().unwrap();
                    assert!(
                        passed(moment) >= value && passed(moment - jiff::SignedDuration::from_secs(1)) < value,
                        "{step}"
                    );
                }
            }
        }
    }

    fn ramp(&self) {
        let row = &self.slide("ramp")["rows"][0];
        let person = self.person(&row["who"]);
        let ramp = self.read.floor.ramps.iter().find(|ramp| ramp.person == person).unwrap();
        let figure = self.figures.ramp(ramp);
        assert_eq!(row["day"].as_i64(), Some(i64::from(figure.day)));
        for (shown, stage) in row["stages"].as_array().unwrap().iter().zip(&figure.stages) {
            let day = match stage.state {
                salesfloor::figures::StageState::Done(day) => Some(i64::from(day)),
                _ => None,
            };
            assert_eq!(shown["on_day"].as_i64(), day, "{}", shown["label"]);
            if let (Some(value), Some((_, figure, target))) = (shown["value"].as_f64(), stage.measure) {
                assert_eq!((value, shown["target"].as_f64()), (figure, Some(target)));
            }
        }
    }
}

#[test]
fn the_tape_is_made_of_the_facts() {
    let mut moments = 0;
    for line in demo::tape().lines() {
        let line: Json = serde_json::from_str(line).unwrap();
        let body = &line["body"];
        let now = body["as_of"].as_str().unwrap().parse().unwrap();
        let read = read("en", now);
        let figures = Figures { floor: &read.floor, ledger: &read.ledger, now };
        let show = Show { body, read: &read, figures };
        show.rankings();
        show.goals_and_cards();
        show.contests();
        show.praise();
        show.ramp();
        moments += 1;
    }
    assert!(moments > 10);
}

#[test]
fn the_days_to_close_are_the_means_of_the_deals() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/en/Deals.csv");
    let text = std::fs::read_to_string(path).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split(',').collect()).collect();
    for line in demo::tape().lines() {
        let line: Json = serde_json::from_str(line).unwrap();
        let now = line["body"]["as_of"].as_str().unwrap().replace('T', " ").replace('Z', "");
        let mut days: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for row in rows.iter().filter(|row| *row[0] >= *"2026-01-01" && row[0] <= now.as_str() && !row[4].is_empty()) {
            days.entry(row[1]).or_default().push(row[4].parse().unwrap());
        }
        let slides = line["body"]["slides"].as_array().unwrap();
        let cycle = slides.iter().find(|slide| slide["id"] == "cycle").unwrap();
        for row in cycle["rows"].as_array().unwrap() {
            let name = line["body"]["people"][row["who"].as_str().unwrap()]["name"].as_str().unwrap();
            let mean = days.get(name).map(|days| (days.iter().sum::<f64>() / days.len() as f64 * 10.0).round() / 10.0);
            assert_eq!(row["value"].as_f64(), mean, "{name} at {now}");
        }
    }
}

#[test]
fn the_tables_are_the_same_floor_in_both_languages() {
    let now = "2026-01-26T14:32:00Z".parse().unwrap();
    let [en, ja] = ["en", "ja"].map(|language| read(language, now));
    assert_eq!(en.ledger.len(), ja.ledger.len());
    let boards = [&en, &ja].map(|read| read.writer(now).board());
    let figures = |board: &Json| -> Vec<String> {
        let slides = board["slides"].as_array().unwrap();
        let rows = slides.iter().flat_map(|slide| slide["rows"].as_array().into_iter().flatten());
        rows.map(|row| format!("{} {} {}", row["value"], row["target"], row["score"])).collect()
    };
    assert_eq!(figures(&boards[0]), figures(&boards[1]));
    assert_eq!(boards[1]["slides"][0]["title"], "売上ランキング");
}
