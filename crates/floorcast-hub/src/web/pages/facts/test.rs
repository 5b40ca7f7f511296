//! Facts: they add up to the figure, and only for people whom the viewer may see.

use crate::access::Role;
use crate::web::pages::testing::Hub;

fn address(person: &str) -> String {
    let today = jiff::tz::TimeZone::UTC.to_datetime(crate::clock::now()).date();
    let month = today.first_of_month();
    format!("/facts?metric=won&person={person}&from={month}&to={}", today.last_of_month().tomorrow().unwrap())
}

#[tokio::test]
async fn a_figure_leads_to_its_facts_and_to_nobody_elses() {
    let hub = Hub::demo();
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    let own = ana.get(&address("p1")).await;
    assert!(
        own.status == 200 && own.text.contains("Customer of Ana Alves") && own.text.contains("1,234"),
        "{}",
        own.text
    );
    assert_eq!(ana.get(&address("p2")).await.status, 404, "of the same team");
    assert_eq!(ana.get(&address("p9")).await.status, 404, "as if it had never been there");
    let mut manager = hub.signed_in(Role::Manager, Some("p2"));
    assert_eq!((manager.get(&address("p1")).await.status, manager.get(&address("p3")).await.status), (200, 404));
    assert_eq!(hub.signed_in(Role::Admin, None).get(&address("p3")).await.status, 200);
}

#[tokio::test]
async fn wrong_addresses_say_what_is_wrong() {
    let hub = Hub::demo();
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    let turned = ana.get("/facts?metric=won&person=p1&from=2026-02-01&to=2026-01-01").await;
    assert!(turned.status == 422 && turned.text.contains("the first day has to be before the last"), "{}", turned.text);
    assert_eq!(ana.get("/facts?metric=nope&person=p1&from=2026-01-01&to=2026-02-01").await.status, 404);
    assert_eq!(ana.get("/facts?metric=won").await.status, 400);
}
