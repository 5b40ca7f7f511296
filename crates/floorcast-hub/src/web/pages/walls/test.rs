//! A wall on one's own computer shows the slide that a screen says is on, and takes turns where none says anything.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use tower::ServiceExt as _;

use crate::access::Role;
use crate::publish::playlist;
use crate::store::screens;
use crate::web::pages::testing::Hub;

const SECRET: &str = "0123456789abcdef0123456789abcdef";

async fn says(hub: &Hub, secret: &str, body: &str) -> u16 {
    let request = Request::post("/screen/showing").header("authorization", format!("Bearer {secret}"));
    let request = request.header("host", "hub.lan:8271").body(Body::from(body.to_owned())).unwrap();
    hub.router().oneshot(request).await.unwrap().status().as_u16()
}

/// The slides that walls show.
fn hanging(hub: &Hub) -> Vec<serde_json::Value> {
    let whole = hub.publisher.whole("main").unwrap();
    let mut document = whole.document.clone();
    playlist::apply(&mut document, &whole.playlist);
    document["slides"].as_array().unwrap().clone()
}

#[tokio::test]
async fn it_turns_with_the_screen() {
    let hub = Hub::demo();
    hub.publisher.rebuild().unwrap();
    let mut rep = hub.signed_in(Role::Rep, Some("p1"));
    let page = rep.get("/walls/main").await.text;
    assert!(page.contains("In turn, because no screen reports") && page.contains("http-equiv=\"refresh\""), "{page}");
    let slides = hanging(&hub);
    let token = crate::random::hash(SECRET);
    assert_eq!(says(&hub, SECRET, "{\"slide\":\"x\"}").await, 404, "a screen that nobody paired says nothing");
    hub.add_screen("w1", "Kitchen", &token);
    hub.add_screen("w2", "Attic", "t2");
    for slide in &slides {
        let id = slide["id"].as_str().unwrap();
        assert_eq!(says(&hub, SECRET, &serde_json::json!({"slide": id}).to_string()).await, 204);
        let page = rep.get("/walls/main").await.text;
        assert!(
            page.contains(&format!("/wall/main/{id}.png?size=1280x720")) && page.contains("On Kitchen now"),
            "{page}"
        );
    }
    assert_eq!(says(&hub, SECRET, "no").await, 400);
    assert_eq!(says(&hub, "short", "{\"slide\":\"x\"}").await, 401);
    assert!(rep.get("/walls/main?screen=w2").await.text.contains("In turn"), "the chosen screen is silent");
    // What it said stays known when it is renamed, and asked for a board.
    hub.store
        .write(|tx| {
            let mut of = screens::get(tx, "w1")?.unwrap();
            of.name = "Bar".into();
            screens::put(tx, &of)
        })
        .unwrap();
    assert!(rep.get("/walls/main").await.text.contains("On Bar now"));
    assert_eq!(hub.browser().get("/walls/main").await.status, 303);
}

/// What a program at an address says of the wall of the hub's own machine.
async fn says_here(hub: &Hub, (peer, board): (&str, &str), slide: &str) -> u16 {
    let peer: SocketAddr = format!("{peer}:40000").parse().unwrap();
    let request = Request::post(format!("/boards/{board}/showing")).header("host", "127.0.0.1:8271");
    let request =
        request.extension(ConnectInfo(peer)).body(Body::from(serde_json::json!({"slide": slide}).to_string()));
    hub.router().oneshot(request.unwrap()).await.unwrap().status().as_u16()
}

#[tokio::test]
async fn it_turns_with_the_wall_of_the_own_machine_and_believes_nobody_else_without_a_secret() {
    let hub = Hub::demo();
    hub.publisher.rebuild().unwrap();
    let mut rep = hub.signed_in(Role::Rep, Some("p1"));
    let slides = hanging(&hub);
    assert_eq!(says_here(&hub, ("192.168.1.4", "main"), "x").await, 403);
    assert_eq!(says_here(&hub, ("127.0.0.1", "none"), "x").await, 404);
    assert!(rep.get("/walls/main").await.text.contains("In turn"));
    for slide in &slides {
        let id = slide["id"].as_str().unwrap();
        assert_eq!(says_here(&hub, ("127.0.0.1", "main"), id).await, 204);
        let page = rep.get("/walls/main").await.text;
        let picture = format!("/wall/main/{id}.png?size=1280x720");
        assert!(page.contains(&picture) && page.contains("own screen now"), "{page}");
    }
    // One that somebody chose is silent, whatever this machine shows.
    hub.add_screen("w1", "Kitchen", "t");
    assert!(rep.get("/walls/main?screen=w1").await.text.contains("In turn"));
}
