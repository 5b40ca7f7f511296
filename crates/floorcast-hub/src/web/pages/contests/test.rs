//! Contests: rehearsed on past facts, run, confirmed once and frozen, with their prizes handed over.

use jiff::ToSpan as _;

use crate::access::Role;
use crate::clock;
use crate::store::people::{self, PersonRow};
use crate::store::{floor, person_data, results};
use crate::web::pages::testing::{Browser, Hub};

fn local(days: i64) -> String {
    let at = jiff::tz::TimeZone::UTC.to_datetime(clock::now()).saturating_add(days.days());
    at.strftime("%Y-%m-%dT%H:%M").to_string()
}

async fn save(maker: &mut Browser, csrf: &str, fields: &[(&str, &str)]) -> crate::web::pages::testing::Answer {
    let mut all = vec![("csrf", csrf), ("title", "Call week"), ("points-calls", "1"), ("prize-1", "Lunch for two")];
    all.retain(|(name, _)| !fields.iter().any(|(other, _)| other == name));
    all.extend(fields);
    maker.post("/contests/save", &all).await
}

#[tokio::test]
async fn a_contest_is_rehearsed_run_confirmed_and_frozen() {
    let hub = Hub::demo();
    for (id, person, n, days) in [("a", "p1", 7, 12), ("b", "p2", 4, 12), ("c", "p2", 9, 8), ("d", "p2", 5, 3)] {
        hub.add_calls(id, person, n, days);
    }
    let mut maker = hub.signed_in(Role::Manager, Some("p2"));
    let csrf = hub.csrf(&maker);
    // What is wrong is said, and what was typed stays.
    for (fields, said) in [
        (vec![("starts", local(1)), ("ends", local(0)), ("format", "most".into())], "The end has to be after"),
        (vec![("starts", local(1)), ("ends", local(7)), ("format", "threshold".into())], "needs a goal"),
        (vec![("starts", local(1)), ("ends", local(7)), ("format", "versus".into())], "two different sides"),
        (
            vec![("starts", local(1)), ("ends", local(7)), ("format", "most".into()), ("points-calls", "x".into())],
            "Points of New calls: x; points are whole",
        ),
        (
            vec![("starts", local(1)), ("ends", local(7)), ("format", "most".into()), ("prize-3", "Cake".into())],
            "The prizes skip a place",
        ),
    ] {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = save(&mut maker, &csrf, &fields).await;
        assert!(
            answer.status == 422 && answer.text.contains(said) && answer.text.contains("value=\"Call week\""),
            "{said}: {}",
            answer.text
        );
    }
    let (starts, ends) = (local(1), local(8));
    let fields = [("starts", starts.as_str()), ("ends", ends.as_str()), ("format", "most")];
    let edit = save(&mut maker, &csrf, &fields).await.location.unwrap();
    let address = edit.strip_suffix("/edit").unwrap().to_owned();
    let id = address.rsplit('/').next().unwrap().to_owned();
    let draft = maker.get(&edit).await.text;
    // The week before says who would have won: Ben with 13, after one change of the lead.
    assert!(draft.contains("Rehearsal") && draft.contains("Ben Brand") && draft.contains(">13<"), "{draft}");
    assert!(draft.contains("2 of 3 took part. The lead changed 1 time. No tie for a prize."), "{draft}");
    // Nobody else knows of it.
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    let mut other = hub.signed_in(Role::Manager, Some("p3"));
    for browser in [&mut ana, &mut other] {
        assert_eq!(browser.get(&address).await.status, 404);
        assert_eq!(browser.get(&format!("{address}/slide.png")).await.status, 404);
        assert!(!browser.get("/contests").await.text.contains("Call week"));
    }
    // Its own page says that it is a draft, and offers to start it.
    let own = hub.signed_in(Role::Admin, None).get(&address).await;
    assert!(own.status == 200 && own.text.contains(" class=\"on\" aria-current=\"step\">Draft<"), "{}", own.text);
    assert!(own.text.contains("Starting announces it at once") && !own.text.contains("Starts "), "{}", own.text);
    // It runs from yesterday on, in the store: nobody waits a day here.
    let fields = [
        ("id", id.as_str()),
        ("starts", starts.as_str()),
        ("ends", ends.as_str()),
        ("format", "most"),
        ("do", "start"),
    ];
    assert_eq!(save(&mut maker, &csrf, &fields).await.location.unwrap(), format!("{address}?started=1"));
    let moved = |from: i64, to: i64| {
        hub.store
            .write(|tx| {
                let mut row = crate::store::contests::get(tx, &id)?.unwrap();
                let at = |days: i64| clock::now().checked_add((24 * days).hours()).unwrap().as_microsecond();
                (row.starts, row.ends) = (at(from), Some(at(to)));
                crate::store::contests::put(tx, &row)?;
                floor::changed(tx)
            })
            .unwrap();
    };
    moved(-4, 1);
    let running = ana.get(&address).await.text;
    assert!(
        running.contains("Everyone on the floor") && running.contains("Ben Brand") && running.contains("Lunch for two"),
        "{running}"
    );
    assert!(!running.contains("Confirm"), "{running}");
    assert_eq!(save(&mut maker, &csrf, &fields).await.status, 404, "what runs is not changed");
    assert_eq!(
        maker.post(&format!("{address}/confirm"), &[("csrf", &csrf)]).await.status,
        404,
        "what runs is not confirmed"
    );
    moved(-6, -1);
    // Calls of two days ago come in late: Ana has 13 now, Ben has 5.
    hub.add_calls("late", "p1", 13, 2);
    let ended = maker.get(&address).await.text;
    assert!(ended.contains("Confirm: Ana Alves wins") && ended.contains("late changes since the end"), "{ended}");
    let confirm = format!("{address}/confirm");
    let theirs = hub.csrf(&ana);
    assert_eq!(ana.post(&confirm, &[("csrf", &theirs)]).await.status, 404);
    let theirs = hub.csrf(&other);
    assert_eq!(other.post(&confirm, &[("csrf", &theirs)]).await.status, 404);
    assert_eq!(maker.post(&confirm, &[("csrf", &csrf)]).await.location.unwrap(), address);
    // What comes later changes nothing, and it is confirmed once.
    hub.add_calls("later", "p3", 500, 2);
    assert_eq!(maker.post(&confirm, &[("csrf", &csrf)]).await.status, 404);
    let done = ana.get(&address).await.text;
    assert!(done.contains("Confirmed by Ben Brand") && done.contains(">13<") && !done.contains(">500<"), "{done}");
    let frozen = hub.store.read(|tx| results::get(tx, &id)).unwrap().frozen.unwrap();
    assert!(frozen.contains("test\\u001flate") && !frozen.contains("later"), "{frozen}");
    assert!(frozen.contains("\"state\":\"final\""), "the slide is frozen with it: {frozen}");
    // The prize goes over, and the tick can be taken back.
    let prize = [("csrf", csrf.as_str()), ("place", "1")];
    maker.post(&format!("{address}/prize"), &prize).await;
    assert!(ana.get(&address).await.text.contains("handed over "));
    maker.post(&format!("{address}/prize"), &prize).await;
    assert!(!ana.get(&address).await.text.contains("✓ handed over"));
    let refused = maker.post(&format!("{address}/prize"), &[("csrf", &csrf), ("place", "9")]).await;
    assert_eq!(refused.status, 404);
}

#[tokio::test]
async fn every_format_can_be_made_and_shown() {
    let hub = Hub::demo();
    hub.add_calls("a", "p1", 7, 4);
    hub.add_calls("b", "p3", 3, 3);
    let mut maker = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&maker);
    let (starts, ends) = (local(1), local(5));
    for format in ["most", "first_to", "threshold", "team_total", "team_average", "versus", "bracket"] {
        let mut fields = vec![("starts", starts.as_str()), ("ends", &ends), ("format", format), ("goal", "5")];
        fields.extend([("side-1-person", "p1"), ("side-2-person", "p3")].into_iter().filter(|_| format == "versus"));
        let edit = save(&mut maker, &csrf, &fields).await.location.unwrap_or_else(|| panic!("{format}"));
        let page = maker.get(&edit).await;
        assert!(page.status == 200 && page.text.contains("took part"), "{format}: {}", page.text);
        // Without the wall there is no picture, and it is said.
        assert_eq!(maker.get(&edit.replace("/edit", "/slide.png")).await.status, 503, "{format}");
        let shown = maker.get(edit.strip_suffix("/edit").unwrap()).await;
        assert!(shown.status == 200 && shown.text.contains("Change it"), "{format}: {}", shown.text);
    }
    // Several figures make points.
    let fields = [
        ("starts", starts.as_str()),
        ("ends", &ends),
        ("format", "most"),
        ("points-calls", "2"),
        ("points-deals", "50"),
    ];
    let edit = save(&mut maker, &csrf, &fields).await.location.unwrap();
    assert!(maker.get(edit.strip_suffix("/edit").unwrap()).await.text.contains("New calls × 2"), "{edit}");
}

#[tokio::test]
async fn a_draft_is_started_from_its_page_with_a_beginning_that_somebody_confirmed() {
    let hub = Hub::demo();
    let mut maker = hub.signed_in(Role::Manager, Some("p2"));
    let csrf = hub.csrf(&maker);
    let (starts, ends) = (local(-1), local(5));
    let fields = [("starts", starts.as_str()), ("ends", ends.as_str()), ("format", "most"), ("do", "start")];
    // A beginning that is over starts nothing: it becomes a draft that asks.
    let address = save(&mut maker, &csrf, &fields).await.location.unwrap();
    let draft = maker.get(&address).await.text;
    assert!(draft.contains("The start is in the past") && draft.contains("Start: it counts from"), "{draft}");
    let stage = format!("{address}/stage");
    assert_eq!(maker.post(&stage, &[("csrf", &csrf), ("stage", "open")]).await.location.unwrap(), address);
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    assert_eq!(ana.get(&address).await.status, 404, "it is a draft still");
    let sure = crate::web::pages::testing::field(&draft, "sure");
    let started = maker.post(&stage, &[("csrf", &csrf), ("stage", "open"), ("sure", &sure)]).await;
    assert_eq!(started.location.unwrap(), format!("{address}?started=1"));
    assert!(ana.get("/me").await.text.contains("Call week"));
    // Whoever comes later is not in it by that, and is let in by hand.
    let new = PersonRow { id: "p9".into(), name: "Dora Dahl".into(), shown: "name".into(), ..PersonRow::default() };
    hub.store.write(|tx| people::put(tx, &new).and_then(|()| floor::changed(tx))).unwrap();
    hub.add_calls("late", "p9", 50, 0);
    let rows = |text: &str| text.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap().to_owned();
    hub.add_calls("a", "p1", 2, 0);
    let page = maker.get(&address).await.text;
    assert!(page.contains("3 take part") && !rows(&page).contains("Dora Dahl"), "{page}");
    // With nothing there is no place.
    assert!(
        rows(&page).contains(">1</span>") && !rows(&page).contains(">=2<") && rows(&page).contains(">–<"),
        "{page}"
    );
    let mut cleo = hub.signed_in(Role::Rep, Some("p3"));
    assert!(cleo.get(&address).await.text.contains("You take part with your first one."));
    let join = format!("{address}/join");
    let theirs = hub.csrf(&cleo);
    assert_eq!(cleo.post(&join, &[("csrf", &theirs), ("who", "p9")]).await.status, 404);
    assert_eq!(maker.post(&join, &[("csrf", &csrf), ("who", "p9")]).await.status, 303);
    assert_eq!(maker.post(&join, &[("csrf", &csrf), ("who", "p9")]).await.status, 404, "once");
    assert!(rows(&ana.get(&address).await.text).contains("Dora Dahl"));
    // Who is gone from the floor takes nobody with them.
    hub.store.write(|tx| person_data::erase(tx, "p9", crate::clock::now()).and_then(|_| floor::changed(tx))).unwrap();
    assert!(ana.get(&address).await.text.contains("Ana Alves"));
    // Called off, it says so to everybody, and nothing of it counts or looks alive.
    assert_eq!(maker.post(&stage, &[("csrf", &csrf), ("stage", "cancelled")]).await.status, 303);
    let off = ana.get(&address).await.text;
    assert!(off.contains("Called off.") && off.contains("Everyone on the floor"), "{off}");
    assert!(!off.contains("Ends ") && !off.contains("slide.png") && !off.contains("<tbody>"), "{off}");
    assert_eq!(maker.post(&format!("{address}/remove"), &[("csrf", &csrf)]).await.status, 404, "no draft");
    // A draft is deleted from its page.
    let fields = [("starts", starts.as_str()), ("ends", ends.as_str()), ("format", "bracket")];
    let other = save(&mut maker, &csrf, &fields).await.location.unwrap().replace("/edit", "");
    assert_eq!(ana.post(&format!("{other}/remove"), &[("csrf", &hub.csrf(&ana))]).await.status, 404);
    assert_eq!(maker.post(&format!("{other}/remove"), &[("csrf", &csrf)]).await.location.unwrap(), "/contests");
    assert_eq!(maker.get(&other).await.status, 404);
}

#[test]
fn the_picture_of_a_rehearsal_says_that_it_is_one() {
    let hub = Hub::demo();
    for (id, person) in [("a", "p1"), ("b", "p2"), ("c", "p3")] {
        hub.add_calls(id, person, 4, 2);
    }
    let boss = hub.login("boss@x.example", Role::Admin, None);
    let (now, day) = (clock::now(), 86_400_000_000);
    let mut row = crate::store::contests::ContestRow {
        id: "k".into(),
        title: "Cup".into(),
        of_whom: "people".into(),
        starts: now.as_microsecond() + day,
        ends: Some(now.as_microsecond() + 6 * day),
        metrics: vec![("calls".into(), 1)],
        ..Default::default()
    };
    let mut caveats = |format: &str, stage: &str| {
        (row.format, row.stage) = (format.into(), stage.into());
        let (board, _) = hub
            .store
            .write(|tx| {
                crate::store::contests::put(tx, &row)?;
                let visitor = crate::web::session::Visitor::of(tx, boss.clone(), &crate::web::words::EN)?;
                super::slide::shown(tx, &visitor, "k", now)
            })
            .unwrap()
            .unwrap();
        serde_json::from_str::<serde_json::Value>(&board.body).unwrap()["caveats"].clone()
    };
    for format in ["most", "first_to", "threshold", "team_total", "team_average", "bracket"] {
        assert_eq!(caveats(format, "draft"), serde_json::json!(["rehearsal"]), "{format}");
        assert_eq!(caveats(format, "open"), serde_json::json!(["rehearsal"]), "{format} that comes");
    }
    row.starts -= 3 * day;
    let mut row = row.clone();
    row.stage = "open".into();
    let running = hub.store.write(|tx| {
        crate::store::contests::put(tx, &row)?;
        let visitor = crate::web::session::Visitor::of(tx, boss.clone(), &crate::web::words::EN)?;
        super::slide::shown(tx, &visitor, "k", now)
    });
    let board: serde_json::Value = serde_json::from_str(&running.unwrap().unwrap().0.body).unwrap();
    assert_eq!(board["caveats"], serde_json::json!([]), "what runs is none");
}

#[tokio::test]
async fn the_list_names_everybody_who_shares_the_first_place() {
    let hub = Hub::demo();
    for (id, person) in [("a", "p1"), ("b", "p2")] {
        hub.add_calls(id, person, 4, 2);
    }
    let (now, day) = (crate::clock::now().as_microsecond(), 86_400_000_000);
    let row = crate::store::contests::ContestRow {
        id: "klevel".into(),
        title: "Level".into(),
        format: "most".into(),
        of_whom: "people".into(),
        starts: now - 4 * day,
        ends: Some(now + day),
        stage: "open".into(),
        metrics: vec![("calls".into(), 1)],
        ..Default::default()
    };
    hub.store
        .write(|tx| crate::store::contests::put(tx, &row).and_then(|()| crate::store::floor::changed(tx)))
        .unwrap();
    let page = hub.signed_in(Role::Manager, Some("p2")).get("/contests").await.text;
    assert!(page.contains("Ana Alves, Ben Brand") || page.contains("Ben Brand, Ana Alves"), "{page}");
    // Each of them reads that the place is shared, on its page and on My day.
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    let page = ana.get("/contests/klevel").await.text;
    assert!(page.contains("You share no. 1 with 1 other: 4") && !page.contains("You: no. 1"), "{page}");
    assert!(ana.get("/me").await.text.contains("You share no. 1 with 1 other."));
}

#[tokio::test]
async fn who_is_erased_leaves_a_seat_without_a_name_and_their_place_in_a_final_result() {
    let hub = Hub::demo();
    for (id, person, n) in [("a", "p1", 4), ("b", "p2", 6), ("c", "p3", 9)] {
        hub.add_calls(id, person, n, 3);
    }
    let (now, day) = (clock::now().as_microsecond(), 86_400_000_000);
    let row = |id: &str, format: &str| crate::store::contests::ContestRow {
        id: id.into(),
        title: "Cup".into(),
        format: format.into(),
        of_whom: "people".into(),
        starts: now - 5 * day,
        ends: Some(now - day),
        stage: "open".into(),
        metrics: vec![("calls".into(), 1)],
        entries: ["p3", "p1", "p2"].map(String::from).to_vec(),
        ..Default::default()
    };
    hub.store
        .write(|tx| {
            for row in [row("kcup", "bracket"), row("kmost", "most"), row("kopen", "bracket")] {
                crate::store::contests::put(tx, &row)?;
            }
            floor::changed(tx)
        })
        .unwrap();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    for id in ["kcup", "kmost"] {
        assert_eq!(boss.post(&format!("/contests/{id}/confirm"), &[("csrf", &csrf)]).await.status, 303);
    }
    let frozen = |id: &str| hub.store.read(|tx| results::get(tx, id)).unwrap().frozen.unwrap();
    assert!(["kcup", "kmost"].iter().all(|id| frozen(id).contains("Ana Alves") && frozen(id).contains("p1")));
    hub.store.write(|tx| person_data::erase(tx, "p1", clock::now()).and_then(|_| floor::changed(tx))).unwrap();
    for id in ["kcup", "kmost"] {
        let (json, page) = (frozen(id), boss.get(&format!("/contests/{id}")).await.text);
        assert!(!json.contains("Ana") && !json.contains("\"p1\"") && json.contains("–"), "{json}");
        assert!(!page.contains("Ana Alves") && page.contains(">4<") && page.contains(">6<"), "{page}");
    }
    // The seats of a bracket that nobody has confirmed stay the same, one of them without a name.
    let open = hub.store.read(|tx| crate::store::contests::get(tx, "kopen")).unwrap().unwrap();
    assert_eq!((open.entries.len(), open.entries[0].as_str(), open.entries[2].as_str()), (3, "p3", "p2"));
    let page = boss.get("/contests/kopen").await.text;
    assert!(page.contains("Ben Brand") && page.contains("Cleo Costa") && !page.contains("Ana Alves"), "{page}");
    // Of another one they are no contestant any more: nobody without a name wins it.
    let most = hub.store.read(|tx| crate::store::contests::get(tx, "kmost")).unwrap().unwrap();
    assert_eq!(most.entries, ["p3", "p2"]);
}

#[tokio::test]
async fn a_bracket_is_seeded_by_figures_and_facts_without_a_time_are_told() {
    let hub = Hub::demo();
    let midnight = jiff::tz::TimeZone::UTC.to_datetime(clock::now()).date();
    let fact = |n: i64, person: &str, amount: i64| crate::store::facts::Fact {
        source: "test".into(),
        ext_id: format!("m{n}"),
        metric: "calls".into(),
        person: Some(person.into()),
        at: midnight.saturating_sub(n.days()).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_microsecond(),
        amount,
        ..Default::default()
    };
    let facts: Vec<_> = [(8, "p3", 9), (9, "p2", 5), (10, "p3", 2), (11, "p1", 1), (12, "p2", 1)]
        .map(|(n, who, amount)| fact(n, who, amount))
        .into();
    hub.store.write(|tx| crate::store::facts::put(tx, &facts, 0).and_then(|()| floor::changed(tx))).unwrap();
    let mut maker = hub.signed_in(Role::Manager, Some("p2"));
    let csrf = hub.csrf(&maker);
    let at = |hour: i8| midnight.tomorrow().unwrap().at(hour, 0, 0, 0).strftime("%Y-%m-%dT%H:%M").to_string();
    let ends = local(8);
    for (hour, is_told) in [(9, true), (0, false)] {
        let starts = at(hour);
        let fields = [("starts", starts.as_str()), ("ends", ends.as_str()), ("format", "bracket")];
        let edit = save(&mut maker, &csrf, &fields).await.location.unwrap();
        let page = maker.get(&edit).await.text;
        assert_eq!(page.contains("The facts have a day and no time: they all count as of 00:00."), is_told, "{page}");
        assert!(page.contains("Seeds follow the figures of an equally long time before the start"), "{page}");
        let (address, _) = edit.rsplit_once('/').unwrap();
        let stage = format!("{address}/stage");
        assert_eq!(maker.post(&stage, &[("csrf", &csrf), ("stage", "open")]).await.status, 303);
        let id = address.rsplit('/').next().unwrap();
        let entries = hub.store.read(|tx| crate::store::contests::get(tx, id)).unwrap().unwrap().entries;
        assert_eq!(entries, ["p3", "p2", "p1"]);
    }
    // What is proposed begins at midnight.
    assert!(maker.get("/contests/new").await.text.contains("T00:00\""));
}

#[tokio::test]
async fn averages_have_the_decimal_that_tells_them_apart() {
    let hub = Hub::demo();
    for (id, person, n) in [("a", "p1", 12), ("b", "p2", 13), ("c", "p3", 12)] {
        hub.add_calls(id, person, n, 3);
    }
    let mut maker = hub.signed_in(Role::Manager, Some("p2"));
    let csrf = hub.csrf(&maker);
    let (starts, ends) = (local(1), local(7));
    let fields = [
        ("starts", starts.as_str()),
        ("ends", ends.as_str()),
        ("format", "team_average"),
        ("of", "teams"),
        ("do", "look"),
    ];
    let address = save(&mut maker, &csrf, &fields).await.location.unwrap();
    let draft = maker.get(&address).await.text;
    assert!(draft.contains(">12.5<") && draft.contains(">12.0<") && draft.contains("No tie for a prize."), "{draft}");
}
