//! Every page × every role: what opens, what does not, and whose private figures never show. A page that is missing here fails.

use axum::body::Body;
use axum::http::{Request, header};
use tower::ServiceExt as _;

use crate::access::Role;
use crate::store::people::{self, Membership};
use crate::store::targets::{self, GoalRow};
use crate::store::{facts, logins};
use crate::web::pages::testing::Hub;

/// An address, and what a stranger, a rep, a manager and an administrator get.
pub const PAGES: &[(&str, &str, [u16; 4])] = &[
    ("/", "/", [303, 303, 303, 303]),
    ("/sign-in", "/sign-in", [200, 200, 200, 200]),
    ("/sign-in/oidc", "/sign-in/oidc", [404, 404, 404, 404]),
    ("/sign-in/oidc/callback", "/sign-in/oidc/callback", [404, 404, 404, 404]),
    ("/start", "/start?key=x", [410, 410, 410, 410]),
    ("/join/{secret}", "/join/x", [410, 410, 410, 410]),
    ("/static/{name}", "/static/x", [404, 404, 404, 404]),
    ("/manifest.webmanifest", "/manifest.webmanifest", [200, 200, 200, 200]),
    ("/me", "/me", [303, 200, 200, 200]),
    ("/rankings", "/rankings", [303, 200, 200, 200]),
    ("/facts", "/facts?metric=won&person=p1&from=2026-01-01&to=2036-01-01", [303, 200, 200, 200]),
    ("/facts", "/facts?metric=won&person=p3&from=2026-01-01&to=2036-01-01", [303, 404, 404, 200]),
    ("/facts", "/facts?metric=won&from=2026-01-01&to=2036-01-01", [303, 404, 404, 200]),
    ("/team", "/team", [303, 404, 200, 200]),
    ("/people/{id}", "/people/p1", [303, 200, 200, 200]),
    ("/people/{id}", "/people/p3", [303, 404, 404, 200]),
    ("/people", "/people", [303, 404, 404, 200]),
    ("/people", "/people?who=p1", [303, 404, 404, 200]),
    ("/people/{id}/merge", "/people/p1/merge?with=p3", [303, 404, 404, 200]),
    ("/people/{id}/export", "/people/p1/export", [303, 404, 404, 200]),
    ("/people/{id}/erase", "/people/p1/erase", [303, 404, 404, 200]),
    ("/goals", "/goals", [303, 404, 200, 200]),
    ("/data", "/data", [303, 404, 404, 200]),
    ("/wall", "/wall", [303, 404, 200, 200]),
    ("/wall/{board}/{slide}", "/wall/main/x.png", [303, 404, 404, 404]),
    ("/walls/{board}", "/walls/main", [303, 200, 200, 200]),
    ("/walls/{board}", "/walls/none", [303, 404, 404, 404]),
    ("/coaching", "/coaching", [303, 200, 200, 200]),
    ("/coaching/templates", "/coaching/templates", [303, 404, 200, 200]),
    ("/coaching/{id}", "/coaching/x", [303, 404, 404, 404]),
    ("/screens", "/screens", [303, 404, 404, 200]),
    ("/screens", "/screens?code=BCDFGH", [303, 404, 404, 200]),
    ("/pair/{code}", "/pair/BCDFGH", [303, 303, 303, 303]),
    ("/PAIR/{code}", "/PAIR/BCDFGH", [303, 303, 303, 303]),
    ("/contests", "/contests", [303, 200, 200, 200]),
    ("/contests/new", "/contests/new", [303, 404, 200, 200]),
    ("/contests/{id}", "/contests/x", [303, 404, 404, 404]),
    ("/contests/{id}/edit", "/contests/x/edit", [303, 404, 404, 404]),
    ("/contests/{id}/slide.png", "/contests/x/slide.png", [303, 404, 404, 404]),
    ("/recognition", "/recognition", [303, 200, 200, 200]),
    ("/ramps", "/ramps", [303, 200, 200, 200]),
    ("/ramps/plan", "/ramps/plan", [303, 404, 200, 200]),
    ("/training", "/training", [303, 200, 200, 200]),
    ("/goals/spread", "/goals/spread", [303, 404, 200, 200]),
    ("/settings", "/settings", [303, 200, 200, 200]),
    ("/mail/off", "/mail/off?key=x&kind=weekly", [410, 410, 410, 410]),
    ("", "/nothing", [404, 404, 404, 404]),
];

/// Forms: without the token of the session nobody gets further.
const FORMS: &[&str] = &[
    "/sign-out",
    "/me/log",
    "/me/undo",
    "/people/add",
    "/people/invite",
    "/people/link",
    "/people/close",
    "/people/rename",
    "/people/team",
    "/people/leave",
    "/people/stay",
    "/people/return",
    "/people/merge",
    "/people/erase",
    "/goals/kit",
    "/goals/preview",
    "/goals/save",
    "/data/preview",
    "/data/preview/answers",
    "/data/import",
    "/data/undo",
    "/data/map",
    "/data/deals",
    "/data/source",
    "/data/source/remove",
    "/data/people",
    "/data/people/undo",
    "/contests/save",
    "/contests/{id}/stage",
    "/contests/{id}/remove",
    "/contests/{id}/join",
    "/contests/{id}/confirm",
    "/contests/{id}/prize",
    "/recognition/shout",
    "/recognition/withdraw",
    "/recognition/rule",
    "/ramps/start",
    "/ramps/end",
    "/ramps/tick",
    "/ramps/consent",
    "/ramps/plan/preview",
    "/ramps/plan",
    "/training/course",
    "/training/assign",
    "/training/withdraw",
    "/training/done",
    "/mail/off",
    "/settings/mail",
    "/settings/you",
    "/settings/password",
    "/settings/device",
    "/settings/token",
    "/settings/token/delete",
    "/goals/spread/preview",
    "/goals/spread/save",
    "/goals/spread/undo",
    "/facts/revoke",
    "/facts/restore",
    "/goals/day",
    "/goals/day/remove",
    "/coaching/new",
    "/coaching/templates",
    "/coaching/{id}/save",
    "/coaching/{id}/answer",
    "/coaching/{id}/tick",
    "/coaching/{id}/close",
    "/screens/pair",
    "/screens/change",
    "/screens/tell",
    "/screens/remove",
    "/wall/playlist",
];

/// The addresses in `.route("…"` of every file here.
fn routes() -> Vec<String> {
    let (mut open, mut found) =
        (vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src/web"))], Vec::new());
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("api") && !path.ends_with("boards") {
                open.push(path);
            } else if path.extension().is_some_and(|end| end == "rs")
                && !path.ends_with("walk.rs")
                // A test may have a server of its own.
                && !path.ends_with("test.rs")
            {
                let text = std::fs::read_to_string(path).unwrap();
                found.extend(text.split(".route(\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()));
            }
        }
    }
    // What programs ask is walked by the tests of the API; the stream, which never ends, by its own.
    found.retain(|route| {
        route != "/healthz"
            && route != "/metrics"
            && route != "/live"
            && !route.starts_with("/screen/")
            && route != "/screen"
            && !route.starts_with("/hooks")
    });
    found.sort();
    found
}

#[test]
fn every_route_is_walked() {
    let listed = |route: &String| PAGES.iter().any(|(of, _, _)| of == route) || FORMS.contains(&route.as_str());
    let found = routes();
    assert!(found.len() > 20, "{found:?}");
    let missing: Vec<&String> = found.iter().filter(|route| !listed(route)).collect();
    assert!(missing.is_empty(), "not in this list: {missing:?}");
}

#[tokio::test]
async fn every_page_opens_for_its_audience_and_for_nobody_else() {
    let hub = Hub::demo();
    let roles = [(Role::Rep, "p1"), (Role::Manager, "p2")];
    let mut all = vec![hub.browser()];
    all.extend(roles.map(|(role, person)| hub.signed_in(role, Some(person))));
    all.push(hub.signed_in(Role::Admin, None));
    for (_, address, expected) in PAGES {
        for (browser, expected) in all.iter_mut().zip(expected) {
            let page = browser.get(address).await;
            assert_eq!(page.status, *expected, "{address}");
            let policy = page.headers["content-security-policy"].to_str().unwrap();
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{address}: {policy}");
            assert!(
                !page.text.contains("<script>") && !page.text.contains(" style=\"") && !page.text.contains("https://")
            );
            // A page says who may see it.
            let inside =
                page.status == 200 && !["/sign-in", "/manifest.webmanifest", "/people/p1/export"].contains(address);
            assert!(
                !inside || page.text.contains("class=\"seen\">○") || page.text.contains("class=\"seen\">◐"),
                "{address}"
            );
        }
    }
    for address in FORMS {
        for browser in &mut all {
            let answer = browser
                .post(&address.replace("{id}", "x"), &[("csrf", "guessed"), ("metric", "calls"), ("key", "k")])
                .await;
            assert!([303, 400, 403].contains(&answer.status), "{address}: {}", answer.status);
        }
    }
    assert!(hub.store.read(|tx| facts::of_ids(tx, "hand", &["k"])).unwrap().is_empty());
}

#[tokio::test]
async fn private_figures_of_others_are_on_no_page() {
    let hub = Hub::demo();
    let month = jiff::tz::TimeZone::UTC.to_datetime(crate::clock::now()).date().first_of_month();
    let goal = GoalRow {
        id: "g".into(),
        scope: "person".into(),
        who: "p3".into(),
        metric: "won".into(),
        period_start: month.to_string(),
        period_end: month.last_of_month().tomorrow().unwrap().to_string(),
        level: "must".into(),
        target: 77_777_777,
    };
    hub.store
        .write(|tx| {
            targets::put_goal(tx, &goal)?;
            let mut cleo = people::seen(tx, &crate::access::Viewer::Owner, "p3")?.unwrap();
            (cleo.email, cleo.birthday) = (Some("canary@private.example".into()), Some("--02-29".into()));
            people::put(tx, &cleo)?;
            people::put_membership(
                tx,
                &Membership { person: "p3".into(), team: "t2".into(), since: String::new(), until: None },
            )
        })
        .unwrap();
    let login = hub.login("secret-login@private.example", Role::Rep, Some("p3"));
    assert!(hub.store.read(|tx| logins::get(tx, &login.id)).unwrap().unwrap().password.is_some());
    // Her target as her own page writes it.
    let own = hub.signed_in(Role::Rep, Some("p3")).get("/me").await.text;
    let goal =
        own.split("id=\"goals\"").nth(1).unwrap().split(" / ").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(goal.starts_with("€777"), "{goal}");
    let canaries = [goal.as_str(), "777777", "private.example", "Customer of Cleo", "$argon2", "02-29"];
    for (role, person) in [(Role::Rep, "p1"), (Role::Manager, "p2")] {
        let mut browser = hub.signed_in(role, Some(person));
        for (_, address, _) in PAGES {
            let page = browser.get(address).await;
            let found: Vec<&&str> = canaries.iter().filter(|canary| page.text.contains(**canary)).collect();
            assert!(found.is_empty(), "{address} shows {found:?} to {role:?}");
        }
    }
}

#[tokio::test]
async fn the_address_of_a_forms_answer_leads_a_person_to_its_page() {
    let hub = Hub::demo();
    let ask = async |path: &str, accepts: &str| {
        let request = Request::get(path).header("host", "127.0.0.1:8271").header(header::ACCEPT, accepts);
        hub.router().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    };
    let html = "text/html,application/xhtml+xml,*/*;q=0.8";
    for (path, page) in [
        ("/data/undo", "/data"),
        ("/data/preview", "/data"),
        ("/goals/spread/preview", "/goals/spread"),
        ("/people/invite", "/people"),
        ("/settings/token", "/settings"),
    ] {
        let answer = ask(path, html).await;
        assert_eq!(answer.status(), 303, "{path}");
        assert_eq!(answer.headers()[header::LOCATION], page);
        assert_eq!(ask(path, "*/*").await.status(), 405, "{path} for a program");
    }
}
