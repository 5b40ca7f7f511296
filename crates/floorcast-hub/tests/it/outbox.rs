//! Mails and webhooks over real sockets: each once, whoever sends; tried again, given up; nothing private in any of them.
#![expect(clippy::disallowed_methods, reason = "servers of a test have threads, and waits have ends")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};

use floorcast_hub::access::Role;
use floorcast_hub::jobs::Outbox;
use floorcast_hub::ops::config::HubSettings;
use floorcast_hub::sources::webhook;
use floorcast_hub::store::facts::{self, Fact};
use floorcast_hub::store::logins::{self, LoginRow};
use floorcast_hub::store::metrics::{self, MetricRow};
use floorcast_hub::store::outbox::{self, OutboxState};
use floorcast_hub::store::people::{self, Membership, PersonRow};
use floorcast_hub::store::private::sessions::{self, Item, ItemKind, SessionRow, Snapshot, State};
use floorcast_hub::store::private::{Private, coaches};
use floorcast_hub::store::targets::{self, CardRow, LineRow};
use floorcast_hub::store::teams::{self, TeamRow};
use floorcast_hub::store::words::{self, RecognitionRow};
use floorcast_hub::store::{Store, floor, mail_choices};
use jiff::{SignedDuration, Timestamp};
use tokio::runtime::Runtime;

use crate::smtp::{Smtp, decoded};
use crate::support::Folder;

/// Monday, after the time of the weekly mail.
const MONDAY: &str = "2026-11-30T07:05:00Z";

const CANARY: &str = "canary-7f3a-not-for-any-mail";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A node of its own on the floor in a place.
struct Node {
    store: Arc<Store>,
    private: Arc<Private>,
    outbox: Arc<Outbox>,
}

fn node(place: &Path, settings: &str) -> Node {
    let settings = HubSettings::parse(&format!("[hub]\npublic_url = \"https://hub.example/\"\n{settings}")).unwrap();
    let now = at(MONDAY);
    let store = Arc::new(Store::open(place, now).unwrap());
    let private = Arc::new(Private::open(place, now).unwrap());
    let outbox = Outbox::new(
        (store.clone(), private.clone()),
        (settings.mail.as_ref(), &settings.webhook),
        settings.public_url.as_deref().unwrap(),
    );
    Node { store, private, outbox: Arc::new(outbox.unwrap()) }
}

fn mail_to(smtp: &Smtp) -> String {
    format!("[hub.mail]\nserver = \"smtp://{}\"\nfrom = \"Floor <floor@x.example>\"\n", smtp.at)
}

/// Ana (rep) and Ben (manager, Japanese) have been here; Cleo's account is closed, Dora was invited only.
fn fill(store: &Store) {
    let login = |id: &str, person: &str, role, password: bool, disabled| LoginRow {
        id: id.into(),
        person: Some(person.into()),
        email: format!("{person}@x.example"),
        password: password.then(|| "$argon2id$x".to_owned()),
        role,
        invited: Some(1),
        disabled,
    };
    store
        .write(|tx| {
            let mut row = floor::get(tx)?;
            (row.name, row.tz, row.currency) = ("Demo".into(), "UTC".into(), "EUR".into());
            floor::put(tx, &row)?;
            teams::put(tx, &TeamRow { id: "t".into(), name: "North".into(), ..TeamRow::default() })?;
            let calls = MetricRow {
                id: "calls".into(),
                label: "Calls".into(),
                unit: "count".into(),
                kind: "leading".into(),
                better: "up".into(),
                agg: "sum".into(),
                ..MetricRow::default()
            };
            metrics::put(tx, &calls)?;
            let line = LineRow { metric: "calls".into(), weight: 100, target: Some(2_100), ..LineRow::default() };
            let (title, period) = ("Month".to_owned(), "month".to_owned());
            targets::put_card(tx, &CardRow { id: "c".into(), title, team: None, period, lines: vec![line] })?;
            for id in ["ana", "ben", "cleo", "dora"] {
                people::put(
                    tx,
                    &PersonRow { id: id.into(), name: id.to_uppercase(), shown: "name".into(), ..PersonRow::default() },
                )?;
                people::put_membership(
                    tx,
                    &Membership { person: id.into(), team: "t".into(), since: String::new(), until: None },
                )?;
            }
            let fact = |n: i64, day: &str, person: &str| Fact {
                source: "s".into(),
                ext_id: format!("{person}{day}"),
                metric: "calls".into(),
                person: Some(person.into()),
                owner_key: None,
                at: at(&format!("{day}T10:00:00Z")).as_microsecond(),
                amount: n,
                currency: None,
                label: None,
                revoked: None,
                by_whom: None,
                why: None,
            };
            let all = [
                fact(41, "2026-11-24", "ana"),
                fact(13, "2026-11-29", "ana"),
                fact(37, "2026-11-18", "ana"),
                fact(3, "2026-11-30", "ana"),
            ];
            facts::put(tx, &all, at("2026-11-30T10:00:00Z").as_microsecond())?;
            logins::put(tx, &login("l1", "ana", Role::Rep, true, None))?;
            logins::put(tx, &login("l2", "ben", Role::Manager, true, None))?;
            logins::put(tx, &login("l3", "cleo", Role::Rep, true, Some(1)))?;
            logins::put(tx, &login("l4", "dora", Role::Rep, false, None))?;
            logins::set_managed(tx, "ben", &["t".to_owned()])?;
            let mut choice = mail_choices::of_login(tx, "l2")?;
            (choice.lang, choice.behind) = (Some("ja".into()), true);
            mail_choices::put(tx, &choice)?;
            floor::changed(tx)
        })
        .unwrap();
}

fn state(store: &Store) -> OutboxState {
    store.read(outbox::state).unwrap()
}

fn each_mail_once(place: &Path) {
    let (smtp, runtime) = (Smtp::start(), Runtime::new().unwrap());
    let nodes: Vec<Node> = (0..3).map(|_| node(place, &mail_to(&smtp))).collect();
    fill(&nodes[0].store);
    let round = |now: &str| {
        let now = at(now);
        runtime.block_on(async {
            let all: Vec<_> = nodes.iter().map(|node| tokio::spawn(node.outbox.clone().round(now))).collect();
            let mut sent = 0;
            for one in all {
                sent += one.await.unwrap().unwrap();
            }
            sent
        })
    };
    assert_eq!(round("2026-11-30T06:59:59Z"), 0, "it is not time");
    assert_eq!(round(MONDAY), 3);
    let mut mails = smtp.taken();
    mails.sort();
    assert_eq!(
        mails.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(),
        ["ana@x.example", "ben@x.example", "ben@x.example"]
    );
    let own = decoded(&mails[0].1);
    // The week before, Monday to Sunday, and the one before that.
    assert!(own.contains("Calls: the week 54 · the week before 37"), "{own}");
    assert!(own.contains("List-Unsubscribe: <https://hub.example/mail/off?key=off_"), "{own}");
    assert!(own.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
    assert!(decoded(&mails[1].1).contains("BENさん"), "{}", decoded(&mails[1].1));
    assert_eq!(round("2026-11-30T07:06:00Z"), 0);
    // Who is behind, once a day, only to whoever asked.
    assert_eq!(round("2026-11-30T15:00:10Z"), 1);
    assert_eq!(round("2026-11-30T15:01:10Z"), 0);
    let mails = smtp.taken();
    assert!(mails.len() == 1 && mails[0].0 == "ben@x.example" && decoded(&mails[0].1).contains("ANA"), "{mails:?}");
    assert_eq!(state(&nodes[0].store), OutboxState::default());
}

#[test]
fn sqlite_sends_each_mail_once() {
    let folder = Folder::new();
    each_mail_once(&folder.0.join("db"));
}

#[cfg(feature = "postgres")]
#[test]
fn three_nodes_on_postgresql_send_each_mail_once() {
    each_mail_once(&crate::postgres::database());
}

#[test]
fn a_server_that_refuses_is_tried_again_and_given_up_after_three_days() {
    let (folder, smtp, runtime) = (Folder::new(), Smtp::start(), Runtime::new().unwrap());
    let node = node(&folder.0.join("db"), &mail_to(&smtp));
    fill(&node.store);
    let round = |now: Timestamp| runtime.block_on(node.outbox.clone().round(now)).unwrap();
    let begun = at(MONDAY);
    smtp.code.store(451, Ordering::SeqCst);
    assert_eq!(round(begun), 0);
    let told = state(&node.store);
    assert_eq!((told.waiting, told.failing, told.given_up), (3, 3, 0));
    assert!(told.last_error.as_ref().is_some_and(|why| why.contains("not now") && !why.contains('@')), "{told:?}");
    let asked = smtp.asked.load(Ordering::SeqCst);
    assert_eq!((round(begun + SignedDuration::from_secs(59)), smtp.asked.load(Ordering::SeqCst)), (0, asked));
    smtp.code.store(250, Ordering::SeqCst);
    assert_eq!((round(begun + SignedDuration::from_secs(60)), state(&node.store)), (3, OutboxState::default()));
    smtp.taken();
    // The next week the server never takes anything.
    smtp.code.store(451, Ordering::SeqCst);
    let begun = begun + SignedDuration::from_hours(7 * 24);
    let before = smtp.asked.load(Ordering::SeqCst);
    for hour in 0..=73 {
        assert_eq!(round(begun + SignedDuration::from_hours(hour)), 0);
    }
    // Behind on three afternoons too, which is no news later.
    let told = state(&node.store);
    assert!(told.waiting <= 1 && told.given_up >= 5, "{told:?}");
    assert!(smtp.asked.load(Ordering::SeqCst) - before > 20);
    // A mailbox that is not there is not tried twice.
    smtp.code.store(550, Ordering::SeqCst);
    let (begun, before) = (begun + SignedDuration::from_hours(7 * 24), state(&node.store).given_up);
    round(begun);
    assert_eq!(state(&node.store).given_up, before + 3 + told.waiting);
}

/// A session of Ben with Ana, full of what nobody else reads.
fn coach(private: &Private, sent: Timestamp) {
    let session = SessionRow {
        id: "k-session".into(),
        person: "ana".into(),
        coach: "ben".into(),
        template: "t".into(),
        version: 1,
        title: format!("title {CANARY}"),
        sections: Vec::new(),
        locked: false,
        period_start: "2026-11-01".into(),
        period_end: "2026-11-30".into(),
        snapshot: Snapshot::default(),
        state: State::Sent,
        agreed: None,
        drafted: 1,
        saved: 1,
        sent: Some(sent.as_microsecond()),
        read_at: None,
        answered: None,
        closed: None,
        reminded: None,
        delete_after: "2028-11-29".into(),
    };
    private
        .write(|tx| {
            coaches::begin(tx, "ana", "ben", sent.as_microsecond())?;
            sessions::put(tx, &session)?;
            for (seq, kind) in
                [(1, ItemKind::Filled), (1_001, ItemKind::Note), (2_001, ItemKind::Answer), (3_001, ItemKind::Action)]
            {
                let body = format!("{CANARY} {seq}");
                let item = Item {
                    seq,
                    section: 0,
                    kind,
                    body,
                    due: None,
                    who: Some("ana".into()),
                    done: None,
                    carried: false,
                };
                sessions::put_item(tx, "k-session", &item)?;
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn coaching_is_told_by_mail_without_a_word_of_it() {
    let (folder, smtp, runtime) = (Folder::new(), Smtp::start(), Runtime::new().unwrap());
    let place = folder.0.join("db");
    let node = node(&place, &mail_to(&smtp));
    fill(&node.store);
    let round = |now: &str| runtime.block_on(node.outbox.clone().round(at(now))).unwrap();
    // Thursday noon.
    coach(&node.private, at("2026-11-26T12:00:00Z"));
    assert_eq!(round("2026-11-26T12:00:02Z"), 1);
    assert_eq!(round("2026-11-26T12:00:04Z"), 0);
    let mut all = smtp.taken();
    assert!(all.len() == 1 && all[0].0 == "ana@x.example", "{all:?}");
    // Two days later is Saturday: two working days are Monday.
    assert_eq!(round("2026-11-28T17:00:00Z"), 0);
    assert_eq!(round("2026-11-30T06:00:00Z"), 1, "she is reminded once");
    assert_eq!(round("2026-11-30T06:30:00Z"), 0);
    round("2026-11-30T07:30:00Z");
    round("2026-11-30T15:30:00Z");
    all.extend(smtp.taken());
    assert!(all.len() >= 5, "every kind of mail went out: {}", all.len());
    for (to, mail) in &all {
        let said = decoded(mail);
        assert!(!said.contains(CANARY) && !said.contains("k-session"), "{to}: {said}");
    }
    // Neither does the floor's own file know.
    for name in ["floor.db", "floor.db-wal"] {
        let bytes = std::fs::read(place.join(name)).unwrap_or_default();
        for secret in [CANARY, "k-session"] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{name} has {secret}");
        }
    }
}

/// Head and body of each.
type Requests = Arc<Mutex<Vec<(String, String)>>>;

/// Takes requests, and answers with a status.
fn receiver(status: Arc<AtomicU16>) -> (SocketAddr, Requests) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (at, all) = (listener.local_addr().unwrap(), Requests::default());
    let kept = all.clone();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).is_ok_and(|n| n > 0) {}
            let of = |line: &str| {
                line.to_ascii_lowercase().strip_prefix("content-length:").and_then(|n| n.trim().parse().ok())
            };
            let mut body = vec![0; head.lines().find_map(of).unwrap_or(0)];
            reader.read_exact(&mut body).ok();
            kept.lock().unwrap().push((head, String::from_utf8(body).unwrap()));
            let status = status.load(Ordering::SeqCst);
            write!(stream, "HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").ok();
        }
    });
    (at, all)
}

#[test]
fn what_is_celebrated_goes_out_signed_once_and_is_taken_back() {
    let (folder, runtime) = (Folder::new(), Runtime::new().unwrap());
    let status = Arc::new(AtomicU16::new(500));
    let (data, got) = receiver(status.clone());
    let (chat, lines) = receiver(Arc::new(AtomicU16::new(200)));
    let secret = folder.0.join("secret");
    std::fs::write(&secret, "s3cret\n").unwrap();
    let settings = format!(
        "[[hub.webhook]]\nname = \"crm\"\nurl = \"http://{data}/in\"\nsecret_file = {secret:?}\n\
         [[hub.webhook]]\nname = \"chat\"\nurl = \"http://{chat}/hook\"\nformat = \"chat\"\n"
    );
    let nodes = [node(&folder.0.join("db"), &settings), node(&folder.0.join("db"), &settings)];
    fill(&nodes[0].store);
    let round = |now: Timestamp| {
        runtime.block_on(async {
            let (a, b) = tokio::join!(nodes[0].outbox.clone().round(now), nodes[1].outbox.clone().round(now));
            a.unwrap() + b.unwrap()
        })
    };
    let begun = at(MONDAY);
    let row = |id: &str, at: Timestamp| RecognitionRow {
        id: id.into(),
        at: at.as_microsecond(),
        kind: "shout_out".into(),
        who: vec!["ana".into()],
        headline: "Well done".into(),
        body: Some("Three demos".into()),
        from_whom: None,
        rule: None,
        until: i64::MAX,
        withdrawn: None,
    };
    nodes[0].store.write(|tx| words::put_recognition(tx, &row("r1", begun))).unwrap();
    nodes[0].store.write(|tx| words::put_recognition(tx, &row("old", begun - SignedDuration::from_hours(2)))).unwrap();
    assert_eq!(round(begun), 1, "the chat took it, the other failed");
    status.store(204, Ordering::SeqCst);
    let later = begun + SignedDuration::from_secs(60);
    assert_eq!((round(later), round(later)), (1, 0));
    nodes[0]
        .store
        .write(|tx| {
            words::put_recognition(tx, &RecognitionRow { withdrawn: Some(later.as_microsecond()), ..row("r1", begun) })
        })
        .unwrap();
    assert_eq!(round(later), 1);
    let lines: Vec<String> = lines.lock().unwrap().iter().map(|(_, body)| body.clone()).collect();
    assert_eq!(lines, [r#"{"text":"★ Well done · ANA · Three demos"}"#]);
    let got = got.lock().unwrap();
    let header = |head: &str, name: &str| {
        let of = |line: &str| {
            line.split_once(':')
                .filter(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| value.trim().to_owned())
        };
        head.lines().find_map(of).unwrap()
    };
    let ids: Vec<String> = got.iter().map(|(head, _)| header(head, "webhook-id")).collect();
    assert_eq!(ids, ["hook.crm.r1", "hook.crm.r1", "hook.crm.r1.withdrawn"]);
    for ((head, body), now) in got.iter().zip([begun, later, later]) {
        let (id, at, signatures) =
            (header(head, "webhook-id"), header(head, "webhook-timestamp"), header(head, "webhook-signature"));
        let delivery = webhook::Delivery { id: &id, at: &at, signatures: &signatures, body: body.as_bytes() };
        assert_eq!(webhook::check(delivery, "s3cret", now), Ok(()));
    }
    let data: serde_json::Value = serde_json::from_str(&got[1].1).unwrap();
    assert_eq!(
        (&data["type"], &data["data"]["who"][0], &data["data"]["headline"]),
        (&"recognition.made".into(), &"ANA".into(), &"Well done".into())
    );
    let back: serde_json::Value = serde_json::from_str(&got[2].1).unwrap();
    assert_eq!((&back["type"], &back["data"]), (&"recognition.withdrawn".into(), &serde_json::json!({"id": "r1"})));
}
