//! Texts that have to be read whole: the prize that a contest runs for, and where a screen is paired.

use floorcast::director::HostInfo;
use floorcast::scene::Scene;
use serde_json::{Value, json};

use super::{faults, ink, texts};
use crate::support::wall::Wall;

fn board(locale: &str, slide: &Value) -> Value {
    json!({
        "format": "salesboard/1", "board": "b", "epoch": "e", "rev": 1, "as_of": "2026-05-19T10:30:00+09:00",
        "tz": "Asia/Tokyo", "locale": locale, "fresh_for_s": 86_400, "metrics": {"m": {"label": "Demos"}},
        "people": {"x": {"name": "Amara Diallo"}, "y": {"name": "Elena Vidal"}}, "slides": [slide],
    })
}

fn shown(size: [u32; 2], board: &Value) -> Scene {
    let mut wall = Wall::on("", HostInfo::still(size));
    wall.board(0.0, board);
    wall.scene(6.0)
}

fn written(scene: &Scene) -> Vec<&str> {
    texts(scene).into_iter().map(|text| text.run.text()).collect()
}

#[test]
fn a_prize_that_is_too_long_for_its_line_has_two() {
    let prize = "Wochenende in den Bergen für zwei Personen";
    let slide = json!({"id": "s", "type": "contest", "title": "Demo-Sprint", "metric": "m", "state": "running",
        "period": {"end": "2026-05-23T10:30:00+09:00"}, "prizes": [{"place": 1, "label": prize}],
        "rows": [{"who": "x", "value": 13}, {"who": "y", "value": 11}]});
    let scene = shown([1920, 1080], &board("de", &slide));
    let all = written(&scene).join(" ");
    let words = |text: &str| text.to_uppercase().split(' ').filter(|word| all.contains(word)).count();
    assert_eq!(words(prize), prize.split(' ').count(), "{all}");
    assert!(all.contains("PREIS") && !all.contains('…'), "{all}");
    assert_eq!(faults(&scene), Vec::<String>::new());
}

#[test]
fn a_screen_that_is_to_be_paired_is_read_upright_too() {
    for (locale, text, place) in [
        (
            "en",
            "To pair this screen, scan the code, or enter these letters on the page Screens of the hub.",
            "floor.northwind.example/screens",
        ),
        (
            "de",
            "Zum Koppeln den Code scannen oder diese Buchstaben auf der Seite Screens des Hubs eingeben.",
            "10.0.0.5:8271",
        ),
    ] {
        let slide = json!({"id": "pair", "type": "message", "title": "KXW M4T", "text": text,
            "facts": [{"label": "Page", "value": place}], "link": "HTTPS://FLOOR.NORTHWIND.EXAMPLE/PAIR/KXWM4T"});
        for size in [[1080, 1920], [1920, 1080]] {
            let scene = shown(size, &board(locale, &slide));
            let all = written(&scene);
            assert!(all.concat().contains(&place.to_uppercase()), "{all:?}");
            let at = |what: &str| {
                let found = texts(&scene).into_iter().find(|text| text.run.text().starts_with(what));
                ink(found.unwrap_or_else(|| panic!("{what}: {all:?}")))
            };
            let (title, line) = (at("KXW M4T"), at(&text[..10]));
            assert!(line.y0 - title.y1 > 30.0, "{size:?} {locale}: {title:?} {line:?}");
            assert!(title.height() > 100.0, "from five metres: {title:?}");
            assert_eq!(faults(&scene), Vec::<String>::new(), "{size:?} {locale}");
        }
    }
}
