//! The first run: the link makes one administrator, once.

use crate::store::sessions::{self, LinkKind};
use crate::web::pages::testing::{Hub, field};

fn first_link(hub: &Hub) -> String {
    let hash = crate::random::hash("start_x");
    hub.store.write(|tx| sessions::put_link(tx, &hash, LinkKind::First, None, i64::MAX)).unwrap();
    "/start?key=start_x".to_owned()
}

#[tokio::test]
async fn the_first_link_makes_the_floor_and_its_administrator_once() {
    let hub = Hub::new();
    let link = first_link(&hub);
    let mut browser = hub.browser();
    let page = browser.get(&link).await;
    assert_eq!(page.status, 200);
    let csrf = field(&page.text, "csrf");
    let mut fields = vec![
        ("csrf", csrf.as_str()),
        ("name", "Demo floor"),
        ("tz", "Mars/Base"),
        ("currency", "jpy"),
        ("locale", "ja"),
        ("day", "0"),
        ("day", "6"),
        ("email", "boss@x.example"),
        ("password", "a long sentence"),
    ];
    let page = browser.post(&link, &fields).await;
    assert!(page.status == 422 && page.text.contains("Mars/Base: there is no such time zone"), "{}", page.text);
    assert!(page.text.contains("value=\"Demo floor\""), "what was typed stays");
    fields[2].1 = "Asia/Tokyo";
    let page = browser.post(&link, &fields).await;
    assert_eq!((page.status, page.location.as_deref()), (303, Some("/data")));
    assert_eq!(browser.get("/data").await.status, 200);
    let floor = hub.store.read(crate::store::floor::get).unwrap();
    assert_eq!((floor.name.as_str(), floor.tz.as_str(), floor.currency.as_str()), ("Demo floor", "Asia/Tokyo", "JPY"));
    assert_eq!(floor.workdays, "1000001");
    let mut other = hub.browser();
    assert_eq!(other.get(&link).await.status, 410, "it works once");
    assert_eq!(other.post(&link, &fields).await.status, 410);
    assert_eq!(other.get(&first_link(&hub)).await.status, 410, "there is an account");
}

#[tokio::test]
async fn a_guessed_link_shows_nothing() {
    let hub = Hub::new();
    first_link(&hub);
    assert_eq!(hub.browser().get("/start?key=start_0000").await.status, 410);
}
