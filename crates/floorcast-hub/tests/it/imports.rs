//! Plan, commit, undo.

use floorcast_hub::sources::undo::undo;

use crate::support::{Floor, deals, deals_csv, now, on_both_engines, teams_csv};

on_both_engines!(
    the_same_files_twice_are_one_set_of_facts_and_undone_nothing_is_left,
    a_plan_writes_nothing,
    what_was_changed_since_is_kept_and_named,
    a_deal_that_is_lost_after_all_counts_no_more_and_comes_back_when_undone,
    rows_that_are_not_understood_are_named_by_line_and_never_count,
    rows_without_an_id_are_known_by_what_they_say,
    last_months_team_stays_right_when_somebody_changes_it,
    currencies_are_never_added
);

fn the_same_files_twice_are_one_set_of_facts_and_undone_nothing_is_left(new: impl Fn() -> Floor) {
    let deals = deals(1_000, 7);
    let (crm, teams) = (deals_csv(&deals), teams_csv());
    let floor = new();
    let empty = floor.hash();
    let won = deals.iter().filter(|deal| deal.stage == "Won").count();
    let lost = deals.iter().filter(|deal| deal.stage == "Lost").count();
    let (first, plan) = floor.import(&[("crm.csv", &crm), ("teams.csv", &teams)]);
    assert_eq!((plan.won, plan.lost, plan.open), (won, lost, 1_000 - won - lost));
    assert_eq!(
        (plan.counts.created, plan.counts.updated, plan.counts.unchanged, plan.counts.skipped),
        (2 * won, 0, 0, 0)
    );
    let full = floor.hash();
    assert_eq!((full.facts, full.people, full.teams), (2 * won, 33, 6));
    let (second, plan) = floor.import(&[("teams.csv", &teams), ("crm.csv", &crm)]);
    assert_eq!((plan.counts.created, plan.counts.updated, plan.counts.unchanged), (0, 0, 2 * won));
    assert_eq!((plan.changes.len(), floor.hash()), (0, full.clone()));
    let other = new();
    other.import(&[("teams.csv", &teams), ("crm.csv", &crm)]);
    assert_eq!(other.hash(), full, "the order of the files is no matter");
    for run in [&second, &first] {
        let undone = floor.store.write(|tx| undo(tx, run, now())).unwrap();
        assert_eq!(undone.kept, []);
    }
    assert_eq!(floor.hash(), empty);
    let said = floor.store.write(|tx| undo(tx, &first, now())).unwrap_err().to_string();
    assert!(said.contains("undone already"), "{said}");
}

fn a_plan_writes_nothing(new: impl Fn() -> Floor) {
    let floor = new();
    let before = floor.hash();
    let plan = floor.plan(&[("crm.csv", &deals_csv(&deals(50, 3)))]);
    assert!(plan.counts.created > 0);
    assert_eq!(floor.hash(), before);
}

fn what_was_changed_since_is_kept_and_named(new: impl Fn() -> Floor) {
    let floor = new();
    let file = |value: u32| {
        format!("Deal ID,Owner,Amount,Close date,Stage\nA1,Ana,{value},2026-11-02,Won\nA2,Ben,70,2026-11-03,Won\n")
    };
    let (first, _) = floor.import(&[("a.csv", &file(10))]);
    let (second, plan) = floor.import(&[("a.csv", &file(25))]);
    assert_eq!((plan.counts.created, plan.counts.updated, plan.counts.unchanged), (0, 1, 3));
    let undone = floor.store.write(|tx| undo(tx, &first, now())).unwrap();
    // The amount was corrected later; Ana has it, so she stays too, with her name.
    let names: Vec<&str> = undone.kept.iter().map(|(what, _)| what.as_str()).collect();
    assert_eq!(names[0], "won of A1");
    assert!(names.iter().any(|name| name.starts_with("person ")), "{names:?}");
    let left = floor.hash();
    assert_eq!((left.facts, left.people), (1, 1));
    floor.store.write(|tx| undo(tx, &second, now())).unwrap();
}

fn a_deal_that_is_lost_after_all_counts_no_more_and_comes_back_when_undone(new: impl Fn() -> Floor) {
    let floor = new();
    let file = |stage: &str| {
        format!("Deal ID,Owner,Amount,Close date,Stage\nA1,Ana,10,2026-11-02,{stage}\nA2,Ana,20,2026-11-02,Won\n")
    };
    floor.import(&[("a.csv", &file("Won"))]);
    let before = floor.hash();
    let (run, plan) = floor.import(&[("a.csv", &file("Closed lost"))]);
    assert_eq!((plan.counts.updated, floor.hash().facts), (2, 2));
    floor.store.write(|tx| undo(tx, &run, now())).unwrap();
    assert_eq!(floor.hash(), before);
}

fn rows_that_are_not_understood_are_named_by_line_and_never_count(new: impl Fn() -> Floor) {
    let floor = new();
    let file = "Deal ID,Owner,Amount,Close date,Stage\nA1,Ana,10,2026-11-02,Won\nA2,Ana,n/a,2026-11-02,Won\nA3,Ben,5,soon,Won\nA4,Ben,5,2026-11-02,Umbrella\n";
    let (_, plan) = floor.import(&[("a.csv", file)]);
    let left: Vec<u32> = plan.files[0].left_out.iter().map(|(line, _)| *line).collect();
    assert_eq!((left, plan.counts.skipped), (vec![3, 4, 5], 3));
    assert!(plan.files[0].left_out[0].1.contains("n/a"), "{:?}", plan.files[0].left_out);
    assert_eq!(floor.hash().facts, 2);
}

fn rows_without_an_id_are_known_by_what_they_say(new: impl Fn() -> Floor) {
    let floor = new();
    let file = "Owner,Amount,Close date,Stage\nAna,10,2026-11-02,Won\nAna,10,2026-11-02,Won\n";
    floor.import(&[("a.csv", file)]);
    assert_eq!(floor.hash().facts, 4, "two equal rows are two deals");
    let (_, plan) = floor.import(&[("b.csv", file)]);
    assert_eq!((plan.counts.created, plan.counts.unchanged), (0, 4));
}

fn last_months_team_stays_right_when_somebody_changes_it(new: impl Fn() -> Floor) {
    let floor = new();
    let teams = |team: &str| format!("Name,Team\nAna,{team}\n");
    floor.import(&[("t.csv", &teams("North"))]);
    floor.import(&[("t.csv", &teams("South"))]);
    let all = floor
        .store
        .read(|tx| floorcast_hub::store::people::memberships(tx, &floorcast_hub::access::Viewer::Owner))
        .unwrap();
    let days: Vec<(String, Option<String>)> = all.into_iter().map(|of| (of.since, of.until)).collect();
    let today = "2026-11-29".to_owned();
    assert_eq!(days, [(String::new(), Some(today.clone())), (today, None)]);
}

fn currencies_are_never_added(new: impl Fn() -> Floor) {
    let floor = new();
    let file = "Deal ID,Owner,Amount,Currency,Close date,Stage\nA1,Ana,10,EUR,2026-11-02,Won\nA2,Ana,20,USD,2026-11-02,Won\nA3,Ana,30,EUR,2026-11-02,Won\n";
    floor.import(&[("a.csv", file)]);
    let metrics = floor.store.read(floorcast_hub::store::metrics::list).unwrap();
    let ids: Vec<&str> = metrics.iter().map(|metric| metric.id.as_str()).collect();
    assert_eq!(ids, ["won", "deals", "won-USD"]);
    assert_eq!(floor.store.read(floorcast_hub::store::floor::get).unwrap().currency, "EUR");
}
