//! `/wall/{board}/{slide}.png`: a slide as the wall draws it, those that are hidden too, for whoever may see the wall.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::list::find;
use crate::access::Audience;
use crate::web::boards::picture::{drawn, size_of};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;

#[derive(Debug, Deserialize)]
pub struct PictureQuery {
    size: Option<String>,
}

pub async fn picture(
    State(app): State<App>,
    visitor: Visitor,
    Path((board, file)): Path<(String, String)>,
    Query(query): Query<PictureQuery>,
    headers: axum::http::HeaderMap,
) -> Result<Response, Problem> {
    let missing = || Problem::missing("such picture");
    if !visitor.viewer.may_see_board(&board) {
        return Err(missing());
    }
    let whole = app.publisher.whole(&board).ok_or_else(missing)?;
    let id = file.strip_suffix(".png").ok_or_else(missing)?;
    // What is hidden is a matter of those who arrange the wall.
    let is_shown = crate::publish::playlist::arranged(&whole.document, &whole.playlist)
        .iter()
        .any(|(slide, turn)| slide["id"] == id && !turn.hidden);
    if !is_shown && !Audience::Managers.includes(&visitor.viewer) {
        return Err(missing());
    }
    let published = find(&whole, id).ok_or_else(missing)?;
    drawn(&app, &published, (&board, id), size_of(query.size.as_deref())?, &headers).await
}
