//! Protects the panel from burn-in (DESIGN 2): the slow orbit, the header that is dimmed and rests, and large accent slabs
//! that let go of their hue.

use super::{Director, SlideEntry};
use crate::motion::{Anim, Curve, Now, Time};
use crate::scene::{Canvas, Color, Scene, Vec2, vec2};
use crate::slides::Look;
use crate::theme::Theme;

/// After so long on one slide the header is dimmed.
const HEADER_DIM_AFTER_S: f64 = 60.0;
const HEADER_DIM: f64 = 0.85;
/// No slab of the accent that takes more of the screen than this stays for longer than this, the last of it to let go.
const LARGE_SLAB: f32 = 0.08;
const LARGE_SLAB_S: f64 = 20.0;
const LET_GO_S: f64 = 1.2;
const MINUTE_US: i64 = 60_000_000;

/// Where the stage stands against burn-in: a ring of ±2 units, a step each minute with the clock's tick (DESIGN 2).
pub(super) fn orbit(now: Now) -> Vec2 {
    const RING: [Vec2; 8] = [
        vec2(0.0, 2.0),
        vec2(1.0, 1.0),
        vec2(2.0, 0.0),
        vec2(1.0, -1.0),
        vec2(0.0, -2.0),
        vec2(-1.0, -1.0),
        vec2(-2.0, 0.0),
        vec2(-1.0, 1.0),
    ];
    RING[now.wall_us.div_euclid(MINUTE_US).rem_euclid(RING.len() as i64) as usize]
}

/// Whether a colour may be one of an accent slab: it lies among those that their gradients are mixed from.
fn is_accent(theme: &Theme, color: Color) -> bool {
    let slabs = || theme.row_one.iter().chain(&theme.accent_bar);
    (0..3).all(|i| {
        let (low, high) = slabs().fold((u8::MAX, 0), |(low, high), c| (low.min(c.0[i]), high.max(c.0[i])));
        (low.saturating_sub(2)..=high.saturating_add(2)).contains(&color.0[i])
    })
}

impl Director {
    /// Whether the panel is cared for: a picture is none that burns in.
    pub(super) fn cares_for_panel(&self) -> bool {
        self.host.orbit && self.config.pixel_shift
    }

    /// Whether the header rests. Its mark, the first letters of titles and the clock are what is bright at the same place on
    /// every slide, and wider than the orbit goes: they rest in every second minute, from tick to tick of the clock.
    pub(super) fn header_rests(&self, now: Now) -> bool {
        self.cares_for_panel() && now.wall_us.div_euclid(MINUTE_US).rem_euclid(2) == 1
    }

    /// How bright the header of a slide is that has been on since then.
    pub(super) fn header_alpha(&self, c: &mut Canvas, since: Time) -> f64 {
        if self.host.orbit && c.reached(since.after(HEADER_DIM_AFTER_S)) { HEADER_DIM } else { 1.0 }
    }

    /// A slide's own part. Large slabs of the accent let go of it when the slide has been on for long.
    pub(super) fn body_without_burn_in(
        &self,
        c: &mut Canvas,
        look: &Look,
        entry: &SlideEntry,
        since: Time,
    ) -> Option<Scene> {
        let mut scene = self.slide_body(c, look, entry)?;
        let from = since.after(LARGE_SLAB_S - LET_GO_S);
        if !self.host.orbit || look.theme.muted || !c.reached(from) {
            return Some(scene);
        }
        // Most slides have no such slab: they are not drawn once more to learn it.
        if scene.opaque_share(|color| is_accent(look.theme, color)) <= LARGE_SLAB {
            return Some(scene);
        }
        let muted = self.slide_body(c, &Look { theme: &self.muted, ..*look }, entry)?;
        if scene.recoloured_share(&muted) > LARGE_SLAB {
            let gone = c.sample(&Anim::new(0.0, 1.0, 0.0, from, Curve::Ease(LET_GO_S), 1e-3));
            scene.recolour(muted, gone);
        }
        Some(scene)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::board::{Board, Update};
    use crate::config::Config;
    use crate::director::HostInfo;
    use crate::feed::{AcceptContext, accept};
    use crate::scene::{Fonts, Item};
    use crate::slides::{Ctx, Header, Slide, kind_names};
    use crate::theme::contrast;

    const SIZE: [u32; 2] = [1920, 1080];

    fn pose(kind: &str, name: &str) -> (Arc<Board>, Config) {
        let pose = crate::testing::poses::of(kind, name);
        accepted(pose.first_body(), &pose.settings)
    }

    fn accepted(body: &str, config: &str) -> (Arc<Board>, Config) {
        let (board, _) = accept(body.as_bytes(), &AcceptContext::default()).unwrap();
        // Alone on the wall, and as fresh as it needs to be.
        let slides = board.slides[..1].to_vec();
        let board = Board { fresh_for_s: 86_400, slides, ..board };
        (Arc::new(board), Config::parse(config, &kind_names()).unwrap())
    }

    /// A slide that counts how often it is drawn.
    struct Counted(Box<dyn Slide>, Arc<AtomicUsize>);

    impl Slide for Counted {
        fn update(&mut self, ctx: &Ctx, fonts: &mut Fonts) {
            self.0.update(ctx, fonts);
        }
        fn header(&self, t: Time) -> &Header {
            self.0.header(t)
        }
        fn draw(&self, canvas: &mut Canvas, look: &Look) {
            self.1.fetch_add(1, Ordering::Relaxed);
            self.0.draw(canvas, look);
        }
        fn dwell_s(&self) -> f64 {
            self.0.dwell_s()
        }
        fn busy_until(&self) -> Option<Time> {
            self.0.busy_until()
        }
    }

    struct Wall {
        director: Director,
        wall_us: i64,
        fonts: Fonts,
    }

    impl Wall {
        fn new(board: &Arc<Board>, config: Config, orbit: bool) -> Wall {
            let (mut fonts, wall_us) = (Fonts::new(false), board.as_of.map_or(0, |at| at.as_microsecond()));
            let mut director = Director::new(config, HostInfo { orbit, ..HostInfo::still(SIZE) });
            director.apply(Update::Board(board.clone()), Now { t: Time::ZERO, wall_us }, &mut fonts);
            Wall { director, wall_us, fonts }
        }

        fn at(&mut self, s: f64) -> Scene {
            let now = Now { t: Time::from_s(s), wall_us: self.wall_us + (s * 1e6) as i64 };
            self.director.frame(now, &mut self.fonts)
        }
    }

    /// The share of the screen that the sample brand's own green covers, frozen pictures included.
    fn green(layers: &[crate::scene::Layer]) -> f32 {
        let own = |item: &Item| match item {
            Item::Poly(p)
                if p.is_opaque() && p.colors.iter().all(|c| c.0[1] > 180 && c.0[1] > c.0[2].saturating_add(80)) =>
            {
                let next = p.points.iter().cycle().skip(1);
                p.points.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum::<f32>().abs() / 2.0
            }
            Item::Snapshot(frozen) => green(&frozen.layers) * (SIZE[0] * SIZE[1]) as f32,
            _ => 0.0,
        };
        layers.iter().flat_map(|layer| &layer.items).map(own).sum::<f32>() / (SIZE[0] * SIZE[1]) as f32
    }

    #[test]
    fn the_stage_goes_round_within_two_units_a_step_a_minute() {
        let at = |minute: i64| orbit(Now { t: Time::ZERO, wall_us: minute * MINUTE_US + 7 });
        assert_eq!(orbit(Now { t: Time::ZERO, wall_us: MINUTE_US - 1 }), at(0));
        let ring: Vec<Vec2> = (0..8).map(at).collect();
        assert_eq!(at(8), ring[0]);
        for (i, at) in ring.iter().enumerate() {
            assert!(at.length() <= 2.0 && !ring[..i].contains(at), "{ring:?}");
            assert!((ring[(i + 1) % 8] - *at).length() < 1.5, "it steps, it does not jump: {ring:?}");
        }
        let (board, config) = pose("ranking", "rest");
        let title = |wall: &mut Wall, s: f64| {
            let scene = wall.at(s);
            let header = scene.layers.into_iter().find(|l| l.name == "header").unwrap();
            header.items.into_iter().find_map(|i| if let Item::Text(t) = i { Some((t.x, t.y)) } else { None }).unwrap()
        };
        let mut moving = Wall::new(&board, config.clone(), true);
        let places: Vec<_> = (0..8).map(|minute| title(&mut moving, f64::from(minute) * 60.0 + 1.0)).collect();
        assert!((1..8).all(|i| places[i] != places[i - 1]), "{places:?}");
        let still = Config { pixel_shift: false, ..config };
        let mut still = Wall::new(&board, still, true);
        assert_eq!(title(&mut still, 1.0), title(&mut still, 61.0));
    }

    #[test]
    fn the_header_rests_in_every_second_minute() {
        let (board, config) = pose("ranking", "rest");
        // The strongest of its large texts, which are title and clock, and its first shape, which is the mark.
        let strongest = |wall: &mut Wall, s: f64| {
            let header = wall.at(s).layers.into_iter().find(|l| l.name == "header").unwrap();
            header.items.iter().fold([0, 0], |[text, mark], item| match item {
                Item::Text(t) if t.scale * t.run.size() > 60.0 => [text.max(t.color.0[3]), mark],
                Item::Poly(p) if mark == 0 => [text, p.colors[0].0[3]],
                _ => [text, mark],
            })
        };
        let of = |pixel_shift: bool, orbit: bool| {
            let mut wall = Wall::new(&board, Config { pixel_shift, ..config.clone() }, orbit);
            let first = (MINUTE_US * 2 - wall.wall_us.rem_euclid(MINUTE_US * 2)) as f64 / 1e6;
            // The header is dimmed after a minute on one slide, and this one is alone.
            wall.at(first + 120.0);
            [240.1, 299.9, 300.1, 359.9, 360.1].map(|s| strongest(&mut wall, first + s))
        };
        let [bright, still, rests, resting, again] = of(true, true);
        assert!(bright == still && bright == again && rests == resting, "{bright:?} {rests:?} {again:?}");
        assert!(rests[0] < bright[0] && rests[1] < bright[1], "{bright:?} {rests:?}");
        for whole in [of(false, true), of(true, false)] {
            assert_eq!(whole, [whole[0]; 5], "a panel that needs no care");
        }
    }

    #[test]
    fn the_header_is_dimmed_after_a_minute_on_one_slide() {
        let (board, config) = pose("ranking", "rest");
        let alpha = |orbit: bool, s: f64| {
            let scene = Wall::new(&board, config.clone(), orbit).at(s);
            let texts = scene.layers.into_iter().filter(|l| l.name == "header").flat_map(|l| l.items);
            texts.filter_map(|i| if let Item::Text(t) = i { Some(t.color.0[3]) } else { None }).max().unwrap()
        };
        assert_eq!([59.0, 61.0].map(|s| alpha(true, s)), [255, 217]);
        assert_eq!(alpha(false, 61.0), 255);
    }

    #[test]
    fn large_accent_slabs_let_go_after_twenty_seconds_and_stay_readable() {
        let slides = [
            ("contest", "rest"),
            ("bracket", "rest"),
            ("bracket", "champion"),
            ("recognition", "podium"),
            ("recognition", "milestone"),
        ];
        for (kind, name) in slides {
            let (board, config) = pose(kind, name);
            let mut wall = Wall::new(&board, config.clone(), true);
            let shares = [5.0, 18.0, 20.1, 90.0].map(|s| green(&wall.at(s).layers));
            assert!(shares[0] > LARGE_SLAB && shares[1] == shares[0], "{kind} {name}: {shares:?}");
            assert!(shares[2] < 0.04 && shares[3] < 0.04, "{kind} {name}: {shares:?}");
            assert!(
                green(&Wall::new(&board, config, false).at(90.0).layers) > LARGE_SLAB,
                "a picture is none that burns in"
            );
        }
        for mode in [crate::theme::Mode::Dark, crate::theme::Mode::Light] {
            let theme = crate::theme::Theme::new(mode, crate::scene::Color::hex(0xE10600), false).to_muted();
            assert!(theme.row_one.iter().all(|ground| contrast::readable(theme.on_one, *ground)), "{mode:?}");
            assert!(theme.plate_one.iter().all(|plate| contrast::readable(theme.numeral_one, *plate)), "{mode:?}");
        }
    }

    #[test]
    fn pages_of_a_slide_that_is_alone_do_not_begin_anew() {
        let rest = crate::testing::poses::of("bracket", "rest");
        let mut body: serde_json::Value = serde_json::from_str(rest.first_body()).unwrap();
        // Both semi-finals are on: two pages of 16 s.
        body["slides"][0]["rounds"][1]["matches"][0]["winner"] = serde_json::Value::Null;
        let (board, config) = accepted(&body.to_string(), &rest.settings);
        let mut wall = Wall::new(&board, config, true);
        assert!(wall.director.playlist.current(Time::from_s(17.0)).is_some_and(|on| on.page == 1));
        assert!(green(&wall.at(5.0).layers) > LARGE_SLAB);
        for s in [20.1, 31.0, 33.0, 49.0, 90.0] {
            let share = green(&wall.at(s).layers);
            assert!(share < 0.04, "{s}: {share}");
        }
        let header = wall.at(90.0).layers.into_iter().filter(|l| l.name == "header").flat_map(|l| l.items);
        let alpha = header.filter_map(|i| if let Item::Text(t) = i { Some(t.color.0[3]) } else { None }).max();
        assert_eq!(alpha, Some(217));
    }

    #[test]
    fn only_what_may_let_go_is_drawn_twice() {
        for (kind, late) in [("ranking", 1), ("skills", 1), ("contest", 2)] {
            let (board, config) = pose(kind, "rest");
            let mut wall = Wall::new(&board, config, true);
            let drawn = Arc::new(AtomicUsize::new(0));
            let entry = wall.director.entries.remove(0);
            let slide = Box::new(Counted(entry.slide, drawn.clone()));
            wall.director.entries.insert(0, SlideEntry { slide, ..entry });
            let draws = [5.0, 45.0].map(|s| {
                wall.at(s);
                drawn.swap(0, Ordering::Relaxed)
            });
            assert_eq!(draws, [1, late], "{kind}");
        }
    }

    #[test]
    fn what_is_small_keeps_the_accent() {
        let (board, config) = pose("ranking", "rest");
        let mut wall = Wall::new(&board, config, true);
        let (early, late) = (green(&wall.at(5.0).layers), green(&wall.at(45.0).layers));
        assert!(early > 0.02 && early == late, "{early} {late}");
    }

    #[test]
    fn what_has_let_go_does_not_flash_when_it_leaves() {
        let (board, config) = pose("contest", "rest");
        let mut two = Board::clone(&board);
        two.slides.push(crate::board::SlideData { id: "other".into(), ..pose("ranking", "rest").0.slides[0].clone() });
        let playlist =
            "[playlist]\nslides = [{ kind = \"contest\", dwell_s = 40 }, { kind = \"ranking\", dwell_s = 10 }]";
        let config = Config { playlist: Config::parse(playlist, &kind_names()).unwrap().playlist, ..config };
        let mut wall = Wall::new(&Arc::new(two), config, true);
        assert!(green(&wall.at(5.0).layers) > LARGE_SLAB);
        let leaving = wall.at(40.1);
        assert!(leaving.layers.iter().any(|l| l.name == "wipe"), "it is being wiped away");
        // The edge of the wipe itself is of the accent too.
        assert!(green(&leaving.layers) < LARGE_SLAB, "{}", green(&leaving.layers));
    }
}
