//! `/wall`: what hangs on the walls, every slide as the wall draws it.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;

use super::answer;
use super::shell::{Place, Shell};
use crate::access::Audience;
use crate::clock;
use crate::store::boards;
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;
use crate::web::words::fill;

#[derive(Template)]
#[template(path = "wall/page.html")]
struct Page {
    shell: Shell,
    boards: Vec<Board>,
}

struct Board {
    id: String,
    title: String,
    address: String,
    slides: Vec<Slide>,
}

pub struct Slide {
    pub title: String,
    pub alt: String,
    pub picture: String,
}

pub fn routes() -> Router<App> {
    Router::new().route("/wall", get(show))
}

/// The slides of a board as it was published last, in order.
pub fn slides(app: &App, board: &str) -> Vec<Slide> {
    let Some(published) = app.publisher.board(board).and_then(|held| held.borrow().clone()) else { return Vec::new() };
    let document: serde_json::Value = serde_json::from_str(&published.body).unwrap_or_default();
    let slides = document["slides"].as_array().cloned().unwrap_or_default();
    let slide = |slide: &serde_json::Value| {
        let id = slide["id"].as_str()?;
        let title = slide["title"].as_str().unwrap_or(id).to_owned();
        // The bytes of a picture change with the board: its address too, so that a browser draws the new one.
        let picture = format!("/boards/{board}/{id}.png?size=640x360&etag={}", published.etag);
        Some(Slide { title, alt: String::new(), picture })
    };
    slides.iter().filter_map(slide).collect()
}

async fn show(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Result<Response, Problem> {
    let now = clock::now();
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1:8271").to_owned();
    let w = visitor.words;
    let (shell, rows) = app
        .read(move |tx| {
            let shell = Shell::open(tx, &visitor, &Audience::Managers, (Place::Wall, visitor.words.wall), now)?;
            Ok((shell, boards::list(tx)?))
        })
        .await?;
    let board = |row: boards::BoardRow| {
        let mut slides = slides(&app, &row.id);
        for slide in &mut slides {
            slide.alt = fill(w.slide_alt, &[("title", &slide.title)]);
        }
        let title = if row.title.is_empty() { row.id.clone() } else { row.title };
        Board { address: format!("floorcast --feed http://{host}/boards/{}", row.id), id: row.id, title, slides }
    };
    let boards = rows.into_iter().map(board).collect();
    answer::page(&Page { shell, boards })
}
