//! Words in every private column are in nothing that leaves: boards, what brokers get, exports, answers, backups, the log.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::{Arc, Mutex};

use floorcast_hub::access::TokenRole;
use floorcast_hub::ops::backup;
use floorcast_hub::ops::private_backup::{Key, KeyPlace};
use floorcast_hub::store::people::{self, PersonRow};
use floorcast_hub::store::private::sessions::{self, FrozenFigure, Item, ItemKind, SessionRow, Snapshot, State};
use floorcast_hub::store::private::templates::{self, Section, SectionSource, TemplateRow};
use floorcast_hub::store::private::training::{self, CourseRow, TrainingRow};
use floorcast_hub::store::private::{self, Private, coaches};
use floorcast_hub::store::{floor, person_data};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::api::Hub;
use crate::support::{Folder, now};

/// In each text that only a person and their coaches read.
const CANARY: &str = "canary-55-nobody-else-reads-this";

/// Keeps everything that is logged, whatever its level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Visit for &Log {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        write!(self.0.lock().unwrap(), "{field}={value:?} ").unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut &*self);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut &*self);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut &*self);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

fn text(of: &str) -> String {
    format!("{CANARY} {of}")
}

fn fill(hub: &Hub) {
    hub.store
        .write(|tx| {
            for (id, name) in [("ana", "Ana Alves"), ("ben", "Ben Brand")] {
                people::put(
                    tx,
                    &PersonRow { id: id.into(), name: name.into(), shown: "name".into(), ..PersonRow::default() },
                )?;
            }
            floor::changed(tx)
        })
        .unwrap();
    let section = Section { title: text("section"), fill: SectionSource::Nothing, left: false };
    let frozen = FrozenFigure {
        label: text("label"),
        value: text("value"),
        target: Some(text("target")),
        share: None,
        pace: None,
        gap: Some(text("gap")),
        sign: 0,
    };
    let session = |id: &str, state| SessionRow {
        id: id.into(),
        person: "ana".into(),
        coach: "ben".into(),
        template: "t".into(),
        version: 1,
        title: text("title"),
        sections: vec![section.clone()],
        locked: false,
        period_start: "2026-11-01".into(),
        period_end: "2026-11-30".into(),
        snapshot: Snapshot { at: 1, lines: vec![frozen.clone()] },
        state,
        agreed: Some(true),
        drafted: 1,
        saved: 1,
        sent: (state != State::Draft).then_some(2),
        read_at: None,
        answered: None,
        closed: None,
        reminded: None,
        delete_after: "2028-11-29".into(),
    };
    hub.private
        .write(|tx| {
            coaches::begin(tx, "ana", "ben", 1)?;
            let template = TemplateRow {
                id: "t".into(),
                version: 0,
                title: text("template"),
                sections: vec![section.clone()],
                locked: false,
                by_whom: "ben".into(),
            };
            templates::add(tx, &template, 1)?;
            for (id, state) in [("d", State::Draft), ("s", State::Sent), ("c", State::Closed)] {
                sessions::put(tx, &session(id, state))?;
                for (seq, kind) in [
                    (1, ItemKind::Filled),
                    (1_001, ItemKind::Note),
                    (2_001, ItemKind::Answer),
                    (3_001, ItemKind::Action),
                ] {
                    let who = Some("ana".to_owned());
                    let item =
                        Item { seq, section: 0, kind, body: text("line"), due: None, who, done: None, carried: false };
                    sessions::put_item(tx, id, &item)?;
                }
            }
            let url = Some(format!("https://x.example/{CANARY}"));
            let course = CourseRow { id: "k".into(), title: text("course"), axis: "won".into(), url, minutes: None };
            training::put_course(tx, &course)?;
            let due = Some("2026-12-01".to_owned());
            training::assign(
                tx,
                &TrainingRow {
                    person: "ana".into(),
                    course: "k".into(),
                    assigned: 3,
                    by_whom: "ben".into(),
                    due,
                    done: None,
                },
            )
            .map(drop)
        })
        .unwrap();
}

#[test]
fn private_words_are_in_nothing_that_leaves() {
    let log = Log::default();
    // Another test of the same process may have one; then there is none to look at.
    let logged = tracing::subscriber::set_global_default(log.clone()).is_ok();
    let hub = Hub::start();
    fill(&hub);
    let mut all: Vec<(String, String)> = Vec::new();
    // What brokers get is what streams and addresses give.
    hub.publisher.rebuild().unwrap();
    all.extend(hub.publisher.newest().into_iter().map(|(id, board)| (format!("board {id}"), board.body.clone())));
    assert!(!all.is_empty());
    let bearer = format!("Bearer {}", hub.token(TokenRole::Admin));
    let headers = [("authorization", bearer.as_str()), ("accept", "*/*")];
    let document = hub.ask("GET", "/api/v1/openapi.json", &headers, "").json();
    let paths = document["paths"].as_object().unwrap().iter().filter(|(_, of)| of.get("get").is_some());
    let mut asked = 0;
    for (path, _) in paths {
        let path = path.replace("{id}", "ana").replace("{person}", "ana");
        let answer = hub.ask("GET", &path, &headers, "");
        asked += usize::from(answer.status == 200);
        all.push((path, String::from_utf8_lossy(&answer.body).into_owned()));
    }
    assert!(asked >= 10, "{asked} of {} answered", all.len());
    for path in ["/metrics", "/healthz", "/boards/main"] {
        all.push((path.to_owned(), String::from_utf8_lossy(&hub.ask("GET", path, &headers, "").body).into_owned()));
    }
    for id in ["ana", "ben"] {
        all.push((format!("export of {id}"), hub.store.read(|tx| person_data::export(tx, id)).unwrap().to_string()));
    }
    let folder = Folder::new();
    let key = Key::of_floor(None, hub.store.folder().unwrap()).unwrap();
    let made = backup::make((&hub.store, Some((&hub.private, &key))), &folder.0, "test", now()).unwrap();
    let kept: Vec<_> = std::fs::read_dir(&folder.0).unwrap().flatten().map(|entry| entry.path()).collect();
    assert_eq!(kept.len(), 3, "the copy, its manifest, what is private: {kept:?}");
    let own = hub.store.folder().unwrap();
    for file in kept.into_iter().chain([own.join("floor.db"), own.join("floor.db-wal")]) {
        let bytes = std::fs::read(&file).unwrap_or_default();
        all.push((file.display().to_string(), String::from_utf8_lossy(&bytes).into_owned()));
    }
    restored_with_its_key_alone(&made.file, own);
    hub.store.write(|tx| person_data::erase(tx, "ana", now())).unwrap();
    if logged {
        tracing::info!("the log is heard");
        let log = log.0.lock().unwrap().clone();
        assert!(log.contains("the log is heard"));
        all.push(("the log".into(), log));
    }
    for (what, said) in &all {
        assert!(!said.contains(CANARY), "{what} has what nobody else reads");
    }
    // The canary is where it belongs: this test would see it.
    let own = hub.private.read(|tx| sessions::list(tx, "ana", None)).unwrap();
    assert!(own.iter().any(|session| session.title.contains(CANARY)));
}

/// The private part of a backup is there, and nobody has it without the key.
fn restored_with_its_key_alone(file: &Path, own: &Path) {
    let folder = Folder::new();
    let place = folder.0.join("restored");
    let restore = |keys: &KeyPlace| backup::restore(file, (&place, true), keys, now());
    let lost = restore(&KeyPlace::Usual(place.clone())).unwrap_err();
    assert!(lost.contains("its key is not there") && lost.contains("--without-private"), "{lost}");
    let other = folder.0.join("other.key");
    std::fs::write(&other, "another key\n").unwrap();
    let wrong = restore(&KeyPlace::Named(other)).unwrap_err();
    assert!(wrong.contains("other.key is not the key of"), "{wrong}");
    let gone = restore(&KeyPlace::Named(folder.0.join("no.key"))).unwrap_err();
    assert!(gone.contains("no.key") && gone.contains("its key is not there"), "{gone}");
    assert!(!place.join("floor.db").exists(), "nothing is put in place without it");
    // Without what is private the floor alone comes back.
    restore(&KeyPlace::LeftOut).unwrap();
    let none = Private::open(&place, now()).unwrap();
    assert_eq!(none.read(private::rows), Ok(0));
    drop(none);
    let key = own.join("backup.key");
    let (manifest, _) = restore(&KeyPlace::Named(key.clone())).unwrap();
    let there = Private::open(&place, now()).unwrap();
    assert_eq!(Some(there.read(private::rows).unwrap()), manifest.private.map(|part| part.rows));
    assert!(there.read(|tx| sessions::list(tx, "ana", None)).unwrap().iter().any(|of| of.title.contains(CANARY)));
    // The key goes with the floor: the next proof finds it there.
    assert_eq!(std::fs::read(place.join("backup.key")).unwrap(), std::fs::read(key).unwrap());
    assert!(backup::verify(file, &place, &KeyPlace::Usual(place.clone()), now()).is_ok());
    // A changed byte is seen before anything is decrypted.
    let encrypted = file.with_extension("private.age");
    let mut bytes = std::fs::read(&encrypted).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&encrypted, bytes).unwrap();
    let said = backup::verify(file, &place, &KeyPlace::Usual(place.clone()), now()).unwrap_err();
    assert!(said.contains("private.age is damaged"), "{said}");
}
