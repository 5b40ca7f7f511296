//! Every kind in every pose as a draw list, and what must hold of each: still means still, and nothing leaves the stage.

use std::path::Path;

use floorcast::board::Body;
use floorcast::board::Weight;
use floorcast::feed::{AcceptContext, Problem, accept};
use floorcast::motion::Time;
use floorcast::scene::{Fonts, Item};
use floorcast::shot::Show;

use crate::support::draw_list::{self, difference, digest, find};
use crate::support::poses::{self, Pose};
use crate::support::show::show_of;

/// The pose's boards, of which `accept` says nothing that is not meant.
fn show(pose: &Pose) -> Show {
    let context = AcceptContext { feed: "pose".into(), clock: None };
    for (_, body) in &pose.tape {
        let (_, report) = accept(body.as_bytes(), &context).unwrap();
        // Some are about nothing to show, or about texts that are too long.
        let is_meant = |p: &Problem| p.weight == Weight::Smaller || p.message.contains("nothing to show");
        assert!(report.problems.iter().all(is_meant), "{}: {:?}", pose.id(), report.problems);
    }
    show_of(pose)
}

#[test]
fn draw_lists_are_as_blessed() {
    let mut fonts = Fonts::new(false);
    let draw = |pose: Pose| {
        let scene = show(&pose).scene(pose.size, None, false, Time::from_ms(pose.at_ms), &mut fonts);
        let missing = fonts.diagnostics.take_missing();
        let lacks = pose.name.starts_with("letters");
        assert!(lacks || missing.is_empty(), "the shipped fonts have every character of {}", pose.id());
        (pose, scene.to_string())
    };
    let lists: Vec<(Pose, String)> = poses::all().into_iter().map(draw).collect();
    if std::env::var_os("FLOORCAST_BLESS").is_some() {
        draw_list::bless(&lists);
    }
    let wrong: Vec<String> = lists.iter().filter_map(|(pose, list)| draw_list::fault(pose, list)).collect();
    assert!(wrong.is_empty(), "look, then bless with FLOORCAST_BLESS=1:\n\n{}", wrong.join("\n\n"));
}

#[test]
fn a_changed_item_changes_the_line_of_its_layer() {
    let list = "1920x1080\nnext never\n[ground]\n  poly a\n[rows]\n  poly b\n  text c\n";
    let was = digest("rest", list);
    assert_eq!(was.lines().next(), Some("rest 1920x1080, next never"));
    let changed = digest("rest", &list.replace("text c", "text d"));
    let lines: Vec<usize> = (0..3).filter(|i| was.lines().nth(*i) != changed.lines().nth(*i)).collect();
    assert_eq!(lines, [2], "{was}{changed}");
    assert!(difference(&was, &changed).is_some_and(|said| said.starts_with("line 3:") && said.contains("[rows]")));
    assert_eq!(difference(&was, &was), None);
    assert!(difference(&was, &was[..was.len() - 20]).is_some());
    // Each is found among those of its kind, and one that is not there is none.
    let other = digest("rest-light", list);
    let both = format!("{was}{other}");
    assert_eq!((find(&both, "rest"), find(&both, "rest-light"), find(&both, "light")), (&*was, &*other, ""));
}

/// A draw list whose pose is gone, and a pose in a folder that is no kind, would be looked at by no test.
#[test]
fn poses_and_draw_lists_belong_together() {
    let poses = poses::all();
    for kind in Body::KINDS {
        assert!(poses.iter().any(|pose| pose.kind == kind), "{kind} has poses");
    }
    for pose in &poses {
        let known = pose.kind == "celebration" || Body::KINDS.contains(&pose.kind.as_str());
        assert!(known, "tests/poses/{} is no kind of slide", pose.kind);
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenes");
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy();
        let is_of = |pose: &Pose| pose.kind == name || (pose.whole_list && pose.id() == name);
        assert!(poses.iter().any(is_of), "{} has no pose", path.display());
    }
    for kind in poses.chunk_by(|a, b| a.kind == b.kind) {
        let digests = std::fs::read_to_string(folder.join(format!("{}.txt", kind[0].kind))).unwrap();
        let named = digests.lines().filter_map(|line| line.split(' ').next()).filter(|name| !name.is_empty());
        assert!(named.eq(kind.iter().map(|pose| pose.name.as_str())), "tests/scenes/{}.txt", kind[0].kind);
    }
}

/// If nothing is said to change before `next`, nothing does.
#[test]
fn still_means_still() {
    let mut fonts = Fonts::new(false);
    let mut slept = 0;
    for pose in poses::all() {
        let show = show(&pose);
        let director = |t: Time, fonts: &mut Fonts| show.scene(pose.size, None, false, t, fonts);
        let mut t = Time::from_ms(pose.at_ms);
        for _ in 0..12 {
            let scene = director(t, &mut fonts);
            let Some(next) = scene.next else { break };
            // Boards that come later change the picture too.
            let board = pose.tape.iter().map(|(ms, _)| Time::from_ms(*ms)).find(|at| *at > t);
            let next = board.map_or(next, |b| b.min(next));
            if next > t {
                slept += 1;
                for share in [0.25, 0.5, 0.9] {
                    let between = t.after(next.since(t) * share);
                    if between > t && between < next {
                        let later = director(between, &mut fonts);
                        assert!(scene.same_picture(&later), "{} at {t:?} and {between:?}", pose.id());
                    }
                }
            }
            t = next.max(t.after(0.137));
        }
    }
    assert!(slept > 20, "only {slept} sleeps were looked at");
}

/// Text stays inside the safe area: 5 % of each side, less what the slot of a lifted row takes.
#[test]
fn text_stays_inside_the_safe_area() {
    let mut fonts = Fonts::new(false);
    for pose in poses::all() {
        let scene = show(&pose).scene(pose.size, None, false, Time::from_ms(pose.at_ms), &mut fonts);
        let [w, h] = pose.size.map(|s| s as f32);
        for layer in &scene.layers {
            for item in &layer.items {
                let Item::Text(text) = item else { continue };
                let (left, right) =
                    (text.x.max(text.clip.x0 as f32), (text.x + text.run.width).min(text.clip.x1 as f32));
                let inside = left >= w * 0.05 - 16.0 && right <= w * 0.95 + 3.0 && (text.y as f32) <= h * 0.95 + 3.0;
                assert!(inside, "{}: {:?} from {left} to {right} at {}", pose.id(), text.run.text(), text.y);
            }
        }
    }
}

/// The light behind the winner is cut off at the tops of the other columns: the winner's column has to stand before its end.
#[test]
fn the_light_behind_a_winner_never_ends_in_the_open() {
    let mut fonts = Fonts::new(false);
    let pose = poses::of("recognition", "podium-rising");
    let show = show(&pose);
    let mut lit = 0;
    for ms in (0..3000).step_by(33) {
        let scene = show.scene(pose.size, None, false, Time::from_ms(pose.at_ms - 1500 + ms), &mut fonts);
        let spots = scene.layers.iter().filter(|layer| layer.name == "spot").flat_map(|layer| &layer.items);
        let ends: Vec<f32> =
            spots.filter_map(|item| if let Item::SoftBox(soft) = item { Some(soft.within.y1) } else { None }).collect();
        // The winner is painted last.
        let Some(column) = scene.layers.iter().rfind(|layer| layer.name == "column") else { continue };
        let polys = column.items.iter().filter_map(|item| if let Item::Poly(poly) = item { Some(poly) } else { None });
        let top = polys.flat_map(|poly| &poly.points).fold(f32::MAX, |top, point| top.min(point.y));
        lit += ends.len();
        assert!(
            ends.iter().all(|end| top <= end + 1.0),
            "{ms} ms: the column begins at {top}, the light ends at {ends:?}"
        );
    }
    assert!(lit > 20, "there is light at all: {lit}");
}
