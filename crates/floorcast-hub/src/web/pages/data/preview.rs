//! What an import would do, as its page shows it before anything is written.

use super::answers::{self, Pick, Question, StageQuestion};
use super::changed::{Changed, Difference};
use super::owners;
use crate::sources::files::japanese;
use crate::sources::names;
use crate::sources::plan::{Column, DealRecord, FilePlan, LeftOut, Outcome, Plan, day, day_ja, money};
use crate::store::choices::Choices;
use crate::store::floor::FloorRow;
use crate::web::words::{Words, fill};

/// Rows that are left out and shown; the number tells of all.
const MAX_LINES: usize = 50;

/// New names that are shown.
const MAX_NAMES: usize = 200;

pub struct Preview {
    pub key: String,
    pub line: String,
    pub files: Vec<FileLine>,
    pub questions: Vec<Question>,
    pub stages: Vec<StageQuestion>,
    /// As what amounts count that name no currency.
    pub currency: Option<String>,
    /// What was won, a line for each currency, and from when to when.
    pub won: Vec<String>,
    pub first: Vec<First>,
    /// What differs of deals that are here already, and the heading that says how many do.
    pub changed: Vec<Difference>,
    pub changed_title: String,
    pub more_changed: String,
    pub notes: Vec<String>,
    /// New people, one a line; spellings of one name beside each other.
    pub names: Vec<String>,
    pub more_names: String,
    pub left_out: Vec<LeftOutLine>,
    pub more_left_out: String,
    pub button: Option<String>,
    /// Why there is no button.
    pub why_not: &'static str,
}

impl Preview {
    /// A question is not answered yet.
    pub fn is_asking(&self) -> bool {
        let is_open = |question: &Question| question.answers.iter().all(|(.., chosen)| !chosen);
        self.questions.iter().any(is_open) || self.stages.iter().any(StageQuestion::is_open)
    }
}

pub struct FileLine {
    pub name: String,
    pub counts: String,
    pub unread: Option<String>,
    /// Heading, meaning and share of the rows that are filled.
    pub columns: Vec<(String, String, String)>,
    pub notes: Vec<String>,
    pub picks: Vec<Pick>,
    /// Somebody has to look at the columns.
    pub is_open: bool,
}

/// A deal as it will be kept.
pub struct First {
    pub line: u32,
    pub person: String,
    pub team: String,
    pub day: String,
    pub amount: String,
    pub outcome: &'static str,
    pub label: String,
}

pub struct LeftOutLine {
    pub line: u32,
    pub why: String,
    pub cells: String,
}

pub fn of_plan(
    w: &Words,
    key: String,
    (plan, choices): (&Plan, &Choices),
    (floor, known, changed): (&FloorRow, &[String], Changed),
) -> Preview {
    let n = |n: usize| w.count(n);
    let d = w.of_data();
    let counts = [
        ("new", n(plan.counts.created)),
        ("changed", n(plan.counts.updated)),
        ("same", n(plan.counts.unchanged)),
        ("out", n(plan.counts.skipped)),
    ];
    let counts: Vec<(&str, &str)> = counts.iter().map(|(key, n)| (*key, n.as_str())).collect();
    let line = fill(w.preview_line, &counts);
    let deals = plan.won + plan.lost + plan.open;
    let button = match (deals, plan.new_people.len(), plan.changes.is_empty() || plan.is_unread()) {
        (_, _, true) => None,
        (0, people, _) if people > 0 => Some(fill(w.import_people, &[("n", &n(people))])),
        (deals, _, _) => Some(fill(w.import_now, &[("n", &n(deals))])),
    };
    let why_not = match (plan.is_unread(), plan.is_all_left_out(), plan.counts.skipped) {
        (true, ..) => d.say_columns,
        (_, true, _) => d.all_left_out,
        (_, _, 0) => w.nothing_new,
        _ => d.rest_is_known,
    };
    let left_out: Vec<&LeftOut> = plan.files.iter().flat_map(|file| &file.left_out).collect();
    let names = spelled(&plan.new_people, known, w.of_data().here_already);
    Preview {
        key,
        line,
        files: plan.files.iter().enumerate().map(|(at, of)| file(w, at, of, choices)).collect(),
        questions: answers::questions(d, plan, choices, floor),
        stages: answers::stages(w, plan, choices),
        currency: (plan.bare.amounts > 0).then(|| plan.bare.code.clone()),
        won: won(w, plan),
        first: plan.first.iter().map(|deal| first(w, deal)).collect(),
        changed_title: fill(d.deals_change, &[("n", &n(changed.deals))]),
        more_changed: more(w, changed.deals, changed.shown),
        changed: changed.rows,
        notes: notes(w, plan),
        more_names: more(w, names.len(), MAX_NAMES),
        names: names.into_iter().take(MAX_NAMES).collect(),
        more_left_out: more(w, left_out.len(), MAX_LINES),
        left_out: left_out
            .into_iter()
            .take(MAX_LINES)
            .map(|of| LeftOutLine {
                line: of.line,
                why: if w.lang == "ja" { of.why_ja.clone() } else { of.why.clone() },
                cells: of.cells.join(" · "),
            })
            .collect(),
        button,
        why_not,
    }
}

/// What there is to say of all files together.
fn notes(w: &Words, plan: &Plan) -> Vec<String> {
    let mut notes: Vec<String> = plan.remarks.iter().map(|remark| remark.text(w.lang)).collect();
    if let Some(code) = &plan.adopted {
        notes.push(fill(w.of_data().adopts, &[("code", code)]));
    }
    if !plan.new_teams.is_empty() {
        notes.push(fill(w.new_teams, &[("names", &plan.new_teams.join(if w.lang == "ja" { "、" } else { ", " }))]));
    }
    notes.extend(plan.others.iter().map(|(what, n)| other(w, what, *n)));
    notes.extend(owners::notes(w, plan));
    notes
}

/// How many there are of what is neither a deal nor a person, by its name in the plan.
fn other(w: &Words, what: &str, n: usize) -> String {
    let d = w.of_data();
    let text = match what {
        "contests" => d.o_contests,
        "days" => d.o_days,
        "goals" => d.o_goals,
        "messages" => d.o_messages,
        "people with a plan" => d.o_on_plans,
        "plans" => d.o_plans,
        "plays" => d.o_plays,
        "recognitions" => d.o_recognitions,
        "scorecards" => d.o_scorecards,
        "settings" => d.o_settings,
        _ => return format!("{} {what}", w.count(n)),
    };
    fill(text, &[("n", &w.count(n))])
}

fn more(w: &Words, all: usize, shown: usize) -> String {
    match all.saturating_sub(shown) {
        0 => String::new(),
        n => fill(w.of_data().and_more, &[("n", &w.count(n))]),
    }
}

fn file(w: &Words, at: usize, file: &FilePlan, choices: &Choices) -> FileLine {
    let d = w.of_data();
    let parts = [
        (d.n_won, file.won),
        (d.n_open, file.open),
        (d.n_lost, file.lost),
        (d.n_people, file.people),
        (d.n_unwanted, file.unwanted),
    ];
    let parts = parts.into_iter().chain([(d.n_out, file.left_out.len())]).filter(|(_, n)| *n > 0);
    let parts: Vec<String> = parts.map(|(text, n)| fill(text, &[("n", &w.count(n))])).collect();
    let rows = fill(d.rows_read, &[("n", &w.count(file.rows))]);
    let counts = match (file.rows, parts.is_empty()) {
        (0, _) => String::new(),
        (_, true) => rows,
        _ => format!("{rows}: {}", parts.join(if w.lang == "ja" { "、" } else { ", " })),
    };
    let column = |of: &Column| {
        let share = (of.filled * 100).checked_div(file.rows).unwrap_or(0).min(100);
        (of.name.clone(), d.role(&of.meaning).to_owned(), fill(d.filled, &[("n", &share.to_string())]))
    };
    let is_translated = w.lang == "ja" && file.notes_ja.len() == file.notes.len();
    let notes = if is_translated { &file.notes_ja } else { &file.notes };
    FileLine {
        name: file.name.clone(),
        counts,
        unread: file.unread.as_deref().map(|why| of_file(w, why)),
        // Of a table that is none as it stands the choices say it.
        columns: file.columns.iter().filter(|_| file.unread.is_none()).map(column).collect(),
        notes: notes
            .iter()
            .map(|note| of_file(w, note))
            .chain(file.remarks.iter().map(|remark| remark.text(w.lang)))
            .collect(),
        picks: answers::picks(d, at, file, choices),
        is_open: file.unread.is_some(),
    }
}

/// What is said of a file, in the language of the page where that is known; the file may stand before it.
pub fn of_file(w: &Words, why: &str) -> String {
    if w.lang != "ja" {
        return why.to_owned();
    }
    let behind_name = || why.split_once(": ").and_then(|(name, why)| Some(format!("{name}: {}", japanese(why)?)));
    japanese(why).or_else(behind_name).unwrap_or_else(|| why.to_owned())
}

fn won(w: &Words, plan: &Plan) -> Vec<String> {
    let d = w.of_data();
    let mut lines: Vec<String> = plan
        .sums
        .iter()
        .map(|(code, sum)| fill(d.won_sum, &[("sum", &money(sum.amount, code)), ("n", &w.count(sum.deals))]))
        .collect();
    if let Some((from, to)) = plan.days {
        let written = |of| if w.lang == "ja" { day_ja(of) } else { day(of) };
        let text = if from == to { d.won_on } else { d.won_between };
        lines.push(fill(text, &[("from", &written(from)), ("to", &written(to))]));
    }
    lines
}

fn first(w: &Words, deal: &DealRecord) -> First {
    let d = w.of_data();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let written = |of| if w.lang == "ja" { day_ja(of) } else { day(of) };
    First {
        line: deal.line,
        person: text(&deal.owner),
        team: text(&deal.team),
        day: deal.day.map(written).unwrap_or_default(),
        amount: deal.amount.map(|amount| money(amount, &text(&deal.currency))).unwrap_or_default(),
        outcome: match deal.outcome {
            Outcome::Won => d.is_won,
            Outcome::Open => d.is_open,
            Outcome::Lost => d.is_lost,
        },
        label: text(&deal.label),
    }
}

/// Whether two names may be one person's: "O'Neill" and "ONeill" too.
fn is_near(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|name| name.replace(['\'', '’'], ""));
    names::distance(&one, &other).is_some()
}

/// New names in their order; those that may be spellings of one stand together, and beside somebody who is here `already`.
fn spelled(names: &[String], known: &[String], already: &str) -> Vec<String> {
    let mut groups: Vec<(&String, Vec<String>)> = Vec::new();
    for name in names {
        match groups.iter_mut().find(|(first, _)| is_near(first, name)) {
            Some((_, group)) => group.push(name.clone()),
            None => groups.push((name, vec![name.clone()])),
        }
    }
    for name in known {
        if let Some((_, group)) = groups.iter_mut().find(|(first, _)| is_near(first, name)) {
            group.push(fill(already, &[("name", name)]));
        }
    }
    groups.into_iter().map(|(_, group)| group.join(" = ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names are those that plans give: one that is missing here would be English on a Japanese page.
    #[test]
    fn what_else_an_import_brings_has_words_in_both_languages() {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/sources/plan")).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            for call in ["self.other(tx, \"", "plan.others.entry(\""] {
                names.extend(text.split(call).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()));
            }
        }
        assert!(names.len() >= 10, "{names:?}");
        for name in &names {
            let ja = other(&crate::web::words::JA, name, 1);
            assert!(!ja.chars().any(|c| c.is_ascii_alphabetic()), "{ja}");
        }
        assert_eq!(other(&crate::web::words::EN, "goals", 1), "1 goal");
        assert_eq!(other(&crate::web::words::EN, "people with a plan", 2), "2 people with an onboarding plan");
    }

    #[test]
    fn spellings_of_one_name_stand_on_one_line() {
        let names = ["Peter O'Neill", "Schmidt, Anna", "Peter ONeill", "Ana Souza"].map(str::to_owned);
        let known = ["Anna Schmidt", "Ben Brand"].map(str::to_owned);
        let lines = spelled(&names, &known, "{name} (here)");
        let umlauts = ["Felix Öztürk", "Felix Oeztürk", "Gina Öztürk"].map(str::to_owned);
        assert_eq!(spelled(&umlauts, &[], ""), ["Felix Öztürk = Felix Oeztürk", "Gina Öztürk"]);
        assert_eq!(lines, ["Peter O'Neill = Peter ONeill", "Schmidt, Anna = Anna Schmidt (here)", "Ana Souza"]);
    }
}
