//! Screens: letters first, then the board; what one is told stands on it; five wrong codes are followed by a pause.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use serde_json::Value as Json;
use tower::ServiceExt as _;

use crate::access::Role;
use crate::screens::{self as rules, PairError};
use crate::store::screens;
use crate::web::pages::testing::{Hub, PASSWORD, field};
use crate::web::state::Options;

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
    assert_eq!(board["slides"][0]["link"], format!("http://hub.lan:8271/PAIR/{}", code.replace(' ', "")));
    let accepted =
        salesboard::accept::accept(board.to_string().as_bytes(), &salesboard::accept::AcceptContext::default());
    assert_eq!(accepted.unwrap().1.problems, []);
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

/// The code that the phone reads, through the sign-in, to the form: it is there, and only the name is missing.
#[tokio::test]
async fn a_code_that_was_scanned_arrives_in_the_form() {
    let hub = Hub::demo();
    let board = asked(&hub, "/screen", SECRET).await.2;
    let link = board["slides"][0]["link"].as_str().unwrap().to_owned();
    let address = link.strip_prefix("http://hub.lan:8271").unwrap();
    let mut boss = hub.browser();
    let to = boss.get(address).await.location.unwrap();
    let sign_in = boss.get(&to).await.location.unwrap();
    assert!(sign_in.starts_with("/sign-in?next="), "{sign_in}");
    let form = boss.get(&sign_in).await.text;
    hub.login("boss@x.example", Role::Admin, None);
    let csrf = field(&form, "csrf");
    let given = [
        ("csrf", csrf.as_str()),
        ("email", "boss@x.example"),
        ("password", PASSWORD),
        ("next", &field(&form, "next").replace("&#38;", "&")),
    ];
    let back = boss.post("/sign-in", &given).await.location.unwrap();
    let page = boss.get(&back).await.text;
    let code = field(&page, "code");
    assert_eq!(code, address.rsplit('/').next().unwrap());
    let csrf = field(&page, "csrf");
    let pair = [("csrf", csrf.as_str()), ("code", &code), ("name", "Kitchen"), ("board", "main")];
    assert_eq!(boss.post("/screens/pair", &pair).await.location.as_deref(), Some("/screens"));
    assert_ne!(asked(&hub, "/screen", SECRET).await.2["slides"][0]["id"], "pair");
    // The same code again is nobody's, and stays in the form with the name.
    let again = boss.post("/screens/pair", &pair).await;
    assert!(again.status == 422 && again.text.contains("They change every ten minutes"), "{}", again.text);
    assert_eq!((field(&again.text, "code"), again.text.contains("value=\"Kitchen\" maxlength")), (code, true));
    // What somebody wrote into an address is letters at most.
    let odd = boss.get("/pair/%22%3E%3Cscript%3Ealert(1)").await.location.unwrap();
    assert_eq!(odd, "/screens?code=SCRIPT");
}

/// Whoever scans, signs in and types a name takes a while: the letters before are good as long again, and no longer.
#[test]
fn the_letters_before_work_until_they_have_changed_twice() {
    let hub = Hub::demo();
    let first: jiff::Timestamp = "2026-11-29T12:09:59Z".parse().unwrap();
    let later = |s: i64| first + jiff::SignedDuration::from_secs(s);
    let token = crate::random::hash(SECRET);
    let pairs = |code: &str, now: jiff::Timestamp| {
        hub.store.write(|tx| rules::pair(tx, "boss", (code, "Kitchen", "main"), now)).unwrap().map(|of| of.token)
    };
    let shows = |now: jiff::Timestamp| hub.store.write(|tx| rules::wait(tx, &token, now)).unwrap();
    [0, 2, 602].into_iter().for_each(|s| shows(later(s)));
    let old = rules::code(&token, first);
    assert_eq!(pairs(&old, later(602)), Err(PairError::Code), "they changed twice");
    assert_eq!(pairs(&rules::code(&token, later(2)), later(602)), Ok(token.clone()), "they changed once");
    assert_eq!(pairs(&rules::code(&token, later(602)), later(602)), Err(PairError::Code), "the screen is paired");
}

/// A phone cannot open 127.0.0.1: then there is the name that was announced, the address of the settings, or no code.
#[tokio::test]
async fn a_screen_on_the_hubs_own_machine_has_a_code_only_for_what_a_phone_reaches() {
    let slide = |hub: &Hub| {
        let headers = axum::http::HeaderMap::from_iter([
            (axum::http::header::HOST, "127.0.0.1:8271".parse().unwrap()),
            (axum::http::header::AUTHORIZATION, format!("Bearer {SECRET}").parse().unwrap()),
        ]);
        let mut request = Request::builder().uri("/screen").body(Body::empty()).unwrap();
        *request.headers_mut() = headers;
        let router = crate::web::router(hub.app.clone());
        async move {
            let answer = router.oneshot(request).await.unwrap();
            let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
            serde_json::from_slice::<Json>(&body).unwrap()["slides"][0].clone()
        }
    };
    let mut hub = Hub::demo();
    let alone = slide(&hub).await;
    assert!(alone.get("link").is_none() && !alone["text"].as_str().unwrap().contains("scan"), "{alone}");
    assert_eq!(alone["facts"][0]["value"], "127.0.0.1:8271/screens");
    hub.app.options.announced.set("floorcast-box.local:8271".into()).unwrap();
    let announced = slide(&hub).await;
    assert!(announced["link"].as_str().unwrap().starts_with("http://floorcast-box.local:8271/PAIR/"), "{announced}");
    hub.app.options = Arc::new(Options { public_url: Some("https://hub.example/".into()), ..Options::default() });
    let public = slide(&hub).await;
    assert!(public["link"].as_str().unwrap().starts_with("https://hub.example/PAIR/"), "{public}");
    assert_eq!(public["facts"][0]["value"], "hub.example/screens");
}
