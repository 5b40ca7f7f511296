//! A person's page: for the person and the managers; its figures are the store's.

use crate::access::Role;
use crate::store::targets::{self, LineRow};
use crate::web::pages::testing::Hub;

#[tokio::test]
async fn a_person_is_seen_by_herself_and_her_managers() {
    let hub = Hub::demo();
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    let own = ana.get("/people/p1").await;
    assert!(
        own.status == 200
            && own.text.contains("My scorecard")
            && own.text.contains("You, your managers and the administrators")
    );
    assert!(own.text.contains("New calls") && own.text.contains("North"), "{}", own.text);
    assert_eq!((ana.get("/people/p2").await.status, ana.get("/people/p9").await.status), (404, 404));
    let mut boss = hub.signed_in(Role::Manager, Some("p2"));
    let page = boss.get("/people/p1").await;
    assert!(page.status == 200 && page.text.contains("<h1>Ana Alves</h1>"), "{}", page.text);
    assert!(page.text.contains("Ana Alves, the managers and the administrators"));
    assert_eq!(boss.get("/people/p3").await.status, 404);
    // Who coaches begins here; for an administrator there is no panel of it, and an empty one is no hint.
    assert!(page.text.contains("Begin with Ana Alves") && own.text.contains("No session yet"), "{}", page.text);
    let admin = hub.signed_in(Role::Admin, None).get("/people/p1").await.text;
    assert!(admin.contains("Ana Alves") && !admin.contains("/coaching"), "{admin}");
}

#[tokio::test]
async fn nobody_is_to_work_on_what_has_reached_its_target_however_far_others_are() {
    let hub = Hub::demo();
    if jiff::tz::TimeZone::UTC.to_datetime(crate::clock::now()).date().day() == 1 {
        // On the first day of a month there is no pace yet.
        return;
    }
    hub.add_calls("far", "p2", 900, 0);
    hub.add_calls("some", "p1", 1, 0);
    let mut boss = hub.signed_in(Role::Manager, Some("p2"));
    assert!(boss.get("/people/p1").await.text.contains("To work on: New calls."));
    hub.add_calls("done", "p1", 320, 0);
    let page = boss.get("/people/p1").await.text;
    assert!(page.contains("✓ Reached") && !page.contains("To work on: "), "{page}");
}

#[tokio::test]
async fn weeks_of_money_say_their_unit_once() {
    let hub = Hub::demo();
    hub.store
        .write(|tx| {
            let mut card = targets::get_card(tx, "card")?.unwrap();
            let target = Some(500_000);
            card.lines.push(LineRow { metric: "won".into(), position: 9, weight: 50, target, ..LineRow::default() });
            targets::put_card(tx, &card)?;
            crate::store::floor::changed(tx)
        })
        .unwrap();
    let page = hub.signed_in(Role::Rep, Some("p1")).get("/people/p1").await.text;
    assert!(
        page.contains("<th scope=\"row\">Won (€)</th>") && page.contains("<th scope=\"row\">New calls</th>"),
        "{page}"
    );
}

#[tokio::test]
async fn nobody_falls_short_of_nothing_or_before_anybody_wrote_the_figure_down() {
    let hub = Hub::demo();
    hub.store
        .write(|tx| {
            let mut card = targets::get_card(tx, "card")?.unwrap();
            let target = Some(2);
            card.lines.push(LineRow { metric: "deals".into(), position: 9, weight: 50, target, ..LineRow::default() });
            targets::put_card(tx, &card)?;
            crate::store::floor::changed(tx)
        })
        .unwrap();
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    hub.add_calls("now", "p1", 300, 0);
    let page = ana.get("/people/p1").await.text;
    assert!(!page.contains("shade down"), "nobody called in those weeks: {page}");
    // Two deals a month are half a deal a week: none of them in a week is nothing short.
    assert!(page.contains(">0.5<"), "{page}");
    hub.add_calls("old", "p2", 1, 21);
    let page = ana.get("/people/p1").await.text;
    assert_eq!(page.matches("shade down").count(), 3, "of the week of the first call on: {page}");
    assert!(!page.contains("last day here"), "{page}");
    hub.store
        .write(|tx| {
            let mut row = crate::store::people::list(tx, &crate::access::Viewer::Owner)?.remove(0);
            row.ended = Some("2026-01-03".into());
            crate::store::people::put(tx, &row)?;
            crate::store::floor::changed(tx)
        })
        .unwrap();
    let page = hub.signed_in(Role::Admin, None).get("/people/p1").await.text;
    assert!(page.contains("North · last day here: Fri 2 Jan 2026"), "{page}");
}
