//! What the chosen rules would have celebrated last month.

use jiff::{Timestamp, ToSpan as _};
use salesfloor::figures::Rules;
use salesfloor::period::Days;

use super::super::amounts::minor;
use super::super::floor as pages_floor;
use super::label;
use crate::access::Viewer;
use crate::publish::celebrate::{headline, kind_of, rehearsed};
use crate::store::{Result, Tx, metrics};
use crate::web::session::Visitor;
use crate::web::words::fill;

/// More are counted, not listed.
const MAX_ROWS: usize = 100;

pub struct Preview {
    pub title: String,
    pub n: String,
    /// Day, rule, whom, what.
    pub rows: Vec<(String, &'static str, String, String)>,
    /// How many of each rule.
    pub kinds: Vec<(&'static str, String)>,
}

pub fn preview(tx: &mut Tx<'_>, visitor: &Visitor, deal: Option<&str>, now: Timestamp) -> Result<Preview> {
    let (w, of) = (visitor.words, visitor.words.of_recognition());
    let decimals = metrics::get(tx, "won")?.map_or(0, |of| of.decimals);
    let mut loaded = pages_floor::load(tx, &Viewer::Publisher, now)?;
    let this = loaded.ledger.day(now).first_of_month();
    let days = Days { start: this.saturating_sub(1.month()), end: this };
    let rules = Rules {
        since: Timestamp::MIN,
        deal_min: deal.and_then(|text| minor(text, decimals)),
        goals: true,
        leader: true,
        first_deal: true,
        best: true,
    };
    let span = days.span(loaded.ledger.tz());
    let all = rehearsed(&mut loaded, &rules, span);
    let row = |one: &salesfloor::figures::Celebration| {
        let who = match one.who {
            salesfloor::facts::Scope::Person(person) => loaded.floor.person(person).name.clone(),
            salesfloor::facts::Scope::Team(team) => loaded.floor.team(team).name.clone(),
            salesfloor::facts::Scope::Company => w.company.to_owned(),
        };
        (w.short_day(loaded.ledger.day(one.at)), label(of, kind_of(one.cause)), who, headline(&loaded, one))
    };
    let count =
        |kind: &'static str| (label(of, kind), w.count(all.iter().filter(|one| kind_of(one.cause) == kind).count()));
    Ok(Preview {
        title: fill(of.preview, &[("month", &w.month(days.start))]),
        n: fill(of.preview_n, &[("n", &w.count(all.len()))]),
        rows: all.iter().take(MAX_ROWS).map(row).collect(),
        kinds: crate::store::rules::KINDS.into_iter().map(count).collect(),
    })
}
