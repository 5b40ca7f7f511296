//! `POST /api/v1/activities`: facts from another system, as often as it likes to send them.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::audited::audited;
use super::extract::{FloorAdmin, JsonBody, no_content};
use crate::access::{Action, Viewer};
use crate::clock;
use crate::sources::facts::{self, NewFact, Written};
use crate::store::Error;
use crate::store::audit::AuditAction;
use crate::store::facts as stored;
use crate::web::problem::{FieldProblem, Problem};
use crate::web::state::App;
use crate::web::viewer::RequestViewer;

/// Facts of one call.
pub const MAX_FACTS: usize = 1_000;

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Activities {
    /// By which the facts of this system are told from those of others.
    #[serde(default = "api")]
    #[schema(min_length = 1, max_length = 60, default = "api")]
    pub source: String,
    #[schema(min_items = 1, max_items = 1000)]
    pub activities: Vec<NewFact>,
}

fn api() -> String {
    "api".into()
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Accepted {
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    /// Facts whose owner nobody knows: they are kept, and listed until somebody says who it is.
    pub without_person: usize,
}

impl From<Written> for Accepted {
    fn from(kept: Written) -> Accepted {
        Accepted {
            created: kept.created,
            updated: kept.updated,
            unchanged: kept.unchanged,
            without_person: kept.without_person,
        }
    }
}

/// Sends facts. The same fact again changes nothing; another one under the same id corrects it. All are kept, or none.
#[utoipa::path(
    post, path = "/api/v1/activities", request_body = Activities, security(("token" = [])),
    responses(
        (status = 200, description = "They are on the disk.", body = Accepted),
    )
)]
pub async fn post(
    State(app): State<App>,
    RequestViewer(viewer): RequestViewer,
    body: Result<JsonBody<Activities>, Problem>,
) -> Result<axum::Json<Accepted>, Problem> {
    if !viewer.may(Action::SendFacts) {
        return Err(match viewer {
            Viewer::Token { .. } | Viewer::Person { .. } => {
                Problem::forbidden("sending facts needs a token of the role ingest")
            }
            _ => Problem::unauthorized(),
        });
    }
    let JsonBody(given) = body?;
    if given.activities.len() > MAX_FACTS {
        let detail = format!("{} facts, at most {MAX_FACTS} in one call", given.activities.len());
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail));
    }
    let length = given.source.chars().count();
    if length == 0 || length > 60 {
        let reason = format!("{length} characters; 1 to 60 are expected");
        return Err(Problem::fields("the source", vec![FieldProblem { field: "source".into(), reason }]));
    }
    let kept = app.write(move |tx| facts::keep(tx, &given.source, &given.activities, &viewer, clock::now())).await?;
    match kept {
        Ok(kept) => {
            app.publisher.wake();
            Ok(axum::Json(kept.into()))
        }
        Err(wrong) => {
            let errors = wrong.into_iter().map(|(field, reason)| FieldProblem { field, reason }).collect();
            Err(Problem::fields("nothing was kept: some fields are wrong", errors))
        }
    }
}

/// Takes a fact back, also one that was entered by hand (source `hand`): it counts nowhere any more. Sent again, it counts
/// again.
#[utoipa::path(
    delete, path = "/api/v1/activities/{source}/{metric}/{ext_id}", security(("token" = [])),
    params(("source" = String, Path), ("metric" = String, Path), ("ext_id" = String, Path)),
    responses((status = 204, description = "It counts nowhere."))
)]
pub async fn take_back(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    Path((source, metric, ext_id)): Path<(String, String, String)>,
) -> Result<axum::response::Response, Problem> {
    audited(&app, viewer, AuditAction::FactRevoke, move |tx| {
        let missing = || Error::Missing(format!("fact {ext_id:?} of {source:?} in {metric:?}"));
        // A database may refuse such an id.
        if [&source, &metric, &ext_id].iter().any(|part| part.contains('\0')) {
            return Err(missing());
        }
        let mut fact = stored::get(tx, &source, &ext_id, &metric)?.ok_or_else(missing)?;
        let now = clock::now().as_microsecond();
        fact.revoked = fact.revoked.or(Some(now));
        stored::put(tx, &[fact], now)?;
        Ok((format!("{source}/{metric}/{ext_id}"), ()))
    })
    .await?;
    Ok(no_content())
}
