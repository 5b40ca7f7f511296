//! Answers about files: how they are written, checked, and joined with those of earlier files of the same source.

pub use floorcast_map::NO_COLUMN;
use jiff::tz::TimeZone;

use crate::store::choices::Choices;
use crate::store::floor::FloorRow;

/// What a column can be.
pub const ROLES: [&str; 8] = ["who", "amount", "date", "stage", "team", "currency", "id", "label"];

pub const ORDERS: [&str; 2] = ["dmy", "mdy"];
pub const THREE_DIGITS: [&str; 2] = ["thousands", "decimals"];
/// What a stage can be.
pub const OUTCOMES: [&str; 3] = ["won", "lost", "open"];

/// The longest heading or stage.
const MAX_HEADING: usize = 200;

/// `who=Owner` as a role and a heading.
///
/// # Errors
/// One line: what was expected and what came.
pub fn column(text: &str) -> Result<(String, String), String> {
    let expected = || format!("{text:?}: ROLE=HEADING is expected, with a role of {}", ROLES.join(", "));
    let (role, heading) = text.split_once('=').ok_or_else(expected)?;
    let (role, heading) = (role.trim(), heading.trim());
    let fits = ROLES.contains(&role) && !heading.is_empty() && heading.chars().count() <= MAX_HEADING;
    if fits { Ok((role.to_owned(), heading.to_owned())) } else { Err(expected()) }
}

/// `Umbrella=won` as a stage and what it is.
///
/// # Errors
/// One line: what was expected and what came.
pub fn stage(text: &str) -> Result<(String, String), String> {
    let expected = || format!("{text:?}: STAGE=OUTCOME is expected, with an outcome of {}", OUTCOMES.join(", "));
    // A stage may have a sign of its own in it.
    let (stage, outcome) = text.rsplit_once('=').ok_or_else(expected)?;
    let (stage, outcome) = (stage.trim(), outcome.trim());
    let fits = OUTCOMES.contains(&outcome) && !stage.is_empty() && stage.chars().count() <= MAX_HEADING;
    if fits { Ok((stage.to_owned(), outcome.to_owned())) } else { Err(expected()) }
}

/// A currency as its three letters.
///
/// # Errors
/// One line: what was expected and what came.
pub fn currency(text: &str) -> Result<String, String> {
    let code = text.trim().to_ascii_uppercase();
    let is_code = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_code { Ok(code) } else { Err(format!("{text:?}: the three letters of a currency are expected, like EUR")) }
}

impl Choices {
    /// These answers, and what was said before where they say nothing.
    pub fn over(self, before: &Choices) -> Choices {
        let mut columns = before.columns.clone();
        for (role, headings) in self.columns {
            for heading in headings.iter().rev() {
                choose(columns.entry(role.clone()).or_default(), heading);
            }
        }
        let mut stages = before.stages.clone();
        stages.extend(self.stages);
        Choices {
            date_order: self.date_order.or_else(|| before.date_order.clone()),
            three_digits: self.three_digits.or_else(|| before.three_digits.clone()),
            currency: self.currency.or_else(|| before.currency.clone()),
            columns,
            stages,
        }
    }

    /// What somebody said that a stage is.
    pub fn stage(&self, text: &str) -> Option<&str> {
        let is_same = |name: &str| name.to_lowercase() == text.to_lowercase();
        self.stages.iter().find(|(name, _)| is_same(name)).map(|(_, outcome)| outcome.as_str())
    }

    /// Says what a stage is, or, with nothing, that nobody knows.
    pub fn say_stage(&mut self, text: &str, outcome: Option<&str>) {
        self.stages.retain(|name, _| name.to_lowercase() != text.to_lowercase());
        self.stages.extend(outcome.map(|outcome| (text.to_owned(), outcome.to_owned())));
    }

    /// Says of the column that was taken for a role that it is another one, or none.
    pub fn replace(&mut self, role: &str, was: &str, heading: &str) {
        let names = self.columns.entry(role.to_owned()).or_default();
        names.retain(|name| name != was);
        choose(names, heading);
    }
}

/// The newest answer is looked for first; that there is no such column holds where none of the named ones is found.
fn choose(names: &mut Vec<String>, heading: &str) {
    names.retain(|name| name != heading);
    match heading == NO_COLUMN {
        true => names.push(heading.to_owned()),
        false => names.insert(0, heading.to_owned()),
    }
}

/// Zones of the United States, where the month stands first.
const MONTH_FIRST: [&str; 10] = [
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Phoenix",
    "America/Anchorage",
    "America/Detroit",
    "America/Boise",
    "America/Juneau",
    "Pacific/Honolulu",
];
const MONTH_FIRST_IN: [&str; 4] = ["US/", "America/Indiana/", "America/Kentucky/", "America/North_Dakota/"];

/// Zones of places where both orders are usual, or the year stands first.
const EITHER: [&str; 12] = [
    "Asia/Tokyo",
    "Asia/Seoul",
    "Asia/Shanghai",
    "Asia/Taipei",
    "Asia/Manila",
    "America/Toronto",
    "America/Vancouver",
    "America/Montreal",
    "America/Winnipeg",
    "America/Edmonton",
    "America/Halifax",
    "America/Regina",
];

/// The order of day and month that is usual where the floor is, to be proposed and never taken; `None`: nobody knows.
pub fn usual_order(floor: &FloorRow) -> Option<&'static str> {
    let zone = floor.tz.as_str();
    if floor.locale.ends_with("-US")
        || MONTH_FIRST.contains(&zone)
        || MONTH_FIRST_IN.iter().any(|of| zone.starts_with(of))
    {
        return Some("mdy");
    }
    let is_placed = zone.contains('/') && !zone.starts_with("Etc/") && TimeZone::get(zone).is_ok();
    let language = floor.locale.split('-').next().unwrap_or_default();
    let by_language = ["de", "fr", "es", "it", "nl", "pt"].contains(&language);
    (by_language || is_placed && !EITHER.contains(&zone)).then_some("dmy")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_answer_stands_before_an_earlier_one() {
        let said = |role: &str, headings: &[&str]| Choices {
            columns: [(role.to_owned(), headings.iter().map(|name| (*name).to_owned()).collect())].into(),
            ..Choices::default()
        };
        let mut all =
            said("who", &["Closer"]).over(&Choices { date_order: Some("mdy".into()), ..said("who", &["Rep"]) });
        assert_eq!(all, Choices { date_order: Some("mdy".into()), ..said("who", &["Closer", "Rep"]) });
        all.replace("who", "Rep", "-");
        all.replace("who", "-", "Owner");
        assert_eq!(all.columns["who"], ["Owner", "Closer"]);
    }

    #[test]
    fn columns_stages_and_currencies_are_checked() {
        assert_eq!(stage("A = B=won").unwrap(), ("A = B".into(), "won".into()));
        for wrong in ["won", "Umbrella=perhaps", "=won"] {
            assert!(stage(wrong).unwrap_err().contains("STAGE=OUTCOME"), "{wrong}");
        }
        assert_eq!(column(" who = Owner Name ").unwrap(), ("who".into(), "Owner Name".into()));
        for wrong in ["who", "whom=Owner", "who="] {
            assert!(column(wrong).unwrap_err().contains("ROLE=HEADING"), "{wrong}");
        }
        assert_eq!(currency(" eur").unwrap(), "EUR");
        assert!(currency("€").unwrap_err().contains("three letters"));
    }

    #[test]
    fn the_order_of_the_country_is_proposed_where_it_is_known() {
        let floor = |tz: &str, locale: &str| FloorRow {
            name: String::new(),
            tz: tz.into(),
            locale: locale.into(),
            currency: String::new(),
            week_start: 1,
            fiscal_month: 1,
            workdays: String::new(),
        };
        for (tz, locale, order) in [
            ("Europe/Berlin", "en", Some("dmy")),
            ("America/Chicago", "en", Some("mdy")),
            ("America/Indiana/Knox", "en", Some("mdy")),
            ("America/Sao_Paulo", "pt", Some("dmy")),
            ("UTC", "en-US", Some("mdy")),
            ("UTC", "fr", Some("dmy")),
            ("Etc/UTC", "en", None),
            ("Asia/Tokyo", "ja", None),
        ] {
            assert_eq!(usual_order(&floor(tz, locale)), order, "{tz} {locale}");
        }
    }
}
