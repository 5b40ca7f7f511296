//! Tests of places, figures and cuts.

use super::*;
use crate::board::{ContestRow, Unit};
use proptest::prelude::*;

fn row(name: &str, value: Option<f64>) -> RankingRow {
    RankingRow { who: Identity { id: format!("p:{name}"), name: name.into() }, value, ..Default::default() }
}

fn board(metric: Metric, body: Body) -> Board {
    let slide = SlideData {
        id: "s".into(),
        title: String::new(),
        period: None,
        start: None,
        end: None,
        teams: vec![],
        dwell_s: None,
        body,
    };
    Board {
        id: "b".into(),
        epoch: None,
        rev: None,
        as_of: None,
        caveats: Default::default(),
        fresh_for_s: 120,
        tz: None,
        locale: Some("en-US".into()),
        metrics: [("m".to_owned(), metric)].into(),
        teams: Default::default(),
        people: Default::default(),
        slides: vec![slide],
        events: vec![],
        derive: true,
    }
}

fn ranking(metric: Metric, rows: Vec<RankingRow>) -> (Board, Ranking) {
    let ranking = Ranking { metric: Some("m".into()), rows, ..Default::default() };
    (board(metric, Body::Ranking(ranking.clone())), ranking)
}

fn stand(metric: Metric, edit: impl FnOnce(&mut Ranking), rows: &[(&str, Option<f64>)]) -> Vec<(String, Place)> {
    let (_, mut r) = ranking(metric.clone(), rows.iter().map(|(n, v)| row(n, *v)).collect());
    edit(&mut r);
    let board = board(metric, Body::Ranking(r.clone()));
    places(&board, &board.slides[0]).into_iter().map(|p| (r.rows[p.row].who.name.clone(), p)).collect()
}

fn read(places: &[(String, Place)]) -> Vec<String> {
    let rank = |p: &Place| match p.rank {
        Some(rank) if p.tied => format!("={rank}"),
        Some(rank) => rank.to_string(),
        None => "-".into(),
    };
    places.iter().map(|(name, p)| format!("{} {name}", rank(p))).collect()
}

fn money(decimals: u8) -> Metric {
    Metric { unit: Unit::Currency("USD".into()), decimals, ..Default::default() }
}

const FIVE: [(&str, Option<f64>); 6] = [
    ("Dee", Some(9000.0)),
    ("Chi", Some(61050.5)),
    ("Eve", None),
    ("Ana", Some(84200.0)),
    ("Ben", Some(61050.5)),
    ("Flo", Some(0.0)),
];

#[test]
fn competition_ranks_share_and_skip() {
    let places = stand(money(2), |_| {}, &FIVE);
    assert_eq!(read(&places), ["1 Ana", "=2 Ben", "=2 Chi", "4 Dee", "5 Flo", "- Eve"]);
}

#[test]
fn dense_ranks_do_not_skip_and_none_keeps_the_order() {
    let dense = stand(money(2), |r| r.rank = RankStyle::Dense, &FIVE);
    assert_eq!(read(&dense), ["1 Ana", "=2 Ben", "=2 Chi", "3 Dee", "4 Flo", "- Eve"]);
    let none = stand(money(2), |r| r.rank = RankStyle::None, &FIVE);
    assert_eq!(read(&none), ["- Dee", "- Chi", "- Eve", "- Ana", "- Ben", "- Flo"]);
    assert!(none.iter().all(|(_, p)| p.moved.is_none()));
}

#[test]
fn smaller_is_better_where_the_metric_says_so() {
    let metric = Metric { better: Better::Down, unit: Unit::Days, decimals: 1, ..Default::default() };
    let places = stand(metric, |_| {}, &[("A", Some(12.0)), ("B", Some(8.04)), ("C", Some(8.0)), ("D", None)]);
    assert_eq!(read(&places), ["=1 B", "=1 C", "3 A", "- D"]);
}

#[test]
fn equal_means_equal_after_rounding() {
    let places = stand(money(0), |_| {}, &[("A", Some(2.5)), ("B", Some(3.4)), ("C", Some(2.49))]);
    assert_eq!(read(&places), ["=1 A", "=1 B", "3 C"]);
    let places = stand(money(2), |_| {}, &[("A", Some(1.005)), ("B", Some(1.01)), ("C", Some(1.0049))]);
    assert_eq!(read(&places), ["=1 A", "=1 B", "3 C"]);
}

#[test]
fn ties_are_in_the_order_of_names_in_the_locale_then_of_ids() {
    let names = [("Öberg", Some(1.0)), ("Zoe", Some(1.0)), ("Oskar", Some(1.0)), ("anna", Some(1.0))];
    let (mut b, r) = ranking(Metric::default(), names.iter().map(|(n, v)| row(n, *v)).collect());
    let names =
        |b: &Board| -> Vec<String> { places(b, &b.slides[0]).iter().map(|p| r.rows[p.row].who.name.clone()).collect() };
    b.locale = Some("de-DE".into());
    assert_eq!(names(&b), ["anna", "Öberg", "Oskar", "Zoe"]);
    b.locale = Some("sv-SE".into());
    assert_eq!(names(&b), ["anna", "Oskar", "Zoe", "Öberg"]);
    b.locale = Some("xx-nonsense".into());
    assert_eq!(names(&b), ["anna", "Öberg", "Oskar", "Zoe"]);

    let mut twins = vec![row("Same", Some(1.0)), row("Same", Some(1.0))];
    twins[0].who.id = "p:2".into();
    twins[1].who.id = "p:1".into();
    let (b, _) = ranking(Metric::default(), twins);
    assert_eq!(places(&b, &b.slides[0])[0].row, 1);
}

#[test]
fn averages_and_attainment_have_their_own_digits() {
    let edit = |r: &mut Ranking| {
        r.by = By::PerMember;
        for (row, members) in r.rows.iter_mut().zip([3, 7, 0]) {
            row.members = Some(members);
        }
    };
    let places = stand(Metric::default(), edit, &[("A", Some(10.0)), ("B", Some(23.0)), ("C", Some(9.0))]);
    // 3.33 and 3.29 differ in the one digit more that averages have: 3.3 and 3.3 do not.
    assert_eq!(read(&places), ["=1 A", "=1 B", "- C"]);
    assert_eq!(places[0].1.decimals, 1);

    let edit = |r: &mut Ranking| {
        r.by = By::Attainment;
        for (row, target) in r.rows.iter_mut().zip([Some(80.0), Some(50.0), None]) {
            row.target = target;
        }
    };
    let rows = [("A", Some(84.0)), ("B", Some(60.0)), ("C", Some(99.0))];
    let places = stand(Metric::default(), edit, &rows);
    assert_eq!(read(&places), ["1 B", "2 A", "- C"]);
    let down = Metric { better: Better::Down, ..Default::default() };
    assert_eq!(read(&stand(down, edit, &rows)), ["1 A", "2 B", "- C"]);
}

#[test]
fn moves_are_counted_against_the_source_s_memory() {
    let edit = |r: &mut Ranking| {
        for (row, was) in r.rows.iter_mut().zip([Some(3), Some(1), None]) {
            row.was_rank = was;
        }
    };
    let places = stand(Metric::default(), edit, &[("A", Some(9.0)), ("B", Some(5.0)), ("C", Some(1.0))]);
    assert_eq!(places.iter().map(|(_, p)| p.moved).collect::<Vec<_>>(), [Some(2), Some(-1), None]);
}

#[test]
fn a_race_is_ordered_by_time_then_value() {
    let at = |s: &str| Some(s.parse().expect("a time"));
    let contest_row = |name: &str, value, reached_at| ContestRow {
        who: Identity { id: name.into(), name: name.into() },
        value,
        reached_at,
        ..Default::default()
    };
    let rows = vec![
        contest_row("slow", Some(60.0), at("2026-11-23T15:00:00Z")),
        contest_row("behind", Some(47.0), None),
        contest_row("fast", Some(52.0), at("2026-11-23T14:00:00Z")),
        contest_row("nobody", None, None),
    ];
    let contest =
        Contest { format: ContestFormat::FirstTo, metric: Some("m".into()), rows: rows.clone(), ..Default::default() };
    let b = board(Metric::default(), Body::Contest(contest));
    let places = places(&b, &b.slides[0]);
    let names: Vec<_> = places.iter().map(|p| rows[p.row].who.name.as_str()).collect();
    assert_eq!(names, ["fast", "slow", "behind", "nobody"]);
    assert_eq!(places.iter().map(|p| p.rank).collect::<Vec<_>>(), [Some(1), Some(2), Some(3), None]);
}

#[test]
fn a_cut_never_goes_through_a_tie() {
    let list = |values: &[f64]| {
        let rows: Vec<_> = values.iter().enumerate().map(|(i, v)| row(&format!("n{i:02}"), Some(*v))).collect();
        let (b, _) = ranking(Metric::default(), rows);
        places(&b, &b.slides[0])
    };
    let falling = |n: usize| list(&(0..n).map(|i| (n - i) as f64).collect::<Vec<_>>());
    assert_eq!(shown_top(&falling(12), None, 12), 12);
    assert_eq!(shown_top(&falling(13), None, 12), 7, "never beyond half, rounded up");
    assert_eq!(shown_top(&falling(30), None, 12), 10);
    assert_eq!(shown_top(&falling(30), Some(12), 12), 12);
    assert_eq!(shown_top(&falling(30), Some(12), 9), 9);
    assert_eq!(shown_top(&falling(3), Some(12), 9), 3);
    assert_eq!(shown_top(&[], None, 12), 0);
    // Places 3 to 5 are tied.
    let tied = list(&[9.0, 8.0, 7.0, 7.0, 7.0, 6.0]);
    assert_eq!(shown_top(&tied, Some(3), 12), 5, "shown whole where it fits");
    assert_eq!(shown_top(&tied, Some(3), 4), 2, "else hidden whole");
    assert_eq!(shown_top(&tied, Some(2), 12), 2);
    assert_eq!(shown_top(&tied, Some(5), 12), 5);
    assert_eq!(shown_top(&list(&[0.0; 30]), None, 12), 0, "nobody leads a list in which all are equal");
    assert_eq!(shown_top(&list(&[0.0; 8]), None, 12), 8);
}

#[test]
fn the_best_are_kept_in_the_source_s_order() {
    let (_, mut r) = ranking(Metric::default(), vec![]);
    r.rows =
        (0..6).map(|i| row(&format!("n{i}"), [Some(1.0), None, Some(5.0), Some(3.0), None, Some(4.0)][i])).collect();
    let measured = Measured::ranking(&Metric::default(), &r);
    assert_eq!(keep_best(&mut r.rows, &measured, 3), 3);
    assert_eq!(r.rows.iter().map(|row| row.who.name.as_str()).collect::<Vec<_>>(), ["n2", "n3", "n5"]);
    assert_eq!(keep_best(&mut r.rows, &measured, 3), 0);
}

prop_compose! {
    fn lists()(
        values in prop::collection::vec(prop::option::weighted(0.9, prop_oneof![
            (-20..20i32).prop_map(f64::from),
            -1e15..1e15f64,
            (-3000..3000i32).prop_map(|v| f64::from(v) / 1000.0),
        ]), 0..40),
        decimals in 0..5u8,
        down in any::<bool>(),
        style in prop_oneof![Just(RankStyle::Competition), Just(RankStyle::Dense)],
    ) -> (Board, Ranking, bool) {
        let better = if down { Better::Down } else { Better::Up };
        let metric = Metric { decimals, better, ..Default::default() };
        let rows = values.iter().enumerate().map(|(i, v)| row(&format!("n{i}"), *v)).collect();
        let r = Ranking { metric: Some("m".into()), rows, rank: style, ..Default::default() };
        (board(metric, Body::Ranking(r.clone())), r, down)
    }
}

proptest! {
    #[test]
    fn every_row_has_one_place_and_better_is_higher((b, r, down) in lists()) {
        let places = places(&b, &b.slides[0]);
        let mut seen: Vec<usize> = places.iter().map(|p| p.row).collect();
        seen.sort_unstable();
        prop_assert_eq!(seen, (0..r.rows.len()).collect::<Vec<_>>());
        for p in &places {
            prop_assert_eq!(p.rank.is_some(), r.rows[p.row].value.is_some());
            prop_assert_eq!(p.tied, p.rank.is_some() && places.iter().filter(|q| q.rank == p.rank).count() > 1);
            // Competition: 1 + how many are strictly better. Dense: 1 + how many better places there are.
            if let Some(rank) = p.rank {
                let own = units(p.value.unwrap_or_default(), p.decimals);
                let mut better: Vec<i128> = r.rows.iter().filter_map(|row| row.value).map(|v| units(v, p.decimals))
                    .filter(|v| if down { *v < own } else { *v > own }).collect();
                if r.rank == RankStyle::Dense {
                    better.sort_unstable();
                    better.dedup();
                }
                prop_assert_eq!(rank as usize, better.len() + 1);
            }
        }
        prop_assert!(places.is_sorted_by_key(|p| p.rank.unwrap_or(u32::MAX)));
    }

    #[test]
    fn a_cut_is_fair((b, _, _) in lists(), top in prop::option::of(1..50u32), capacity in 0..20usize) {
        let places = places(&b, &b.slides[0]);
        let shown = shown_top(&places, top, capacity);
        prop_assert!(shown <= capacity.min(places.len()));
        if let (Some(last), Some(next)) = (places[..shown].last(), places.get(shown)) {
            prop_assert!(last.rank.is_none() || last.rank != next.rank);
        }
        if top.is_none() && places.len() > 12 {
            prop_assert!(shown <= places.len().div_ceil(2));
        }
    }
}
