//! Plans: stages tick from facts and name them, people tick the others, and only the person says yes to the wall.

use jiff::ToSpan as _;

use crate::access::Role;
use crate::clock;
use crate::store::facts::{self, Fact};
use crate::store::{floor, ramps};
use crate::web::pages::testing::Hub;

#[tokio::test]
async fn a_plan_that_would_be_over_is_asked_about_and_a_finished_one_taken_back_and_started_again() {
    let hub = Hub::demo();
    let mut boss = hub.signed_in(Role::Manager, Some("p2"));
    let csrf = hub.csrf(&boss);
    let start = |day: &str, sure: &str| {
        let fields = [("csrf", csrf.as_str()), ("person", "p1"), ("plan", "first"), ("day", day), ("sure", sure)];
        fields.map(|(name, value)| (name, value.to_owned()))
    };
    async fn post(
        boss: &mut crate::web::pages::testing::Browser,
        path: &str,
        fields: &[(&str, String)],
    ) -> (u16, String) {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = boss.post(path, &fields).await;
        (answer.status, answer.text)
    }
    let asked = post(&mut boss, "/ramps/start", &start("2020-01-01", "")).await;
    assert!(asked.0 == 422 && asked.1.contains("is over already: its last day was"), "{}", asked.1);
    assert!(hub.store.read(|tx| ramps::get(tx, "p1")).unwrap().is_none());
    assert_eq!(post(&mut boss, "/ramps/start", &start("2020-01-01", "p1")).await.0, 303);
    let page = boss.get("/ramps").await.text;
    assert!(page.contains("13 weeks, March 2020") && page.contains("/ramps/end"), "{page}");
    // Whose plan is over can be started again, also without taking it back before.
    let today = jiff::tz::TimeZone::UTC.to_datetime(clock::now()).date().to_string();
    assert_eq!(post(&mut boss, "/ramps/start", &start(&today, "p1")).await.0, 303);
    assert_eq!(hub.store.read(|tx| ramps::get(tx, "p1")).unwrap().unwrap().started, today);
    let end = |who: &str| [("csrf", csrf.clone()), ("person", who.to_owned())];
    assert_eq!(post(&mut boss, "/ramps/end", &end("p3")).await.0, 404);
    assert_eq!(post(&mut boss, "/ramps/end", &end("p1")).await.0, 303);
    assert!(hub.store.read(|tx| ramps::get(tx, "p1")).unwrap().is_none());
    let done = hub.store.read(|tx| crate::store::audit::list(tx, 9)).unwrap();
    assert!(done.iter().any(|row| row.what == "plan.end" && row.subject.as_deref() == Some("p1")), "{done:?}");
}

#[tokio::test]
async fn stages_tick_from_facts_and_by_people_and_the_wall_only_with_consent() {
    let hub = Hub::demo();
    let mut boss = hub.signed_in(Role::Manager, Some("p2"));
    let csrf = hub.csrf(&boss);
    let today = jiff::tz::TimeZone::UTC.to_datetime(clock::now()).date();
    let day = today.saturating_sub(20.days()).to_string();
    let start = [("csrf", csrf.as_str()), ("person", "p1"), ("plan", "first"), ("day", &day), ("mentor", "p2")];
    assert!(boss.get("/ramps").await.text.contains("A proposal, made from your figures"));
    assert_eq!(boss.post("/ramps/start", &start).await.status, 303);
    let again = boss.post("/ramps/start", &start).await;
    assert!(again.status == 422 && again.text.contains("Ana Alves follows a plan already."), "{}", again.text);
    // Nobody starts people of other teams.
    let foreign = [("csrf", csrf.as_str()), ("person", "p3"), ("plan", "first"), ("day", &day)];
    assert_eq!(boss.post("/ramps/start", &foreign).await.status, 404);
    let page = boss.get("/ramps").await.text;
    // The deal of the demo floor ticked a stage and is named; calls did not happen yet.
    assert!(page.contains("Customer of Ana Alves") || page.contains("First deal"), "{page}");
    assert!(page.contains("0 of 1") && page.contains("Mentor Ben Brand") && page.contains("week 3 of 13"), "{page}");
    let call = Fact {
        source: "crm".into(),
        ext_id: "c77".into(),
        metric: "calls".into(),
        person: Some("p1".into()),
        owner_key: None,
        at: clock::now().as_microsecond(),
        amount: 1,
        currency: None,
        label: Some("Call with Acme".into()),
        ..Fact::default()
    };
    let put = |fact: &Fact| {
        let seen = clock::now().as_microsecond();
        hub.store
            .write(|tx| facts::put(tx, std::slice::from_ref(fact), seen).and_then(|()| floor::changed(tx)))
            .unwrap();
    };
    put(&call);
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    let hers = hub.csrf(&ana);
    let own = ana.get("/ramps").await.text;
    assert!(own.contains("Call with Acme") && !own.contains("Start somebody"), "{own}");
    // The line of readers names whoever sees it.
    assert!(own.contains("You, your managers and the administrators"), "{own}");
    let mentor = hub.signed_in(Role::Rep, Some("p2")).get("/ramps").await.text;
    assert!(mentor.contains("Call with Acme") && mentor.contains("The new person, you as the mentor,"), "{mentor}");
    // A fact that is taken back takes its tick with it.
    put(&Fact { revoked: Some(1), ..call.clone() });
    assert!(!ana.get("/ramps").await.text.contains("Call with Acme"));
    put(&call);
    // The exam is ticked by a person, who is named; a stage with a figure is nobody's to tick.
    let tick = |stage: &'static str| [("csrf", csrf.as_str()), ("person", "p1"), ("stage", stage)];
    assert_eq!(boss.post("/ramps/tick", &tick("1")).await.status, 404);
    boss.post("/ramps/tick", &tick("0")).await;
    assert!(ana.get("/ramps").await.text.contains(", Ben Brand"));
    assert_eq!(ana.post("/ramps/tick", &[("csrf", &hers), ("person", "p1"), ("stage", "0")]).await.status, 404);
    let mut cleo = hub.signed_in(Role::Rep, Some("p3"));
    assert!(!cleo.get("/ramps").await.text.contains("Ana Alves"));
    // The wall shows it when she says so, and no more when she takes that back.
    let board = || {
        hub.publisher.rebuild().unwrap();
        hub.publisher.board("main").unwrap().borrow().as_ref().unwrap().body.contains("\"type\":\"ramp\"")
    };
    assert!(!board());
    ana.post("/ramps/consent", &[("csrf", &hers)]).await;
    assert!(board());
    ana.post("/ramps/consent", &[("csrf", &hers)]).await;
    assert!(!board());
    // Nobody is their own mentor, and whoever has been here for long is asked about.
    let day = today.to_string();
    let ben = [("csrf", csrf.as_str()), ("person", "p2"), ("plan", "first"), ("day", &day)];
    let own = boss.post("/ramps/start", &[ben.as_slice(), &[("mentor", "p2")]].concat()).await;
    assert!(own.status == 422 && own.text.contains("Ben Brand cannot be the mentor of Ben Brand"), "{}", own.text);
    hub.add_calls("old", "p2", 3, 90);
    let asked = boss.post("/ramps/start", &ben).await;
    assert!(
        asked.status == 422 && asked.text.contains("Ben Brand has records from long before that day: 1,"),
        "{}",
        asked.text
    );
    assert!(hub.store.read(|tx| ramps::get(tx, "p2")).unwrap().is_none());
    let sure = boss.post("/ramps/start", &[ben.as_slice(), &[("sure", "p2")]].concat()).await.location.unwrap();
    assert!(boss.get(&sure).await.text.contains("Ben Brand follows the plan First weeks now."));
    // A plan is typed on a page of its own: nobody is started beside it. A changed one says whom it moves, and keeps what was
    // reached wherever the stage stands then.
    let form = boss.get("/ramps/plan?id=first").await.text;
    assert!(form.contains("name=\"from-0\" value=\"0\"") && !form.contains("/ramps/start"), "{form}");
    let plan = [
        ("csrf", csrf.as_str()),
        ("id", "first"),
        ("title", "Shorter"),
        ("weeks", "4"),
        ("label-0", "Exam"),
        ("day-0", "25"),
        ("from-0", "0"),
        ("label-1", "Five calls"),
        ("day-1", "20"),
        ("metric-1", "calls"),
        ("amount-1", "5"),
    ];
    let seen = boss.post("/ramps/plan/preview", &plan).await.text;
    assert!(seen.contains("Ana Alves: ") && seen.contains("then 1 of 2"), "{seen}");
    assert_ne!(hub.store.read(ramps::plans).unwrap()[0].title, "Shorter");
    boss.post("/ramps/plan", &plan).await;
    let page = boss.get("/ramps").await.text;
    assert!(page.contains("Five calls") && page.contains(", Ben Brand") && page.contains("week 3 of 4"), "{page}");
    let wrong =
        [("csrf", csrf.as_str()), ("id", "first"), ("title", "x"), ("weeks", "1"), ("label-0", "x"), ("day-0", "30")];
    let refused = boss.post("/ramps/plan", &wrong).await;
    assert!(
        refused.status == 422
            && refused.text.contains("name=\"title\" value=\"x\"")
            && refused.text.contains("Stage x: day 30; the days of this plan are 1 to 7."),
        "{}",
        refused.text
    );
    // A second plan has a name of its own, and goes away while nobody follows it.
    let mut field = plan.to_vec();
    field.retain(|(name, _)| *name != "id" && !name.starts_with("from"));
    assert!(boss.post("/ramps/plan", &field).await.text.contains("There is a plan called Shorter already."));
    field.retain(|(name, _)| *name != "title");
    field.push(("title", "Field"));
    assert_eq!(boss.post("/ramps/plan", &field).await.status, 303);
    let all = hub.store.read(ramps::plans).unwrap();
    assert_eq!(all.iter().map(|plan| plan.title.as_str()).collect::<Vec<_>>(), ["Field", "Shorter"]);
    let remove = |id: &str| [("csrf", csrf.clone()), ("id", id.to_owned()), ("do", "remove".to_owned())];
    for (plan, status) in [(&all[1].id, 404), (&all[0].id, 303)] {
        let fields = remove(plan);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(boss.post("/ramps/plan", &fields).await.status, status);
    }
}
