//! The questions of a preview, and the answers of its form.

use jiff::civil::Date;

use crate::sources::choices::{self, NO_COLUMN, ORDERS, OUTCOMES, ROLES, THREE_DIGITS, usual_order};
use crate::sources::plan::{Doubt, FilePlan, Plan, day, day_ja};
use crate::store::choices::Choices;
use crate::store::floor::FloorRow;
use crate::web::session::Form;
use crate::web::words::data::Words;
use crate::web::words::fill;

/// The answer that takes another one back.
const AS_FILES_SAY: &str = "+files";

/// A question with two answers.
pub struct Question {
    pub name: &'static str,
    pub text: String,
    /// Value, what it means, chosen.
    pub answers: Vec<(&'static str, String, bool)>,
}

/// What a column of a file is taken for, and what it could be.
pub struct Pick {
    /// The names of the two fields: what is chosen, and what stood there.
    pub field: String,
    pub before: String,
    pub label: &'static str,
    pub was: String,
    /// Value, text, chosen.
    pub options: Vec<(String, String, bool)>,
}

/// A stage that no word tells.
pub struct StageQuestion {
    /// The names of the two fields: the answer, and the stage.
    pub field: String,
    pub name_field: String,
    pub stage: String,
    pub rows: String,
    /// Value, text, chosen.
    pub options: Vec<(&'static str, &'static str, bool)>,
}

impl StageQuestion {
    pub fn is_open(&self) -> bool {
        self.options.iter().any(|(value, _, chosen)| value.is_empty() && *chosen)
    }
}

/// The answers of a form over those of the preview.
///
/// # Errors
/// An answer that nobody can give on the page.
pub fn read(form: &Form, before: &Choices) -> Result<Choices, String> {
    let mut out = before.clone();
    let one_of = |name: &str, all: &[&str]| {
        let given = form.text(name);
        if given.is_empty() || given == AS_FILES_SAY || all.contains(&given) {
            Ok(given)
        } else {
            Err(format!("{name}: {given:?}"))
        }
    };
    for (name, all, answer) in
        [("date_order", &ORDERS, &mut out.date_order), ("three_digits", &THREE_DIGITS, &mut out.three_digits)]
    {
        match one_of(name, all)? {
            "" => {}
            AS_FILES_SAY => *answer = None,
            given => *answer = Some(given.to_owned()),
        }
    }
    // What stands in the field by itself is no answer; a field that was emptied takes one back.
    let (currency, was) = (form.text("currency").trim(), form.text("currency_was"));
    match currency.is_empty() {
        true if !was.is_empty() => out.currency = None,
        false if !currency.eq_ignore_ascii_case(was) => out.currency = Some(choices::currency(currency)?),
        _ => {}
    }
    for (name, stage) in form.0.iter().filter(|(name, _)| name.starts_with("stage_name.")) {
        let field = name.replacen("stage_name", "stage", 1);
        match one_of(&field, &OUTCOMES)? {
            "" => {}
            AS_FILES_SAY => out.say_stage(stage, None),
            given => out.say_stage(&choices::stage(&format!("{stage}={given}"))?.0, Some(given)),
        }
    }
    for (name, heading) in &form.0 {
        let Some((file, role)) = name.strip_prefix("column.").and_then(|rest| rest.split_once('.')) else { continue };
        let was = form.text(&format!("was.{file}.{role}"));
        if ROLES.contains(&role) && heading == AS_FILES_SAY {
            out.columns.remove(role);
        } else if ROLES.contains(&role) && !heading.is_empty() && heading != was {
            out.replace(role, was, heading);
        }
    }
    Ok(out)
}

/// What the files leave open, with what is usual on this floor beside the answers.
pub fn questions(w: &Words, plan: &Plan, choices: &Choices, floor: &FloorRow) -> Vec<Question> {
    let mut all = Vec::new();
    let order = plan.files.iter().find_map(|file| file.doubts.date_order.as_ref());
    if let Some(doubt) = order {
        let text = fill(w.which_order, &values(doubt));
        let both = [("dmy", w.day_first), ("mdy", w.month_first)].map(|(order, label)| {
            let sample = doubt.samples.first().and_then(|text| as_date(text, order));
            let sample = sample.map(|of| if w.is_japanese() { day_ja(of) } else { day(of) });
            let text = fill(label, &[("day", &sample.unwrap_or_default())]);
            let usual = if usual_order(floor) == Some(order) {
                fill(w.usual_here, &[("zone", &floor.tz)])
            } else {
                String::new()
            };
            (order, format!("{text}{usual}"), choices.date_order.as_deref() == Some(order))
        });
        let answers = both.into_iter().chain(taken_back(w, choices.date_order.is_some())).collect();
        all.push(Question { name: "date_order", text, answers });
    }
    let digits = plan.files.iter().find_map(|file| file.doubts.three_digits.as_ref());
    if let Some(doubt) = digits {
        let text = fill(w.which_digits, &values(doubt));
        let sample = doubt.samples.first().map_or("", String::as_str);
        let both = [("thousands", w.thousands), ("decimals", w.decimals)].map(|(answer, label)| {
            let text = fill(label, &[("n", &as_amount(sample, answer == "thousands"))]);
            (answer, text, choices.three_digits.as_deref() == Some(answer))
        });
        let answers = both.into_iter().chain(taken_back(w, choices.three_digits.is_some())).collect();
        all.push(Question { name: "three_digits", text, answers });
    }
    all
}

/// The stages that no word tells, of all files, and what was said of them.
pub fn stages(w: &crate::web::words::Words, plan: &Plan, choices: &Choices) -> Vec<StageQuestion> {
    let d = w.of_data();
    let mut all: Vec<(&str, usize)> = Vec::new();
    for (stage, rows) in plan.files.iter().flat_map(|file| &file.doubts.asked_stages) {
        match all.iter_mut().find(|(known, _)| known == stage) {
            Some((_, sum)) => *sum += rows,
            None => all.push((stage, *rows)),
        }
    }
    let question = |(at, (stage, rows)): (usize, (&str, usize))| {
        let said = choices.stage(stage);
        let none = if said.is_some() { (AS_FILES_SAY, d.stage_unknown, false) } else { ("", d.stage_unknown, true) };
        let outcomes = [("won", d.is_won), ("lost", d.is_lost), ("open", d.is_open)];
        StageQuestion {
            field: format!("stage.{at}"),
            name_field: format!("stage_name.{at}"),
            stage: stage.to_owned(),
            rows: fill(d.of_rows, &[("n", &w.count(rows))]),
            options: std::iter::once(none)
                .chain(outcomes.map(|(value, text)| (value, text, said == Some(value))))
                .collect(),
        }
    };
    all.into_iter().enumerate().map(question).collect()
}

/// Where something was answered, that it was not.
fn taken_back(w: &Words, is_answered: bool) -> Option<(&'static str, String, bool)> {
    is_answered.then(|| (AS_FILES_SAY, w.as_files_say.to_owned(), false))
}

fn values(doubt: &Doubt) -> [(&'static str, &str); 2] {
    [("sample", doubt.samples.first().map_or("", String::as_str)), ("column", &doubt.column)]
}

/// An ambiguous date in one of its orders.
fn as_date(text: &str, order: &str) -> Option<Date> {
    let parts: Vec<i16> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map_while(|part| part.parse().ok())
        .collect();
    let [first, second, year, ..] = parts.as_slice() else { return None };
    let (day, month) = if order == "dmy" { (*first, *second) } else { (*second, *first) };
    let year = if *year < 100 { 2000 + year } else { *year };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// An ambiguous amount as one of its numbers, as both languages of the pages write it.
fn as_amount(text: &str, is_thousands: bool) -> String {
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    let sign = if is_thousands { "," } else { "." };
    digits.replace([',', '.'], sign)
}

/// The columns of a file, each to be corrected.
pub fn picks(w: &Words, at: usize, file: &FilePlan, choices: &Choices) -> Vec<Pick> {
    if file.headings.iter().all(String::is_empty) {
        return Vec::new();
    }
    let is_people = file.people > 0 && file.won + file.open + file.lost == 0;
    let roles = ROLES.into_iter().filter(|role| !is_people || matches!(*role, "who" | "team"));
    roles.map(|role| pick(w, (at, file), role, choices.columns.contains_key(role))).collect()
}

/// `is_said`: somebody said of the role which column it is.
fn pick(w: &Words, (at, file): (usize, &FilePlan), role: &'static str, is_said: bool) -> Pick {
    let meaning = if role == "who" { "person" } else { role };
    let found: Vec<&str> = file.columns.iter().filter(|of| of.meaning == meaning).map(|of| of.name.as_str()).collect();
    let was = match found.as_slice() {
        [] => NO_COLUMN,
        [only] => only,
        // First and family name: one of the two alone would be another answer.
        _ => "",
    };
    let mut options = Vec::new();
    if found.len() > 1 {
        options.push((String::new(), found.join(" + "), true));
    }
    if is_said {
        options.push((AS_FILES_SAY.to_owned(), w.as_files_say.to_owned(), false));
    }
    // A list without people is none.
    if role != "who" || was == NO_COLUMN {
        options.push((NO_COLUMN.to_owned(), w.no_column.to_owned(), was == NO_COLUMN));
    }
    let headings = file.headings.iter().filter(|heading| !heading.is_empty());
    options.extend(headings.map(|heading| (heading.clone(), heading.clone(), heading == was)));
    Pick {
        field: format!("column.{at}.{role}"),
        before: format!("was.{at}.{role}"),
        label: w.role(meaning),
        was: was.to_owned(),
        options,
    }
}

impl Words {
    fn is_japanese(&self) -> bool {
        std::ptr::eq(self, &crate::web::words::data::JA)
    }

    /// What a column is, by the name that records have for it.
    pub fn role(&self, meaning: &str) -> &'static str {
        match meaning {
            "person" => self.role_person,
            "amount" => self.role_amount,
            "date" => self.role_date,
            "stage" => self.role_stage,
            "team" => self.role_team,
            "lead" => self.role_lead,
            "currency" => self.role_currency,
            "id" => self.role_id,
            "email" => self.role_email,
            _ => self.role_label,
        }
    }
}
