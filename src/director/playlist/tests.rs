//! What is on when, in step with others and alone.

use super::*;

fn item(slide: usize, dwell_s: f64) -> PlaylistItem {
    PlaylistItem { slide, page: 0, in_turn: 1, dwell_s }
}

fn items(dwells: &[f64]) -> Vec<PlaylistItem> {
    dwells.iter().enumerate().map(|(slide, &dwell_s)| item(slide, dwell_s)).collect()
}

fn slide(p: &Playlist, s: f64) -> usize {
    p.current(Time::from_s(s)).map_or(99, |o| o.slide)
}

#[test]
fn goes_round_and_agrees_with_itself_after_a_year() {
    let p = Playlist::new(items(&[10.0, 5.0, 20.0]), Time::ZERO);
    assert_eq!([0.0, 9.9, 10.0, 14.9, 15.0, 34.9, 35.0, 45.1].map(|s| slide(&p, s)), [0, 0, 1, 1, 2, 2, 0, 1]);
    let year = 35.0 * 901_000.0;
    for s in [0.0, 9.9, 10.0, 15.1, 34.0] {
        let (a, b) = (p.current(Time::from_s(s + 35.0)).unwrap(), p.current(Time::from_s(s + 35.0 + year)).unwrap());
        assert_eq!((a.slide, a.before), (b.slide, b.before));
        assert_eq!(b.since.0 - a.since.0, Time::from_s(year).0);
    }
}

#[test]
fn what_leaves_early_makes_room_for_the_next_and_takes_nothing_from_it() {
    let mut p = Playlist::new(items(&[10.0, 5.0, 20.0]), Time::ZERO);
    p.leave(Time::from_s(2.0), Time::from_s(3.0));
    assert_eq!([2.9, 3.0, 7.9, 8.0].map(|s| slide(&p, s)), [0, 1, 1, 2]);
    p.leave(Time::from_s(8.0), Time::from_s(90.0));
    assert_eq!([27.9, 28.0].map(|s| slide(&p, s)), [2, 0], "later than its own end it does not stay");
    // Out of turn: what was on comes back sooner, with all that was left of its time.
    p.detour(Time::from_s(30.0), (1, 0), Time::from_s(40.0));
    p.leave(Time::from_s(31.0), Time::from_s(33.0));
    assert_eq!([32.9, 33.0, 40.9, 41.0].map(|s| slide(&p, s)), [1, 0, 0, 1]);
    let mut alone = Playlist::new(items(&[10.0]), Time::ZERO);
    alone.leave(Time::from_s(1.0), Time::from_s(2.0));
    assert_eq!(slide(&alone, 5.0), 0);
}

#[test]
fn screens_that_start_at_any_time_are_in_step_and_find_back() {
    let items = || items(&[10.0, 5.0, 20.0, 8.5]);
    // Each has a clock of its own for its frames, and the same wall clock.
    let start_us = 1_800_000_000_000_000_i64;
    let mut screens: Vec<(i64, Playlist)> = [0, 3_141_593, 77_000_001, 299_999_999]
        .into_iter()
        .map(|after_us: i64| (after_us, Playlist::new(items(), Time::ZERO)))
        .collect();
    let mut seen = std::collections::BTreeSet::new();
    for step in 0..9_000_i64 {
        let wall_us = step * 33_333;
        let mut on = Vec::new();
        for (began, playlist) in screens.iter_mut().filter(|(began, _)| *began <= wall_us) {
            let now = Now { t: Time(wall_us - *began), wall_us: start_us + wall_us };
            playlist.keep_step(now);
            let is = playlist.current(now.t).unwrap();
            on.push((is.slide, is.round, is.since.0 + *began, is.until.unwrap().0 + *began));
        }
        assert!(on.windows(2).all(|pair| pair[0] == pair[1]), "{step}: {on:?}");
        seen.extend(on.first().map(|on| on.0));
        if step == 4_000 {
            // One is started again, another steps ahead and is back with the slide after that.
            screens[1] = (wall_us, Playlist::new(items(), Time::ZERO));
        }
    }
    assert_eq!(seen.len(), 4);
    let (mut ahead, now) =
        (Playlist::new(items(), Time::ZERO), |t: f64| Now { t: Time::from_s(t), wall_us: start_us + (t * 1e6) as i64 });
    ahead.keep_step(now(0.0));
    let by_clock = ahead.current(Time::ZERO).unwrap().slide;
    ahead.skip(Time::ZERO, 1);
    ahead.keep_step(now(0.5));
    assert_ne!(ahead.current(Time::from_s(0.5)).unwrap().slide, by_clock);
    ahead.keep_step(now(300.0));
    screens[0].1.keep_step(Now { t: Time::from_s(300.0), wall_us: now(300.0).wall_us });
    assert_eq!(ahead.current(Time::from_s(300.0)), screens[0].1.current(Time::from_s(300.0)));
}

#[test]
fn a_change_extends_what_is_on_and_moves_the_rest() {
    let mut p = Playlist::new(items(&[10.0, 5.0]), Time::ZERO);
    p.extend(Time::from_s(12.0), 4.0);
    assert_eq!([12.0, 18.9, 19.0].map(|s| slide(&p, s)), [1, 1, 0]);
}

#[test]
fn says_since_when_the_slide_before_had_been_on() {
    let mut p = Playlist::new(items(&[10.0, 5.0, 20.0]), Time::ZERO);
    let since = |p: &Playlist, s: f64| p.current(Time::from_s(s)).unwrap().before_since.since(Time::ZERO);
    assert_eq!([12.0, 16.0, 36.0].map(|s| since(&p, s)), [0.0, 10.0, 15.0]);
    assert_eq!(since(&p, 35.0 * 900.0 + 1.0), 35.0 * 900.0 - 20.0);
    p.skip(Time::from_s(12.0), 1);
    assert_eq!(since(&p, 13.0), 10.0);
    p.detour(Time::from_s(14.0), (0, 0), Time::from_s(20.0));
    assert_eq!([15.0, 21.0].map(|s| since(&p, s)), [12.0, 14.0], "into a detour, and out of it");
}

#[test]
fn says_since_when_a_slide_has_been_on_through_its_pages() {
    let page = |page: usize| PlaylistItem { page, ..item(0, 10.0) };
    let since = |p: &Playlist, s: f64| {
        let on = p.current(Time::from_s(s)).unwrap();
        [on.slide_since, on.before_since].map(|t| t.since(Time::ZERO))
    };
    let alone = Playlist::new(vec![page(0), page(1)], Time::ZERO);
    assert_eq!([5.0, 15.0, 25.0, 9005.0].map(|s| since(&alone, s)), [[0.0; 2]; 4]);
    let mut p = Playlist::new(vec![page(0), page(1), item(1, 5.0)], Time::ZERO);
    for round in [0.0, 25.0, 25.0 * 900.0] {
        let turn = [13.0, 22.0, 26.0, 37.0].map(|s| since(&p, round + s).map(|t| t - round));
        assert_eq!(turn, [[0.0, 0.0], [20.0, 0.0], [25.0, 20.0], [25.0, 25.0]], "{round}");
    }
    p.detour(Time::from_s(4.0), (0, 1), Time::from_s(9.0));
    assert_eq!([5.0, 9.5].map(|s| since(&p, s)), [[0.0; 2]; 2], "to another page of it, and back");
    p.skip(Time::from_s(10.0), 1);
    assert_eq!(since(&p, 10.5), [0.0, 0.0]);
    p.skip(Time::from_s(11.0), 1);
    assert_eq!(since(&p, 11.5), [11.0, 0.0]);
}

#[test]
fn what_is_on_stays_when_the_programme_changes() {
    let mut p = Playlist::new(items(&[10.0, 5.0, 8.0]), Time::ZERO);
    let t = Time::from_s(12.0);
    p.replace_items(vec![item(1, 5.0), item(0, 10.0)], Some, t);
    assert_eq!([12.0, 14.9, 15.0].map(|s| slide(&p, s)), [1, 1, 0]);
    let t = Time::from_s(16.0);
    p.replace_items(vec![item(7, 3.0)], Some, t);
    assert_eq!(slide(&p, 500.0), 7);
    assert_eq!(Playlist::new(Vec::new(), Time::ZERO).current(Time::ZERO), None);
}

#[test]
fn arrows_go_both_ways() {
    let mut p = Playlist::new(items(&[10.0, 5.0, 8.0]), Time::ZERO);
    p.skip(Time::from_s(1.0), -1);
    assert_eq!(p.current(Time::from_s(1.0)).map(|o| (o.slide, o.before)), Some((2, Some((0, 0)))));
    p.skip(Time::from_s(2.0), 1);
    assert_eq!(slide(&p, 2.0), 0);
}

#[test]
fn pages_follow_each_other_or_take_turns() {
    let page = |page: usize| PlaylistItem { page, ..item(0, 10.0) };
    let rows = Playlist::new(vec![page(0), page(1), item(1, 5.0)], Time::ZERO);
    let at = |p: &Playlist, s: f64| p.current(Time::from_s(s)).map(|o| (o.slide, o.page, o.before)).unwrap();
    assert_eq!(at(&rows, 3.0), (0, 0, None));
    assert_eq!(at(&rows, 13.0), (0, 1, Some((0, 0))));
    let turns = Playlist::new(vec![PlaylistItem { in_turn: 3, ..item(0, 10.0) }, item(1, 5.0)], Time::ZERO);
    for (s, page) in [(3.0, 0), (18.0, 1), (33.0, 2), (48.0, 0), (15.0 * 3001.0 + 3.0, 1)] {
        assert_eq!((at(&turns, s).0, at(&turns, s).1), (0, page), "{s}");
    }
    assert_eq!(at(&turns, 42.0).2, Some((0, 2)));
    assert_eq!(at(&turns, 15.0 * 3001.0 + 12.0).2, Some((0, 1)));
}

#[test]
fn the_page_that_is_on_stays_when_the_programme_changes() {
    let mut p = Playlist::new(vec![PlaylistItem { in_turn: 4, ..item(0, 10.0) }, item(1, 5.0)], Time::ZERO);
    let t = Time::from_s(33.0);
    let on = p.current(t).unwrap();
    assert_eq!(on.page, 2);
    p.replace_items(vec![item(2, 7.0), PlaylistItem { in_turn: 4, ..item(0, 10.0) }, item(1, 5.0)], Some, t);
    assert_eq!(p.current(t).map(|o| (o.slide, o.page)), Some((0, 2)));
}

#[test]
fn a_detour_goes_to_a_page_of_the_slide_that_is_on_too() {
    let page = |page: usize| PlaylistItem { page, ..item(0, 10.0) };
    let mut p = Playlist::new(vec![page(0), page(1), item(1, 5.0)], Time::ZERO);
    p.detour(Time::from_s(2.0), (0, 1), Time::from_s(9.0));
    let at = |s: f64| p.current(Time::from_s(s)).map(|o| (o.slide, o.page, o.before)).unwrap();
    assert_eq!(at(3.0), (0, 1, Some((0, 0))));
    assert_eq!(at(9.5), (0, 0, Some((0, 1))), "the rest of its time");
    assert_eq!(at(18.0), (0, 1, Some((0, 0))));
}

#[test]
fn a_detour_comes_back_to_what_was_on() {
    let mut p = Playlist::new(items(&[10.0, 12.0, 20.0]), Time::ZERO);
    p.detour(Time::from_s(12.0), (0, 0), Time::from_s(25.0));
    let on = p.current(Time::from_s(14.0)).unwrap();
    assert_eq!((on.slide, on.before, on.until), (0, Some((1, 0)), Some(Time::from_s(25.0))));
    // Slide 1 had ten seconds left.
    assert_eq!([24.9, 25.0, 34.9, 35.0].map(|s| slide(&p, s)), [0, 1, 1, 2]);
    assert_eq!(p.current(Time::from_s(26.0)).unwrap().before, Some((0, 0)));
    // Held on, everything behind it moves along; another board changes nothing.
    p.hold(Time::from_s(14.0), Time::from_s(27.0));
    p.replace_items(
        vec![item(5, 12.0), item(4, 10.0), item(6, 20.0)],
        |i| [4, 5, 6].get(i).copied(),
        Time::from_s(20.0),
    );
    assert_eq!([26.9, 27.0, 36.9, 37.0].map(|s| slide(&p, s)), [4, 5, 5, 4]);
    // What had only a moment left does not come back.
    let mut p = Playlist::new(items(&[10.0, 12.0, 20.0]), Time::ZERO);
    p.detour(Time::from_s(20.0), (0, 0), Time::from_s(30.0));
    assert_eq!([29.0, 30.0, 49.9, 50.0].map(|s| slide(&p, s)), [0, 2, 2, 0]);
    p.detour(Time::from_s(31.0), (2, 0), Time::from_s(40.0));
    assert_eq!(slide(&p, 39.0), 2, "already on");
}
