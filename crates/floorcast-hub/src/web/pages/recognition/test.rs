//! Recognition: shout-outs come and go everywhere, and rules say what they would have done before they do it.

use jiff::ToSpan as _;

use crate::access::Role;
use crate::clock;
use crate::publish::celebrate::celebrate;
use crate::store::facts::{self, Fact};
use crate::store::{floor, words};
use crate::web::pages::testing::Hub;

fn board(hub: &Hub) -> String {
    hub.publisher.rebuild().unwrap();
    hub.publisher.board("main").unwrap().borrow().as_ref().unwrap().body.clone()
}

#[tokio::test]
async fn a_shout_out_is_everywhere_and_gone_everywhere() {
    let hub = Hub::demo();
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    let csrf = hub.csrf(&ana);
    let said = [("csrf", csrf.as_str()), ("whom", "p3"), ("text", "Saved the Lisbon demo <b>")];
    for (whom, text, why) in
        [("p1", "me", "Choose somebody"), ("nobody", "x", "Choose somebody"), ("p3", "", "1 to 80")]
    {
        let answer = ana.post("/recognition/shout", &[("csrf", &csrf), ("whom", whom), ("text", text)]).await;
        assert!(answer.status == 422 && answer.text.contains(why), "{}", answer.text);
    }
    let address = ana.post("/recognition/shout", &said).await.location.unwrap();
    let id = address.split('=').nth(1).unwrap().to_owned();
    let mut ben = hub.signed_in(Role::Rep, Some("p3"));
    let page = ben.get("/recognition").await.text;
    assert!(page.contains("Saved the Lisbon demo &#60;b&#62;") && page.contains("from Ana Alves"), "{page}");
    assert!(ben.get("/me").await.text.contains("Saved the Lisbon demo"));
    assert!(board(&hub).contains("Saved the Lisbon demo"));
    // Somebody else's is not theirs to withdraw; one's own is, and a manager may.
    let theirs = hub.csrf(&ben);
    assert_eq!(ben.post("/recognition/withdraw", &[("csrf", &theirs), ("id", &id)]).await.status, 404);
    let gone = ana.post("/recognition/withdraw", &[("csrf", &csrf), ("id", &id)]).await.location.unwrap();
    assert!(ana.get(&gone).await.text.contains("Withdrawn, on the wall too."));
    for page in ["/recognition", "/me", "/rankings"] {
        assert!(!ben.get(page).await.text.contains("Lisbon demo"), "{page}");
    }
    assert!(!board(&hub).contains("Lisbon demo"));
    // And back again.
    let mut boss = hub.signed_in(Role::Manager, Some("p2"));
    let theirs = hub.csrf(&boss);
    boss.post("/recognition/withdraw", &[("csrf", &theirs), ("id", &id)]).await;
    assert!(board(&hub).contains("Lisbon demo"));
}

#[tokio::test]
async fn a_day_has_ten_shout_outs_of_one_person_and_none_twice() {
    let hub = Hub::demo();
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    let csrf = hub.csrf(&ana);
    let mut say =
        async |text: &str| ana.post("/recognition/shout", &[("csrf", &csrf), ("whom", "p3"), ("text", text)]).await;
    assert_eq!(say("Well done 0").await.status, 303);
    let again = say("Well done 0").await;
    assert!(again.status == 422 && again.text.contains("said to the same person already"), "{}", again.text);
    // It stands at its field, on the page of the form, which kept what was chosen and written.
    assert!(again.text.contains("value=\"Well done 0\" aria-invalid=\"true\""), "{}", again.text);
    assert!(again.text.contains("<option value=\"p3\" selected>"), "{}", again.text);
    for n in 1..10 {
        assert_eq!(say(&format!("Well done {n}")).await.status, 303, "{n}");
    }
    let more = say("Well done 10").await;
    assert!(more.status == 422 && more.text.contains("10 shout-outs a day are enough"), "{}", more.text);
}

fn deal(id: &str, person: &str, amount: i64, hours: i64, by: Option<&str>) -> Fact {
    Fact {
        source: "crm".into(),
        ext_id: id.into(),
        metric: "won".into(),
        person: Some(person.into()),
        owner_key: None,
        at: clock::now().checked_sub(hours.hours()).unwrap().as_microsecond(),
        amount,
        currency: None,
        label: None,
        revoked: None,
        by_whom: by.map(str::to_owned),
        why: None,
    }
}

#[tokio::test]
async fn a_rule_celebrates_what_happens_once_and_nothing_of_before() {
    let hub = Hub::demo();
    let put = |facts: &[Fact]| {
        let seen = clock::now().as_microsecond();
        hub.store.write(|tx| facts::put(tx, facts, seen).and_then(|()| floor::changed(tx))).unwrap();
    };
    let run = || celebrate(&hub.store, clock::now().as_microsecond(), clock::now()).unwrap();
    let mut boss = hub.signed_in(Role::Manager, Some("p2"));
    let csrf = hub.csrf(&boss);
    // Two deals of last month, of which one is large.
    let days = i64::from(jiff::tz::TimeZone::UTC.to_datetime(clock::now()).day()) + 3;
    put(&[deal("old1", "p1", 9_000_000, 24 * days, None), deal("old2", "p3", 100, 24 * days, None)]);
    let preview = boss.get("/recognition?preview=1&deal=20000").await.text;
    assert!(preview.contains("If the chosen rules had been on in"), "{preview}");
    let listed = preview.split("id=\"preview\"").nth(1).unwrap();
    assert_eq!(listed.matches("A deal of 90").count(), 1, "{listed}");
    assert_eq!(listed.matches("The first deal").count(), 2, "{listed}");
    put(&[deal("now1", "p1", 5_000_000, 0, Some("api"))]);
    assert_eq!(run(), 0, "no rule holds yet");
    let wrong =
        boss.post("/recognition/rule", &[("csrf", &csrf), ("kind", "deal"), ("amount", "0"), ("do", "on")]).await;
    assert!(wrong.status == 422 && wrong.text.contains("an amount above 0"), "{}", wrong.text);
    boss.post("/recognition/rule", &[("csrf", &csrf), ("kind", "deal"), ("amount", "20000"), ("do", "on")]).await;
    assert_eq!(run(), 0, "it was before the rule");
    put(&[
        deal("now2", "p1", 5_000_000, 0, Some("api")),
        deal("small", "p1", 1_000_000, 0, Some("api")),
        deal("imported", "p1", 7_000_000, 0, None),
        deal("late", "p1", 8_000_000, 2, Some("api")),
    ]);
    assert_eq!((run(), run()), (1, 0), "one cause is celebrated once");
    let all = hub.store.read(words::recognitions).unwrap();
    assert_eq!(all.len(), 1);
    assert!(all[0].headline.contains("50\u{202f}000") && all[0].who == ["p1"], "{all:?}");
    // What is taken back stays away, whatever comes in of it.
    boss.post("/recognition/withdraw", &[("csrf", &csrf), ("id", &all[0].id)]).await;
    assert_eq!(run(), 0);
    boss.post("/recognition/rule", &[("csrf", &csrf), ("kind", "deal"), ("do", "off")]).await;
    put(&[deal("now3", "p1", 5_000_000, 0, Some("api"))]);
    assert_eq!(run(), 0, "the rule is off");
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    let theirs = hub.csrf(&ana);
    assert!(!ana.get("/recognition?preview=1").await.text.contains("Automatic celebrations"));
    assert_eq!(ana.post("/recognition/rule", &[("csrf", &theirs), ("kind", "goal"), ("do", "on")]).await.status, 404);
}

#[tokio::test]
async fn a_cheer_is_made_of_figures_and_leads_back_to_where_it_was_given() {
    let hub = Hub::demo();
    hub.add_calls("c1", "p1", 8, 0);
    let mut manager = hub.signed_in(Role::Manager, Some("p2"));
    let csrf = hub.csrf(&manager);
    let page = manager.get("/team").await.text;
    assert!(page.contains("name=\"ready\" value=\"New calls today: 8\""), "{page}");
    let ready =
        [("csrf", csrf.as_str()), ("whom", "p1"), ("text", ""), ("ready", "New calls today: 8"), ("back", "team")];
    let address = manager.post("/recognition/shout", &ready).await.location.unwrap();
    assert!(address.starts_with("/team?said=") && manager.get(&address).await.text.contains("/recognition/withdraw"));
    assert!(board(&hub).contains("New calls today: 8"));
}
