//! The private store: who reads what, on SQLite and on PostgreSQL, and that it moves whole.

use std::path::Path;

use floorcast_hub::store::private::sessions::{self, Item, ItemKind, SessionRow, Snapshot, State};
use floorcast_hub::store::private::templates::{self, Section, SectionSource, TemplateRow};
use floorcast_hub::store::private::training::{self, CourseRow, TrainingRow};
use floorcast_hub::store::private::{Private, coaches, copy, forget, merged};

use crate::support::{Folder, now};

fn session(id: &str, coach: &str, sent: Option<i64>) -> SessionRow {
    SessionRow {
        id: id.into(),
        person: "ana".into(),
        coach: coach.into(),
        template: "t".into(),
        version: 1,
        title: "Monthly".into(),
        sections: vec![Section { title: "Words".into(), fill: SectionSource::Nothing, left: false }],
        locked: false,
        period_start: "2026-11-01".into(),
        period_end: "2026-11-30".into(),
        snapshot: Snapshot::default(),
        state: if sent.is_some() { State::Sent } else { State::Draft },
        agreed: None,
        drafted: 1,
        saved: 1,
        sent,
        read_at: None,
        answered: None,
        closed: None,
        reminded: None,
        delete_after: "2028-11-29".into(),
    }
}

fn readers(private: &Private, id: &str) -> Vec<&'static str> {
    let all = ["ana", "ben", "cleo", "dora", ""];
    all.into_iter().filter(|who| private.read(|tx| sessions::get(tx, who, id)).unwrap().is_some()).collect()
}

/// Ben coached until 100, Cleo from 50 on, Dora from 200 on.
fn filled(place: &Path) -> Private {
    let private = Private::open(place, now()).unwrap();
    private
        .write(|tx| {
            coaches::begin(tx, "ana", "ben", 10)?;
            coaches::begin(tx, "ana", "cleo", 50)?;
            assert!(coaches::end(tx, "ana", "ben", 100)?);
            coaches::begin(tx, "ana", "dora", 200)?;
            sessions::put(tx, &session("draft", "cleo", None))?;
            sessions::put(tx, &session("early", "ben", Some(20)))?;
            sessions::put(tx, &session("both", "ben", Some(60)))?;
            sessions::put(tx, &session("late", "cleo", Some(150)))?;
            let item = Item {
                seq: 1,
                section: 0,
                kind: ItemKind::Action,
                body: "Block the mornings".into(),
                due: Some("2026-12-04".into()),
                who: Some("ana".into()),
                done: None,
                carried: false,
            };
            sessions::put_item(tx, "late", &item)?;
            let template = TemplateRow {
                id: "t".into(),
                version: 0,
                title: "Monthly".into(),
                sections: Vec::new(),
                locked: true,
                by_whom: "ben".into(),
            };
            assert_eq!((templates::add(tx, &template, 1)?, templates::add(tx, &template, 2)?), (1, 2));
            let course =
                CourseRow { id: "c".into(), title: "Calls".into(), axis: "calls".into(), url: None, minutes: Some(25) };
            training::put_course(tx, &course)?;
            let row = TrainingRow {
                person: "ana".into(),
                course: "c".into(),
                assigned: 5,
                by_whom: "cleo".into(),
                due: None,
                done: None,
            };
            assert!(training::assign(tx, &row)?);
            // The same course is not to be done twice at a time.
            assert!(!training::assign(tx, &TrainingRow { assigned: 6, ..row })?);
            Ok(())
        })
        .unwrap();
    private
}

fn keeps_its_readers(place: &Path) {
    let private = filled(place);
    let of = |id: &str| readers(&private, id);
    assert_eq!([of("draft"), of("early"), of("both")], [vec!["cleo"], vec!["ana", "ben"], vec!["ana", "ben", "cleo"]]);
    // Whoever comes later reads nothing of before, and whoever left nothing of after.
    assert_eq!([of("late"), of("none")], [vec!["ana", "cleo"], vec![]]);
    // Of what was sent and is not read a person is reminded once.
    let waiting = |before| private.read(|tx| sessions::unread(tx, before)).unwrap().len();
    assert_eq!((waiting(60), waiting(151)), (1, 3));
    private.write(|tx| sessions::set_reminded(tx, "early", 99)).unwrap();
    assert_eq!(waiting(151), 2);
    let listed = |who: &str| private.read(|tx| sessions::list(tx, who, None)).unwrap().len();
    assert_eq!(["ana", "ben", "cleo", "dora", ""].map(listed), [3, 2, 3, 0, 0]);
    assert_eq!(private.read(templates::list).unwrap().iter().map(|of| of.version).collect::<Vec<_>>(), [2]);
    assert_eq!(private.read(|tx| training::of(tx, &["ana".into(), "x".into()])).unwrap().len(), 1);
    let read = |at: i64| private.write(|tx| coaches::log_reading(tx, "late", "cleo", (None, at))).unwrap();
    [1_000_000, 2_000_000, 900_000_000].into_iter().for_each(read);
    assert_eq!(private.read(|tx| coaches::readings(tx, "late")).unwrap().len(), 2, "a reading lasts ten minutes");
    // What is too old goes, with its lines and readings.
    assert_eq!(private.write(|tx| sessions::delete_old(tx, "2028-11-29")).unwrap(), 0);
    assert_eq!(private.write(|tx| sessions::delete_old(tx, "2028-11-30")).unwrap(), 4);
    assert!(private.read(|tx| coaches::readings(tx, "late")).unwrap().is_empty());
    // What is of somebody goes with them.
    private.write(|tx| sessions::put(tx, &session("again", "cleo", Some(150)))).unwrap();
    private.write(|tx| forget(tx, "ana")).unwrap();
    assert!(readers(&private, "again").is_empty());
    assert!(private.read(|tx| training::of(tx, &["ana".into()])).unwrap().is_empty());
}

/// Somebody who was two people keeps what was told to either, and is two again with what was whose.
fn two_are_one_and_two_again(place: &Path) {
    let private = filled(place);
    private
        .write(|tx| sessions::put(tx, &SessionRow { person: "anna".into(), ..session("other", "ben", Some(60)) }))
        .unwrap();
    private.write(|tx| merged::merge(tx, "m1", "anna", "ana")).unwrap();
    let of = |who: &str| {
        private.read(|tx| Ok((sessions::list(tx, who, None)?.len(), training::of(tx, &[who.into()])?.len()))).unwrap()
    };
    let actions = |who: &str| {
        let of = |item: &Item| item.who.as_deref() == Some(who);
        let late = private.read(|tx| sessions::items(tx, &session("late", "cleo", None))).unwrap();
        late.iter().filter(|item| of(item)).count()
    };
    assert_eq!((of("anna"), of("ana"), actions("anna")), ((4, 1), (0, 0), 1));
    // Those who could read it still can, and nobody else.
    assert_eq!(private.read(|tx| sessions::get(tx, "cleo", "both")).unwrap().unwrap().person, "anna");
    assert!(private.read(|tx| sessions::get(tx, "dora", "both")).unwrap().is_none());
    private.write(|tx| merged::undo(tx, "m1")).unwrap();
    assert_eq!((of("anna"), of("ana"), actions("ana")), ((1, 0), (3, 1), 1));
    private.write(|tx| merged::undo(tx, "m1")).unwrap();
    assert_eq!(of("ana"), (3, 1), "a merge is undone once");
}

fn moves_whole(from: &Path, to: &Path) {
    let old = filled(from);
    let new = Private::open(to, now()).unwrap();
    copy(&old, &new).unwrap();
    let whole = |private: &Private| {
        private
            .read(|tx| {
                let all = sessions::list(tx, "ana", None)?;
                let items: Vec<Vec<Item>> =
                    all.iter().map(|session| sessions::items(tx, session)).collect::<Result<_, _>>()?;
                Ok((all, items, templates::list(tx)?, training::of(tx, &["ana".into()])?))
            })
            .unwrap()
    };
    assert_eq!(whole(&old), whole(&new));
    assert!(copy(&old, &new).unwrap_err().to_string().contains("already"), "what is there is not overwritten");
}

#[test]
fn sqlite_keeps_its_readers_and_moves_whole() {
    use std::os::unix::fs::PermissionsExt as _;
    let (folder, other) = (Folder::new(), Folder::new());
    keeps_its_readers(&folder.0.join("a"));
    two_are_one_and_two_again(&folder.0.join("c"));
    let mode = folder.0.join("a/private.db").metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    moves_whole(&folder.0.join("b"), &other.0);
}

#[cfg(feature = "postgres")]
#[test]
fn postgresql_keeps_its_readers_and_moves_whole() {
    keeps_its_readers(&crate::postgres::database());
    two_are_one_and_two_again(&crate::postgres::database());
    let (folder, server) = (Folder::new(), crate::postgres::database());
    // Beside a floor in the same database: neither sees the tables of the other.
    let floor = floorcast_hub::store::Store::open(&server, now()).unwrap();
    moves_whole(&folder.0, &server);
    floor.read(floorcast_hub::store::boards::list).unwrap();
    let back = Folder::new();
    let (from, to) = (Private::open(&server, now()).unwrap(), Private::open(&back.0, now()).unwrap());
    copy(&from, &to).unwrap();
    assert_eq!(readers(&to, "both"), ["ana", "ben", "cleo"]);
}
