//! The playlist: what an administrator sets is what walls get, checked, noted and undone; nobody else changes it.

use serde_json::Value as Json;

use crate::access::Role;
use crate::store::screens;
use crate::store::{audit, boards};
use crate::web::pages::testing::Hub;

fn shown(hub: &Hub) -> Vec<(String, Json)> {
    hub.publisher.rebuild().unwrap();
    let body = hub.publisher.board("main").unwrap().borrow().as_ref().unwrap().body.clone();
    let board: Json = serde_json::from_str(&body).unwrap();
    let slides = board["slides"].as_array().unwrap().clone();
    slides.iter().map(|of| (of["id"].as_str().unwrap().to_owned(), of["dwell_s"].clone())).collect()
}

/// The fields of the form as the page has them.
fn fields(page: &str) -> Vec<(String, String)> {
    let form = page.split("class=\"turns\"").nth(1).unwrap().split("</form>").next().unwrap();
    let mut found = Vec::new();
    for tag in form.split("<input").skip(1) {
        let of = |name: &str| Some(tag.split(&format!("{name}=\"")).nth(1)?.split('"').next()?.to_owned());
        found.push((of("name").unwrap(), of("value").unwrap_or_default()));
    }
    found
}

async fn post(
    hub: &Hub,
    browser: &mut crate::web::pages::testing::Browser,
    at: &str,
    what: &str,
    seconds: &str,
) -> crate::web::pages::testing::Answer {
    let page = browser.get(at).await.text;
    let mut given = fields(&page);
    given.push(("do".into(), what.into()));
    given.retain(|(name, _)| name != "csrf");
    given.push(("csrf".into(), hub.csrf(browser)));
    if let Some(first) = given.iter_mut().find(|(name, _)| name == "dwell_s").filter(|_| !seconds.is_empty()) {
        first.1 = seconds.to_owned();
    }
    let given: Vec<(&str, &str)> = given.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post("/wall/playlist", &given).await
}

#[tokio::test]
async fn what_is_set_is_what_walls_get_and_it_can_be_taken_back() {
    let hub = Hub::demo();
    let before = shown(&hub);
    let ids = |of: &[(String, Json)]| of.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>();
    assert!(before.len() >= 2, "{before:?}");
    let mut boss = hub.signed_in(Role::Admin, None);
    let down = format!("down:{}", before[0].0);
    assert_eq!(post(&hub, &mut boss, "/wall", &down, "25").await.location.as_deref(), Some("/wall?saved=main"));
    let after = shown(&hub);
    assert_eq!((after[0].0.as_str(), after[1].0.as_str()), (before[1].0.as_str(), before[0].0.as_str()));
    assert_eq!(after[1].1, 25, "the seconds moved with their slide: {after:?}");
    let hide = format!("hide:{}", before[1].0);
    assert_eq!(post(&hub, &mut boss, "/wall", &hide, "").await.status, 303);
    assert!(!ids(&shown(&hub)).contains(&before[1].0));
    let page = boss.get("/wall?saved=main").await.text;
    assert!(page.contains("class=\"off\"") && page.contains("value=\"undo\""), "hidden ones stay on the page");
    assert_eq!(post(&hub, &mut boss, "/wall", "undo", "").await.location.as_deref(), Some("/wall?back=main"));
    assert_eq!(ids(&shown(&hub)), ids(&after), "the last change is taken back and no other");
    for (seconds, says) in [("2", "2: from 3 to 600 seconds"), ("long", "long: from 3 to 600 seconds")] {
        let page = post(&hub, &mut boss, "/wall", "save", seconds).await;
        assert!(page.status == 422 && page.text.contains(says), "{}", page.text);
        let typed = fields(&page.text).into_iter().find(|(name, _)| name == "dwell_s").unwrap().1;
        assert_eq!(typed, seconds, "what was typed stands there to be mended");
    }
    let notes = hub.store.read(|tx| audit::list(tx, 10)).unwrap();
    assert_eq!(notes.iter().filter(|row| row.what.starts_with("wall.playlist")).count(), 3, "each change is noted");
    assert_eq!(boss.get(&format!("/wall/main/{}.png?size=1x1", before[0].0)).await.status, 422);
}

#[tokio::test]
async fn the_last_slide_stays_and_only_administrators_change_anything() {
    let hub = Hub::demo();
    let mut boss = hub.signed_in(Role::Admin, None);
    let all = shown(&hub);
    for (n, (id, _)) in all.iter().enumerate() {
        let answer = post(&hub, &mut boss, "/wall", &format!("hide:{id}"), "").await;
        assert_eq!(answer.status, if n + 1 < all.len() { 303 } else { 422 }, "{}", answer.text);
    }
    assert_eq!(shown(&hub).len(), 1);
    let mut manager = hub.signed_in(Role::Manager, Some("p2"));
    let page = manager.get("/wall").await.text;
    assert!(page.contains("class=\"turns\"") && !page.contains("name=\"do\""), "{page}");
    let csrf = hub.csrf(&manager);
    let given = [("csrf", csrf.as_str()), ("board", "main"), ("slide", "won-month"), ("dwell_s", ""), ("do", "save")];
    assert_eq!(manager.post("/wall/playlist", &given).await.status, 404);
    let hidden = format!("/wall/main/{}.png", all[0].0);
    let mut rep = hub.signed_in(Role::Rep, Some("p1"));
    assert_eq!(rep.get(&hidden).await.status, 404, "what is hidden is on no rep's page");
}

#[tokio::test]
async fn a_screen_may_have_its_own_and_goes_back_to_that_of_all() {
    let hub = Hub::demo();
    hub.add_screen("w1", "Kitchen", "t");
    let all = shown(&hub);
    let mut boss = hub.signed_in(Role::Admin, None);
    let hide = format!("hide:{}", all[0].0);
    let answer = post(&hub, &mut boss, "/wall?screen=w1", &hide, "").await;
    assert_eq!(answer.location.as_deref(), Some("/wall?saved=main&screen=w1"));
    let own = |hub: &Hub| {
        let screen = hub.store.read(|tx| screens::get(tx, "w1")).unwrap().unwrap();
        let whole = hub.publisher.whole("main").unwrap();
        let board = crate::screens::screen_board(&whole, &screen, crate::clock::now());
        (board["slides"].as_array().unwrap().len(), screen.playlist.is_some())
    };
    assert_eq!((own(&hub), shown(&hub).len()), ((all.len() - 1, true), all.len()), "others show what they showed");
    assert!(boss.get("/wall?screen=w1").await.text.contains("Kitchen has a playlist of its own."));
    assert_eq!(post(&hub, &mut boss, "/wall?screen=w1", "reset", "").await.status, 303);
    assert_eq!(own(&hub), (all.len(), false));
    assert_eq!(boss.get("/wall?screen=none").await.status, 404);
    assert!(hub.store.read(|tx| boards::get(tx, "main")).unwrap().unwrap().playlist.turns.is_empty());
}

#[tokio::test]
async fn a_page_from_before_somebodys_change_takes_nothing_back() {
    let hub = Hub::demo();
    let slides = shown(&hub);
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let old = fields(&boss.get("/wall").await.text);
    let sent = |what: &str| {
        let mut given: Vec<(String, String)> = old.iter().filter(|(name, _)| name != "csrf").cloned().collect();
        given.extend([("csrf".to_owned(), csrf.clone()), ("do".to_owned(), what.to_owned())]);
        given
    };
    for (at, what) in [(0, format!("hide:{}", slides[0].0)), (1, format!("hide:{}", slides[1].0))] {
        let given = sent(&what);
        let given: Vec<(&str, &str)> = given.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = boss.post("/wall/playlist", &given).await;
        match at {
            0 => assert_eq!(answer.status, 303),
            _ => {
                assert!(
                    answer.status == 422 && answer.text.contains("Somebody changed the list after"),
                    "{}",
                    answer.text
                );
                assert!(!answer.text.contains("note good"), "nothing was saved: {}", answer.text);
            }
        }
    }
    let after: Vec<String> = shown(&hub).into_iter().map(|(id, _)| id).collect();
    assert!(!after.contains(&slides[0].0) && after.contains(&slides[1].0), "{after:?}");
}
