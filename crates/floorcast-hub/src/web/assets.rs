//! The style sheet, the script and the font, under addresses that change with their bytes, so that a browser keeps them for ever.

use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use serde_json::json;

use super::problem::Problem;
use super::state::App;
use crate::random;

struct Asset {
    name: String,
    kind: &'static str,
    body: Vec<u8>,
}

const FONT: &[u8] = include_bytes!("../../static/barlow-600.woff2");
const SHEET: &str = include_str!("../../static/hub.css");
const ICON: &str = include_str!("../../static/icon.svg");
const TOUCH: &[u8] = include_bytes!("../../static/icon.png");
const SCRIPT: &str = include_str!("../../static/live.js");
const SHOW: &str = include_str!("../../static/show.js");

/// The font first: the style sheet names it by its hash.
static ALL: LazyLock<[Asset; 6]> = LazyLock::new(|| {
    let font = Asset { name: named("barlow-600", "woff2", FONT), kind: "font/woff2", body: FONT.to_vec() };
    let sheet = SHEET.replace("barlow-600.woff2", &font.name);
    let css = Asset {
        name: named("hub", "css", sheet.as_bytes()),
        kind: "text/css; charset=utf-8",
        body: sheet.into_bytes(),
    };
    let script = Asset {
        name: named("live", "js", SCRIPT.as_bytes()),
        kind: "text/javascript; charset=utf-8",
        body: SCRIPT.as_bytes().to_vec(),
    };
    let icon =
        Asset { name: named("icon", "svg", ICON.as_bytes()), kind: "image/svg+xml", body: ICON.as_bytes().to_vec() };
    let touch = Asset { name: named("icon", "png", TOUCH), kind: "image/png", body: TOUCH.to_vec() };
    let show = Asset {
        name: named("show", "js", SHOW.as_bytes()),
        kind: "text/javascript; charset=utf-8",
        body: SHOW.as_bytes().to_vec(),
    };
    [font, css, script, icon, touch, show]
});

fn named(stem: &str, end: &str, body: &[u8]) -> String {
    let hash = random::hash(&random::hex(body));
    format!("{stem}-{}.{end}", &hash[..12])
}

pub fn css() -> String {
    format!("/static/{}", ALL[1].name)
}

pub fn script() -> String {
    format!("/static/{}", ALL[2].name)
}

/// The script of pages on which a password is typed.
pub fn show() -> String {
    format!("/static/{}", ALL[5].name)
}

/// The font that every page begins with.
pub fn font() -> String {
    format!("/static/{}", ALL[0].name)
}

/// The sign of the program in a browser's tab.
pub fn icon_address() -> String {
    format!("/static/{}", ALL[3].name)
}

/// The same on a phone's home screen.
pub fn touch_icon() -> String {
    format!("/static/{}", ALL[4].name)
}

pub fn routes() -> Router<App> {
    Router::new().route("/static/{name}", get(asset)).route("/manifest.webmanifest", get(manifest))
}

/// With this a phone keeps the pages on its home screen, without the browser around them. Where it begins is by who is signed
/// in.
async fn manifest() -> impl axum::response::IntoResponse {
    let icon =
        |src: String, sizes: &str, kind: &str| json!({"src": src, "sizes": sizes, "type": kind, "purpose": "any"});
    let manifest = json!({
        "name": "floorcast", "short_name": "floorcast", "id": "/", "start_url": "/", "scope": "/", "display": "standalone",
        "background_color": "#F6F8FC", "theme_color": "#EEF2F8",
        "icons": [icon(touch_icon(), "512x512", "image/png"), icon(icon_address(), "any", "image/svg+xml")],
    });
    ([(header::CONTENT_TYPE, "application/manifest+json")], manifest.to_string())
}

async fn asset(Path(name): Path<String>) -> Result<Response, Problem> {
    let asset = ALL.iter().find(|asset| asset.name == name).ok_or_else(|| Problem::missing("such file"))?;
    let headers = [(header::CONTENT_TYPE, asset.kind), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, asset.body.clone()).into_response())
}
