//! The formats of a contest, each with a picture and what decides between equals.

use crate::web::words::contests::Words;

pub struct Format {
    pub name: &'static str,
    pub word: &'static str,
    pub hint: &'static str,
    pub picture: &'static str,
    pub chosen: bool,
}

pub fn formats(w: &Words, chosen: &str) -> Vec<Format> {
    let all = [
        (
            "most",
            w.most,
            w.most_hint,
            r#"<path class="a" d="M6 4h44l-2 8H4z"/><path class="b" d="M5 14h26l-2 7H3zM4 24h16l-2 7H2z"/>"#,
        ),
        (
            "first_to",
            w.first_to,
            w.first_to_hint,
            r#"<path class="a" d="M5 8h32l-2 8H3z"/><path class="b" d="M4 20h18l-2 8H2z"/><path class="l" d="M44 32V4l8 4-8 4"/>"#,
        ),
        (
            "threshold",
            w.threshold,
            w.threshold_hint,
            r#"<path class="a" d="M6 4h40l-2 8H4zM5 14h38l-2 7H3z"/><path class="b" d="M4 24h16l-2 7H2z"/><path class="l" d="M42 1l-6 32"/>"#,
        ),
        (
            "team_total",
            w.team_total,
            w.team_total_hint,
            r#"<path class="a" d="M6 6h12l-2 9H4zM21 6h12l-2 9H19zM36 6h12l-2 9H34z"/><path class="b" d="M5 20h12l-2 9H3zM20 20h12l-2 9H18z"/>"#,
        ),
        (
            "team_average",
            w.team_average,
            w.team_average_hint,
            r#"<circle class="b" cx="14" cy="8" r="4"/><circle class="b" cx="27" cy="8" r="4"/><circle class="b" cx="40" cy="8" r="4"/><path class="a" d="M8 20h40l-2 9H6z"/>"#,
        ),
        (
            "versus",
            w.versus,
            w.versus_hint,
            r#"<path class="a" d="M8 4h18l-4 26H4z"/><path class="b" d="M30 4h20l-4 26H26z"/>"#,
        ),
        (
            "bracket",
            w.bracket,
            w.bracket_hint,
            r#"<path class="l" d="M4 4h12v26H4M16 17h12"/><path class="a" d="M30 12h20l-2 10H28z"/>"#,
        ),
    ];
    let format = |(name, word, hint, picture)| Format { name, word, hint, picture, chosen: name == chosen };
    all.map(format).into_iter().collect()
}

/// What decides between equals, as the slide says it.
pub fn tie(w: &Words, format: &str) -> &'static str {
    match format {
        "first_to" => w.tie_first,
        "bracket" => w.tie_bracket,
        "threshold" => w.tie_all,
        _ => w.tie_share,
    }
}
