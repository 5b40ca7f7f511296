//! Settings: devices are one's own, tokens work once they are made and no more once they are taken away.

use crate::access::Role;
use crate::store::tokens;
use crate::web::pages::testing::{Hub, field};
use crate::{clock, random};

#[tokio::test]
async fn a_device_is_signed_out_and_nobody_elses_can_be() {
    let hub = Hub::demo();
    let login = hub.login("ana@x.example", Role::Rep, Some("p1"));
    let enter = || {
        let secret = hub.store.write(|tx| crate::web::pages::sign_in::begin(tx, &login.id, None)).unwrap();
        hub.with_session(secret)
    };
    let (mut here, mut there) = (enter(), enter());
    let csrf = hub.csrf(&here);
    let page = here.get("/settings").await.text;
    assert!(page.matches("signed in ").count() == 2 && !page.contains("Tokens of programs"), "{page}");
    let device = field(&page, "device");
    let mut other = hub.signed_in(Role::Admin, None);
    let theirs = hub.csrf(&other);
    assert_eq!(other.post("/settings/device", &[("csrf", &theirs), ("device", &device)]).await.status, 404);
    assert_eq!(here.post("/settings/device", &[("csrf", &csrf), ("device", "")]).await.status, 404);
    assert_eq!(there.get("/me").await.status, 200);
    here.post("/settings/device", &[("csrf", &csrf), ("device", &device)]).await;
    assert_eq!((there.get("/me").await.status, here.get("/me").await.status), (303, 200));
}

#[tokio::test]
async fn a_token_is_shown_once_works_and_is_taken_away() {
    let hub = Hub::demo();
    let mut admin = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&admin);
    let make = [("csrf", csrf.as_str()), ("role", "read"), ("label", "Data warehouse"), ("days", "30")];
    let page = admin.post("/settings/token", &make).await.text;
    let secret = page.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let viewer = |secret: &str| {
        let hash = random::hash(secret);
        hub.store.read(|tx| tokens::viewer(tx, &hash, clock::now().as_microsecond())).unwrap()
    };
    assert!(viewer(&secret).is_some());
    let again = admin.get("/settings").await.text;
    assert!(
        !again.contains(&secret)
            && again.contains("Data warehouse")
            && again.contains(" made the token Data warehouse."),
        "{again}"
    );
    for (name, value) in [("days", "0"), ("label", ""), ("role", "owner"), ("role", "admin")] {
        let fields: Vec<(&str, &str)> =
            make.iter().map(|(key, of)| (*key, if *key == name { value } else { *of })).collect();
        assert!([404, 422].contains(&admin.post("/settings/token", &fields).await.status), "{name}");
    }
    let mut boss = hub.signed_in(Role::Manager, Some("p2"));
    let theirs = hub.csrf(&boss);
    assert_eq!(boss.post("/settings/token", &[("csrf", &theirs), ("role", "read"), ("label", "x")]).await.status, 404);
    let id = field(&again, "id");
    admin.post("/settings/token/delete", &[("csrf", &csrf), ("id", &id)]).await;
    assert!(viewer(&secret).is_none());
}
