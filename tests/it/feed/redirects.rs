//! Tests redirects: the token stays with its host, a moved feed is followed, a chain has an end.

use floorcast::config::TokenSource;

use crate::support::TempDir;
use crate::support::rig::{Rig, board, options};
use crate::support::server::{Server, http, ok};

fn to(location: &str) -> Vec<crate::support::server::Step> {
    http("302 Found", &[("Location", location)], "")
}

#[test]
fn the_token_never_reaches_another_host() {
    let dir = TempDir::new();
    let token = dir.write("token", "s3cret");
    let other = Server::start(|_| ok(board(1)));
    let target = other.url("/elsewhere.json");
    let server = Server::start(move |_| to(&target));
    let mut options = options(&server.url("/board.json"));
    options.token = Some(TokenSource::File(token));
    let rig = Rig::start(options);
    rig.inbox.wait_rev(1);
    let bearer = |server: &Server| server.requests().iter().any(|request| request.contains("s3cret"));
    assert!(bearer(&server), "its own host gets it");
    assert!(!other.requests().is_empty() && !bearer(&other), "{:?}", other.requests());
    assert!(other.requests().iter().all(|request| !request.to_lowercase().contains("authorization")));
}

#[test]
fn the_token_stays_on_its_host_and_comes_back_to_it() {
    let dir = TempDir::new();
    let token = dir.write("token", "s3cret");
    let server = Server::start(|request| if request.starts_with("GET /new ") { ok(board(1)) } else { to("new") });
    let back = server.url("/new");
    let other = Server::start(move |_| to(&back));
    let mut options = options(&server.url("/board.json"));
    options.token = Some(TokenSource::File(token.clone()));
    let rig = Rig::start(options.clone());
    rig.inbox.wait_rev(1);
    assert!(
        server.requests().iter().all(|request| request.contains("Bearer s3cret") || request.contains("bearer s3cret"))
    );

    let away = other.url("/");
    let home = Server::start(move |request| if request.starts_with("GET /new ") { ok(board(2)) } else { to(&away) });
    let back = home.url("/new");
    other.answer(move |_| to(&back));
    let mut options = crate::support::rig::options(&home.url("/board.json"));
    options.token = Some(TokenSource::File(token));
    let rig = Rig::start(options);
    rig.inbox.wait_rev(2);
    assert!(other.requests().iter().all(|request| !request.contains("s3cret")));
}

#[test]
fn three_redirects_are_followed_and_no_fourth() {
    let server = Server::start(|request| match request.split(' ').nth(1) {
        Some("/1") => to("/2"),
        Some("/2") => to("/3"),
        Some("/3") => to("/4"),
        Some("/4") => ok(board(1)),
        _ => to("/1"),
    });
    let rig = Rig::start(options(&server.url("/1")));
    rig.inbox.wait_rev(1);
    let rig = Rig::start(options(&server.url("/0")));
    rig.inbox.wait_trouble(floorcast::board::TroubleKind::NoAnswer, "more than 3 redirects");
    assert!(rig.inbox.boards().is_empty());
}
