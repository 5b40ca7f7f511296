//! A photo that comes after its board: the monogram or the name until then, then the photo, and nothing else moves.

use std::sync::Arc;

use floorcast::board::{Photo, Update};
use floorcast::director::HostInfo;
use floorcast::motion::Time;
use floorcast::scene::{Item, Scene};
use serde_json::{Value, json};

use crate::support::wall::{Wall, items, says};

/// When the photo comes, in seconds: all entrances are over.
const COMES_S: f64 = 5.0;

fn wall(slide: &Value, size: [u32; 2]) -> Wall {
    let mut wall = Wall::on("", HostInfo::still(size));
    let body = json!({
        "format": "salesboard/1", "board": "b", "tz": "Asia/Tokyo", "fresh_for_s": 86_400,
        "metrics": {"m": {"label": "Demos"}}, "teams": {"x": {"name": "Kobe"}},
        "people": {
            "ana": {"name": "Ana Reis", "team": "x", "photo": {"url": "ana.png"}},
            "ben": {"name": "Ben Moe", "team": "x"},
        },
        "slides": [slide],
    });
    wall.board(0.0, &body);
    wall
}

fn send_photo(wall: &mut Wall, s: f64) {
    // A figure cut out of its ground.
    let pixel = |x: u32, y: u32| image::Rgba([200, 120, 90, if y > 200 && x.abs_diff(320) < 240 { 255 } else { 0 }]);
    let photo = Photo { key: "ana.png".into(), image: Arc::new(image::RgbaImage::from_fn(640, 960, pixel)) };
    wall.update(0, s, Update::Photo(photo));
}

/// How much of the photo is seen, 0 to 255.
fn photo(scene: &Scene) -> Option<u8> {
    items(scene).find_map(|item| if let Item::Picture(p) = item { Some(p.alpha) } else { None })
}

/// Texts with their places right of and under a corner of the target; one that is painted in strips counts once.
fn texts(scene: &Scene, [left, top]: [f32; 2]) -> Vec<String> {
    let texts = items(scene).filter_map(|item| if let Item::Text(t) = item { Some(t) } else { None });
    let placed = texts.filter(|t| t.x >= left && t.y as f32 >= top);
    let mut placed: Vec<String> =
        placed.map(|t| format!("{:?} at {},{} {}", t.run.text(), t.x, t.y, t.run.size())).collect();
    placed.sort();
    placed.dedup();
    placed
}

/// What must hold of any slide: nothing but the panel with the face changes, and in the end all is as if the photo had been
/// there from the start. `beside`: where the panel ends, to the right and down.
fn comes_late(slide: &Value, size: [u32; 2], beside: [f32; 2]) -> Vec<Scene> {
    let (mut late, mut never, mut early) = (wall(slide, size), wall(slide, size), wall(slide, size));
    send_photo(&mut early, 0.0);
    let before = late.scene(COMES_S - 0.01);
    assert_eq!(photo(&before), None);
    assert!(before.same_picture(&never.scene(COMES_S - 0.01)));
    send_photo(&mut late, COMES_S);
    let frames: Vec<Scene> = (0..90).map(|i| late.scene(COMES_S + f64::from(i) / 60.0)).collect();
    assert!(frames[0].next.is_some_and(|next| next <= Time::from_s(COMES_S + 0.02)), "it comes in over some frames");
    for scene in &frames {
        assert_eq!(texts(scene, beside), texts(&before, beside), "what stands beside it moved");
    }
    let end = late.scene(COMES_S + 1.5);
    assert_eq!(photo(&end), Some(255));
    assert!(end.same_picture(&early.scene(COMES_S + 1.5)), "as if it had been there from the start");
    frames
}

#[test]
fn a_monogram_stands_until_the_photo_fades_in_over_it() {
    let slide = json!({"id": "s", "type": "recognition", "title": "Shout-outs", "items": [
        {"who": ["ana"], "badge": "heart", "headline": "Stayed until it worked", "text": "Thank you.", "from": "Ben"}]});
    for (size, beside) in [([1920, 1080], [0.0, 720.0]), ([1080, 1920], [0.0, 600.0])] {
        let frames = comes_late(&slide, size, beside);
        assert!(says(&frames[0], "AR"), "the monogram");
        assert!(!says(&frames[89], "AR"), "the photo alone");
        let alphas: Vec<u8> = frames.iter().map(|scene| photo(scene).unwrap_or(0)).collect();
        assert!(alphas.is_sorted() && alphas[0] < 40 && alphas[89] == 255, "{alphas:?}");
        let steps = alphas.windows(2).map(|pair| pair[1] - pair[0]).max();
        assert!(steps.is_some_and(|step| step < 60), "it never cuts: {alphas:?}");
        // Whole frames: name, office, text and chips are where they were; only the monogram went.
        let names = |scene: &Scene| texts(scene, [0.0; 2]).into_iter().filter(|t| !t.starts_with("\"AR\"")).collect();
        let [first, last]: [Vec<String>; 2] = [names(&frames[0]), names(&frames[89])];
        assert_eq!(first, last);
    }
}

#[test]
fn the_leaders_photo_is_wiped_in_and_the_tower_stands_still() {
    let slide = json!({"id": "s", "type": "ranking", "title": "Ranking", "metric": "m", "rows": [
        {"who": "ana", "value": 9}, {"who": "ben", "value": 7}]});
    let frames = comes_late(&slide, [1920, 1080], [640.0, 0.0]);
    assert!(frames[3].layers.iter().any(|layer| layer.name == "hero wipe"));
    comes_late(&slide, [1080, 1920], [0.0, 780.0]);
}

#[test]
fn a_play_wipes_in_the_photo_of_whom_it_is_from() {
    let slide = json!({"id": "s", "type": "coaching", "title": "Play of the week", "items": [
        {"headline": "Say the price, then wait", "who": ["ana"], "proof": {"label": "Yes", "before": 2, "after": 3}}]});
    let frames = comes_late(&slide, [1920, 1080], [640.0, 0.0]);
    assert!(frames[3].layers.iter().any(|layer| layer.name == "panel wipe"), "the name moves: it never cuts");
    assert!(says(&frames[0], "ANA") && says(&frames[89], "ANA REIS"));
}
