//! My day: a tap is one fact, its figure is the store's, and nobody logs or takes back for somebody else.

use crate::access::Role;
use crate::store::targets::{self, LineRow};
use crate::web::pages::testing::{Hub, field};

fn calls(hub: &Hub) -> Vec<crate::store::facts::Fact> {
    let keys = ["a1", "a2"];
    let found = hub.store.read(|tx| crate::store::facts::of_ids(tx, crate::store::facts::BY_HAND, &keys)).unwrap();
    let mut all: Vec<_> = found.into_values().flatten().collect();
    all.sort_by(|a, b| a.ext_id.cmp(&b.ext_id));
    all
}

#[tokio::test]
async fn a_tap_counts_once_however_often_it_is_sent_and_can_be_taken_back() {
    let hub = Hub::demo();
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    let page = ana.get("/me").await;
    assert_eq!(page.status, 200);
    let expected = format!("<small>of {}</small>", expected_now());
    assert!(page.text.contains("New calls") && page.text.contains(&expected), "{expected} in {}", page.text);
    let csrf = hub.csrf(&ana);
    let tap = [("csrf", csrf.as_str()), ("metric", "calls"), ("key", "a1")];
    for _ in 0..2 {
        let done = ana.post("/me/log", &tap).await;
        assert_eq!((done.status, done.location.as_deref()), (303, Some("/me?logged=a1&metric=calls")));
    }
    assert_eq!(calls(&hub).len(), 1);
    let page = ana.get("/me?logged=a1&metric=calls").await;
    assert!(page.text.contains("New calls: 1 logged at") && page.text.contains(">1</a> <small>of"), "{}", page.text);
    assert!(page.text.contains(&expected), "what is expected does not shrink while it is done");
    let undo = [("csrf", csrf.as_str()), ("fact", &field(&page.text, "fact"))];
    assert_eq!(ana.post("/me/undo", &undo).await.status, 303);
    assert!(calls(&hub)[0].revoked.is_some());
    assert!(ana.get("/me").await.text.contains(">0</a> <small>of"));
}

/// 310 a month on a floor that works every day: what is left over the days left.
fn expected_now() -> u32 {
    let today = jiff::tz::TimeZone::UTC.to_datetime(crate::clock::now()).date();
    let all = f64::from(today.days_in_month());
    let left = all - f64::from(today.day()) + 1.0;
    (310.0 / left - 1e-9).ceil() as u32
}

#[tokio::test]
async fn nobody_logs_for_somebody_else() {
    let hub = Hub::demo();
    let (mut ana, mut ben) = (hub.signed_in(Role::Rep, Some("p1")), hub.signed_in(Role::Rep, Some("p2")));
    let (of_ana, of_ben) = (hub.csrf(&ana), hub.csrf(&ben));
    ana.post("/me/log", &[("csrf", &of_ana), ("metric", "calls"), ("key", "a1")]).await;
    let foreign = ana.post("/me/log", &[("csrf", &of_ben), ("metric", "calls"), ("key", "a2")]).await;
    assert_eq!(foreign.status, 403, "the form of another session");
    let taken = ben.post("/me/log", &[("csrf", &of_ben), ("metric", "calls"), ("key", "a1")]).await;
    assert_eq!(taken.status, 422);
    assert_eq!(ben.post("/me/undo", &[("csrf", &of_ben), ("fact", "calls/a1")]).await.status, 404);
    assert!(!ben.get("/me?logged=a1&metric=calls").await.text.contains("logged at"));
    assert!(calls(&hub).len() == 1 && calls(&hub)[0].revoked.is_none());
}

#[tokio::test]
async fn wrong_numbers_and_times_are_refused_in_words() {
    let hub = Hub::demo();
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    let csrf = hub.csrf(&ana);
    for (name, value, says) in [
        ("n", "0", "0: a whole number from 1 to 999"),
        ("n", "many", "many: a whole number"),
        ("at", "2020-01-01T10:00", "until now is expected"),
        ("at", "2999-01-01T10:00", "until now is expected"),
        ("metric", "won", "is not logged by hand"),
        ("key", "../../etc", "is not logged by hand"),
    ] {
        let mut fields = vec![("csrf", csrf.as_str()), ("metric", "calls"), ("key", "a1")];
        fields.retain(|(of, _)| *of != name);
        fields.push((name, value));
        let page = ana.post("/me/log", &fields).await;
        assert!(page.status == 422 && page.text.contains(says), "{name}={value}: {}", page.text);
        if matches!(name, "n" | "at") {
            // It is said at the field, on the same page, and what was typed stays.
            let kept = format!("name=\"{name}\" value=\"{value}\"");
            assert!(page.text.contains(&kept) && page.text.contains("aria-invalid=\"true\""), "{}", page.text);
        }
    }
    assert!(calls(&hub).is_empty());
    let several = [("csrf", csrf.as_str()), ("metric", "calls"), ("key", "a2"), ("n", "7"), ("label", "Halden")];
    assert_eq!(ana.post("/me/log", &several).await.status, 303);
    assert_eq!((calls(&hub)[0].amount, calls(&hub)[0].label.as_deref()), (7, Some("Halden")));
}

#[tokio::test]
async fn the_page_is_whole_in_japanese_and_stays_small() {
    let hub = Hub::demo();
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    ana.language = "ja";
    let page = ana.get("/me").await;
    assert!(
        page.text.contains("lang=\"ja\"")
            && page.text.contains("本人・上司・管理者")
            && page.text.contains("自分の順位")
    );
    let font =
        std::fs::metadata(concat!(env!("CARGO_MANIFEST_DIR"), "/static/barlow-600.woff2")).unwrap().len() as usize;
    let css = include_bytes!("../../../../static/hub.css");
    let packed = |bytes: &[u8]| crate::web::http_cache::gzip(bytes).unwrap().len();
    let script = include_bytes!("../../../../static/live.js");
    let all = packed(page.text.as_bytes()) + packed(css) + packed(script) + font;
    assert!(all <= 60_000, "{all} bytes");
}

#[tokio::test]
async fn more_than_anybody_does_in_a_day_is_asked_about_before_it_counts() {
    let hub = Hub::demo();
    hub.add_calls("usual", "p2", 24, 3);
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    let csrf = hub.csrf(&ana);
    let with = |n: &'static str, more: &[(&'static str, &'static str)]| {
        let mut all = vec![("csrf", csrf.as_str()), ("metric", "calls"), ("key", "a1"), ("label", "Halden"), ("n", n)];
        all.extend(more);
        all
    };
    let page = ana.post("/me/log", &with("500", &[])).await;
    assert!(
        page.status == 200 && page.text.contains("New calls: 500 at once?") && page.text.contains("is 24."),
        "{}",
        page.text
    );
    assert!(page.text.contains("Yes, log 500") && page.text.contains("value=\"Halden\""), "{}", page.text);
    assert!(calls(&hub).is_empty(), "nothing counts before it is answered");
    // The answer is for the number that was asked about.
    assert_eq!(ana.post("/me/log", &with("600", &[("sure", "500")])).await.status, 200);
    assert!(calls(&hub).is_empty());
    assert_eq!(ana.post("/me/log", &with("500", &[("sure", "500")])).await.status, 303);
    assert_eq!(calls(&hub)[0].amount, 500);
    // What somebody here did in a day is nothing to ask about.
    let usual = [("csrf", csrf.as_str()), ("metric", "calls"), ("key", "a2"), ("n", "24")];
    assert_eq!(ana.post("/me/log", &usual).await.status, 303);
}

#[tokio::test]
async fn what_the_scorecard_expects_of_a_result_is_a_goal() {
    let hub = Hub::demo();
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    assert!(ana.get("/me").await.text.contains("No target for "));
    hub.store
        .write(|tx| {
            let mut card = targets::get_card(tx, "card")?.unwrap();
            let target = Some(500_000);
            card.lines.push(LineRow { metric: "won".into(), position: 9, weight: 50, target, ..LineRow::default() });
            targets::put_card(tx, &card)?;
            crate::store::floor::changed(tx)
        })
        .unwrap();
    let page = ana.get("/me").await.text;
    assert!(!page.contains("No target for ") && page.contains("€1,234 / €5,000"), "{page}");
}
