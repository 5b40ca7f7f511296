//! Makes a board of a list of deals, checks it as a wall would, and prints its ranking.
//!
//! `cargo run -p salesboard --example ranking`

use salesboard::accept::{AcceptContext, accept};
use salesboard::board::rank::places;
use salesboard::board::{Board, Body};
use salesboard::locale::{Locale, NumberStyle};
use serde_json::{Value, json};

fn main() {
    let document = document(&[("Ana", 48_250.0), ("Ben", 61_800.5), ("Chloé", 48_250.0)]);
    println!("{document:#}\n");
    match accept(document.to_string().as_bytes(), &AcceptContext::default()) {
        Ok((board, report)) => {
            print!("{report}");
            print_rankings(&board, &Locale::new("de-DE"));
        }
        Err(report) => eprintln!("refused: {report}"),
    }
}

/// What a backend serves: each person's sum under an id that stays the same.
fn document(sums: &[(&str, f64)]) -> Value {
    let id = |i: usize| format!("p{i}");
    let people: Value = sums.iter().enumerate().map(|(i, (name, _))| (id(i), json!({ "name": name }))).collect();
    let rows: Value = sums.iter().enumerate().map(|(i, (_, sum))| json!({ "who": id(i), "value": sum })).collect();
    json!({
        "format": "salesboard/1",
        "as_of": "2026-11-29T09:00:00Z",
        "metrics": { "won": { "label": "Closed revenue", "unit": "currency", "currency": "EUR", "decimals": 2 } },
        "people": people,
        "slides": [{ "type": "ranking", "id": "month", "title": "November", "metric": "won", "rows": rows }],
    })
}

/// The rows in the order in which the wall draws them; who is level shares a place.
fn print_rankings(board: &Board, locale: &Locale) {
    for slide in &board.slides {
        let Body::Ranking(ranking) = &slide.body else { continue };
        let places = places(board, slide);
        let values: Vec<f64> = places.iter().filter_map(|place| place.value).collect();
        let style = NumberStyle::for_values(board.metric(ranking.metric.as_deref()), &values, locale);
        println!("{} ({})", slide.title, style.unit_long());
        for place in &places {
            let name = &board.people[&ranking.rows[place.row].who.id].name;
            println!("{:>3} {name:<10} {:>10}", place.text(), style.format(place.value.unwrap_or_default()));
        }
    }
}
