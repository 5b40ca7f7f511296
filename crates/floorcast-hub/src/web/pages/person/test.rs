//! A person's page: for the person and the managers; its figures are the store's.

use crate::access::Role;
use crate::web::pages::testing::Hub;

#[tokio::test]
async fn a_person_is_seen_by_herself_and_her_managers() {
    let hub = Hub::demo();
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    let own = ana.get("/people/p1").await;
    assert!(own.status == 200 && own.text.contains("My scorecard") && own.text.contains("You and your manager"));
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
