//! Money, columns and people of imported tables, as they are written by hand and by CRMs.

use floorcast_hub::sources::plan::{Plan, Remark, plan};
use floorcast_hub::store::choices::Choices;

use crate::support::{Floor, look_at, now};

/// What each won deal is worth, in which currency, as the plan adds it up.
fn sums(plan: &Plan) -> Vec<(&str, usize, f64)> {
    plan.sums.iter().map(|(code, sum)| (code.as_str(), sum.deals, sum.amount)).collect()
}

/// One cell's currency is that cell's: the others are in the floor's.
#[test]
fn a_currency_in_a_cell_holds_for_that_cell() {
    let floor = Floor::new();
    floor.import(&[("euros.csv", "Deal ID,Owner,Amount (EUR),Close date\n0,Ana,1,2026-11-02\n")]);
    let head = "Closer;Net;Close date;Deal name\n";
    let rows = ["4.000", "2.500", "6.125", "6.125", "USD 3.200"];
    let rows: String = rows.iter().map(|of| format!("Ana;{of};24.11.2026;A\n")).collect();
    let plan = floor.plan(&[("a.csv", &format!("{head}{rows}"))]);
    assert_eq!(sums(&plan), [("EUR", 4, 18_750.0), ("USD", 1, 3_200.0)]);
    assert_eq!(plan.remarks[0], Remark::CountAs { n: 4, code: "EUR".into(), mixed: true });
    let pasted = "Owner\tAmount\tClose date\nAna\t1,250.00\t2026-11-02\nBen\t$2,000\t2026-11-02\n";
    let plan = floor.plan(&[("pasted.tsv", pasted)]);
    assert_eq!(sums(&plan), [("EUR", 1, 1_250.0), ("USD", 1, 2_000.0)]);
    // A file in which no amount names one is not said to have some, whatever comes with it.
    let bare = "Deal ID,Owner,Amount,Close date\n7,Ana,5,2026-11-02\n8,Ana,5,2026-11-02\n";
    let plan = floor.plan(&[("a.csv", bare), ("b.csv", pasted)]);
    let counted = |n: usize, mixed: bool| Remark::CountAs { n, code: "EUR".into(), mixed };
    assert_eq!(plan.remarks[..2], [counted(2, false), counted(1, true)]);
}

/// Two columns of amounts, each filled where the other is empty: both count where only their currency differs, and otherwise
/// a won deal without an amount is named.
#[test]
fn a_second_column_of_amounts_counts_or_is_named() {
    let floor = Floor::new();
    floor.import(&[("euros.csv", "Deal ID,Owner,Amount (EUR),Close date\n0,Ana,1,2026-11-02\n")]);
    let rows = "1,Ana,5000,,2026-10-05\n2,Ben,,8000,2026-10-07\n3,Ana,,,2026-10-08\n";
    let file = |second: &str| format!("Deal ID,Owner,Amount,{second},Close date\n{rows}");
    let plan = floor.plan(&[("a.csv", &file("Amount USD"))]);
    assert_eq!(sums(&plan), [("EUR", 1, 5_000.0), ("USD", 1, 8_000.0)]);
    let read: Vec<&str> =
        plan.files[0].columns.iter().filter(|of| of.meaning == "amount").map(|of| of.name.as_str()).collect();
    assert_eq!((plan.won, read), (3, vec!["Amount", "Amount USD"]));
    let left = |plan: &Plan| {
        let of = &plan.files[0].left_out;
        assert_eq!(of.len(), 1, "{of:?}");
        (of[0].line, of[0].why.clone())
    };
    let why =
        |other: &str| format!("no amount in \"Amount\", but 8000 in \"{other}\": it is not known which of them counts");
    assert_eq!(left(&floor.plan(&[("a.csv", &file("Gross"))])), (3, why("Gross")));
    let chosen = Choices { columns: [("amount".to_owned(), vec!["Amount".to_owned()])].into(), ..Choices::default() };
    let (_, plan) = floor.import_with(&[("a.csv", &file("Amount USD"))], &chosen);
    assert_eq!(left(&plan), (3, why("Amount USD")));
}

/// "(converted)" amounts are in the currency of the company, whatever the deals are in.
#[test]
fn converted_amounts_are_in_no_currency_of_the_deals() {
    let floor = Floor::new();
    floor.import(&[("euros.csv", "Deal ID,Owner,Amount (EUR),Close date\n0,Ana,1,2026-11-02\n")]);
    let file = "Deal ID,Owner,Amount,Amount (converted),Amount Currency,Close date\n\
                1,Ana,10000.00,9200.00,USD,2026-11-16\n2,Ana,5500.00,5500.00,EUR,2026-11-17\n";
    assert_eq!(sums(&floor.plan(&[("a.csv", file)])), [("EUR", 1, 5_500.0), ("USD", 1, 10_000.0)]);
    let converted = Choices {
        columns: [("amount".to_owned(), vec!["Amount (converted)".to_owned()])].into(),
        ..Choices::default()
    };
    let (_, plan) = floor.import_with(&[("a.csv", file)], &converted);
    assert_eq!(sums(&plan), [("EUR", 2, 14_700.0)]);
    assert!(plan.files[0].columns.iter().all(|of| of.meaning != "currency"), "{:?}", plan.files[0].columns);
}

/// A key in the place of the person is one; and where nothing is, the other columns stay recognised.
#[test]
fn columns_stay_recognised_without_a_person() {
    let floor = Floor::new();
    let file = |who: &str| {
        format!("Opportunity ID,{who},Stage,Amount,Close Date\n1,0055g000001AbC1,Closed Won,100,2026-11-16\n")
    };
    let meanings = |text: &str| -> Vec<String> {
        let read = look_at(&floor.store, vec![("a.csv".into(), text.as_bytes().to_vec())]);
        let plan = floor.store.read(|tx| plan(tx, &read, "file", now())).unwrap();
        let of = &plan.files[0];
        let unread = of.unread.iter().map(|_| "unread".to_owned());
        unread.chain(of.columns.iter().map(|of| format!("{} {}", of.meaning, of.name))).collect()
    };
    let rest = ["amount Amount", "date Close Date", "stage Stage"];
    let known = [&["id Opportunity ID", "person Owner ID"][..], &rest].concat();
    assert_eq!(meanings(&file("Owner ID")), known);
    assert_eq!(meanings(&file("Zuordnung")), [&["unread", "id Opportunity ID"][..], &rest].concat());
}

/// `1.980` beside `1,250`: which of the two signs parts thousands is asked.
#[test]
fn three_digits_behind_either_sign_are_asked() {
    let floor = Floor::new();
    let file = "Owner\tAmount\tClose date\nAna\t1.980\t2026-11-02\nBen\t1,250\t2026-11-02\n";
    let plan = floor.plan(&[("pasted.tsv", file)]);
    let doubt = plan.files[0].doubts.three_digits.as_ref().unwrap();
    assert_eq!((doubt.rows, plan.won, plan.files[0].left_out.len()), (2, 0, 2));
    let said = Choices { three_digits: Some("thousands".into()), ..Choices::default() };
    assert_eq!(sums(&floor.import_with(&[("pasted.tsv", file)], &said).1), [("", 2, 3_230.0)]);
}
