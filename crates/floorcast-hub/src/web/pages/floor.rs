//! What several pages ask of a floor: which figures there are, whose scorecard holds, who stands where on the wall.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use salesfloor::facts::{Aggregate, Kind, MetricId, PersonId, Scope, Scorecard, ScorecardLine};
use salesfloor::figures::{Compared, Figures, Numbering, Standing};
use salesfloor::period::{Days, PeriodKind, Span};

use crate::access::Viewer;
use crate::store::figures::Loaded;
use crate::store::{Result, Tx, current, targets};

/// At most so many indicators stand in front.
pub const IN_FRONT: usize = 4;

/// The floor as the walls know it, with the targets that a viewer may see.
///
/// # Errors
/// The store's.
pub fn load(tx: &mut Tx<'_>, viewer: &Viewer, now: Timestamp) -> Result<Loaded> {
    let mut loaded = current::load(tx, now)?;
    targets::load(tx, viewer, &mut loaded)?;
    Ok(loaded)
}

/// Rates are of so many days before today, and today.
const RATE_DAYS: i64 = 90;

/// The time whose rates count, on every page that says one.
pub fn rate_window(figures: &Figures<'_>) -> Span {
    let start = figures.today().saturating_sub(RATE_DAYS.days());
    figures.span(Days { start, end: figures.today().saturating_add(1.day()) })
}

impl Loaded {
    pub fn at(&self, now: Timestamp) -> Figures<'_> {
        Figures { floor: &self.floor, ledger: &self.ledger, now }
    }

    pub fn person(&self, id: &str) -> Option<PersonId> {
        self.person_id(id)
    }

    /// The scorecard of a person: of the team, else of the floor, else what people do, without targets.
    pub fn card_of(&self, person: PersonId, day: Date) -> Scorecard {
        let team = self.floor.person(person).team_on(day);
        let of = |wanted| self.floor.scorecards.iter().find(|card| card.team == wanted && !card.lines.is_empty());
        let found = team.and_then(|team| of(Some(team))).or_else(|| of(None));
        found.cloned().unwrap_or_else(|| Scorecard {
            title: String::new(),
            team: None,
            period: PeriodKind::Month,
            lines: self.leading().into_iter().map(line).collect(),
        })
    }

    pub fn leading(&self) -> Vec<MetricId> {
        let is_leading = |id: &MetricId| self.floor.metric(*id).kind == Kind::Leading;
        self.floor.metric_ids().filter(is_leading).collect()
    }

    /// Figures that people are ranked in: what comes of work first, the number of deals after their amounts.
    pub fn ranked(&self) -> Vec<MetricId> {
        let floor = &self.floor;
        let has_facts = |id: &MetricId| match floor.metric(*id).aggregate {
            Aggregate::Ratio { num, .. } => self.ledger.days_of(num).is_some(),
            _ => self.ledger.days_of(*id).is_some(),
        };
        let mut all: Vec<MetricId> = floor.metric_ids().filter(has_facts).collect();
        let order = |id: &MetricId| {
            let of = floor.metric(*id);
            (of.kind == Kind::Leading, of.key == "deals")
        };
        all.sort_by_key(order);
        all
    }
}

fn line(metric: MetricId) -> ScorecardLine {
    ScorecardLine { metric, weight: 1, cap: None, target: None, per: PeriodKind::Month }
}

/// A row of a ranking as the wall has it: who is in totals only has no row.
pub struct Ranked {
    pub person: PersonId,
    pub name: String,
    pub value: f64,
    pub place: u32,
    pub tied: bool,
}

/// Everybody with a figure in a span, best first, by the names of the wall.
pub fn ranking(figures: &Figures<'_>, metric: MetricId, span: Span) -> Vec<Ranked> {
    let mut rows: Vec<Standing> =
        figures.people(metric, span, Numbering::Competition).into_iter().filter(|row| row.n > 0).collect();
    figures.place(metric, Compared::facts(Numbering::Competition), &mut rows);
    let tied = |place: Option<u32>| rows.iter().filter(|row| row.place == place).count() > 1;
    let row = |standing: &Standing| {
        let Scope::Person(person) = standing.who else { return None };
        let name = figures.floor.person(person).wall_name()?.to_owned();
        let (value, place) = (standing.value?.as_f64(), standing.place?);
        Some(Ranked { person, name, value, place, tied: tied(Some(place)) })
    };
    rows.iter().filter_map(row).collect()
}

/// `4`, `=6`.
pub fn plate(place: u32, tied: bool) -> String {
    if tied { format!("={place}") } else { place.to_string() }
}

/// The look of a rank plate.
pub fn plate_class(place: u32, own: bool) -> &'static str {
    match (own, place) {
        (true, _) => "plate own",
        (false, 1..=3) => "plate top3",
        _ => "plate",
    }
}
