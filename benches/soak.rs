//! Does memory stay where it is? 500 faces, 2,000 names, ten boards a second for ten minutes, drawn off screen.
//!
//! `cargo bench --bench soak` looks at the proportional set size each second, prints the median of each half minute and
//! their slope after the second minute: a frame in the middle of a pass holds more than one at rest, and a single look
//! would take that for growth. The bar is 1 MB a minute (exit 1 above it). `FLOORCAST_SOAK_S` shortens or lengthens it.
//! Each board moves other people to the top, so that new names are shaped, new faces uploaded and rows passed all the
//! time. Nothing else may run: whoever maps the same libraries takes a share of their pages off us.

use std::process::ExitCode;
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use floorcast::board::{Photo, Update};
use floorcast::config::Config;
use floorcast::director::{Director, HostInfo};
use floorcast::feed::{AcceptContext, accept};
use floorcast::gpu::{AdapterChoice, FrameOutcome, Gpu};
use floorcast::motion::{Now, Time};
use floorcast::scene::Fonts;
use floorcast::slides::kind_names;
use serde_json::{Map, Value, json};

const PEOPLE: usize = 2000;
const FACES: usize = 500;
const CHANGES_PER_S: f64 = 10.0;
/// Pictures per board: the one that starts a pass and two in the middle of it.
const LOOKS: [f64; 3] = [0.0, 0.03, 0.06];
/// Memory may settle for so long.
const SETTLE_S: f64 = 120.0;
/// Time from one look to the next, and between the medians.
const LOOK_S: f64 = 1.0;
const REPORT_S: f64 = 30.0;
const BAR_MB_PER_MIN: f64 = 1.0;

fn people() -> Map<String, Value> {
    let given = ["Åsa", "Bjørn", "Chloé", "Дмитрий", "Eun-ji", "Fátima", "美咲", "Günter", "דנה", "Íñigo"];
    let family =
        ["Wiśniewska", "Okafor", "Ramanathan", "渡邊", "Haugen", "Παππάς", "García", "الحداد", "Nguyễn", "Smith"];
    let person = |i: usize| {
        let mut person = json!({"name": format!("{} {} {i}", given[i % 10], family[i / 10 % 10]), "team": "t"});
        if i < FACES {
            person["photo"] = json!({"url": format!("faces/{i}.png")});
        }
        (format!("p{i}"), person)
    };
    (0..PEOPLE).map(person).collect()
}

/// The board of a change: forty people in a ranking, one celebrated on another slide; others each time.
fn board(people: &Map<String, Value>, change: usize) -> Vec<u8> {
    let who = |i: usize| format!("p{}", (change * 7 + i * 31) % PEOPLE);
    let rows: Vec<Value> = (0..40)
        .map(|i| json!({"who": who(i), "value": 1_000_000 + ((change * 7919 + i * 104_729) % 9_000_000)}))
        .collect();
    json!({
        "format": "salesboard/1", "board": "soak", "epoch": "e", "rev": change,
        "metrics": {"m": {"label": "Won", "unit": "currency", "currency": "EUR"}},
        "people": people, "teams": {"t": {"name": "Floor"}},
        "slides": [
            {"id": "r", "type": "ranking", "title": "Ranking", "metric": "m", "rows": rows},
            {"id": "n", "type": "recognition", "title": "Recognition", "items": [
                {"who": [who(0)], "headline": format!("Headline {change}"), "metric": "m", "value": change}]},
        ],
    })
    .to_string()
    .into_bytes()
}

/// A face: small, but one texture each.
fn face(i: usize) -> Photo {
    let shade = |x: u32, k: usize| (x as usize * k + i * 37) as u8;
    let image = image::RgbaImage::from_fn(256, 256, |x, y| image::Rgba([shade(x, 1), shade(y, 2), 90, 255]));
    Photo { key: format!("faces/{i}.png"), image: Arc::new(image) }
}

/// Proportional set size of this process in MB.
fn pss_mb() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/smaps_rollup").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok().map(|kb| kb / 1024.0)
}

/// The middle one.
fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Slope of the least squares line through (x, y).
fn slope(points: &[(f64, f64)]) -> f64 {
    let n = points.len() as f64;
    let (mx, my) = points.iter().fold((0.0, 0.0), |(x, y), p| (x + p.0 / n, y + p.1 / n));
    let (num, den) = points.iter().fold((0.0, 0.0), |(a, b), (x, y)| (a + (x - mx) * (y - my), b + (x - mx).powi(2)));
    if den > 0.0 { num / den } else { 0.0 }
}

#[expect(clippy::disallowed_methods, reason = "measuring is what this is for")]
fn main() -> ExitCode {
    let length_s: f64 = std::env::var("FLOORCAST_SOAK_S").ok().and_then(|s| s.parse().ok()).unwrap_or(600.0);
    let size = [1280, 720];
    let mut gpu = match Gpu::offscreen(&AdapterChoice::default(), size) {
        Ok(gpu) => gpu,
        Err(e) => {
            eprintln!("SKIPPED: {e}");
            return ExitCode::SUCCESS;
        }
    };
    println!("{}", gpu.describe());
    let config = Config::parse("screen_inches = 65", &kind_names()).expect("a right config");
    let mut fonts = Fonts::new(false);
    let mut director = Director::new(config, HostInfo::still(size));
    let people = people();
    let (start, mut points, mut looks) = (Instant::now(), Vec::new(), Vec::new());
    let (mut next_look, mut next_report) = (0.0, REPORT_S);
    let (mut change, mut frames) = (0usize, 0u64);
    loop {
        let t = start.elapsed().as_secs_f64();
        if t >= next_look {
            let Some(pss) = pss_mb() else {
                eprintln!("SKIPPED: this system does not tell the PSS");
                return ExitCode::SUCCESS;
            };
            looks.push(pss);
            next_look += LOOK_S;
        }
        if t >= next_report {
            let (least, most) = looks.iter().fold((f64::MAX, 0.0f64), |(a, b), &v| (a.min(v), b.max(v)));
            let pss = median(&mut looks);
            println!("{t:6.0} s  {pss:7.1} MB ({least:.1} to {most:.1})  {change:6} boards  {frames:6} frames");
            points.push(((t - REPORT_S / 2.0) / 60.0, pss));
            looks.clear();
            next_report += REPORT_S;
        }
        if t >= length_s {
            break;
        }
        let now = |t: f64| Now { t: Time::from_s(t), wall_us: 1_767_600_000_000_000 + (t * 1e6) as i64 };
        let (board, _) = accept(&board(&people, change), &AcceptContext::default()).expect("a right board");
        director.apply(Update::Board(Arc::new(board)), now(t), &mut fonts);
        for i in 0..2 {
            director.apply(Update::Photo(face((change * 2 + i) % FACES)), now(t), &mut fonts);
        }
        for look in LOOKS {
            let scene = director.frame(now(t + look), &mut fonts);
            let outcome = gpu.draw(scene, &mut fonts, |_| ());
            assert!(matches!(outcome, FrameOutcome::Shown | FrameOutcome::Unchanged), "{outcome:?}");
            gpu.wait();
            frames += 1;
        }
        change += 1;
        let due = change as f64 / CHANGES_PER_S - start.elapsed().as_secs_f64();
        if due > 0.0 {
            sleep(Duration::from_secs_f64(due));
        }
    }
    let settled_s = SETTLE_S.min(length_s / 5.0);
    let late: Vec<(f64, f64)> = points.into_iter().filter(|(min, _)| min * 60.0 >= settled_s).collect();
    if late.len() < 2 {
        eprintln!("{length_s} s are too few for a slope");
        return ExitCode::FAILURE;
    }
    let slope = slope(&late);
    let rate = change as f64 / start.elapsed().as_secs_f64();
    println!("{rate:.1} boards a second, slope {slope:+.2} MB a minute");
    if slope < BAR_MB_PER_MIN { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
