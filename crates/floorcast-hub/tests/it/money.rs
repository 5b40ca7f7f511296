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

/// A row whose amount has a word or a sign beside it that is no currency is named, and so is a cell of currencies that names
/// none or two, or another one than the amount: none of them counts.
#[test]
fn what_stands_beside_a_number_is_a_currency_or_named() {
    let floor = Floor::new();
    floor.store.write(|tx| floorcast_hub::store::floor::set_currency(tx, "EUR")).unwrap();
    let head = "Deal ID;Owner;Amount;Currency;Close date\n";
    let of =
        |amount: &str, currency: &str| format!("{head}7;Ana;{amount};{currency};2026-11-02\n0;Ana;1;EUR;2026-11-02\n");
    let named = |amount: &str, currency: &str, why: &str| {
        let plan = floor.plan(&[("a.csv", &of(amount, currency))]);
        assert_eq!(sums(&plan), [("EUR", 1, 1.0)], "{amount} {currency}");
        let left = &plan.files[0].left_out;
        assert!(left.len() == 1 && left[0].line == 2 && left[0].why.contains(why), "{amount} {currency}: {left:?}");
    };
    for amount in [
        "12 TSD",
        "1,5 MIO",
        "2 MRD",
        "12 T€",
        "5 M$",
        "500 k€",
        "500 BTC",
        "500 PCS",
        "TBD 500",
        ">500",
        "<500",
        "~500",
        "±500",
        "=500",
        "500*",
        "500?",
        "500+",
        "500 €!",
        "100+20",
        "1'2",
        "1_2",
        "USD 500 (EUR)",
        "€500 $",
        "€ 500 CHF",
        "500 all",
    ] {
        named(amount, "", &format!("{amount:?} is not a number"));
    }
    for currency in ["-", "N/A", "EUR / USD", "EUR,USD", "€/$", "BTC", "TBD", "?", "EUR or Dollar"] {
        named("500", currency, &format!("{currency:?} is no currency"));
    }
    named("$900", "EUR", "the amount is in USD");
    named("1.000,00 €", "$", "the amount is in EUR");
    named("USD 500", "CAD", "the amount is in USD");
    for (amount, currency, code, sum) in [
        ("$US 500", "", "USD", 500.0),
        ("500 $ CA", "", "CAD", 500.0),
        ("$ 500 CAD", "", "CAD", 500.0),
        ("$500", "CAD", "CAD", 500.0),
        ("500 (USD)", "", "USD", 500.0),
        ("500", "$US", "USD", 500.0),
        ("500", "U.S. Dollar", "USD", 500.0),
        ("500", "USD - U.S. Dollar", "USD", 500.0),
        ("(500,50 $)", "", "USD", -500.5),
        ("1.200,- CHF", "", "CHF", 1_200.0),
        ("1'200.50", "chf", "CHF", 1_200.5),
    ] {
        let plan = floor.plan(&[("a.csv", &of(amount, currency))]);
        let sum = [("EUR", 1, 1.0), (code, 1, sum)];
        let (mut found, mut sum) = (sums(&plan), sum.to_vec());
        found.sort_by_key(|of| of.0);
        sum.sort_by_key(|of| of.0);
        assert_eq!(found, sum, "{amount} {currency}");
    }
}

/// A deal whose stage nobody understands counts nowhere until somebody says what it means, whatever the other rows say.
#[test]
fn stages_that_nobody_knows_are_named_and_asked() {
    let floor = Floor::new();
    let head = "Deal ID,Owner,Stage,Contact status,Amount,Close date\n";
    let file =
        |first: &str, second: &str| format!("{head}1,Ana,{first},Won,5,2026-11-02\n2,Ana,{second},,7,2026-11-02\n");
    for (first, second, won, left) in [
        ("Phase A", "Phase B", 0, vec![2, 3]),
        ("Phase A", "Closed lost", 0, vec![2]),
        ("Closed won", "Phase B", 1, vec![3]),
        ("Phase A", "", 0, vec![2, 3]),
    ] {
        let plan = floor.plan(&[("a.csv", &file(first, second))]);
        let of = &plan.files[0];
        assert_eq!((of.won, of.left_out.iter().map(|of| of.line).collect::<Vec<_>>()), (won, left), "{first} {second}");
        assert!(of.doubts.stages.as_ref().is_some_and(|of| of.column == "Stage"), "{:?}", of.doubts);
    }
    // Whoever knows that every row is won says so.
    let all = Choices { columns: [("stage".to_owned(), vec!["-".to_owned()])].into(), ..Choices::default() };
    assert_eq!(floor.import_with(&[("a.csv", &file("Phase A", "Phase B"))], &all).1.won, 2);
}

/// A floor without a currency gets that of most of its first amounts, or the one that somebody says; one cell decides for no other.
#[test]
fn one_cell_does_not_decide_the_currency_of_a_floor() {
    let head = "Deal ID,Owner,Amount,Close date\n";
    let rows = |amounts: &[&str]| -> String {
        let row = |(at, of): (usize, &&str)| format!("{}{at},Ana,{of},2026-11-02\n", amounts.len());
        head.to_owned() + &amounts.iter().enumerate().map(row).collect::<String>()
    };
    let currency = |floor: &Floor| floor.store.read(floorcast_hub::store::floor::get).unwrap().currency;
    let (dollar, bare, mixed) = (rows(&["$1000"]), rows(&["2000", "4000"]), rows(&["$1000", "2000", "4000"]));
    let floor = Floor::new();
    let (_, plan) = floor.import(&[("us.csv", &mixed)]);
    assert_eq!((sums(&plan), currency(&floor)), (vec![("", 2, 6_000.0), ("USD", 1, 1_000.0)], String::new()));
    assert_eq!(plan.remarks[0], Remark::CountAs { n: 2, code: String::new(), mixed: true });
    // Two files at once, in either order, and one after the other.
    for files in [[("a.csv", &dollar), ("b.csv", &bare)], [("b.csv", &bare), ("a.csv", &dollar)]] {
        let floor = Floor::new();
        floor.import(&files.map(|(name, text)| (name, text.as_str())));
        assert_eq!(currency(&floor), "");
    }
    let floor = Floor::new();
    floor.import(&[("b.csv", &bare)]);
    floor.import(&[("a.csv", &dollar)]);
    assert_eq!(currency(&floor), "", "plain numbers of before do not become dollars");
    // What somebody says holds for the amounts that name none, and for the floor.
    let euros = Choices { currency: Some("EUR".into()), ..Choices::default() };
    let floor = Floor::new();
    let (_, plan) = floor.import_with(&[("us.csv", &mixed)], &euros);
    assert_eq!((sums(&plan), currency(&floor)), (vec![("EUR", 2, 6_000.0), ("USD", 1, 1_000.0)], "EUR".to_owned()));
    assert_eq!(plan.adopted.as_deref(), Some("EUR"));
}

/// Two columns of amounts that are both filled, and a 0 beside an amount.
#[test]
fn two_amounts_of_a_deal_are_named_where_nothing_says_which_counts() {
    let floor = Floor::new();
    floor.store.write(|tx| floorcast_hub::store::floor::set_currency(tx, "EUR")).unwrap();
    let plan = |heads: [&str; 2], cells: [&str; 2]| {
        let text =
            format!("Deal ID,Owner,{},{},Close date\n1,Ana,{},{},2026-11-02\n", heads[0], heads[1], cells[0], cells[1]);
        let plan = floor.plan(&[("a.csv", &text)]);
        let left: Vec<String> = plan.files[0].left_out.iter().map(|of| of.why.clone()).collect();
        (plan.sums.iter().map(|(code, of)| (code.clone(), of.amount)).collect::<Vec<_>>(), left)
    };
    let twins = ["Amount", "Amount USD"];
    assert_eq!(plan(twins, ["0", "700"]).0, [("USD".to_owned(), 700.0)]);
    assert_eq!(plan(twins, ["1000", "0"]).0, [("EUR".to_owned(), 1_000.0)]);
    let named = |heads: [&str; 2], cells: [&str; 2], why: &str| {
        let (sums, left) = plan(heads, cells);
        assert!(
            sums.is_empty() && left.len() == 1 && left[0].starts_with(why),
            "{heads:?} {cells:?}: {sums:?} {left:?}"
        );
    };
    named(twins, ["1000", "800"], "1000 in \"Amount\" and 800 in \"Amount USD\"");
    named(["Betrag", "Betrag"], ["0", "700"], "0 in \"Betrag\", but 700 in \"Betrag (2)\"");
    named(["Betrag", "Betrag"], ["500", "700"], "500 in \"Betrag\" and 700 in \"Betrag (2)\"");
    assert_eq!(
        plan(["Betrag", "Betrag"], ["500", "500.00"]).0,
        [("EUR".to_owned(), 500.0)],
        "the same twice is no question"
    );
    named(["Amount", "Amount (converted)"], ["0", "700"], "0 in \"Amount\", but 700 in \"Amount (converted)\"");
}

/// A deal that two files tell of counts once in what is shown and in what is kept, as the last of them says.
#[test]
fn a_deal_in_two_files_counts_once() {
    let floor = Floor::new();
    floor.store.write(|tx| floorcast_hub::store::floor::set_currency(tx, "EUR")).unwrap();
    let file = |amount: &str, stage: &str| {
        format!("Deal ID,Owner,Amount,Close date,Stage\n1,Ana,{amount},2026-11-02,{stage}\n")
    };
    let held = || {
        let fact =
            |metric: &str| floor.store.read(|tx| floorcast_hub::store::facts::get(tx, "file", "1", metric)).unwrap();
        ["won", "won-USD"].map(|metric| fact(metric).filter(|of| of.revoked.is_none()).map(|of| of.amount))
    };
    let (first, lost, dollars) = (file("100", "Won"), file("100", "Closed lost"), file("$100", "Won"));
    for (last, sum, now) in [
        (&first, vec![("EUR", 1, 100.0)], [Some(10_000), None]),
        (&dollars, vec![("USD", 1, 100.0)], [None, Some(10_000)]),
        (&lost, vec![], [None, None]),
        (&first, vec![("EUR", 1, 100.0)], [Some(10_000), None]),
    ] {
        let (_, plan) = floor.import(&[("a.csv", &file("90", "Won")), ("b.csv", last)]);
        assert_eq!((sums(&plan), plan.won, held()), (sum, usize::from(*last != lost), now), "{last}");
        assert!(plan.remarks.contains(&Remark::InTwoFiles { n: 1 }), "{:?}", plan.remarks);
    }
}
