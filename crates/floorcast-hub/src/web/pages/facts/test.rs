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

#[tokio::test]
async fn an_entry_by_hand_is_taken_back_by_its_maker_their_manager_and_an_administrator_and_put_back() {
    let hub = Hub::demo();
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    let csrf = hub.csrf(&ana);
    let log = [("csrf", csrf.as_str()), ("metric", "calls"), ("key", "a1"), ("n", "9")];
    assert_eq!(ana.post("/me/log", &log).await.status, 303);
    let month = address("p1").replace("metric=won", "metric=calls");
    let revoked = || hub.store.read(|tx| crate::store::facts::get(tx, "hand", "a1", "calls")).unwrap().unwrap().revoked;
    let entry = ("fact", "calls/a1");
    // Of the same team, of another one, and a manager of another one: for them there is no such entry.
    for (role, person) in [(Role::Rep, "p2"), (Role::Rep, "p3")] {
        let mut other = hub.signed_in(role, Some(person));
        let own = hub.csrf(&other);
        assert_eq!(other.post("/facts/revoke", &[("csrf", &own), entry]).await.status, 404, "{person}");
    }
    let managers = [hub.signed_in(Role::Manager, Some("p2")), hub.signed_in(Role::Admin, None), ana];
    for mut browser in managers {
        let own = hub.csrf(&browser);
        let page = browser.get(&month).await.text;
        assert!(page.contains("Take back") && page.contains(">9</td>"), "{page}");
        let place =
            ["metric", "person", "from", "to"].map(|name| (name, crate::web::pages::testing::field(&page, name)));
        let mut fields: Vec<(&str, &str)> = place.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fields.extend([("csrf", own.as_str()), entry]);
        let back = browser.post("/facts/revoke", &fields).await.location.unwrap();
        assert!(revoked().is_some());
        let page = browser.get(&back).await.text;
        assert!(page.contains("Taken back: 9 New calls") && page.contains("Put back"), "{page}");
        assert!(page.contains("No facts in this time"), "it counts nowhere: {page}");
        // From the line that offers it, which knows nothing but the entry; and twice is once.
        for _ in 0..2 {
            let back = browser.post("/facts/restore", &[("csrf", &own), entry]).await.location.unwrap();
            assert!(browser.get(&back).await.text.contains("Counts again: 9 New calls"), "{back}");
        }
        assert!(revoked().is_none());
    }
    let log = hub.store.read(|tx| crate::store::audit::list(tx, 20)).unwrap();
    let names: Vec<&str> = log.iter().map(|row| row.what.as_str()).collect();
    assert_eq!(names, ["fact.restore", "fact.revoke"].repeat(3));
    let settings = hub.signed_in(Role::Admin, None).get("/settings").await.text;
    assert!(settings.contains("took an entry back: 9 New calls, Ana Alves"), "{settings}");
}

#[tokio::test]
async fn what_a_system_sent_is_not_taken_back_by_hand() {
    let hub = Hub::demo();
    hub.add_calls("crm1", "p1", 3, 0);
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    assert!(!boss.get(&address("p1").replace("metric=won", "metric=calls")).await.text.contains("/facts/revoke"));
    assert_eq!(boss.post("/facts/revoke", &[("csrf", &csrf), ("fact", "calls/crm1")]).await.status, 404);
}
