//! What a table costs in the child: 8,800 rows of deals to a board, start and end of the process included. Target: 150 ms.

use criterion::{Criterion, criterion_group, criterion_main};
use floorcast::map::{Child, DEALS, Format, MapLimits, Request, SourceBody, run};

fn table(rows: usize) -> Vec<u8> {
    let mut csv = String::from("Close date;Sales agent;Team;Amount;Stage\n");
    for row in 0..rows {
        let (day, person, team) = (1 + row % 28, row * 7 % 30, row * 7 % 6);
        csv.push_str(&format!(
            "2026-11-{day:02};Person {person};Team {team};{}.{:03},50;Won\n",
            1 + row % 9,
            row % 1000
        ));
    }
    csv.into_bytes()
}

fn bench(c: &mut Criterion) {
    let csv = table(8_800);
    let request = || Request {
        program_name: "deals.jq".into(),
        program: DEALS.into(),
        now: "2026-11-28T12:00:00Z".into(),
        tz: "Europe/Berlin".into(),
        sources: vec![SourceBody {
            name: "deals".into(),
            format: Format::Auto,
            sheet: None,
            pages: vec![csv.clone()],
            paged: false,
            ..SourceBody::default()
        }],
        ..Request::default()
    };
    let child = Child(env!("CARGO_BIN_EXE_floorcast").into());
    c.bench_function("8,800 rows of CSV to a board, in a child", |b| {
        b.iter(|| run(request(), &child, &MapLimits::default()).expect("a board").board.len());
    });
}

criterion_group!(benches, bench);
criterion_main!(benches);
