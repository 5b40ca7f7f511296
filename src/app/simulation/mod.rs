//! The loop under a script: news, two clocks, an inbox and the outcomes of presents from a seed. Nothing here waits, so that ten
//! thousand walls live through their troubles in seconds; `FLOORCAST_SEEDS=1000000` has a million do so.

mod script;
mod world;

use script::Script;
use world::{Bug, World};

/// Of a usual run.
const SEEDS: u64 = 10_000;
/// Each wall lives so long.
const SPAN_S: f64 = 420.0;

fn live(seed: u64, span_s: f64, bug: Option<Bug>) -> Result<(), String> {
    World::new(Script::of(seed, span_s), bug).live().map_err(|broken| format!("seed {seed}: {broken}"))
}

#[test]
fn ten_thousand_walls_keep_the_laws() {
    let seeds = std::env::var("FLOORCAST_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(SEEDS);
    let threads = std::thread::available_parallelism().map_or(2, |n| n.get() as u64);
    let broken: Vec<String> = std::thread::scope(|scope| {
        let part = |first: u64| {
            scope
                .spawn(move || (first..seeds).step_by(threads as usize).find_map(|seed| live(seed, SPAN_S, None).err()))
        };
        let running: Vec<_> = (0..threads).map(part).collect();
        running.into_iter().filter_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn thirty_days_are_as_good_as_one() {
    live(2026, 30.0 * 86_400.0, None).unwrap();
}

#[test]
fn each_kind_of_bug_is_found() {
    for bug in Bug::ALL {
        let found = (0..2_000).find_map(|seed| live(seed, SPAN_S, Some(bug)).err());
        let says = found.unwrap_or_else(|| panic!("{bug:?} is not found"));
        assert!(says.contains(bug.breaks()), "{bug:?}: {says}");
    }
}
