//! `/api/v1/owners` and `/api/v1/unnamed`: names that nobody knows and deals that name nobody, and whose they are.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::audited::audited;
use super::extract::{Fields, FloorAdmin, JsonBody, Page, PageQuery, QueryParams, rfc3339};
use crate::clock;
use crate::sources::names::OwnerKind;
use crate::sources::owners::{self, Said, Settled};
use crate::store::audit::AuditAction;
use crate::web::problem::Problem;
use crate::web::state::App;

/// Deals that name nobody are listed as far as these facts go.
const MAX_FACTS: usize = 5_000;

/// Deals that one call gives.
const MAX_DEALS: usize = 1_000;

/// A name that nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnknownName {
    /// Source and name, by which the list is paged.
    id: String,
    source: String,
    key: String,
    facts: i64,
    /// What it looks like: `name`, `id`, `mail` or `desk`.
    looks_like: &'static str,
    /// Ids of people who are spelt nearly so.
    near: Vec<String>,
}

/// Who is meant by a name.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NameMeans {
    #[schema(min_length = 1, max_length = 200)]
    source: String,
    #[schema(min_length = 1, max_length = 200)]
    key: String,
    /// `person`, `new`, `nobody` (a desk: its deals count for the company only) or `left_out` (for ever).
    #[schema(pattern = "^(person|new|nobody|left_out)$")]
    is: String,
    /// Id of the person, where it is one.
    person: Option<String>,
    /// How somebody new is called; the key where it is left out.
    #[schema(min_length = 1, max_length = 80)]
    name: Option<String>,
}

/// The run, by which it can be taken back as an import is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SettledRun {
    run: String,
    /// How many facts are different by it.
    facts: usize,
    person: Option<String>,
}

fn settled(of: Settled) -> SettledRun {
    SettledRun { run: of.run, facts: of.facts, person: of.person }
}

/// Names that nobody knows: their facts count for nobody until somebody says who is meant.
#[utoipa::path(get, path = "/api/v1/owners", params(PageQuery), security(("token" = [])), responses((status = 200, description = "Those with the most facts first.", body = Vec<UnknownName>)))]
pub async fn list_owners(
    State(app): State<App>,
    FloorAdmin(_): FloorAdmin,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<Page<UnknownName>, Problem> {
    let out = |of: owners::UnknownOwner| UnknownName {
        id: format!("{}/{}", of.source, of.key),
        near: of.near.into_iter().map(|(id, _)| id).collect(),
        looks_like: match of.kind {
            OwnerKind::Name => "name",
            OwnerKind::Id => "id",
            OwnerKind::Mail => "mail",
            OwnerKind::Desk => "desk",
        },
        source: of.source,
        key: of.key,
        facts: of.facts,
    };
    let all = app.read(owners::unknown).await?.into_iter().map(out).collect();
    Page::of(all, |of: &UnknownName| of.id.as_str(), &query)
}

/// Says once for ever who is meant by a name of a source.
#[utoipa::path(post, path = "/api/v1/owners", request_body = NameMeans, security(("token" = [])), responses((status = 200, description = "The run that was made.", body = SettledRun)))]
pub async fn settle_owner(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    JsonBody(given): JsonBody<NameMeans>,
) -> Result<axum::Json<SettledRun>, Problem> {
    let mut fields = Fields::default();
    for (field, text) in [("source", &given.source), ("key", &given.key)] {
        fields.text(field, text, 200);
    }
    if let Some(id) = &given.person {
        fields.text("person", id, 60);
    }
    fields.word("is", &given.is, &["person", "new", "nobody", "left_out"]);
    let said = match (given.is.as_str(), given.person, given.name) {
        ("person", Some(id), None) => Said::Person(id),
        ("new", None, name) => {
            let name = name.unwrap_or_else(|| given.key.clone());
            fields.text("name", &name, 80);
            Said::NewPerson(name)
        }
        ("left_out", None, None) => Said::LeftOut,
        ("nobody", None, None) => Said::Nobody,
        ("person", ..) => {
            fields.wrong("person", "the id of a person is expected, and no name");
            Said::Nobody
        }
        _ => {
            fields.wrong("person", "`person` goes only with is = person, and `name` only with is = new");
            Said::Nobody
        }
    };
    fields.done()?;
    let made = audited(&app, viewer.clone(), AuditAction::OwnerMap, move |tx| {
        let made = owners::settle(tx, [&given.source, &given.key], &said, &viewer, clock::now())?;
        Ok((given.key, settled(made)))
    });
    Ok(axum::Json(made.await?))
}

/// A deal that names nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Unnamed {
    /// Source and id, by which the list is paged.
    id: String,
    source: String,
    ext_id: String,
    label: Option<String>,
    at: String,
    facts: Vec<UnnamedFact>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnnamedFact {
    metric: String,
    /// In the metric's minor unit.
    amount: i64,
}

/// Deals and entries that name nobody: they count for the company only.
#[utoipa::path(get, path = "/api/v1/unnamed", params(PageQuery), security(("token" = [])), responses((status = 200, description = "The newest first.", body = Vec<Unnamed>)))]
pub async fn list_unnamed(
    State(app): State<App>,
    FloorAdmin(_): FloorAdmin,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<Page<Unnamed>, Problem> {
    let out = |of: owners::UnnamedDeal| Unnamed {
        id: format!("{}/{}", of.source, of.ext_id),
        label: of.facts.iter().find_map(|fact| fact.label.clone()),
        at: of.facts.first().map(|fact| rfc3339(fact.at)).unwrap_or_default(),
        facts: of.facts.into_iter().map(|fact| UnnamedFact { metric: fact.metric, amount: fact.amount }).collect(),
        source: of.source,
        ext_id: of.ext_id,
    };
    let all = app.read(|tx| owners::unnamed(tx, MAX_FACTS)).await?.into_iter().map(out).collect();
    Page::of(all, |of: &Unnamed| of.id.as_str(), &query)
}

/// Whose deals are, whatever their source says.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DealsAre {
    #[schema(min_length = 1, max_length = 200)]
    source: String,
    /// Ids of the deals in the source, 1 to 1,000.
    #[schema(min_items = 1, max_items = 1000)]
    deals: Vec<String>,
    /// Id of the person; without one they are left out for ever.
    person: Option<String>,
    /// Has to be said where there is no person.
    #[serde(default)]
    left_out: bool,
}

/// Gives deals to a person, or leaves them out for ever.
#[utoipa::path(post, path = "/api/v1/unnamed", request_body = DealsAre, security(("token" = [])), responses((status = 200, description = "The run that was made.", body = SettledRun)))]
pub async fn give_deals(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    JsonBody(given): JsonBody<DealsAre>,
) -> Result<axum::Json<SettledRun>, Problem> {
    let mut fields = Fields::default();
    fields.text("source", &given.source, 200);
    if given.deals.is_empty() || given.deals.len() > MAX_DEALS {
        fields.wrong("deals", format!("{} deals; 1 to {MAX_DEALS} are expected", given.deals.len()));
    }
    for (at, id) in given.deals.iter().enumerate().take(MAX_DEALS) {
        fields.text(&format!("deals[{at}]"), id, 200);
    }
    if let Some(id) = &given.person {
        fields.text("person", id, 60);
    }
    if given.person.is_some() == given.left_out {
        fields.wrong("person", "the id of a person, or left_out, is expected");
    }
    fields.done()?;
    let deals: Vec<(String, String)> = given.deals.into_iter().map(|id| (given.source.clone(), id)).collect();
    let made = audited(&app, viewer.clone(), AuditAction::DealGive, move |tx| {
        let made = owners::give(tx, &deals, given.person.as_deref(), &viewer, clock::now())?;
        Ok((owners::deals_in_words(&deals), settled(made)))
    });
    Ok(axum::Json(made.await?))
}
