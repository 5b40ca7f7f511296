//! `/api/v1/audit`: who did what.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::extract::{FloorAdmin, rfc3339};
use crate::store::audit;
use crate::web::problem::Problem;
use crate::web::state::App;

/// The newest entries that are listed.
const MAX_ENTRIES: i64 = 500;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuditEntry {
    at: String,
    /// A token with what it is for and its label: `token:admin:CRM`.
    who: String,
    /// From which address, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    what: String,
    subject: Option<String>,
    n: Option<i64>,
}

/// Who did what, the newest first, at most 500.
#[utoipa::path(get, path = "/api/v1/audit", security(("token" = [])), responses((status = 200, description = "The newest first.", body = Vec<AuditEntry>)))]
pub async fn list_audit(
    State(app): State<App>,
    FloorAdmin(_): FloorAdmin,
) -> Result<axum::Json<Vec<AuditEntry>>, Problem> {
    let out = |of: audit::AuditRow| AuditEntry {
        at: rfc3339(of.at),
        who: of.who,
        address: of.address,
        what: of.what,
        subject: of.subject,
        n: of.n,
    };
    let all = app.read(|tx| audit::list(tx, MAX_ENTRIES)).await?;
    Ok(axum::Json(all.into_iter().map(out).collect()))
}
