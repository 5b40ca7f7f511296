//! What a new board costs before anything is drawn: accept, rank and diff. Targets: 5 ms for 200 people, 30 ms for 2,000.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use floorcast::board::diff::{diff, is_newer};
use floorcast::board::rank::{places, shown_top};
use floorcast::feed::{AcceptContext, accept};
use serde_json::{Value, json};

/// A board of `people`, with rankings of the best `rows` and, where asked for, everybody's scorecard.
fn document(people: usize, rankings: usize, rows: usize, scorecard: bool, rev: u64) -> Vec<u8> {
    // A small generator of its own: the same board on every machine.
    let mut state = 88172645463325252u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let names = ["Åsa", "Bjørn", "Chloé", "Dmitri", "Eun-ji", "Fátima", "美咲", "Günter", "Hana", "Íñigo"];
    let id = |i: usize| format!("p:{i:04}");
    let directory: serde_json::Map<String, Value> = (0..people)
        .map(|i| (id(i), json!({"name": format!("{} {} {i}", names[i % 10], names[i / 10 % 10]), "team": format!("t:{}", i % 12)})))
        .collect();
    let mut slides: Vec<Value> = (0..rankings)
        .map(|n| {
            let list: Vec<Value> = (0..rows)
                .map(|i| {
                    let mut value = (next() % 40_000) as f64 * 25.5;
                    // Every tenth moves from one board to the next; many are tied.
                    if i % 10 == 0 {
                        value += (rev * 1_000) as f64;
                    }
                    json!({"who": id((i + n * 37) % people), "value": value, "target": 500_000, "pace": 250_000, "was_rank": i + 1})
                })
                .collect();
            json!({"id": format!("r{n}"), "type": "ranking", "title": format!("Ranking {n}"), "metric": "won", "rows": list})
        })
        .collect();
    if scorecard {
        let cell = |v: u64| json!({"value": v % 90, "target": 80});
        let list: Vec<Value> =
            (0..people).map(|i| json!({"who": id(i), "cells": [cell(next()), cell(next()), null]})).collect();
        slides.push(json!({"id": "card", "type": "scorecard", "title": "Today", "rows": list,
            "columns": [{"metric": "calls", "weight": 40}, {"metric": "demos", "weight": 40}, {"metric": "talk"}]}));
    }
    let document = json!({
        "format": "salesboard/1", "board": "bench", "epoch": "e", "rev": rev, "as_of": "2026-01-05T09:00:00Z",
        "locale": "de-DE", "tz": "Europe/Berlin",
        "metrics": {"won": {"unit": "currency", "currency": "EUR", "decimals": 0}, "calls": {}, "demos": {},
            "talk": {"unit": "duration_s"}},
        "people": directory, "slides": slides,
    });
    document.to_string().into_bytes()
}

/// What the feed thread does with an answer.
fn whole(bytes: &[u8], shown: &floorcast::board::Board) -> usize {
    let (board, report) = accept(bytes, &AcceptContext::default()).expect("a board");
    assert!(report.problems.is_empty() && is_newer(shown, &board));
    let ranked: usize = board.slides.iter().map(|slide| shown_top(&places(&board, slide), None, 12)).sum();
    ranked + diff(shown, &board).len()
}

fn bench(c: &mut Criterion) {
    let cases = [("200 people", 200, 3, 200, true), ("2000 people, rankings of 500", 2_000, 6, 500, false)];
    for (name, people, rankings, rows, scorecard) in cases {
        let [first, second] = [1, 2].map(|rev| document(people, rankings, rows, scorecard, rev));
        let (shown, _) = accept(&first, &AcceptContext::default()).expect("a board");
        let name = format!("accept, rank and diff: {name} ({} kB)", second.len() / 1000);
        c.bench_function(&name, |b| b.iter(|| whole(black_box(&second), &shown)));
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);
