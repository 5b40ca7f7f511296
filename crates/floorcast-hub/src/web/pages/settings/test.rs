//! Settings: devices, language and password are one's own, tokens work until they are taken away, and what was done is found.

use crate::access::Role;
use crate::store::audit::{self, AuditAction};
use crate::store::{logins, tokens};
use crate::web::pages::testing::{Hub, PASSWORD, field};
use crate::{clock, random};

#[tokio::test]
async fn a_device_is_signed_out_and_nobody_elses_can_be() {
    let hub = Hub::demo();
    let login = hub.login("ana@x.example", Role::Rep, Some("p1"));
    let (mut here, mut there) = (hub.entered(&login.id), hub.entered(&login.id));
    let csrf = hub.csrf(&here);
    let page = here.get("/settings").await.text;
    assert!(page.matches(">signed in ").count() == 2 && !page.contains("Tokens of programs"), "{page}");
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
    // What has no way back asks first, without script.
    let page = admin.get("/settings").await.text;
    let asks = page.split("<details class=\"ask\">").nth(1).unwrap().split("</details>").next().unwrap();
    assert!(
        asks.contains("You cannot undo this: make a new token.") && asks.contains("/settings/token/delete"),
        "{asks}"
    );
    admin.post("/settings/token/delete", &[("csrf", &csrf), ("id", &id)]).await;
    assert!(viewer(&secret).is_none());
}

#[tokio::test]
async fn language_and_look_hold_for_the_account_on_each_device() {
    let hub = Hub::demo();
    let login = hub.login("ana@x.example", Role::Rep, Some("p1"));
    let (mut here, mut there) = (hub.entered(&login.id), hub.entered(&login.id));
    let csrf = hub.csrf(&here);
    assert!(here.get("/me").await.text.contains("<html lang=\"en\">"));
    here.post("/settings/you", &[("csrf", &csrf), ("lang", "ja"), ("look", "dark")]).await;
    for browser in [&mut here, &mut there] {
        let page = browser.get("/me").await.text;
        assert!(page.contains("<html lang=\"ja\" data-look=\"dark\">"), "{}", &page[..200]);
    }
    here.post("/settings/you", &[("csrf", &csrf), ("lang", ""), ("look", "")]).await;
    assert!(there.get("/me").await.text.contains("<html lang=\"en\">"), "the browser's again");
}

#[tokio::test]
async fn another_password_ends_other_sessions_and_needs_the_old_one() {
    let hub = Hub::demo();
    let login = hub.login("ana@x.example", Role::Rep, Some("p1"));
    let (mut here, mut there) = (hub.entered(&login.id), hub.entered(&login.id));
    let csrf = hub.csrf(&here);
    let change = async |browser: &mut crate::web::pages::testing::Browser, old: &str, new: &str| {
        browser.post("/settings/password", &[("csrf", &csrf), ("old", old), ("password", new)]).await
    };
    let wrong = change(&mut here, "not this one", "another sentence").await;
    assert!(wrong.status == 422 && wrong.text.contains("not your current password"), "{}", wrong.text);
    let told = hub.store.read(|tx| audit::list(tx, 9)).unwrap().remove(0);
    assert_eq!((told.what.as_str(), told.who), ("login.fail", format!("login:{}", login.id)));
    assert_eq!(change(&mut here, PASSWORD, "short").await.status, 422);
    assert_eq!(there.get("/me").await.status, 200);
    assert_eq!(change(&mut here, PASSWORD, "another sentence").await.status, 303);
    assert_eq!((here.get("/me").await.status, there.get("/me").await.status), (200, 303));
    let kept = hub.store.read(|tx| logins::get(tx, &login.id)).unwrap().unwrap().password.unwrap();
    assert!(crate::web::password::is("another sentence", Some(&kept)));
}

#[tokio::test]
async fn what_was_done_is_found_by_day_and_by_whom() {
    let hub = Hub::demo();
    let mut admin = hub.signed_in(Role::Admin, None);
    let day = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_microsecond();
    hub.store
        .write(|tx| {
            let by = |who: &str| audit::By { who: who.into(), address: Some("203.0.113.7".into()) };
            audit::record(tx, by("token:admin:Payroll"), AuditAction::TokenAdd, "one", day("2026-01-05T10:00:00Z"))?;
            audit::record(tx, by("token:admin:CRM sync"), AuditAction::TokenAdd, "two", day("2026-01-05T23:30:00Z"))?;
            audit::record(tx, by("token:admin:Payroll"), AuditAction::TokenAdd, "three", day("2026-01-06T00:00:00Z"))
        })
        .unwrap();
    let found = async |browser: &mut crate::web::pages::testing::Browser, query: &str| {
        let page = browser.get(&format!("/settings?{query}")).await.text;
        ["one", "two", "three"].map(|name| page.contains(&format!("made the token {name}.")))
    };
    assert_eq!(found(&mut admin, "").await, [true, true, true]);
    assert_eq!(found(&mut admin, "day=2026-01-05").await, [true, true, false]);
    assert_eq!(found(&mut admin, "who=token:admin:Payroll").await, [true, false, true]);
    assert_eq!(found(&mut admin, "day=2026-01-06&who=token:admin:CRM%20sync").await, [false, false, false]);
    let page = admin.get("/settings?day=2026-01-06").await.text;
    assert!(page.contains("The token Payroll, which runs the floor,") && page.contains("203.0.113.7"), "{page}");
    // A day that is none is said on the page.
    let none = admin.get("/settings?day=2026-13-45").await;
    assert!(none.status == 422 && none.text.contains("2026-13-45: a day is expected.") && none.text.contains("<form"));
}
