//! Plan, commit, undo.

use floorcast_hub::sources::plan::{Remark, plan};
use floorcast_hub::sources::undo::undo;
use floorcast_hub::store::choices::{self, Choices};

use floorcast_map::records::{Doubts, LeftOut};

use crate::support::{Dice, Floor, deals, deals_csv, now, on_both_engines, read_with, teams_csv};

on_both_engines!(
    the_same_files_twice_are_one_set_of_facts_and_undone_nothing_is_left,
    a_plan_writes_nothing,
    what_was_changed_since_is_kept_and_named,
    an_import_that_is_undone_comes_back_with_no_later_one,
    a_deal_that_is_lost_after_all_counts_no_more_and_comes_back_when_undone,
    rows_that_are_not_understood_are_named_by_line_and_never_count,
    rows_without_an_id_are_known_by_what_they_say,
    a_deal_that_stands_in_a_file_twice_counts_once_and_is_named,
    an_amount_below_nothing_is_taken_off_and_named,
    last_months_team_stays_right_when_somebody_changes_it,
    currencies_are_never_added,
    an_amount_without_a_currency_counts_as_the_floors_and_is_told_or_as_somebody_says,
    a_currency_of_three_decimals_loses_none,
    sheets_of_a_floor_become_records_of_it
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

fn a_deal_that_stands_in_a_file_twice_counts_once_and_is_named(new: impl Fn() -> Floor) {
    let floor = new();
    let head = "Deal ID,Owner,Amount,Close date,Stage\n";
    let once = format!("{head}1,Ann,100,2026-11-02,Won\n2,Bob,50,2026-11-03,Won\n3,Cai,70,2026-11-03,Won\n");
    floor.import(&[("a.csv", &once)]);
    let full = floor.hash();
    // The second row once more, and another amount under the id of the first.
    let twice = format!("{once}2,Bob,50,2026-11-03,Won\n1,Ann,900,2026-11-02,Won\n");
    let (_, plan) = floor.import(&[("a.csv", &twice)]);
    assert_eq!((plan.won, plan.counts.created, plan.counts.updated, plan.counts.skipped), (3, 0, 0, 2));
    let left = &plan.files[0].left_out;
    assert_eq!((left[0].line, left[1].line), (5, 6), "{left:?}");
    assert!(left[0].why.contains("same row as line 3") && left[1].why.contains("line 2 has the deal"), "{left:?}");
    assert_eq!(floor.hash(), full);
}

fn an_amount_below_nothing_is_taken_off_and_named(new: impl Fn() -> Floor) {
    let file = "Deal ID,Owner,Amount,Close date,Stage\n1,Ann,1000,2026-11-02,Won\n2,Ann,-400,2026-11-03,Won\n";
    let plan = new().plan(&[("a.csv", file)]);
    assert_eq!(plan.won, 2);
    assert_eq!(plan.remarks, [Remark::BelowZero { n: 1 }]);
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
    let names: Vec<String> = undone.kept.iter().map(|(what, _)| what.name()).collect();
    assert_eq!(names[0], "won of A1");
    assert!(names.iter().any(|name| name.starts_with("person ")), "{names:?}");
    let left = floor.hash();
    assert_eq!((left.facts, left.people), (1, 1));
    floor.store.write(|tx| undo(tx, &second, now())).unwrap();
}

/// What a later import wrote over is what there was before the one that is undone.
fn an_import_that_is_undone_comes_back_with_no_later_one(new: impl Fn() -> Floor) {
    let floor = new();
    let empty = floor.hash();
    let file = |value: u32| format!("Deal ID,Owner,Amount,Close date,Stage\nA1,Ana,{value},2026-11-02,Won\n");
    let runs = [10, 25, 40].map(|value| floor.import(&[("a.csv", &file(value))]).0);
    let held = floor.hash();
    for run in &runs[..2] {
        let undone = floor.store.write(|tx| undo(tx, run, now())).unwrap();
        assert!(undone.kept.iter().any(|(what, _)| what.name() == "won of A1"), "{:?}", undone.kept);
    }
    assert_eq!(floor.hash().facts, held.facts - 1, "the count of the deal was written by the first alone");
    floor.store.write(|tx| undo(tx, &runs[2], now())).unwrap();
    assert_eq!((floor.hash().facts, empty.facts), (0, 0), "10 and 25 are undone too");
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
    let left: Vec<u32> = plan.files[0].left_out.iter().map(|left| left.line).collect();
    assert_eq!((left, plan.counts.skipped), (vec![3, 4, 5], 3));
    assert!(plan.files[0].left_out[0].why.contains("n/a"), "{:?}", plan.files[0].left_out);
    assert_eq!(plan.files[0].left_out[1].cells, ["A3", "Ben", "5", "soon", "Won"]);
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
    // A sheet with the day of the new team ends the old one on that day, and the plan says so.
    let floor = new();
    floor.import(&[("People.csv", "Name,Team,Birthday\nAna,North,24.12.\n")]);
    let (_, plan) = floor.import(&[("People.csv", "Name,Team,Team since,Birthday\nAna,South,2026-12-01,24.12.\n")]);
    let said: Vec<String> = plan.remarks.iter().map(|of| of.text("en")).collect();
    assert_eq!(said, ["1 person changes the team: Ana from North to South on 1 Dec 2026"]);
    let all = floor
        .store
        .read(|tx| floorcast_hub::store::people::memberships(tx, &floorcast_hub::access::Viewer::Owner))
        .unwrap();
    let days: Vec<(String, Option<String>)> = all.into_iter().map(|of| (of.since, of.until)).collect();
    assert_eq!(days, [(String::new(), Some("2026-12-01".to_owned())), ("2026-12-01".to_owned(), None)]);
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

fn an_amount_without_a_currency_counts_as_the_floors_and_is_told_or_as_somebody_says(new: impl Fn() -> Floor) {
    let floor = new();
    let head = "Deal ID,Owner,Amount,Currency,Close date,Stage\n";
    let rows = "A1,Ana,10,EUR,2026-11-02,Won\nA2,Ana,20,,2026-11-02,Won\nA3,Ana,30,EUR,2026-11-02,Won\n";
    let (_, plan) = floor.import(&[("a.csv", &format!("{head}{rows}"))]);
    assert_eq!(plan.remarks, [Remark::CountAs { n: 1, code: "EUR".into(), mixed: true }]);
    let amount = |metric: &str, id: &str| {
        let fact = floor.store.read(|tx| floorcast_hub::store::facts::get(tx, "file", id, metric)).unwrap();
        fact.filter(|fact| fact.revoked.is_none()).map(|fact| fact.amount)
    };
    assert_eq!((amount("won", "A2"), amount("won-USD", "A2"), amount("won", "A1")), (Some(2_000), None, Some(1_000)));
    let dollars = Choices { currency: Some("USD".into()), ..Choices::default() };
    let (_, plan) = floor.import_with(&[("a.csv", &format!("{head}{rows}"))], &dollars);
    assert_eq!((plan.counts.created, plan.counts.updated), (1, 1), "one figure for the other");
    assert!(matches!(plan.remarks[1], Remark::Foreign { n: 1, sum: 20.0, .. }), "{:?}", plan.remarks);
    assert_eq!((amount("won", "A2"), amount("won-USD", "A2")), (None, Some(2_000)));
    assert_eq!(floor.store.read(|tx| choices::get(tx, "file")).unwrap(), dollars, "kept for the next file");
    let kept = || floor.store.read(|tx| choices::get(tx, "file")).unwrap();
    let euros = Choices { currency: Some("EUR".into()), date_order: Some("mdy".into()), ..Choices::default() };
    let (run, _) = floor.import_with(&[("a.csv", &format!("{head}{rows}"))], &euros);
    assert_eq!((kept(), amount("won", "A2")), (euros, Some(2_000)));
    assert_eq!(floor.store.write(|tx| undo(tx, &run, now())).unwrap().kept, []);
    assert_eq!((kept(), amount("won-USD", "A2")), (dollars, Some(2_000)), "the answers come back with the deals");
    let metrics = floor.store.read(floorcast_hub::store::metrics::list).unwrap();
    assert!(metrics.iter().all(|metric| !metric.label.contains('–')), "{metrics:?}");
    let bare = "Deal ID,Owner,Amount,Close date,Stage\nB1,Ana,5,2026-11-02,Won\n";
    let (_, plan) = floor.import(&[("b.csv", bare)]);
    assert_eq!(plan.remarks, [Remark::CountAs { n: 1, code: "EUR".into(), mixed: false }]);
    assert_eq!(amount("won", "B1"), Some(500));
    // The currency comes with the next file: the fact is corrected, and counts once.
    let named = format!("{head}{}", rows.replace("20,,", "20,EUR,"));
    floor.import(&[("a.csv", &named)]);
    assert_eq!((amount("won", "A2"), amount("won-USD", "A2")), (Some(2_000), None));
}

fn a_currency_of_three_decimals_loses_none(new: impl Fn() -> Floor) {
    let floor = new();
    let empty = floor.hash();
    let file = "Deal ID,Owner,Amount,Currency,Close date,Stage\nA1,Ana,\"1,234.567\",KWD,2026-11-02,Won\n";
    let (run, _) = floor.import(&[("a.csv", file)]);
    let held = floor.store.read(|tx| floorcast_hub::store::facts::get(tx, "file", "A1", "won")).unwrap().unwrap();
    let won = floor.store.read(|tx| floorcast_hub::store::metrics::get(tx, "won")).unwrap().unwrap();
    assert_eq!((held.amount, won.decimals), (1_234_567, 3));
    assert_eq!(floor.store.write(|tx| undo(tx, &run, now())).unwrap().kept, []);
    assert_eq!(floor.hash(), empty);
}

fn sheets_of_a_floor_become_records_of_it(new: impl Fn() -> Floor) {
    use floorcast_hub::store::{calendar, contests, ramps, targets, words};
    let floor = new();
    let empty = floor.hash();
    let files = [
        (
            "people.csv",
            "Name,Team,Team since,Start date,Birthday,Hidden\nAna Souza,North,,2026-11-02,24.12.,\nana souza,South,2026-11-16,,,\nBen Brand,North,,,,yes\n",
        ),
        (
            "deals.csv",
            "Deal ID,Owner,Amount,Close date,Stage\nD1,\"Souza, Ana\",900,2026-11-03,Won\nD2,Ben Brand,50,2026-11-04,Lost\n",
        ),
        (
            "activities.csv",
            "Date,Who,Calls,Demos\n2026-11-03,Ana Souza,12,0.5\n2026-11-03,Ana Souza,3,\n2026-11-04,Ben Brand,7,1\nsoon,Ben Brand,9,1\n",
        ),
        (
            "goals.csv",
            "Who,What,Period,Target\nCompany,Sales,November 2026,5000\nAna Souza,Calls,November 2026,300\nNorth,Demos,November 2026,0\n",
        ),
        ("scorecard.csv", "What,Weight,Target per day,Cap\nCalls,60,15,150%\nDemos,40,0.5,\n"),
        (
            "contests.csv",
            "Title,What,Format,Who,From,To,Prize\nDial month,3 Demos + 1 Calls,most,everyone,2026-11-01,2026-12-24,Dinner\n",
        ),
        ("onboarding.csv", "Stage,Due day,What,Target\nFirst calls,60,Calls,10\nAccess,1,,\n"),
        ("recognition.csv", "Who,Headline,Date\nAna Souza,First deal,2026-11-28\n"),
        ("news.csv", "Title,Text,Repeats\nStand-up,In the kitchen,every Monday 09:30\n"),
        ("calendar.csv", "Date,Label,Work\n2026-12-24,Christmas Eve,0.5\n"),
    ];
    let (run, plan) = floor.import(&files);
    let of = |what: &str| plan.others.get(what).copied().unwrap_or(0);
    assert_eq!(
        ["goals", "scorecards", "contests", "plans", "people with a plan", "recognitions", "messages", "days"].map(of),
        [2, 1, 1, 1, 1, 1, 1, 1],
        "{:?}",
        plan.files
    );
    assert!(plan.counts.skipped >= 2, "the row of \"soon\" and the goal of 0: {:?}", plan.files);
    let told: String = plan.files.iter().flat_map(|file| &file.notes).map(|note| format!("{note}\n")).collect();
    assert!(told.contains("soon") && told.contains("goals.csv"), "{told}");
    let full = floor.hash();
    // Two people, however their names are written; a deal's count and amount, and five activities.
    assert_eq!((full.people, full.teams, full.facts), (2, 2, 2 + 5), "{told}");
    floor
        .store
        .read(|tx| {
            let goal = targets::goals(tx)?.into_iter().find(|goal| goal.metric == "won").unwrap();
            assert_eq!((goal.target, goal.period_end.as_str()), (500_000, "2026-12-01"));
            let card = targets::cards(tx)?.remove(0);
            let lines: Vec<_> = card
                .lines
                .iter()
                .map(|line| (line.metric.as_str(), line.target, line.cap, line.per.as_deref()))
                .collect();
            assert_eq!(lines, [("calls", Some(15), Some(1.5), Some("day")), ("demos", Some(50), None, Some("day"))]);
            let contest = contests::list(tx)?.remove(0);
            assert_eq!(contest.metrics, [("calls".to_owned(), 1), ("demos".to_owned(), 3)]);
            assert_eq!(
                (contest.stage.as_str(), contest.prizes.as_slice()),
                ("open", [(1, "Dinner".to_owned())].as_slice())
            );
            assert_eq!(ramps::list(tx, &floorcast_hub::access::Viewer::Owner)?.len(), 1);
            assert_eq!(words::notices(tx)?[0].weekly.as_deref(), Some("1 09:30:00"));
            assert_eq!(calendar::list(tx)?[0].work, 0.5);
            let members = floorcast_hub::store::people::memberships(tx, &floorcast_hub::access::Viewer::Owner)?;
            assert!(members.iter().any(|of| of.since == "2026-11-16" && of.until.is_none()), "{members:?}");
            Ok(())
        })
        .unwrap();
    let (second, plan) = floor.import(&files);
    assert_eq!((plan.counts.created, plan.counts.updated, plan.others.len()), (0, 0, 0), "{:?}", plan.others);
    assert_eq!(floor.hash(), full);
    for run in [second, run] {
        assert_eq!(floor.store.write(|tx| undo(tx, &run, now())).unwrap().kept, []);
    }
    assert_eq!(floor.hash(), empty);
    floor
        .store
        .read(|tx| {
            assert!(targets::goals(tx)?.is_empty() && targets::cards(tx)?.is_empty() && contests::list(tx)?.is_empty());
            assert!(ramps::plans(tx)?.is_empty() && words::notices(tx)?.is_empty() && calendar::list(tx)?.is_empty());
            Ok(())
        })
        .unwrap();
}

/// Whatever stands in a file: each of its rows is counted as won, open or lost, or left out with a reason, and what is open
/// in its dates is closed by an answer alone.
#[test]
fn each_row_is_counted_or_left_out_with_a_reason() {
    let floor = Floor::new();
    let mut dice = Dice(20_261_129);
    let owners = ["Ana Alves", "ana alves", "", "n/a", "Total", "#REF!", "Subtotal Ana Alves"];
    let amounts = ["1.980 €", "12,50", "7.25", "1 250,00 €", "", "soon", "-4", "900 USD", "(300)", "#N/A", "1e99"];
    let days = [
        "03/04/2026",
        "2026-11-02",
        "24 Nov",
        "",
        "31.04.2026",
        "13/04/2026",
        "04/13/2026",
        "1405-01-01",
        "2031-01-01",
    ];
    let stages = ["Won", "Closed lost", "Negotiation", "", "Umbrella"];
    let mut pick = |all: &[&'static str]| all[dice.roll(all.len() as u64) as usize];
    for _ in 0..120 {
        let rows: Vec<String> = (0..9)
            .map(|at| format!("D{at};{};{};{};{}\n", pick(&owners), pick(&amounts), pick(&days), pick(&stages)))
            .collect();
        let file = format!("Deal ID;Owner;Amount;Close date;Stage\n{}", rows.concat());
        for order in [None, Some("dmy"), Some("mdy")] {
            let choices = Choices {
                date_order: order.map(str::to_owned),
                three_digits: order.map(|_| "thousands".to_owned()),
                ..Choices::default()
            };
            let read = read_with(&floor.store, vec![("a.csv".into(), file.clone().into_bytes())], &choices).unwrap();
            let plan = floor.store.read(|tx| plan(tx, &read, "file", now())).unwrap();
            let of = &plan.files[0];
            assert_eq!(of.rows, rows.len(), "{file}");
            assert_eq!(of.rows, of.won + of.open + of.lost + of.left_out.len(), "{file}");
            assert!(of.left_out.iter().all(|left| !left.why.is_empty() && left.cells.len() > 1), "{:?}", of.left_out);
            let unclear = |left: &&LeftOut| left.why.contains("could be two");
            let open = of.left_out.iter().filter(unclear).count();
            let asked =
                [&of.doubts.date_order, &of.doubts.three_digits].into_iter().flatten().map(|of| of.rows).sum::<usize>();
            assert!(if order.is_some() { open == 0 } else { open <= asked }, "{open} of {asked}: {:?}", of.left_out);
        }
    }
}

/// An answer holds only where the file leaves it open: dates that prove their order are read by that.
#[test]
fn what_a_file_proves_is_not_answered_otherwise() {
    let floor = Floor::new();
    let file = "Deal ID,Owner,Amount,Close date\n1,Ana,1.980,03/04/2026\n2,Ana,1.000.005,24/04/2026\n";
    let wrong = Choices { date_order: Some("mdy".into()), three_digits: Some("decimals".into()), ..Choices::default() };
    let (_, plan) = floor.import_with(&[("a.csv", file)], &wrong);
    let days: Vec<String> = plan.first.iter().map(|deal| deal.day.unwrap().to_string()).collect();
    assert_eq!(days, ["2026-04-03", "2026-04-24"]);
    assert_eq!(plan.sums[""].amount, 1_001_985.0, "thousands, as the second row proves");
    assert_eq!(plan.files[0].doubts, Doubts::default());
    // What nothing proves is thousands, and decimals where somebody says so; then it can be said otherwise.
    let open = "Deal ID,Owner,Amount,Close date\n1,Ana,1.980,24/04/2026\n2,Ana,1.250,24/04/2026\n";
    assert_eq!(floor.plan(&[("a.csv", open)]).sums[""].amount, 3_230.0);
    let (_, plan) = floor.import_with(&[("a.csv", open)], &wrong);
    assert_eq!((plan.sums[""].amount, plan.files[0].doubts.three_digits.as_ref().map(|of| of.rows)), (3.23, Some(2)));
}

/// What nobody would look for is named: a second column of amounts, columns that are not used, other sheets.
#[test]
fn what_is_not_read_of_a_file_is_named() {
    let floor = Floor::new();
    let file = "Deal ID,Owner,Amount,Amount,Region code,Close date\n1,Ana,10,12,R4,2026-11-02\n";
    let plan = floor.plan(&[("a.csv", file)]);
    let said: Vec<String> = plan.files[0].remarks.iter().map(|remark| remark.text("en")).collect();
    assert_eq!(
        said,
        ["\"Amount\" is the amount; \"Amount (2)\" could be one too and is not counted", "Not used: Region code"]
    );
    let second =
        Choices { columns: [("amount".to_owned(), vec!["Amount (2)".to_owned()])].into(), ..Choices::default() };
    let (_, plan) = floor.import_with(&[("a.csv", file)], &second);
    assert_eq!(plan.sums[""].amount, 12.0);
}

/// A file; of each currency how many deals are won and their sum; and the lines that are left out.
type Case = (&'static str, &'static [(&'static str, usize, f64)], &'static [u32]);

/// Exports as CRMs and spreadsheets write them: so many won deals, what they add up to, and the lines that are left out.
#[test]
fn exports_come_in_as_they_are_written() {
    let pipedrive = "Deal - ID,Deal - Owner,Deal - Value,Deal - Currency,Deal - Status,Deal - Won time\n\
                     1,Mara Quill,12500,EUR,Won,2026-11-03 10:12:00\n2,Tiago Brandt,8000,USD,Won,2026-11-04 09:00:00\n\
                     3,Tiago Brandt,90000,EUR,Lost,\n4,Mara Quill,70000,EUR,Open,\n";
    let floor = Floor::new();
    let cases: [Case; 8] = [
        (
            "\"SEP=;\"\nOwner;Amount;Close date\nMara;1.200,50;2026-11-03\nTiago;900;2026-11-04\n",
            &[("", 2, 2_100.5)],
            &[],
        ),
        (
            "Weekly sales;11/28/2026;;\n;;;\nRep;Team;Amount;Close date\nMara;North;13000;2026-11-17\nTiago;South;8000;2026-11-19\nGrand Total: 21,000;;;\nPage 1 of 1;;;\n",
            &[("", 2, 21_000.0)],
            &[6, 7],
        ),
        (
            "Verkäufer;Betrag;Abschlussdatum\nMara;12.500,00;03.11.2026\nTiago;8.000,00;04.11.2026\nGesamt;20.500,00;\n",
            &[("", 2, 20_500.0)],
            &[4],
        ),
        (
            "Owner,Amount,Close date\nMara,12500,2026-11-03\nLoading...,Loading...,Loading...\nTiago,#N/A,2026-11-04\n#REF!,8000,2026-11-05\n",
            &[("", 1, 12_500.0)],
            &[3, 4, 5],
        ),
        ("Owner,Amount,Close date\nMara,5000,18/11/2569\nTiago,7000,2569-11-17\n", &[("", 2, 12_000.0)], &[]),
        ("Owner,Amount,Close date\n\"=\"\"Mara Quill\"\"\",\"=\"\"12500\"\"\",2026-11-03\n", &[("", 1, 12_500.0)], &[]),
        (pipedrive, &[("EUR", 1, 12_500.0), ("USD", 1, 8_000.0)], &[]),
        (
            "Owner,Amount,Close date\nMara,\"1 250,00 €\",2026-11-03\nTiago,1.980 €,2026-11-04\nInes,\"€ 1.200,-\",2026-11-05\n",
            &[("EUR", 3, 4_430.0)],
            &[],
        ),
    ];
    for (text, sums, left_out) in cases {
        let plan = floor.plan(&[("export.csv", text)]);
        let found: Vec<_> = plan.sums.iter().map(|(code, sum)| (code.as_str(), sum.deals, sum.amount)).collect();
        assert_eq!(found, sums, "{text}");
        let file = &plan.files[0];
        assert_eq!(file.left_out.iter().map(|left| left.line).collect::<Vec<_>>(), left_out, "{text}");
        assert_eq!(file.rows, file.won + file.open + file.lost + file.left_out.len(), "{text}");
    }
}
