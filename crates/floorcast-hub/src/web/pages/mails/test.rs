//! Mails: the figures of the page, of one's own teams only, in one's own language, and none for who wants none.

use crate::access::Role;
use crate::clock;
use crate::store::facts::{self, Fact};
use crate::store::mail_choices::{self, MailChoice, MailKind};
use crate::store::{floor, logins};
use crate::web::pages::mails::{About, Addressed, Mail, write};
use crate::web::pages::testing::Hub;

fn mail(hub: &Hub, about: About, login: &str) -> Option<Mail> {
    let day = jiff::tz::TimeZone::UTC.to_datetime(clock::now()).date();
    let of = Addressed { login: login.into(), day: day.saturating_sub(jiff::ToSpan::days(3)).to_string() };
    hub.store.read(|tx| write(tx, about, &of, "https://hub.example", clock::now())).unwrap()
}

fn choose(hub: &Hub, login: &str, change: impl Fn(&mut MailChoice)) {
    hub.store
        .write(|tx| {
            let mut choice = mail_choices::of_login(tx, login)?;
            change(&mut choice);
            mail_choices::put(tx, &choice)
        })
        .unwrap();
}

/// Calls of Ana, within the week of the mail and today.
fn calls(hub: &Hub, n: i64) {
    let now = clock::now();
    let fact = Fact {
        source: "crm".into(),
        ext_id: "calls".into(),
        metric: "calls".into(),
        person: Some("p1".into()),
        owner_key: None,
        at: now.as_microsecond(),
        amount: n,
        ..Fact::default()
    };
    hub.store.write(|tx| facts::put(tx, &[fact], now.as_microsecond()).and_then(|()| floor::changed(tx))).unwrap();
}

#[tokio::test]
async fn the_weekly_mail_says_what_the_page_says() {
    let hub = Hub::demo();
    calls(&hub, 23);
    let login = hub.login("ana@x.example", Role::Rep, Some("p1"));
    choose(&hub, &login.id, |_| ());
    let said = mail(&hub, About::Week, &login.id).unwrap();
    assert_eq!((said.name.as_str(), said.address.as_str()), ("Ana Alves", "ana@x.example"));
    let secret =
        hub.store.write(|tx| crate::web::pages::sign_in::begin(tx, &login.id, &Default::default())).unwrap().session;
    let page = hub.with_session(secret).get("/me").await.text;
    for (text, both) in [("Ana Alves", false), ("New calls", true), ("23", true), ("more you take no.", true)] {
        assert!(said.text.contains(text) && said.html.contains(text), "{text}: {}", said.text);
        assert!(!both || page.contains(text), "{text}: {page}");
    }
    // What is expected today, as the page has it.
    let today = said.text.lines().find(|line| line.starts_with("- New calls: 23 of ")).unwrap();
    assert!(page.contains(today.rsplit_once("of ").unwrap().1), "{today}");
    assert!(said.text.contains("https://hub.example/me") && said.off.contains("kind=weekly"));
    assert!(said.text.contains(&said.off) && said.html.contains(&said.off.replace('&', "&#38;")), "{}", said.html);
    // Nothing is loaded from anywhere.
    assert!(!said.html.contains("src=") && !said.html.contains("<script"));
    choose(&hub, &login.id, |choice| choice.lang = Some("ja".into()));
    let japanese = mail(&hub, About::Week, &login.id).unwrap();
    assert!(japanese.text.starts_with("Ana Alvesさん") && japanese.html.contains("lang=\"ja\""), "{}", japanese.text);
}

#[tokio::test]
async fn a_manager_reads_of_her_own_teams_and_nobody_reads_after_turning_it_off() {
    let hub = Hub::demo();
    calls(&hub, 1);
    let boss = hub.login("ben@x.example", Role::Manager, Some("p2"));
    hub.store.write(|tx| logins::set_managed(tx, "p2", &["t1".to_owned()])).unwrap();
    choose(&hub, &boss.id, |choice| choice.behind = true);
    let said = mail(&hub, About::Teams, &boss.id).unwrap();
    assert!(said.text.contains("Ana Alves") && !said.text.contains("Cleo"), "{}", said.text);
    assert!(said.text.contains("https://hub.example/team"));
    if let Some(behind) = mail(&hub, About::Behind, &boss.id) {
        assert!(!behind.text.contains("Cleo") && behind.subject.starts_with("Behind pace today"), "{}", behind.text);
    }
    let coached = mail(&hub, About::Coaching, &boss.id).unwrap();
    assert!(coached.text.contains("https://hub.example/coaching\n"), "{}", coached.text);
    choose(&hub, &boss.id, |choice| choice.turn_off(MailKind::Weekly));
    assert!(mail(&hub, About::Teams, &boss.id).is_none() && mail(&hub, About::Coaching, &boss.id).is_some());
    let rep = hub.login("ana@x.example", Role::Rep, Some("p1"));
    choose(&hub, &rep.id, |choice| choice.behind = true);
    assert!(mail(&hub, About::Teams, &rep.id).is_none() && mail(&hub, About::Behind, &rep.id).is_none());
    let mut gone = rep.clone();
    gone.disabled = Some(1);
    hub.store.write(|tx| logins::put(tx, &gone)).unwrap();
    assert!(mail(&hub, About::Week, &rep.id).is_none());
}
