//! People: an invitation works once and outlives a role, the last administrator stays, what becomes of people holds from a day on,
//! and nobody else gets here.

use crate::access::{Role, Viewer};
use crate::standings::{By, Question, Rank, standings};
use crate::store::people::{self, Membership, PersonRow};
use crate::store::{audit, logins, teams};
use crate::web::pages::testing::{Answer, Browser, Hub, field};

/// Sends a form of somebody's open row, as a browser does.
async fn send(boss: &mut Browser, path: &str, csrf: &str, fields: &[(&str, &str)]) -> Answer {
    let all: Vec<(&str, &str)> = [("csrf", csrf)].into_iter().chain(fields.iter().copied()).collect();
    boss.referer = Some("http://127.0.0.1:8271/people?who=p1".into());
    boss.post(&format!("/people/{path}"), &all).await
}

fn link_of(page: &Answer) -> String {
    let link = page.text.split("<code>").nth(1).unwrap().split("</code>").next().unwrap();
    link.strip_prefix("http://127.0.0.1:8271").unwrap().to_owned()
}

#[tokio::test]
async fn an_invitation_makes_an_account_that_signs_in_and_outlives_another_role() {
    let hub = Hub::demo();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let page = boss.get("/people").await;
    assert!(page.status == 200 && page.text.contains("Ana Alves") && page.text.contains("North"), "{}", page.text);
    let as_rep = [("person", "p1"), ("email", "Ana@X.example"), ("role", "rep")];
    let page = send(&mut boss, "invite", &csrf, &as_rep).await;
    let link = link_of(&page);
    assert!(page.text.contains("works on this machine only"), "{}", page.text);
    assert!(!boss.get("/people").await.text.contains(&link), "shown once");
    // A manager of nothing is asked; the form stands there as it was sent.
    let mut as_manager = vec![("person", "p1"), ("email", "Ana@X.example"), ("role", "manager")];
    let page = send(&mut boss, "invite", &csrf, &as_manager).await;
    assert!(page.status == 422 && page.text.contains("✕ Tick the teams"), "{}", page.text);
    assert!(page.text.contains("<option value=\"manager\" selected>"), "{}", page.text);
    as_manager.push(("manages", "t2"));
    assert_eq!(send(&mut boss, "invite", &csrf, &as_manager).await.status, 303);
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
    let rows = hub.store.read(|tx| audit::list(tx, 9)).unwrap();
    assert!(rows.iter().any(|row| row.what == "login.join"), "{rows:?}");
}

#[tokio::test]
async fn an_invitation_has_the_address_that_others_open() {
    let options = crate::web::state::Options { public_url: Some("https://hub.example/".into()), ..Default::default() };
    let hub = Hub::demo().with_options(options);
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let page = send(&mut boss, "invite", &csrf, &[("person", "p1"), ("email", "ana@x.example"), ("role", "rep")]).await;
    assert!(page.text.contains("<code>https://hub.example/join/join_"), "{}", page.text);
}

#[tokio::test]
async fn a_person_is_renamed_moves_leaves_and_comes_back() {
    let hub = Hub::demo();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let today = jiff::tz::TimeZone::UTC.to_datetime(crate::clock::now()).date();
    let places = || {
        let all = hub.store.read(|tx| people::memberships(tx, &Viewer::Owner)).unwrap();
        all.into_iter().filter(|of| of.person == "p1").collect::<Vec<Membership>>()
    };
    let ana = || hub.store.read(|tx| people::seen(tx, &Viewer::Owner, "p1")).unwrap().unwrap();
    let taken = send(&mut boss, "rename", &csrf, &[("person", "p1"), ("name", "ben brand")]).await;
    assert!(taken.status == 422 && taken.text.contains("Somebody is called ben brand already"), "{}", taken.text);
    assert!(taken.text.contains("value=\"ben brand\" aria-invalid"), "what was typed stays: {}", taken.text);
    assert_eq!(send(&mut boss, "rename", &csrf, &[("person", "p1"), ("name", "Ana Souza")]).await.status, 303);
    assert_eq!(ana().name, "Ana Souza");
    let moved = [("person", "p1"), ("team", "t1"), ("new_team", "West")];
    assert_eq!(send(&mut boss, "team", &csrf, &moved).await.status, 303);
    let west = hub.store.read(teams::list).unwrap().into_iter().find(|team| team.name == "West").unwrap();
    let of = |team: &str, since: &str, until: Option<&str>| Membership {
        person: "p1".into(),
        team: team.into(),
        since: since.into(),
        until: until.map(str::to_owned),
    };
    let day = today.to_string();
    assert_eq!(places(), [of("t1", "", Some(&day)), of(&west.id, &day, None)]);
    assert_eq!(send(&mut boss, "team", &csrf, &moved).await.status, 422, "West is there already");
    // Leaving: not in the future; the history stays, the account is closed and its session is over.
    let mut own = hub.signed_in(Role::Rep, Some("p1"));
    let soon = today.tomorrow().unwrap().to_string();
    assert_eq!(send(&mut boss, "leave", &csrf, &[("person", "p1"), ("day", &soon)]).await.status, 422);
    // Nor before the first day.
    let begins = |day: Option<String>| {
        hub.store.write(|tx| people::put(tx, &PersonRow { started: day.clone(), ..ana() })).unwrap();
    };
    begins(Some(day.clone()));
    let eve = today.yesterday().unwrap().to_string();
    let early = send(&mut boss, "leave", &csrf, &[("person", "p1"), ("day", &eve)]).await;
    assert!(early.status == 422 && early.text.contains("cannot have left before that day"), "{}", early.text);
    assert_eq!(ana().ended, None);
    begins(None);
    assert!(own.get("/rankings").await.text.contains("Ana Souza"));
    let question = Question {
        metric: "won".into(),
        from: today.yesterday().unwrap(),
        to: today.tomorrow().unwrap(),
        by: By::Team,
        rank: Rank::Competition,
    };
    let totals = || hub.store.read(|tx| standings(tx, &Viewer::Owner, &question, crate::clock::now())).unwrap().rows;
    let before = (places(), totals());
    let left = send(&mut boss, "leave", &csrf, &[("person", "p1"), ("day", &day)]).await;
    assert_eq!((places(), totals()), before, "her deal of today stays her team's");
    // Said by mistake: the toast takes it back, and opens the account that it closed.
    let page = boss.get(left.location.as_deref().unwrap()).await.text;
    assert!(page.contains("1 deal or entry of that day or later"), "{page}");
    let closed = || hub.store.read(logins::list).unwrap().into_iter().any(|login| login.disabled.is_some());
    assert!(closed());
    let back = field(&page, "back");
    assert_eq!(send(&mut boss, "stay", &csrf, &[("back", &back)]).await.status, 303);
    assert_eq!((ana().ended, closed(), places()), (None, false, before.0.clone()));
    assert_eq!(send(&mut boss, "leave", &csrf, &[("person", "p1"), ("day", &day)]).await.status, 303);
    let page = boss.get("/people?who=p1").await.text;
    assert!(page.contains(&format!("<option value=\"{}\" selected>West", west.id)), "the old team is offered: {page}");
    assert_eq!(own.get("/me").await.status, 303);
    assert_eq!(ana().ended.as_deref(), Some(day.as_str()));
    assert!(boss.get("/people").await.text.contains("– left, from"));
    let facts = hub.store.read(crate::store::merges::facts_of_people).unwrap();
    assert_eq!(facts["p1"], 1);
    let ranked = async |boss: &mut Browser| {
        let page = boss.get("/rankings").await.text;
        page.split("</table>").next().unwrap().contains("Ana Souza")
    };
    assert!(!ranked(&mut boss).await, "what she won today is told beside the ranking, she is not in it");
    let back = |day: &str| [("person", "p1".to_owned()), ("team", "t2".to_owned()), ("day", day.to_owned())];
    let back = [back(&soon), back(&day)];
    let back = back.each_ref().map(|of| of.each_ref().map(|(key, value)| (*key, value.as_str())));
    assert_eq!(send(&mut boss, "return", &csrf, &back[0]).await.status, 422);
    assert_eq!(send(&mut boss, "return", &csrf, &back[1]).await.status, 303);
    assert_eq!((ana().ended, places().last().cloned()), (None, Some(of("t2", &day, None))));
    assert!(ranked(&mut boss).await);
}

#[tokio::test]
async fn a_team_is_changed_from_the_day_that_is_said() {
    let hub = Hub::demo();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let today = jiff::tz::TimeZone::UTC.to_datetime(crate::clock::now()).date();
    let teams = |hub: &Hub| -> Vec<(String, String, Option<String>)> {
        let all = hub.store.read(|tx| people::memberships(tx, &Viewer::Owner)).unwrap();
        all.into_iter().filter(|of| of.person == "p1").map(|of| (of.team, of.since, of.until)).collect()
    };
    for wrong in ["soon", "1969-12-31", "2036-01-01"] {
        let page = send(&mut boss, "team", &csrf, &[("person", "p1"), ("team", "t2"), ("day", wrong)]).await;
        assert!(
            page.status == 422 && page.text.contains(&format!("{wrong}: expected a day from 1970")),
            "{}",
            page.text
        );
    }
    // The first of a month to come, then of this one: what was said last holds.
    for first in [today.last_of_month().tomorrow().unwrap(), today.first_of_month()] {
        let day = first.to_string();
        send(&mut boss, "team", &csrf, &[("person", "p1"), ("team", "t2"), ("day", &day)]).await;
        let expected = [("t1".to_owned(), String::new(), Some(day.clone())), ("t2".to_owned(), day, None)];
        assert_eq!(teams(&hub), expected);
    }
}

#[tokio::test]
async fn a_second_one_of_the_same_name_is_asked_about() {
    let hub = Hub::demo();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let n = || hub.store.read(|tx| people::list(tx, &Viewer::Owner)).unwrap().len();
    let asked = send(&mut boss, "add", &csrf, &[("name", "Ana alves"), ("team", "t2")]).await;
    assert!(
        asked.status == 422 && asked.text.contains("Somebody is called Ana alves already") && n() == 3,
        "{}",
        asked.text
    );
    let sure = [("name", "Ana Alves"), ("team", "t2"), ("other", "1")];
    assert_eq!(send(&mut boss, "add", &csrf, &sure).await.status, 303);
    assert_eq!(n(), 4);
}

#[tokio::test]
async fn nothing_is_expected_of_somebody_new_before_their_first_day() {
    let hub = Hub::demo();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let wrong = send(&mut boss, "add", &csrf, &[("name", "Gina Gold"), ("started", "soon")]).await;
    assert!(wrong.status == 422 && wrong.text.contains("soon: a day is expected"), "{}", wrong.text);
    let today = jiff::tz::TimeZone::UTC.to_datetime(crate::clock::now()).date();
    assert!(boss.get("/people").await.text.contains(&format!("name=\"started\" value=\"{today}\"")));
    let day = today.to_string();
    for (name, started) in [("Gina Gold", day.as_str()), ("Hugo Hart", "")] {
        let fields = [("name", name), ("team", "t1"), ("started", started)];
        assert_eq!(send(&mut boss, "add", &csrf, &fields).await.status, 303);
    }
    let all = hub.store.read(|tx| people::list(tx, &Viewer::Owner)).unwrap();
    let row = |name: &str| all.iter().find(|row| row.name == name).unwrap();
    assert_eq!((row("Gina Gold").started.as_deref(), row("Hugo Hart").started.as_deref()), (Some(day.as_str()), None));
    // 310 calls are expected of a month: of Gina those of the days from today on.
    let now = crate::clock::now();
    let pace = |name: &str| {
        let read = |tx: &mut crate::store::Tx<'_>| {
            let loaded = crate::web::pages::floor::load(tx, &Viewer::Publisher, now)?;
            let who = salesfloor::facts::Scope::Person(loaded.person_id(&row(name).id).unwrap());
            let card = loaded.floor.scorecards[0].clone();
            Ok(loaded.at(now).card(&card, who).cells[0].target.unwrap())
        };
        hub.store.read(read).unwrap()
    };
    assert_eq!(pace("Hugo Hart"), 310.0);
    let left = today.last_of_month().day() - today.day() + 1;
    let of_gina = 310.0 * f64::from(left) / f64::from(today.days_in_month());
    assert!((pace("Gina Gold") - of_gina).abs() < 1.0, "{} of {of_gina}", pace("Gina Gold"));
}

#[tokio::test]
async fn a_name_with_two_spaces_is_the_one_with_one() {
    let hub = Hub::demo();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let taken = send(&mut boss, "rename", &csrf, &[("person", "p1"), ("name", "Ben  Brand")]).await;
    assert!(taken.status == 422 && taken.text.contains("Somebody is called Ben Brand already"), "{}", taken.text);
    assert_eq!(send(&mut boss, "rename", &csrf, &[("person", "p1"), ("name", "Ana  \u{3000}Souza")]).await.status, 303);
    let ana = hub.store.read(|tx| people::seen(tx, &Viewer::Owner, "p1")).unwrap().unwrap();
    assert_eq!(ana.name, "Ana Souza");
    let team = [("person", "p1"), ("team", ""), ("new_team", "north ")];
    assert_eq!(send(&mut boss, "team", &csrf, &team).await.status, 422);
}

#[tokio::test]
async fn on_a_floor_without_teams_a_manager_is_invited_and_only_an_account_is_said_to_be_closed() {
    let hub = Hub::new();
    let row = people::PersonRow { id: "p1".into(), name: "Ana".into(), shown: "name".into(), ..Default::default() };
    hub.store.write(|tx| people::put(tx, &row)).unwrap();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let day = jiff::tz::TimeZone::UTC.to_datetime(crate::clock::now()).date().to_string();
    let leaves = [("person", "p1"), ("day", day.as_str())];
    let told = async |boss: &mut Browser| {
        let page = boss.get("/people?who=p1").await.text;
        let hint = page.contains("The account is closed at once.");
        let left = send(boss, "leave", &csrf, &leaves).await;
        let page = boss.get(left.location.as_deref().unwrap()).await.text;
        assert!(page.contains("Has left."), "{page}");
        let back = field(&page, "back");
        assert_eq!(send(boss, "stay", &csrf, &[("back", &back)]).await.status, 303);
        [hint, page.contains("Has left. The account is closed.")]
    };
    assert_eq!(told(&mut boss).await, [false, false], "there is none");
    let invited =
        send(&mut boss, "invite", &csrf, &[("person", "p1"), ("email", "ana@x.example"), ("role", "manager")]);
    let page = invited.await;
    assert!(page.status == 200 && page.text.contains("/join/join_"), "{}", page.text);
    assert_eq!(told(&mut boss).await, [true, true]);
}

#[tokio::test]
async fn what_went_wrong_is_said_as_the_account_wants_its_pages() {
    let hub = Hub::demo();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let page = boss.get("/people/nope").await;
    assert!(page.status == 404 && page.text.contains("<html lang=\"en\">"), "{}", page.text);
    let choice = [("csrf", csrf.as_str()), ("lang", "ja"), ("look", "dark")];
    assert_eq!(boss.post("/settings/you", &choice).await.status, 303);
    let gone = boss.post("/people/leave", &[("csrf", &csrf), ("person", "nope"), ("day", "x")]).await;
    let old = boss.post("/people/leave", &[("csrf", "of another page")]).await;
    assert!(old.status == 403 && old.text.contains("このフォームは古いページのものです"), "{}", old.text);
    for page in [boss.get("/people/nope").await, boss.get("/nope").await, gone] {
        assert!(page.status == 404 && page.text.contains("<html lang=\"ja\" data-look=\"dark\">"), "{}", page.text);
    }
}

#[tokio::test]
async fn two_become_one_after_a_preview_and_two_again() {
    let hub = Hub::demo();
    hub.login("ana@x.example", Role::Rep, Some("p1"));
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    // Whoever has the account stays, whichever row it was asked from.
    let page = boss.get("/people/p3/merge?with=p1").await.text;
    assert!(
        page.contains("Ana Alves stays, with account, goals and team: 1 fact, North.")
            && page.contains("Cleo Costa goes: 1 fact moves over"),
        "{page}"
    );
    let done = send(&mut boss, "merge", &csrf, &[("kept", "p1"), ("gone", "p3"), ("name", "gone")]).await;
    let page = boss.get(done.location.as_deref().unwrap()).await.text;
    assert!(page.contains("They are one person now.") && !page.contains("Ana Alves"), "{page}");
    let what = field(&page, "what");
    assert_eq!(boss.post("/data/people/undo", &[("csrf", &csrf), ("what", &what)]).await.status, 303);
    let page = boss.get("/people").await.text;
    assert!(page.contains("Cleo Costa") && page.contains("Ana Alves"), "{page}");
}

#[tokio::test]
async fn what_is_known_is_given_out_and_erased_only_with_the_name() {
    let hub = Hub::demo();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let file = boss.get("/people/p1/export").await;
    let told: serde_json::Value = serde_json::from_str(&file.text).unwrap();
    let at = told["facts"][0]["at"].as_str().unwrap();
    assert!(at.parse::<jiff::Timestamp>().is_ok() && told["person"]["name"] == "Ana Alves", "{told}");
    let called = file.headers["content-disposition"].to_str().unwrap();
    assert_eq!(called, "attachment; filename=\"Ana Alves.json\"; filename*=UTF-8''Ana%20Alves.json");
    assert_eq!((&told["facts"][0]["amount"], told["facts"].as_array().unwrap().len()), (&1234.into(), 1));
    let page = boss.get("/people/p1/erase").await.text;
    assert!(page.contains("What goes:") && page.contains("1 fact and the teams, without the name"), "{page}");
    boss.referer = Some("http://127.0.0.1:8271/people/p1/erase".into());
    let fields = |name: &'static str| [("csrf", csrf.clone()), ("person", "p1".into()), ("name", name.to_owned())];
    let post = async |boss: &mut Browser, name| {
        let fields = fields(name);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(key, value)| (*key, value.as_str())).collect();
        boss.post("/people/erase", &fields).await
    };
    let wrong = post(&mut boss, "Ana").await;
    assert!(wrong.status == 422 && wrong.text.contains("✕ This is not the name"), "{}", wrong.text);
    assert_eq!(post(&mut boss, "Ana Alves").await.status, 303);
    assert_eq!(hub.store.read(|tx| people::seen(tx, &Viewer::Owner, "p1")).unwrap(), None);
    let files = ["floor.db", "floor.db-wal", "private.db", "private.db-wal"];
    for file in files.map(|name| hub.folder().join(name)) {
        let bytes = std::fs::read(&file).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&bytes).contains("Ana Alves"), "{}", file.display());
        assert_eq!(bytes.is_empty(), file.extension().unwrap() == "db-wal", "{} is emptied", file.display());
    }
    let rows = hub.store.read(|tx| audit::list(tx, 9)).unwrap();
    assert!(["person.erase", "person.export"].iter().all(|what| rows.iter().any(|row| row.what == *what)), "{rows:?}");
}

#[tokio::test]
async fn the_last_administrator_cannot_be_closed_and_a_closed_account_is_out() {
    let hub = Hub::demo();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let own = hub.store.read(logins::list).unwrap()[0].id.clone();
    let closed = boss.post("/people/close", &[("csrf", &csrf), ("login", &own)]).await;
    assert!(closed.status == 422 && closed.text.contains("last administrator"), "{}", closed.text);
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    let all = hub.store.read(logins::list).unwrap();
    let of_ana = &all.iter().find(|login| login.person.as_deref() == Some("p1")).unwrap().id;
    assert_eq!(ana.get("/me").await.status, 200);
    assert_eq!(boss.post("/people/close", &[("csrf", &csrf), ("login", of_ana)]).await.status, 303);
    assert_eq!(ana.get("/me").await.location.as_deref(), Some("/sign-in?next=%2Fme"));
}

#[tokio::test]
async fn nobody_but_an_administrator_changes_people() {
    let hub = Hub::demo();
    let before = hub.store.read(|tx| people::list(tx, &Viewer::Owner)).unwrap();
    for role in [Role::Rep, Role::Manager] {
        let person = if role == Role::Rep { "p1" } else { "p2" };
        let mut browser = hub.signed_in(role, Some(person));
        let csrf = hub.csrf(&browser);
        assert_eq!(browser.get("/people").await.status, 404);
        for address in ["add", "invite", "link", "close", "rename", "team", "leave", "stay", "return", "merge", "erase"]
        {
            let fields = [("csrf", csrf.as_str()), ("person", person), ("name", "x"), ("kept", "p1"), ("gone", "p3")];
            assert_eq!(browser.post(&format!("/people/{address}"), &fields).await.status, 404, "{address}");
        }
    }
    assert_eq!(hub.store.read(logins::list).unwrap().len(), 2);
    assert_eq!(hub.store.read(|tx| people::list(tx, &Viewer::Owner)).unwrap(), before);
}
