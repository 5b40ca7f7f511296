//! Floor now: a manager sees her teams and no others, who needs help stands first, a rep has no such page.

use crate::access::Role;
use crate::store::facts::{self, Fact};
use crate::store::targets;
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
    assert!(page.contains("Behind pace: New calls by "));
    assert!(page.contains("Who needs help first, by New calls."), "{page}");
}

#[tokio::test]
async fn it_says_by_which_figures_need_is_counted_and_which_are_not_in_it() {
    let hub = Hub::demo();
    hub.store
        .write(|tx| {
            let won =
                targets::LineRow { metric: "won".into(), weight: 50, target: Some(200_000), ..Default::default() };
            let mut card = targets::get_card(tx, "card")?.unwrap();
            card.lines.push(targets::LineRow { position: 9, ..won });
            targets::put_card(tx, &card)?;
            crate::store::floor::changed(tx)
        })
        .unwrap();
    let page = hub.signed_in(Role::Admin, None).get("/team").await.text;
    assert!(page.contains("Need = for each of New calls: weight"), "{page}");
    assert!(page.contains("Not counted, because it follows from them: Won."), "{page}");
}

#[tokio::test]
async fn nobody_is_on_pace_or_behind_where_nothing_is_expected() {
    let hub = Hub::demo();
    hub.store
        .write(|tx| {
            crate::store::targets::delete_card(tx, "card")?;
            crate::store::floor::changed(tx)
        })
        .unwrap();
    let page = hub.signed_in(Role::Admin, None).get("/team").await.text;
    assert!(page.contains("– Nothing is expected of them yet 3"), "{page}");
    assert!(!page.contains("On pace or ahead") && !page.contains("▼ Needs help"), "{page}");
    assert!(page.contains("Nothing has been logged today yet."), "{page}");
}

#[tokio::test]
async fn where_most_are_behind_only_those_who_need_most_stand_first() {
    let hub = Hub::demo();
    hub.store
        .write(|tx| {
            for n in 4..9 {
                let id = format!("p{n}");
                let row = crate::store::people::PersonRow {
                    id: id.clone(),
                    name: format!("Person {n}"),
                    shown: "name".into(),
                    ..Default::default()
                };
                crate::store::people::put(tx, &row)?;
            }
            Ok(())
        })
        .unwrap();
    hub.add_calls("some", "p1", 1, 0);
    hub.add_calls("done", "p2", 400, 0);
    let page = hub.signed_in(Role::Admin, None).get("/team").await.text;
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} in {page}"));
    assert!(at("▼ Needs help first 2") < at("▽ Behind pace 5") && at("▽ Behind pace 5") < at("▲ On pace or ahead 1"));
    // Whose month is complete is not so many ahead of last night: they have reached it.
    let ben = &page[at("<b>Ben Brand</b>")..];
    let ben = &ben[..ben.find("</tr>").unwrap()];
    assert!(ben.contains(">✓</span>"), "{ben}");
}

#[tokio::test]
async fn a_scorecard_of_results_alone_says_who_needs_help() {
    let hub = Hub::demo();
    hub.store
        .write(|tx| {
            let line =
                targets::LineRow { metric: "won".into(), weight: 100, target: Some(2_000_000), ..Default::default() };
            let mut card = targets::get_card(tx, "card")?.unwrap();
            card.lines = vec![line];
            targets::put_card(tx, &card)?;
            crate::store::floor::changed(tx)
        })
        .unwrap();
    let page = hub.signed_in(Role::Admin, None).get("/team").await.text;
    assert!(page.contains("▼ Needs help") && page.contains("Behind pace: "), "{page}");
}

#[tokio::test]
async fn on_the_first_day_of_a_month_nobody_is_behind_yet() {
    for day in ["2026-12-01T00:30:00Z", "2027-01-01T09:00:00Z", "2027-03-01T23:50:00Z"] {
        crate::clock::set(day);
        let hub = Hub::demo();
        hub.add_calls("yesterday", "p2", 400, 1);
        let page = hub.signed_in(Role::Admin, None).get("/team").await.text;
        assert!(!page.contains("▼ Needs help") && !page.contains("Behind pace: "), "{day}: {page}");
    }
}

/// Puts Ana into the other team from today on.
fn move_ana(hub: &Hub) {
    use crate::store::people::{self, Membership};
    let today = jiff::tz::TimeZone::UTC.to_datetime(crate::clock::now()).date().to_string();
    let member = |team: &str, since: &str, until: Option<&str>| Membership {
        person: "p1".into(),
        team: team.into(),
        since: since.into(),
        until: until.map(str::to_owned),
    };
    hub.store
        .write(|tx| {
            people::put_membership(tx, &member("t1", "", Some(&today)))?;
            people::put_membership(tx, &member("t2", &today, None))?;
            crate::store::floor::changed(tx)
        })
        .unwrap();
}

#[tokio::test]
async fn whoever_moved_to_another_team_is_seen_by_its_manager_only() {
    let hub = Hub::demo();
    let mut boss = hub.signed_in(Role::Manager, Some("p2"));
    let facts = "/facts?metric=won&person=p1&from=2026-01-01T00:00:00Z&to=2036-01-01T00:00:00Z";
    for path in ["/people/p1", facts] {
        assert_eq!(boss.get(path).await.status, 200, "{path}");
    }
    move_ana(&hub);
    for path in ["/people/p1", facts] {
        assert_eq!(boss.get(path).await.status, 404, "{path}");
        assert_eq!(hub.signed_in(Role::Admin, None).get(path).await.status, 200, "{path}");
    }
    let page = boss.get("/team").await.text;
    assert!(page.contains("Ben Brand") && !page.contains("Ana Alves") && !page.contains("South"), "{page}");
    let sold = boss.get("/api/v1/activities").await.text;
    assert!(sold.contains("\"p2\"") && !sold.contains("\"p1\""), "{sold}");
}

#[tokio::test]
async fn places_are_among_everybody_whoever_asks() {
    let hub = Hub::demo();
    let today = jiff::tz::TimeZone::UTC.to_datetime(crate::clock::now()).date();
    let asked =
        |by: &str| format!("/api/v1/standings?metric=won&from={today}&to={}&by={by}", today.tomorrow().unwrap());
    let rows = |text: &str| -> Vec<(u64, String)> {
        let body: serde_json::Value = serde_json::from_str(text).unwrap();
        let row = |row: &serde_json::Value| (row["rank"].as_u64().unwrap(), row["id"].as_str().unwrap().to_owned());
        body["rows"].as_array().unwrap().iter().map(row).collect()
    };
    let [p1, p2, p3] = ["p1", "p2", "p3"].map(str::to_owned);
    let mut boss = hub.signed_in(Role::Manager, Some("p2"));
    let mut rep = hub.signed_in(Role::Rep, Some("p1"));
    let mut all = hub.signed_in(Role::Admin, None);
    assert_eq!(rows(&all.get(&asked("person")).await.text), [(1, p3), (2, p2.clone()), (3, p1.clone())]);
    assert_eq!(rows(&boss.get(&asked("person")).await.text), [(2, p2), (3, p1.clone())]);
    assert_eq!(rows(&rep.get(&asked("person")).await.text), [(3, p1)]);
    // Cleo alone is more than the average of North.
    for browser in [&mut boss, &mut rep] {
        assert_eq!(rows(&browser.get(&asked("team-average")).await.text), [(2, "t1".to_owned())]);
    }
}
