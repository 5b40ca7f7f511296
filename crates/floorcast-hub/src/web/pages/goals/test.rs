//! Goals: a kit to begin with, what would change before it is saved, and only an administrator saves.

use crate::access::Role;
use crate::store::{metrics, targets};
use crate::web::pages::testing::Hub;

#[tokio::test]
async fn a_kit_makes_the_chain_and_its_scorecard() {
    let hub = Hub::new();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    assert!(boss.get("/goals").await.text.contains("New calls → Meetings held → Demos held"));
    assert_eq!(boss.post("/goals/kit", &[("csrf", &csrf), ("kit", "calls")]).await.status, 303);
    assert_eq!(boss.post("/goals/kit", &[("csrf", &csrf), ("kit", "nothing")]).await.status, 404);
    let calls = hub.store.read(|tx| metrics::get(tx, "calls")).unwrap().unwrap();
    assert_eq!((calls.kind.as_str(), calls.leads_to.as_deref()), ("leading", Some("meetings")));
    let page = boss.get("/goals").await.text;
    assert!(
        page.contains("name=\"target-calls\" value=\"240\"") && page.contains("name=\"weight-deals\" value=\"20\"")
    );
}

#[tokio::test]
async fn everybodys_score_is_shown_before_anything_is_saved() {
    let hub = Hub::demo();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let fact = crate::store::facts::Fact {
        source: "hand".into(),
        ext_id: "c".into(),
        metric: "calls".into(),
        person: Some("p1".into()),
        owner_key: None,
        at: crate::clock::now().as_microsecond(),
        amount: 31,
        ..crate::store::facts::Fact::default()
    };
    hub.store.write(|tx| crate::store::facts::put(tx, &[fact], 0)).unwrap();
    let target = |hub: &Hub| hub.store.read(targets::cards).unwrap()[0].lines[0].target;
    let mut fields =
        vec![("csrf", csrf.as_str()), ("target-calls", "62"), ("weight-calls", "100"), ("company", "900.50")];
    let page = boss.post("/goals/preview", &fields).await.text;
    assert!(
        page.contains("<td>Ana Alves</td><td class=\"right n\">10.0</td><td class=\"right n up\">50.0</td>"),
        "{page}"
    );
    assert!(page.contains("Save for 3 people"));
    assert_eq!(target(&hub), Some(310), "only looked at");
    assert_eq!(boss.post("/goals/save", &fields).await.status, 303);
    assert_eq!(target(&hub), Some(62));
    let goals = hub.store.read(targets::goals).unwrap();
    assert_eq!((goals.len(), goals[0].target), (1, 90_050));
    fields[1].1 = "0";
    let page = boss.post("/goals/preview", &fields).await;
    assert!(page.status == 422 && page.text.contains("0: a number above 0 is expected"), "{}", page.text);
    assert_eq!(boss.post("/goals/save", &fields).await.status, 422);
    let mut manager = hub.signed_in(Role::Manager, Some("p2"));
    let own = hub.csrf(&manager);
    assert!(manager.get("/goals").await.text.contains("readonly"));
    for address in ["kit", "preview", "save"] {
        assert_eq!(manager.post(&format!("/goals/{address}"), &[("csrf", &own), ("kit", "calls")]).await.status, 404);
    }
}

#[tokio::test]
async fn a_target_is_shared_out_to_the_cent_and_what_is_typed_stays() {
    let hub = Hub::demo();
    let mut admin = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&admin);
    let page = admin.get("/goals/spread").await.text;
    let month = crate::web::pages::testing::field(&page, "month");
    let with = |fields: &[(&'static str, &'static str)]| {
        let mut all = vec![("csrf", csrf.as_str()), ("month", month.as_str())];
        all.extend(fields);
        all
    };
    let none = with(&[("target-c:", "")]);
    assert_eq!(admin.post("/goals/spread/preview", &none).await.status, 422);
    // North has two people, South one; Ana's is typed by hand and stays.
    let fields = with(&[("target-c:", "1000"), ("target-p:p1", "500"), ("by", "days")]);
    let seen = admin.post("/goals/spread/preview", &fields).await.text;
    for part in
        ["value=\"666.67\"", "value=\"333.33\"", "value=\"500\"", "value=\"166.67\"", "adds up", "Save 6 targets"]
    {
        assert!(seen.contains(part), "{part}: {seen}");
    }
    assert!(hub.store.read(targets::goals).unwrap().is_empty(), "nothing is saved before it was seen");
    let over = with(&[("target-c:", "1000"), ("target-t:t1", "900"), ("target-t:t2", "200")]);
    let refused = admin.post("/goals/spread/preview", &over).await;
    assert!(refused.status == 422 && refused.text.contains("100 more than there is"), "{}", refused.text);
    assert_eq!(admin.post("/goals/spread/save", &fields).await.status, 303);
    let mut goals = hub.store.read(targets::goals).unwrap();
    goals.retain(|goal| goal.scope != "company");
    let sum = |scope: &str| goals.iter().filter(|goal| goal.scope == scope).map(|goal| goal.target).sum::<i64>();
    assert_eq!((sum("team"), sum("person")), (100_000, 100_000));
    // The person sees their own, and nobody else's.
    let ana = hub.signed_in(Role::Rep, Some("p1")).get("/me").await.text;
    assert!(ana.contains("/ 500") || ana.contains("500.00"), "{ana}");
    assert_eq!(hub.signed_in(Role::Manager, Some("p2")).get("/goals/spread").await.status, 200);
}

#[tokio::test]
async fn a_holiday_changes_the_days_of_its_month_and_can_be_taken_back() {
    let hub = Hub::demo();
    let mut admin = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&admin);
    let day = jiff::tz::TimeZone::UTC.to_datetime(crate::clock::now()).date().last_of_month().to_string();
    let work = || {
        hub.store
            .read(|tx| {
                let loaded =
                    crate::web::pages::floor::load(tx, &crate::access::Viewer::Publisher, crate::clock::now())?;
                Ok(loaded.floor.calendar.work(day.parse().unwrap(), None))
            })
            .unwrap()
    };
    assert_eq!(work(), 1.0);
    let add = [("csrf", csrf.as_str()), ("day", &day), ("work", "half"), ("label", "Stocktaking")];
    admin.post("/goals/day", &add).await;
    assert_eq!(work(), 0.5);
    assert!(admin.get("/goals").await.text.contains("Stocktaking"));
    assert_eq!(admin.post("/goals/day", &[("csrf", &csrf), ("day", "soon")]).await.status, 422);
    admin.post("/goals/day/remove", &[("csrf", &csrf), ("day", &day), ("team", "")]).await;
    assert_eq!(work(), 1.0);
    let mut boss = hub.signed_in(Role::Manager, Some("p2"));
    let theirs = hub.csrf(&boss);
    assert_eq!(boss.post("/goals/day", &[("csrf", &theirs), ("day", &day)]).await.status, 404);
}
