//! `GET /api/v1/openapi.json`.

use utoipa::OpenApi;

use super::{activities, figures};
use crate::web::problem::{FieldProblem, Problem};

#[derive(OpenApi)]
#[openapi(
    info(title = "floorcast hub", description = "Facts in, figures and boards out."),
    paths(
        activities::post,
        figures::get_activities,
        figures::get_standings,
        figures::get_people,
        figures::get_teams,
        figures::get_metrics
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

pub async fn document() -> axum::Json<utoipa::openapi::OpenApi> {
    axum::Json(Api::openapi())
}
