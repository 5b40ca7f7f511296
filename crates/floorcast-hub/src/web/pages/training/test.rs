//! Training: assigned by whoever coaches, done by the person, and its effect beside what the others did.

use jiff::ToSpan as _;

use crate::access::Role;
use crate::clock;
use crate::store::private::training::{self, TrainingRow};
use crate::web::pages::testing::Hub;

#[tokio::test]
async fn a_course_is_assigned_done_and_compared_with_the_others() {
    let hub = Hub::demo();
    let mut boss = hub.signed_in(Role::Manager, Some("p2"));
    let csrf = hub.csrf(&boss);
    let course = [
        ("csrf", csrf.as_str()),
        ("title", "Opening a call"),
        ("axis", "calls"),
        ("url", "https://x.example/c"),
        ("minutes", "25"),
    ];
    let bad = [("csrf", csrf.as_str()), ("title", "Bad"), ("axis", "calls"), ("url", "javascript:alert(1)")];
    assert_eq!(boss.post("/training/course", &bad).await.status, 422);
    assert_eq!(boss.post("/training/course", &course).await.status, 303);
    let id = hub.private.read(training::courses).unwrap()[0].id.clone();
    // Two of one name are refused, with what was typed.
    let same = [("csrf", csrf.as_str()), ("title", "opening a CALL"), ("axis", "calls"), ("minutes", "7")];
    let refused = boss.post("/training/course", &same).await;
    assert!(refused.status == 422 && refused.text.contains("There is a course called opening a CALL already."));
    assert!(refused.text.contains("value=\"7\""), "{}", refused.text);
    // One is renamed, and one is taken away.
    let other = [("csrf", csrf.as_str()), ("title", "Demo craft"), ("axis", "calls")];
    boss.post("/training/course", &other).await;
    let find = |title: &str| {
        let all = hub.private.read(training::courses).unwrap();
        all.into_iter().find(|course| course.title == title).map(|course| course.id)
    };
    let demo = find("Demo craft").unwrap();
    boss.post("/training/course", &[("csrf", &csrf), ("id", &demo), ("title", "Closing")]).await;
    assert_eq!(find("Closing").as_deref(), Some(demo.as_str()));
    boss.post("/training/course", &[("csrf", &csrf), ("id", &demo), ("do", "remove")]).await;
    assert_eq!(find("Closing"), None);
    // Ana is of her team; Cleo is not, and nobody assigns to themselves.
    for (person, status) in [("p1", 303), ("p3", 404), ("p2", 404)] {
        let fields = [("csrf", csrf.as_str()), ("course", &id), ("person", person), ("due", "2036-01-01")];
        assert_eq!(boss.post("/training/assign", &fields).await.status, status, "{person}");
    }
    // Once more it is nothing, and said so.
    let again = [("csrf", csrf.as_str()), ("course", &id), ("person", "p1")];
    let again = boss.post("/training/assign", &again).await;
    assert!(again.status == 422 && again.text.contains("has this course open already"), "{}", again.text);
    // The audit has what was done, never for whom.
    let done = hub.store.read(|tx| crate::store::audit::list(tx, 20)).unwrap();
    let has =
        |what: &str, title: &str| done.iter().any(|row| row.what == what && row.subject.as_deref() == Some(title));
    for (what, title) in [
        ("course.add", "Demo craft"),
        ("course.change", "Closing"),
        ("course.remove", "Closing"),
        ("training.assign", "Opening a call"),
    ] {
        assert!(has(what, title), "{what}: {done:?}");
    }
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    let hers = hub.csrf(&ana);
    assert!(ana.get("/me").await.text.contains("Training: Opening a call, by "));
    let page = ana.get("/training").await.text;
    assert!(
        page.contains("Opening a call") && page.contains("25 min") && !page.contains("What would help most"),
        "{page}"
    );
    let at = crate::web::pages::testing::field(&page, "at");
    let done = [("csrf", hers.as_str()), ("course", &id), ("at", &at)];
    let said = ana.post("/training/done", &done).await.location.unwrap();
    // Right after it there is a way back.
    let after = ana.get(&said).await.text;
    assert!(after.contains("Done: Opening a call") && after.contains(">Undo<"), "{after}");
    let undo = crate::web::pages::testing::field(&after, "undo");
    ana.post("/training/done", &[("csrf", hers.as_str()), ("undo", &undo)]).await;
    assert!(boss.get("/training").await.text.contains("0 of 1 done"));
    ana.post("/training/done", &done).await;
    assert!(boss.get("/training").await.text.contains("1 of 1 done"));
    // Neither another rep nor an administrator sees that she has one.
    for (role, person) in [(Role::Rep, Some("p3")), (Role::Admin, None), (Role::Admin, Some("p3"))] {
        let mut other = hub.signed_in(role, person);
        let text = other.get("/training").await.text;
        // What courses there are is known to whoever runs the floor; who is to do one is not.
        let courses = role == Role::Admin;
        assert!(
            !text.contains("Ana Alves") && !text.contains("1 of 1") && text.contains("Opening a call") == courses,
            "{role:?}: {text}"
        );
        assert_eq!(text.contains("You manage no team with people"), courses, "{text}");
        let theirs = hub.csrf(&other);
        let forged = [("csrf", theirs.as_str()), ("course", &id), ("at", &at), ("do", "undo")];
        assert_eq!(other.post("/training/done", &forged).await.status, 404);
    }
    // Five weeks ago she did another one: 10 calls a week before, 20 after; the other of her team 8 and 6.
    let ago = |days: i64| clock::now().checked_sub((24 * days).hours()).unwrap().as_microsecond();
    let row = TrainingRow {
        person: "p1".into(),
        course: id.clone(),
        assigned: 7,
        by_whom: "p2".into(),
        due: None,
        done: Some(ago(35)),
    };
    hub.private
        .write(|tx| {
            training::assign(tx, &row)?;
            training::set_done(tx, "p1", &id, 7, row.done)
        })
        .unwrap();
    for (person, days, n) in [("p1", 40, 40), ("p1", 20, 80), ("p2", 40, 32), ("p2", 20, 24)] {
        hub.add_calls(&format!("{person}-{days}"), person, n, days);
    }
    let page = boss.get("/training").await.text;
    assert!(page.contains("10.0 → 20.0 a week") && page.contains("n = 120") && page.contains("8.0 → 6.0."), "{page}");
}
