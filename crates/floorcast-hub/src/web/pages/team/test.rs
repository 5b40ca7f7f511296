//! Floor now: a manager sees her teams and no others, who needs help stands first, a rep has no such page.

use crate::access::Role;
use crate::store::facts::{self, Fact};
use crate::web::pages::testing::Hub;

#[tokio::test]
async fn a_manager_sees_her_people_and_nobody_else() {
    let hub = Hub::demo();
    let mut boss = hub.signed_in(Role::Manager, Some("p2"));
    let page = boss.get("/team").await;
    assert!(page.status == 200 && page.text.contains("Ana Alves") && !page.text.contains("Cleo"), "{}", page.text);
    assert!(page.text.contains("You manage these teams"));
    assert_eq!((boss.get("/team?team=t1").await.status, boss.get("/team?team=t2").await.status), (200, 404));
    assert!(hub.signed_in(Role::Admin, None).get("/team").await.text.contains("Cleo Costa"));
    assert_eq!(hub.signed_in(Role::Rep, Some("p1")).get("/team").await.status, 404);
}

#[tokio::test]
async fn who_is_behind_stands_under_needs_help() {
    let hub = Hub::demo();
    let now = crate::clock::now();
    let today = jiff::tz::TimeZone::UTC.to_datetime(now).date();
    if today.day() == 1 {
        // On the first day of a month nobody is behind its pace yet.
        return;
    }
    let fact = Fact {
        source: "hand".into(),
        ext_id: "big".into(),
        metric: "calls".into(),
        person: Some("p2".into()),
        owner_key: None,
        at: now.as_microsecond(),
        amount: 400,
        ..Fact::default()
    };
    hub.store.write(|tx| facts::put(tx, &[fact], 0)).unwrap();
    let page = hub.signed_in(Role::Admin, None).get("/team").await.text;
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} in {page}"));
    assert!(at("▼ Needs help 2") < at("Ana Alves") && at("Cleo Costa") < at("▲ On pace or ahead 1"));
    assert!(at("▲ On pace or ahead 1") < at("<b>Ben Brand</b>"));
    assert!(page.contains("New calls behind pace"));
}
