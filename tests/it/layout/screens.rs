//! Captions keep apart on every screen: random boards on panels of 43 to 85 inches, looked at from 3 to 12 m.

use floorcast::config::Config;
use floorcast::motion::Time;
use floorcast::scene::Fonts;
use floorcast::shot::Show;
use floorcast::slides::kind_names;
use proptest::prelude::*;

use super::boards::sequences;
use super::{SIZES, faults};
use crate::support::cases;

proptest! {
    #![proptest_config(cases(20))]

    #[test]
    fn captions_keep_apart_whatever_the_panel(
        sequence in sequences(),
        size in prop::sample::select(SIZES.to_vec()),
        inches in 43..=85u32,
        decimetres in 30..=120u32,
    ) {
        let tape = sequence.tape();
        let own = tape.settings.lines().filter(|line| !line.starts_with("screen_inches") && !line.starts_with("viewing_m"));
        let settings = format!("screen_inches = {inches}\nviewing_m = {:.1}\n{}", f64::from(decimetres) / 10.0, own.collect::<Vec<_>>().join("\n"));
        let config = Config::parse(&settings, &kind_names()).unwrap();
        let last = tape.boards.last().map_or(0, |(ms, _)| *ms);
        let show = Show::new(config, tape.boards.clone(), None);
        // Long after the last change and its celebration, so that nothing moves.
        let scene = show.scene(size, None, false, Time::from_ms(last + 90_000), &mut Fonts::new(false));
        let wrong = faults(&scene);
        prop_assert!(wrong.is_empty(), "{} on {size:?}, {inches} inches, {decimetres} dm:\n{}", tape.name, wrong.join("\n"));
    }
}
