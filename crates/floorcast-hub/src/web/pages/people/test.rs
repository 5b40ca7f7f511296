//! People: an invitation works once, for one person; the last administrator stays; nobody else gets here.

use crate::access::Role;
use crate::web::pages::testing::{Hub, field};

#[tokio::test]
async fn an_invitation_makes_an_account_that_signs_in() {
    let hub = Hub::demo();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let page = boss.get("/people").await;
    assert!(page.status == 200 && page.text.contains("Ana Alves") && page.text.contains("North"), "{}", page.text);
    let invite =
        [("csrf", csrf.as_str()), ("person", "p1"), ("email", "Ana@X.example"), ("role", "manager"), ("manages", "t2")];
    let page = boss.post("/people/invite", &invite).await;
    let link = page.text.split("<code>").nth(1).unwrap().split("</code>").next().unwrap();
    let link = link.strip_prefix("http://127.0.0.1:8271").unwrap().to_owned();
    assert!(!boss.get("/people").await.text.contains(&link), "shown once");
    let mut ana = hub.browser();
    let page = ana.get(&link).await;
    assert!(page.text.contains("Welcome, Ana Alves"), "{}", page.text);
    let own = field(&page.text, "csrf");
    let short = ana.post(&link, &[("csrf", &own), ("password", "short")]).await;
    assert!(short.status == 422 && short.text.contains("5 letters: at least 10"), "{}", short.text);
    let kept = ana.post(&link, &[("csrf", &own), ("password", "a long sentence")]).await;
    assert_eq!((kept.status, kept.location.as_deref()), (303, Some("/team")));
    let page = ana.get("/team").await.text;
    assert!(page.contains("Cleo Costa") && !page.contains("Ben Brand"), "the team that she manages: {page}");
    assert_eq!(hub.browser().get(&link).await.status, 410);
}

#[tokio::test]
async fn the_last_administrator_cannot_be_closed_and_a_closed_account_is_out() {
    let hub = Hub::demo();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let own = hub.store.read(crate::store::logins::list).unwrap()[0].id.clone();
    let closed = boss.post("/people/close", &[("csrf", &csrf), ("login", &own)]).await;
    assert!(closed.status == 422 && closed.text.contains("last administrator"), "{}", closed.text);
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    let all = hub.store.read(crate::store::logins::list).unwrap();
    let of_ana = &all.iter().find(|login| login.person.as_deref() == Some("p1")).unwrap().id;
    assert_eq!(ana.get("/me").await.status, 200);
    assert_eq!(boss.post("/people/close", &[("csrf", &csrf), ("login", of_ana)]).await.status, 303);
    assert_eq!(ana.get("/me").await.location.as_deref(), Some("/sign-in?next=%2Fme"));
}

#[tokio::test]
async fn nobody_but_an_administrator_changes_people() {
    let hub = Hub::demo();
    for role in [Role::Rep, Role::Manager] {
        let mut browser = hub.signed_in(role, Some(if role == Role::Rep { "p1" } else { "p2" }));
        let csrf = hub.csrf(&browser);
        assert_eq!(browser.get("/people").await.status, 404);
        for (address, field) in [("add", "name"), ("invite", "role"), ("link", "login"), ("close", "login")] {
            let page = browser.post(&format!("/people/{address}"), &[("csrf", &csrf), (field, "admin")]).await;
            assert_eq!(page.status, 404, "{address}");
        }
    }
    assert_eq!(hub.store.read(crate::store::logins::list).unwrap().len(), 2);
}
