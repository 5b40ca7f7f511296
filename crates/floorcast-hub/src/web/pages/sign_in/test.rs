//! The door: one message for a wrong address and a wrong password, a pause for whoever guesses and nobody else, and only our own
//! addresses after it.

use super::is_own;
use super::tries::{Asker, TRIES_OF_MANY};
use crate::access::Role;
use crate::store::audit;
use crate::web::pages::testing::{Answer, Browser, Hub, PASSWORD, field};
use crate::web::state::Options;

#[tokio::test]
async fn nobody_learns_whether_there_is_an_account() {
    let hub = Hub::new();
    hub.login("ana@x.example", crate::access::Role::Rep, None);
    let mut said = Vec::new();
    for email in ["ana@x.example", "nobody@x.example"] {
        let mut browser = hub.browser();
        let page = browser.get("/sign-in").await;
        let csrf = field(&page.text, "csrf");
        let page = browser.post("/sign-in", &[("csrf", &csrf), ("email", email), ("password", "wrong password")]).await;
        assert_eq!(page.status, 422);
        said.push(page.text.split("role=\"alert\">").nth(1).unwrap().split("</p>").next().unwrap().to_owned());
    }
    assert!(said[0].contains("9 tries left") && said[1].contains("tries left"), "{said:?}");
}

#[tokio::test]
async fn after_ten_tries_even_the_right_password_waits() {
    let hub = Hub::new();
    hub.login("ana@x.example", crate::access::Role::Rep, None);
    let mut browser = hub.browser();
    let page = browser.get("/sign-in").await;
    let csrf = field(&page.text, "csrf");
    let wrong = [("csrf", csrf.as_str()), ("email", "ana@x.example"), ("password", "wrong password")];
    let mut csrf = csrf.clone();
    for n in 1..=10 {
        let mut fields = wrong;
        fields[0].1 = &csrf;
        let page = browser.post("/sign-in", &fields).await;
        assert_eq!(page.status, if n < 10 { 422 } else { 429 }, "try {n}");
        csrf = field(&page.text, "csrf");
    }
    let right =
        [("csrf", csrf.as_str()), ("email", "ana@x.example"), ("password", crate::web::pages::testing::PASSWORD)];
    assert_eq!(browser.post("/sign-in", &right).await.status, 429);
}

#[tokio::test]
async fn signing_in_leads_to_where_one_wanted_to_go_and_out_ends_it() {
    let hub = Hub::new();
    hub.login("ana@x.example", crate::access::Role::Admin, None);
    let mut browser = hub.browser();
    let away = browser.get("/data").await;
    assert_eq!((away.status, away.location.as_deref()), (303, Some("/sign-in?next=%2Fdata")));
    let csrf = field(&browser.get("/sign-in?next=%2Fdata").await.text, "csrf");
    let password = crate::web::pages::testing::PASSWORD;
    let right = [("csrf", csrf.as_str()), ("email", " Ana@X.example"), ("password", password), ("next", "/data")];
    let page = browser.post("/sign-in", &right).await;
    assert_eq!((page.status, page.location.as_deref()), (303, Some("/data")));
    let page = browser.get("/data").await;
    assert_eq!(page.status, 200);
    let foreign = browser.post("/sign-out", &[("csrf", "guessed")]).await;
    assert_eq!(foreign.status, 403, "a form of another site");
    let csrf = field(&page.text, "csrf");
    assert_eq!(browser.post("/sign-out", &[("csrf", &csrf)]).await.status, 303);
    assert_eq!(browser.get("/data").await.status, 303);
}

#[test]
fn other_hosts_are_no_way_on() {
    let given = ["/me?x=1", "//evil.example", "/\\evil.example", "https://evil.example", "", "/a\nb"];
    assert_eq!(given.map(is_own), [true, false, false, false, false, false]);
}

/// Tries to sign in from a browser, as often as it is told.
async fn tries(browser: &mut Browser, email: &str, password: &str, n: usize) -> Answer {
    let mut last = None;
    for _ in 0..n {
        let csrf = field(&browser.get("/sign-in").await.text, "csrf");
        last = Some(browser.post("/sign-in", &[("csrf", &csrf), ("email", email), ("password", password)]).await);
    }
    last.unwrap()
}

#[tokio::test]
async fn who_guesses_locks_out_neither_others_nor_a_device_that_was_in_before() {
    let hub = Hub::new();
    let boss = hub.login("boss@x.example", Role::Admin, None);
    let at = |peer: &str| {
        let mut browser = hub.browser();
        browser.peer = Some(peer.parse().unwrap());
        browser
    };
    let mut known = at("10.9.9.9");
    assert_eq!(tries(&mut known, "boss@x.example", PASSWORD, 1).await.status, 303);
    let csrf = field(&known.get("/settings").await.text, "csrf");
    assert_eq!(known.post("/sign-out", &[("csrf", &csrf)]).await.status, 303);
    // Twelve accounts that are not there: nothing waits.
    let mut guesser = at("10.9.9.9");
    for n in 0..12 {
        assert_eq!(tries(&mut guesser, &format!("x{n}@x.example"), "wrong", 1).await.status, 422);
    }
    let locked = tries(&mut guesser, "boss@x.example", "wrong", 10).await;
    assert_eq!(locked.status, 429);
    let wait: u32 = locked.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(tries(&mut at("10.9.9.9"), "boss@x.example", PASSWORD, 1).await.status, 429, "a browser nobody knows");
    assert_eq!(tries(&mut known, "boss@x.example", PASSWORD, 1).await.status, 303, "the one that was in before");
    assert_eq!(tries(&mut at("10.9.9.8"), "boss@x.example", PASSWORD, 1).await.status, 303, "another address");
    let rows = hub.store.read(|tx| audit::list(tx, 40)).unwrap();
    let told = |what: &str| {
        rows.iter().filter(|row| row.what == what).map(|row| row.address.as_deref().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(told("login.enter"), ["10.9.9.8", "10.9.9.9", "10.9.9.9"]);
    assert_eq!(told("login.lock"), ["10.9.9.9"]);
    assert_eq!(told("login.fail"), ["10.9.9.9"; 9], "those for accounts that are not there stand in the log alone");
    assert!(rows.iter().all(|row| row.what != "login.enter" || row.who == format!("login:{}", boss.id)));
}

#[tokio::test]
async fn behind_a_trusted_proxy_everybody_has_an_address_of_their_own() {
    let trusted_proxies = vec!["10.0.0.0/24".parse().unwrap()];
    let hub = Hub::new().with_options(Options { trusted_proxies, ..Options::default() });
    hub.login("boss@x.example", Role::Admin, None);
    let through = |peer: &str, forwarded: &'static str| {
        let mut browser = hub.browser();
        (browser.peer, browser.forwarded) = (Some(peer.parse().unwrap()), Some(forwarded));
        browser
    };
    let doctor = || {
        let found = crate::ops::doctor::examine(&hub.store, crate::clock::now());
        found.into_iter().find(|of| of.what == "sign-in").unwrap()
    };
    assert_eq!(tries(&mut through("10.0.0.2", "203.0.113.7"), "boss@x.example", "wrong", 10).await.status, 429);
    assert_eq!(tries(&mut through("10.0.0.2", "203.0.113.7"), "boss@x.example", PASSWORD, 1).await.status, 429);
    assert_eq!(tries(&mut through("10.0.0.2", "203.0.113.8"), "boss@x.example", PASSWORD, 1).await.status, 303);
    assert_eq!(doctor().fix, None);
    // Whoever is no proxy of ours writes what they like: it counts for nothing, and the doctor names it.
    assert_eq!(tries(&mut through("198.51.100.4", "203.0.113.9"), "boss@x.example", "wrong", 1).await.status, 422);
    let said = doctor();
    assert!(said.text.contains("198.51.100.4") && said.fix.unwrap().contains("trusted_proxies"), "{}", said.text);
}

#[test]
fn an_address_and_an_account_have_generous_limits_and_right_ones_do_not_count() {
    let hub = Hub::new();
    hub.login("boss@x.example", Role::Admin, None);
    let now = 7 * 3_600_000_000 + 60_000_000;
    hub.store
        .write(|tx| {
            for n in 0..TRIES_OF_MANY {
                let asker = Asker::new(tx, &format!("x{n}@x.example"), "10.9.9.9", None, now)?;
                assert_eq!(asker.begin(tx)?, None, "{n}");
                if n % 2 == 0 {
                    asker.right(tx)?;
                }
            }
            for n in 0..TRIES_OF_MANY / 2 {
                let asker = Asker::new(tx, &format!("y{n}@x.example"), "10.9.9.9", None, now)?;
                assert_eq!(asker.begin(tx)?, None, "{n}");
            }
            let boss = |tx: &mut crate::store::Tx<'_>, from: &str, at| Asker::new(tx, "boss@x.example", from, None, at);
            assert_eq!(boss(tx, "10.9.9.9", now)?.begin(tx)?, Some(59 * 60), "until the hour is over");
            assert_eq!(boss(tx, "10.9.9.9", now + 3_600_000_000)?.begin(tx)?, None);
            for n in 0..TRIES_OF_MANY {
                assert_eq!(boss(tx, &format!("10.1.1.{n}"), now)?.begin(tx)?, None, "{n}");
            }
            assert!(boss(tx, "10.1.1.200", now)?.begin(tx)?.is_some(), "many addresses for one account");
            Ok(())
        })
        .unwrap();
}
