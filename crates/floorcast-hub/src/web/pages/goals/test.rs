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
        currency: None,
        label: None,
        revoked: None,
        by_whom: None,
        why: None,
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
