//! Names that nobody knows and deals that name nobody: whose they are is said here, once for ever, and can be taken back.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use salesboard::Locale;

use crate::access::Action;
use crate::clock;
use crate::sources::names::OwnerKind;
use crate::sources::owners::{self, Said, UnknownOwner, UnnamedDeal};
use crate::sources::plan::Plan;
use crate::store::audit::AuditAction;
use crate::store::facts::Fact;
use crate::store::metrics::{self, MetricRow};
use crate::store::runs::{About, Meant, Run};
use crate::store::{Error, Result as Stored, Tx, people};
use crate::web::pages::accounts::note;
use crate::web::pages::answer;
use crate::web::problem::Problem;
use crate::web::session::Posted;
use crate::web::state::App;
use crate::web::words::{Words, fill};

/// Facts that name nobody on the page at once: the next ones come when these are settled.
const MAX_UNNAMED: usize = 200;

/// Names in the sentence of a preview.
const MAX_NAMES: usize = 12;

/// What stands in the choice besides people.
const NEW: &str = "+new";
const NOBODY: &str = "+nobody";
const LEFT_OUT: &str = "+out";

/// A name that nobody knows.
pub struct Unowned {
    pub source: String,
    pub key: String,
    pub n: String,
    pub looks: Option<String>,
    /// Whoever is chosen before anybody chooses.
    pub near: Option<String>,
    /// Whether it may be a person's name.
    pub may_be_new: bool,
}

impl Unowned {
    pub fn is_near(&self, id: &str) -> bool {
        self.near.as_deref() == Some(id)
    }
}

/// A deal that names nobody.
pub struct Unnamed {
    /// Source and id, as one value of the form.
    pub value: String,
    pub label: String,
    pub about: String,
}

/// # Errors
/// The store's.
pub fn unowned(tx: &mut Tx<'_>, w: &Words) -> Stored<Vec<Unowned>> {
    let of = w.of_data();
    let one = |name: UnknownOwner| {
        let near = match name.near.as_slice() {
            [(id, _)] => Some(id.clone()),
            _ => None,
        };
        let names: Vec<&str> = name.near.iter().map(|(_, name)| name.as_str()).collect();
        let looks = match name.kind {
            OwnerKind::Name if names.is_empty() => None,
            OwnerKind::Name => Some(fill(of.spelt_like, &[("names", &names.join(", "))])),
            OwnerKind::Id => Some(of.looks_like_id.to_owned()),
            OwnerKind::Mail => Some(of.looks_like_mail.to_owned()),
            OwnerKind::Desk => Some(of.looks_like_desk.to_owned()),
        };
        Unowned {
            n: fill(of.n_deals, &[("n", &w.count(name.deals))]),
            may_be_new: matches!(name.kind, OwnerKind::Name | OwnerKind::Desk),
            source: name.source,
            key: name.key,
            looks,
            near,
        }
    };
    Ok(owners::unknown(tx)?.into_iter().map(one).collect())
}

/// # Errors
/// The store's.
pub fn unnamed(tx: &mut Tx<'_>, w: &Words, tz: &TimeZone, currency: &str) -> Stored<Vec<Unnamed>> {
    let deals = owners::unnamed(tx, MAX_UNNAMED)?;
    let metrics = if deals.is_empty() { Vec::new() } else { metrics::list(tx)? };
    let mut out = Vec::new();
    for deal in deals {
        let at = deal.facts.first().and_then(|fact| Timestamp::from_microsecond(fact.at).ok()).unwrap_or_default();
        let mut about = vec![w.short_day(tz.to_datetime(at).date())];
        about.extend(amounts(w, &deal, &metrics, currency));
        let label = deal.facts.iter().find_map(|fact| fact.label.clone());
        // An id that was made of a row says nothing to a reader.
        let id = Some(deal.ext_id.clone()).filter(|id| !id.starts_with("row-"));
        about.extend(label.is_some().then(|| id.clone()).flatten());
        out.push(Unnamed {
            value: serde_json::to_string(&(&deal.source, &deal.ext_id)).map_err(Error::broken)?,
            label: label.or(id).unwrap_or_else(|| w.of_data().a_deal.to_owned()),
            about: about.join(" · "),
        });
    }
    Ok(out)
}

/// What a deal comes to: its amount of money, else what is counted.
fn amounts(w: &Words, deal: &UnnamedDeal, metrics: &[MetricRow], currency: &str) -> Vec<String> {
    let of = |fact: &Fact| metrics.iter().find(|metric| metric.id == fact.metric);
    let major = |fact: &Fact, metric: &MetricRow| fact.amount as f64 / 10f64.powi(metric.decimals as i32);
    let locale = Locale::new(w.lang).keep_case(true);
    let money = |fact: &Fact| {
        let metric = of(fact).filter(|metric| metric.unit == "currency")?;
        let code = fact.currency.as_deref().or(metric.currency.as_deref()).unwrap_or(currency);
        Some(locale.money(major(fact, metric), code).trim().to_owned())
    };
    let counted = |fact: &Fact| {
        let metric = of(fact)?;
        Some(format!("{} {}", w.count(major(fact, metric).round() as i64), metric.label))
    };
    let money: Vec<String> = deal.facts.iter().filter_map(money).collect();
    if money.is_empty() { deal.facts.iter().filter_map(counted).collect() } else { money }
}

/// What a preview says of deals that have no person yet.
pub fn notes(w: &Words, plan: &Plan) -> Vec<String> {
    let of = w.of_data();
    let n = |n: usize| w.count(n);
    let mut notes = Vec::new();
    if plan.without_person > 0 {
        notes.push(fill(w.without_person, &[("n", &n(plan.without_person))]));
    }
    if !plan.unknown.is_empty() {
        let names = plan.unknown.iter().take(MAX_NAMES).map(|(name, times)| format!("{name} ({})", w.count(*times)));
        let mut names: Vec<String> = names.collect();
        let more = plan.unknown.len().saturating_sub(MAX_NAMES);
        names.extend((more > 0).then(|| format!("+ {}", n(more))));
        notes.push(fill(of.unknown_names, &[("names", &names.join(", "))]));
    }
    if plan.unnamed > 0 {
        notes.push(fill(of.name_nobody, &[("n", &n(plan.unnamed))]));
    }
    if plan.left_out > 0 {
        notes.push(fill(of.left_out_before, &[("n", &n(plan.left_out))]));
    }
    notes
}

/// What somebody said in a run, in words; `None`: it is an import.
///
/// # Errors
/// The store's.
pub fn about(tx: &mut Tx<'_>, w: &Words, run: &Run) -> Stored<Option<String>> {
    let of = w.of_data();
    let Some(about) = &run.about else { return Ok(None) };
    let name = match about.meant().person() {
        Some(id) => people::seen(tx, &crate::access::Viewer::Publisher, id)?.map(|person| person.name),
        None => None,
    };
    let name = name.unwrap_or_else(|| of.somebody_gone.to_owned());
    Ok(Some(match about {
        About::Owner { key, meant } => {
            let text = match meant {
                Meant::Person(_) => w.mapped,
                Meant::NewPerson(_) => of.said_new,
                Meant::Nobody => of.said_nobody,
                Meant::LeftOut => of.said_left_out,
            };
            let facts = fill(w.n_facts, &[("n", &w.count(run.updated))]);
            fill(text, &[("key", key), ("name", &name), ("facts", &facts)])
        }
        About::Deals { n, meant, .. } => {
            let text = if meant.person().is_some() { of.gave } else { of.gave_to_nobody };
            fill(text, &[("name", &name), ("n", &w.count(*n))])
        }
    }))
}

fn guard(posted: &Posted) -> Result<(), Error> {
    if posted.visitor.viewer.may(Action::Administrate) { Ok(()) } else { Err(Error::Missing("such page".into())) }
}

/// Says who is meant by a name.
pub async fn map(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let run = app
        .write(move |tx: &mut Tx<'_>| {
            guard(&posted)?;
            let (form, visitor) = (&posted.form, &posted.visitor);
            let (source, key) = (form.text("source"), form.as_sent("key"));
            let said = match form.text("person") {
                NEW => Said::NewPerson(key.trim().to_owned()),
                NOBODY => Said::Nobody,
                LEFT_OUT => Said::LeftOut,
                id => Said::Person(id.to_owned()),
            };
            let settled = owners::settle(tx, [source, key], &said, &visitor.viewer, clock::now())?;
            note(tx, visitor, AuditAction::OwnerMap, key)?;
            Ok(settled.run)
        })
        .await?;
    app.publisher.wake();
    Ok(answer::see(&format!("/data?said={run}")))
}

/// Gives deals to a person, or leaves them out for ever.
pub async fn give(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let run = app
        .write(move |tx: &mut Tx<'_>| {
            guard(&posted)?;
            let (form, visitor) = (&posted.form, &posted.visitor);
            let read = |value: &str| serde_json::from_str::<(String, String)>(value).ok();
            let deals: Vec<(String, String)> = form.all("deal").filter_map(read).collect();
            if deals.is_empty() {
                return Ok(None);
            }
            let to = (form.text("do") != "out").then(|| form.text("person"));
            let settled = owners::give(tx, &deals, to, &visitor.viewer, clock::now())?;
            note(tx, visitor, AuditAction::DealGive, &owners::deals_in_words(&deals))?;
            Ok(Some(settled.run))
        })
        .await?;
    let Some(run) = run else { return Ok(answer::see("/data?said=nothing")) };
    app.publisher.wake();
    Ok(answer::see(&format!("/data?said={run}")))
}
