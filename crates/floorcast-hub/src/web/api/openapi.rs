//! `GET /api/v1/openapi.json`.

use serde_json::{Value as Json, json};
use utoipa::OpenApi;

use super::{
    activities, audit, contests, figures, imports, metrics, notices, owners, people, recognitions, screens, targets,
    tokens,
};
use crate::web::problem::{FieldProblem, Problem};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "floorcast hub",
        description = "Facts in, figures and boards out. Every call may carry `Idempotency-Key`: the same call again gets the same answer and does nothing. \
                       Lists have pages: `Link` with rel=\"next\" says where the next one is."
    ),
    paths(
        activities::post,
        activities::take_back,
        figures::get_activities,
        figures::get_standings,
        people::list,
        people::add,
        people::change,
        people::remove,
        people::teams,
        people::add_team,
        people::change_team,
        people::remove_team,
        metrics::list,
        metrics::add,
        metrics::change,
        metrics::remove,
        targets::goals,
        targets::set_goal,
        targets::remove_goal,
        targets::cards,
        targets::add_card,
        targets::change_card,
        targets::remove_card,
        contests::list_contests,
        contests::add_contest,
        contests::change_contest,
        contests::remove_contest,
        recognitions::list_recognitions,
        recognitions::add_recognition,
        recognitions::remove_recognition,
        notices::list_notices,
        notices::add_notice,
        notices::remove_notice,
        screens::list_screens,
        screens::pair_screen,
        screens::change_screen,
        screens::command_screen,
        screens::remove_screen,
        tokens::list_tokens,
        tokens::add_token,
        tokens::remove_token,
        imports::list_imports,
        imports::add_import,
        imports::undo_import,
        owners::list_owners,
        owners::settle_owner,
        owners::list_unnamed,
        owners::give_deals,
        audit::list_audit,
    ),
    components(schemas(Problem, FieldProblem)),
    modifiers(&Bearer)
)]
struct Api;

struct Bearer;

impl utoipa::Modify for Bearer {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    }
}

/// What any call may be answered besides what it is for.
const REFUSALS: [(&str, &str); 11] = [
    ("400", "The body is no JSON, or a parameter cannot be read."),
    ("401", "No token, or one that is not known."),
    ("403", "The token is for something else."),
    ("404", "There is no such thing."),
    ("409", "The same call, by its Idempotency-Key, is being answered."),
    ("413", "The body is too large."),
    ("415", "The body does not say that it is JSON."),
    ("422", "Fields that are wrong, each with the reason."),
    ("429", "Too many calls in a minute."),
    ("503", "The store is busy: try again."),
    ("507", "No room on the disk; nothing was written."),
];

pub async fn document() -> Result<axum::Json<Json>, Problem> {
    let mut api = serde_json::to_value(Api::openapi()).map_err(crate::store::Error::broken)?;
    let methods = api["paths"].as_object_mut().into_iter().flat_map(serde_json::Map::values_mut);
    let calls = methods.filter_map(Json::as_object_mut).flat_map(serde_json::Map::values_mut);
    for call in calls {
        for (status, description) in REFUSALS {
            let schema = json!({"$ref": "#/components/schemas/Problem"});
            call["responses"][status] =
                json!({"description": description, "content": {"application/problem+json": {"schema": schema}}});
        }
    }
    Ok(axum::Json(api))
}
