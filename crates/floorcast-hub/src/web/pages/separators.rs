//! No page shows five digits in a row: counts and amounts have the separators of their language.

use crate::access::Role;
use crate::store::runs::{self, Run};
use crate::web::pages::testing::Hub;

const PAGES: &[&str] = &[
    "/team",
    "/rankings",
    "/people/p1",
    "/goals",
    "/goals/spread",
    "/training",
    "/ramps",
    "/recognition",
    "/contests",
    "/wall",
    "/people",
    "/data",
    "/screens",
    "/settings",
];

/// What a reader sees: text without tags, and what is said of pictures.
fn seen(html: &str) -> String {
    let body = html.split("<main").nth(1).unwrap_or(html);
    let mut out = String::new();
    for part in body.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        if let Some(label) = tag.split("aria-label=\"").nth(1) {
            out += label.split('"').next().unwrap_or_default();
        }
        out += " ";
        // Addresses and secrets are no figures.
        if !tag.starts_with("code") && !tag.starts_with("pre") {
            out += text;
        }
    }
    out
}

fn long_run(text: &str) -> Option<&str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| word.len() >= 5).find(|word| word.chars().all(|c| c.is_ascii_digit()))
}

#[tokio::test]
async fn large_figures_are_written_with_separators_on_every_page() {
    for day in ["2026-11-18T10:00:00Z", "2026-12-07T09:00:00Z"] {
        crate::clock::set(day);
        large_figures_have_separators().await;
    }
}

async fn large_figures_have_separators() {
    let hub = Hub::demo();
    hub.add_calls("many", "p1", 17_600, 0);
    let run = Run {
        id: "run".into(),
        source: "file".into(),
        at: crate::clock::now().as_microsecond(),
        by_whom: "owner".into(),
        file_sha: String::new(),
        created: 17_600,
        updated: 12_345,
        unchanged: 0,
        skipped: 54_321,
        undone: None,
        files: String::new(),
        notes: Vec::new(),
        about: None,
    };
    hub.store.write(|tx| runs::put(tx, &run)).unwrap();
    let mut boss = hub.signed_in(Role::Admin, Some("p2"));
    for language in ["en", "ja"] {
        boss.language = language;
        for page in PAGES {
            let text = seen(&boss.get(page).await.text);
            assert_eq!(long_run(&text), None, "{page} in {language}");
        }
    }
    assert!(seen(&boss.get("/data").await.text).contains("17,600"));
}
