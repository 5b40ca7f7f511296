//! What the next export of a system has no more, and what an import leaves when it is taken back.

use floorcast_hub::access::{Role, Viewer};
use floorcast_hub::sources::plan::Remark;
use floorcast_hub::sources::undo::undo;
use floorcast_hub::store::logins::{self, LoginRow};
use floorcast_hub::store::people;

use crate::support::{Floor, now, on_both_engines};

on_both_engines!(
    a_deal_that_the_next_export_has_no_more_is_named_and_stays,
    who_stays_when_an_import_is_taken_back_keeps_the_team,
);

fn a_deal_that_the_next_export_has_no_more_is_named_and_stays(new: impl Fn() -> Floor) {
    let floor = new();
    let head = "Deal ID,Owner,Amount,Close date,Stage\n";
    let rows = [
        "D1,Ann,100,2026-11-02,Won",
        "D2,Bob,50,2026-11-03,Won",
        "D3,Cai,70,2026-11-04,Won",
        "D4,Ann,20,2026-11-05,Won",
    ];
    let file = |rows: &[&str]| format!("{head}{}\n", rows.join("\n"));
    floor.import(&[("a.csv", &file(&rows))]);
    let gone = |body: &str| -> Vec<Remark> {
        let remarks = floor.plan(&[("a.csv", body)]).remarks;
        remarks.into_iter().filter(|remark| matches!(remark, Remark::Gone { .. })).collect()
    };
    let without = file(&[rows[0], rows[2], rows[3]]);
    assert_eq!(gone(&without), [Remark::Gone { n: 1, names: vec!["D2".into()] }]);
    let full = floor.hash();
    floor.import(&[("a.csv", &without)]);
    assert_eq!(floor.hash(), full, "a file does not say whether it is all");
    // One that became lost is in it; the days before are of another export; and so are other deals.
    assert_eq!(gone(&file(&[rows[0], "D2,Bob,50,2026-11-03,Lost", rows[2], rows[3]])), []);
    assert_eq!(gone(&file(&rows[2..])), []);
    assert_eq!(
        gone(&file(&[
            rows[0],
            rows[3],
            "E1,Ann,5,2026-11-06,Won",
            "E2,Ann,5,2026-11-07,Won",
            "E3,Bob,5,2026-11-07,Won"
        ])),
        []
    );
}

fn who_stays_when_an_import_is_taken_back_keeps_the_team(new: impl Fn() -> Floor) {
    let floor = new();
    let (run, _) =
        floor.import(&[("a.csv", "Owner,Team,Amount,Close date\nAnn,North,100,2026-11-02\nBob,South,50,2026-11-03\n")]);
    let people = floor.store.read(|tx| people::list(tx, &Viewer::Owner)).unwrap();
    let ann = people.iter().find(|person| person.name == "Ann").unwrap().id.clone();
    let account = LoginRow { id: "l1".into(), person: Some(ann.clone()), email: "ann@x.example".into(), ..login() };
    floor.store.write(|tx| logins::put(tx, &account)).unwrap();
    let undone = floor.store.write(|tx| undo(tx, &run, now())).unwrap();
    let left = floor.store.read(|tx| people::memberships(tx, &Viewer::Owner)).unwrap();
    assert_eq!(left.iter().map(|of| of.person.as_str()).collect::<Vec<_>>(), [ann.as_str()]);
    let said: Vec<String> = floor
        .store
        .read(|tx| undone.kept.iter().map(|(key, why)| Ok(format!("{}: {why}", key.said(tx)?))).collect())
        .unwrap();
    for line in [
        "Ann in team North: the person stays on the floor and keeps the team",
        "Ann: facts of other imports or an account are theirs",
        "team North: people are in it",
    ] {
        assert!(said.contains(&line.to_owned()), "{line}: {said:?}");
    }
    assert_eq!(floor.hash().people, 1);
}

fn login() -> LoginRow {
    LoginRow {
        id: String::new(),
        person: None,
        email: String::new(),
        password: None,
        role: Role::Rep,
        invited: None,
        disabled: None,
    }
}
