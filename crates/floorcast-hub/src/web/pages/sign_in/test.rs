//! The door: one message for a wrong address and a wrong password, a pause after ten, and only our own addresses after it.

use super::is_own;
use crate::web::pages::testing::{Hub, field};

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
