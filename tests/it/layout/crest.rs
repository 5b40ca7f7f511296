//! A crest in a duel whose sides lie over each other: it is there, whole, and off every text.

use std::sync::Arc;

use floorcast::board::{Logo, Update};
use floorcast::director::HostInfo;
use floorcast::scene::{Item, Scene};
use image::{Rgba, RgbaImage};
use serde_json::{Value, json};

use super::seen::Picture;
use super::{area, ink};
use crate::support::wall::{Wall, accepted, items};

/// A contest between people of two teams with crests; the names are as long as names are.
fn body() -> Value {
    let [first, second] = ["Maximiliana-Alexandra von Hohenzollern", "Bartholomew Featherstonehaugh"];
    json!({
        "format": "salesboard/1", "board": "b", "epoch": "e", "rev": 1, "as_of": "2026-05-19T10:30:00+09:00",
        "tz": "Asia/Tokyo", "fresh_for_s": 86_400, "metrics": {"m": {"label": "Demos"}},
        "teams": {
            "a": {"name": "Lisbon and the Algarve", "logo": {"url": "https://example.com/a.png"}},
            "b": {"name": "Toronto", "logo": {"url": "https://example.com/b.png"}},
        },
        "people": {"x": {"name": first, "team": "a"}, "y": {"name": second, "team": "b"}},
        "slides": [{"id": "s", "type": "contest", "title": "Cup", "metric": "m", "state": "running",
            "period": {"end": "2026-05-29T10:30:00+09:00"},
            "rows": [{"who": "x", "value": 1337}, {"who": "y", "value": 1290}]}],
    })
}

fn pictures(scene: &Scene) -> impl Iterator<Item = &floorcast::scene::Picture> {
    items(scene).filter_map(|item| if let Item::Picture(picture) = item { Some(picture) } else { None })
}

#[test]
fn an_upright_duel_wears_both_crests_and_reads_beside_them() {
    for [w, h] in [[64, 64], [256, 64], [64, 256]] {
        let mut wall = Wall::on("", HostInfo::still([1080, 1920]));
        wall.board(0.0, &body());
        assert_eq!(pictures(&wall.scene(1.0)).count(), 0, "none has arrived");
        for team in accepted(&body()).teams.values() {
            let image = Arc::new(RgbaImage::from_pixel(w, h, Rgba([230, 40, 40, 255])));
            let key = team.logo.as_ref().unwrap().key();
            wall.update(0, 1.5, Update::Crest(Logo { key: key.to_string(), image }));
        }
        let scene = wall.scene(6.0);
        let crests: Vec<_> = pictures(&scene).map(|picture| picture.rect).collect();
        assert_eq!(crests.len(), 2, "{w}×{h}: {scene}");
        for crest in crests {
            let [given, drawn] = [w as f32 / h as f32, crest.width() / crest.height()];
            assert!((given / drawn - 1.0).abs() < 0.1, "{w}×{h}: {crest:?} is whole");
            assert!(crest.x0 >= 54.0 && crest.x1 <= 1026.0, "{w}×{h}: {crest:?}");
            for seen in Picture::new(&scene, super::SEEN).texts {
                let shared = area(ink(seen.text).intersect(crest));
                assert!(shared < 1.0, "{w}×{h}: {:?} lies on {crest:?}", seen.text.run.text());
            }
        }
    }
}
