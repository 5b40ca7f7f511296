//! Screens: letters first, then the board; what one is told stands on it; five wrong codes are followed by a pause.

use axum::body::{Body, to_bytes};
use axum::http::Request;
use serde_json::Value as Json;
use tower::ServiceExt as _;

use crate::access::Role;
use crate::store::screens;
use crate::web::pages::testing::Hub;

const SECRET: &str = "0123456789abcdef0123456789abcdef";

async fn asked(hub: &Hub, address: &str, secret: &str) -> (u16, String, Json) {
    let request = Request::builder().uri(address).header("authorization", format!("Bearer {secret}"));
    let request = request.header("user-agent", "floorcast/9").header("host", "hub.lan:8271");
    let answer = hub.router().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (status, etag) = (answer.status().as_u16(), answer.headers().get("etag").cloned());
    let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    let etag = etag.map(|etag| etag.to_str().unwrap().to_owned()).unwrap_or_default();
    (status, etag, serde_json::from_slice(&body).unwrap_or_default())
}

#[tokio::test]
async fn a_screen_is_paired_by_its_letters_and_shows_what_it_is_told() {
    let hub = Hub::demo();
    assert_eq!(asked(&hub, "/screen", "short").await.0, 401);
    let (status, etag, board) = asked(&hub, "/screen", SECRET).await;
    let code = board["slides"][0]["title"].as_str().unwrap().to_owned();
    assert!(status == 200 && code.len() == 7, "{board}");
    assert_eq!(board["slides"][0]["facts"][0]["value"], "hub.lan:8271/screens");
    salesboard::accept::accept(board.to_string().as_bytes(), &salesboard::accept::AcceptContext::default()).unwrap();
    assert_eq!(asked(&hub, "/screen", SECRET).await.1, etag, "the letters stay");
    assert_eq!(asked(&hub, "/boards/main", SECRET).await.0, 401, "it sees nothing yet");
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let fields = |code: &str| {
        [
            ("csrf", csrf.clone()),
            ("code", code.to_owned()),
            ("name", "Kitchen".to_owned()),
            ("board", "main".to_owned()),
        ]
    };
    let borrowed = |of: &[(&'static str, String); 4]| -> Vec<(&'static str, String)> { of.to_vec() };
    let pair = borrowed(&fields(&code.to_lowercase()));
    let pair: Vec<(&str, &str)> = pair.iter().map(|(key, value)| (*key, value.as_str())).collect();
    assert_eq!(boss.post("/screens/pair", &pair).await.location.as_deref(), Some("/screens"));
    let (_, _, board) = asked(&hub, "/screen", SECRET).await;
    assert!(board["slides"][0]["id"] != "pair" && board.get("rev").is_none(), "{board}");
    assert_eq!(asked(&hub, "/boards/main", SECRET).await.0, 200);
    let page = boss.get("/screens").await.text;
    assert!(page.contains("Kitchen") && page.contains("● ") && page.contains("floorcast/9"), "{page}");
    let id = hub.store.read(screens::list).unwrap().remove(0).id;
    let tell = [("csrf", csrf.as_str()), ("screen", &id), ("command", "message"), ("text", "Cake at 3")];
    assert_eq!(boss.post("/screens/tell", &tell).await.status, 303);
    assert_eq!(asked(&hub, "/screen", SECRET).await.2["slides"][0]["title"], "Cake at 3");
    let clear = [("csrf", csrf.as_str()), ("screen", &id), ("command", "clear")];
    boss.post("/screens/tell", &clear).await;
    assert_ne!(asked(&hub, "/screen", SECRET).await.2["slides"][0]["title"], "Cake at 3");
    let shell = [("csrf", csrf.as_str()), ("screen", &id), ("command", "rm -rf /")];
    assert_eq!(boss.post("/screens/tell", &shell).await.status, 422);
    boss.post("/screens/remove", &[("csrf", csrf.as_str()), ("screen", &id)]).await;
    assert_eq!(asked(&hub, "/screen", SECRET).await.2["slides"][0]["id"], "pair");
    assert_eq!(asked(&hub, "/boards/main", SECRET).await.0, 401);
}

#[tokio::test]
async fn five_wrong_codes_are_followed_by_a_pause_in_which_the_right_one_does_not_work() {
    let hub = Hub::demo();
    let code = asked(&hub, "/screen", SECRET).await.2["slides"][0]["title"].as_str().unwrap().to_owned();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    for (n, given) in ["aaaaaa", "", "BBBBBB", "x", "YYYYYY", &code].into_iter().enumerate() {
        let fields = [("csrf", csrf.as_str()), ("code", given), ("name", "Kitchen"), ("board", "main")];
        let page = boss.post("/screens/pair", &fields).await;
        let says = if n < 5 { "No screen shows these letters" } else { "Too many tries" };
        assert!(page.status == 422 && page.text.contains(says), "{n}: {}", page.text);
    }
    assert!(hub.store.read(screens::list).unwrap().is_empty());
}
