//! How often a pixel is painted (DESIGN 5): at most twice on average at rest and in moves, three times while two slides are
//! seen or a takeover stands.

use std::sync::Arc;

use floorcast::board::Board;
use floorcast::config::Config;
use floorcast::director::Director;
use floorcast::feed::{AcceptContext, accept};
use floorcast::motion::Time;
use floorcast::scene::{Fonts, Scene};
use floorcast::shot::Show;

use crate::support::poses::{self, Pose};
use crate::support::show::show_of;

const CALM: f32 = 2.0;
const CHANGE: f32 = 3.0;
const FRAME_US: i64 = 16_667;

fn board(body: &[u8]) -> Arc<Board> {
    Arc::new(accept(body, &AcceptContext::default()).unwrap().0)
}

fn bar(pose: &Pose) -> f32 {
    if pose.name.starts_with("takeover") { CHANGE } else { CALM }
}

/// The worst of a second: what stays the same from frame to frame is there already as one texture.
fn worst(show: &Show, director: &Director, at: Time, fonts: &mut Fonts) -> (f32, Scene) {
    let frame = |t: Time, fonts: &mut Fonts| director.frame(show.at(t), fonts);
    let first = frame(at, fonts);
    let mut worst = (0.0f32, None);
    for i in 0..12 {
        let from = Time(at.0 + i * 5 * FRAME_US);
        let (was, is) = (frame(from, fonts), frame(Time(from.0 + FRAME_US), fonts));
        let painted = is.overdraw(was.same_layers(&is));
        if !was.same_picture(&is) && painted > worst.0 {
            worst = (painted, Some(is));
        }
    }
    match worst {
        (painted, Some(scene)) => (painted, scene),
        _ => (first.overdraw(0), first),
    }
}

#[test]
fn nothing_is_painted_too_often() {
    let mut fonts = Fonts::new(false);
    let mut over = Vec::new();
    let mut check = |name: String, bar: f32, (painted, scene): (f32, Scene)| {
        println!("{painted:5.2} {name}");
        if painted > bar {
            over.push(format!("{name}: {painted:.2} of {bar:.1}\n{}", by_layer(&scene)));
        }
    };
    for pose in poses::all() {
        let show = show_of(&pose);
        let at = Time::from_ms(pose.at_ms);
        let director = show.director(pose.size, None, true, at, &mut fonts);
        check(pose.id(), bar(&pose), worst(&show, &director, at, &mut fonts));
    }
    let line = floorcast::demo::tape().lines().next().unwrap();
    let mut line: serde_json::Value = serde_json::from_str(line).unwrap();
    line["body"]["fresh_for_s"] = serde_json::Value::from(86_400);
    let show = Show::new(Config::default(), vec![(0, board(line["body"].to_string().as_bytes()))], None);
    let start = Time::from_s(2.0);
    let programme = show.director([1920, 1080], None, true, start, &mut fonts).programme();
    let pages: usize = programme.iter().map(|slide| slide.pages.max(1)).sum();
    for i in 0..pages {
        let mut director = show.director([1920, 1080], None, true, start, &mut fonts);
        director.skip(i as i64, show.at(start));
        let at = start.after(3.0);
        director.skip(1, show.at(at));
        check(format!("change {i}"), CHANGE, worst(&show, &director, at, &mut fonts));
    }
    assert!(over.is_empty(), "{} are painted too often:\n{}", over.len(), over.join("\n"));
}

/// What each layer paints, and its largest shapes.
fn by_layer(scene: &Scene) -> String {
    let one = |layer: &floorcast::scene::Layer| {
        let alone = Scene { size: scene.size, layers: vec![layer.clone()], next: None };
        let mut items: Vec<(f32, String)> = layer
            .items
            .iter()
            .map(|item| {
                let layers = vec![floorcast::scene::Layer { name: "", items: vec![item.clone()] }];
                let alone = Scene { size: scene.size, layers, next: None };
                (alone.overdraw(0), alone.to_string().lines().nth(3).unwrap_or_default().chars().take(150).collect())
            })
            .collect();
        items.sort_by(|a, b| b.0.total_cmp(&a.0));
        let big: String =
            items.iter().take(8).filter(|i| i.0 > 0.02).map(|i| format!("      {:.3} {}\n", i.0, i.1)).collect();
        format!("  {:.3} {}\n{big}", alone.overdraw(0), layer.name)
    };
    scene.layers.iter().map(one).collect()
}
