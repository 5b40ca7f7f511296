//! The samples of README and docs: settings parse, feeds are accepted, commands exist, links lead somewhere.

use std::path::{Path, PathBuf};

use clap::Parser;
use floorcast::cli::Cli;
use floorcast::config::{Config, FeedSource};
use floorcast::feed::accept::{AcceptContext, accept};
use floorcast::scene::Color;
use floorcast::theme::{Mode, Theme};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    std::fs::read_to_string(root().join("README.md")).unwrap()
}

/// Every document, by its path from the root.
fn documents() -> Vec<(PathBuf, String)> {
    let mut out = Vec::new();
    for folder in ["", "docs", "docs/decisions", "examples"] {
        let Ok(entries) = std::fs::read_dir(root().join(folder)) else { continue };
        let files = entries.map(|entry| entry.unwrap().path());
        for path in files.filter(|path| path.extension().is_some_and(|extension| extension == "md")) {
            out.push((path.strip_prefix(root()).unwrap().to_owned(), std::fs::read_to_string(&path).unwrap()));
        }
    }
    out.sort();
    assert!(out.len() > 10, "{} documents", out.len());
    out
}

/// The fenced blocks in this language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.strip_prefix("```") == Some(language) {
            out.push(lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect());
        }
    }
    out
}

#[test]
fn settings_samples_are_right() {
    let samples = blocks(&readme(), "toml");
    assert!(!samples.is_empty());
    for sample in samples {
        let config = Config::parse(&sample, &["ranking"]).unwrap_or_else(|error| panic!("{error}"));
        assert!(matches!(config.feeds[0].source, Some(FeedSource::Http(_))));
    }
}

#[test]
fn settings_samples_of_the_docs_are_right() {
    for (path, text) in documents().iter().filter(|(path, _)| !path.ends_with("design.md")) {
        for sample in blocks(text, "toml") {
            Config::parse(&sample, &["ranking"]).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
    }
}

#[test]
fn feed_samples_are_accepted_without_a_problem() {
    assert_eq!(blocks(&readme(), "json").len(), 2);
    for (path, text) in documents() {
        for sample in blocks(&text, "json") {
            let (board, report) = accept(sample.as_bytes(), &AcceptContext::default())
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            assert_eq!((board.slides.len(), report.problems), (1, vec![]), "{}: {sample}", path.display());
        }
    }
}

/// The tokens of docs/design.md are those of the code.
#[test]
fn the_tokens_of_the_design_are_those_of_the_theme() {
    let text = std::fs::read_to_string(root().join("docs/design.md")).unwrap();
    let tokens: toml::Table = blocks(&text, "toml").concat().parse().unwrap();
    let brand = Color::rgb([0xD4, 0xFF, 0x3A]);
    let dark = Theme::new(Mode::Dark, brand, false);
    let light = Theme::new(Mode::Light, brand, false);
    let stale = Theme::new(Mode::Dark, brand, true);
    let mut compared = 0;
    let mut same = |section: &str, name: &str, colors: &[Color]| {
        let value = name.split('.').fold(&tokens[section], |value, key| &value[key]);
        let written: Vec<&str> = match value {
            toml::Value::Array(colors) => colors.iter().map(|color| color.as_str().unwrap()).collect(),
            color => vec![color.as_str().unwrap()],
        };
        let hex = |color: &Color| format!("#{:02X}{:02X}{:02X}", color.0[0], color.0[1], color.0[2]);
        assert_eq!(written, colors.iter().map(hex).collect::<Vec<_>>(), "{section} {name}");
        compared += 1;
    };
    for (section, theme) in [("dark", &dark), ("light", &light)] {
        for (name, colors) in [
            ("bg.top", &theme.bg[..1]),
            ("bg.mid", &theme.bg[1..2]),
            ("bg.end", &theme.bg[2..]),
            ("bg.glow", &[theme.glow]),
            ("row", &theme.row),
            ("row_top", &theme.row_top),
            ("plate", &theme.plate),
            ("plate_top", &theme.plate_top),
            ("text.hi", &[theme.hi]),
            ("text.mid", &[theme.mid]),
            ("text.low", &[theme.low]),
            ("up", &[theme.up]),
            ("down", &[theme.down]),
            ("warn", &[theme.warn]),
            ("bar", &[theme.bar]),
            ("track", &[theme.track]),
            ("hero", &theme.hero),
        ] {
            same(section, name, colors);
        }
    }
    same("stale", "row_one", &stale.row_one);
    same("stale", "hero", &stale.hero);
    same("stale", "accent.text", &[stale.accent_text]);
    same("stale", "accent.fill", &[stale.accent]);
    same("stale", "up", &[stale.up]);
    same("stale", "down", &[stale.down]);
    same("accent", "fill", &[dark.accent]);
    same("accent", "on", &[dark.on_one]);
    same("accent", "text", &[dark.accent_text]);
    assert_eq!(compared, 43);
}

/// The words of a line as a shell takes them apart.
fn words(line: &str) -> Vec<String> {
    let quoted = line.split('"').enumerate().map(|(n, part)| match n % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    quoted.flatten().collect()
}

#[test]
fn commands_are_right() {
    let makefile = std::fs::read_to_string(root().join("Makefile")).unwrap();
    let mut seen = 0;
    for (path, text) in documents() {
        for line in blocks(&text, "sh").iter().flat_map(|block| block.lines()) {
            let line = line.split('#').next().unwrap().trim_end_matches(['&', ' ']);
            if line.starts_with("floorcast ") {
                seen += 1;
                Cli::try_parse_from(words(line)).unwrap_or_else(|error| panic!("{line}: {error}"));
            }
            if let Some(target) = line.strip_prefix("make ") {
                assert!(makefile.contains(&format!("\n{}:", target.trim())), "{}: {line}", path.display());
            }
            let words: Vec<&str> = line.split_whitespace().collect();
            for pair in words.windows(2).filter(|pair| pair[0] == "--test" || pair[0] == "--bench") {
                let places = [format!("tests/{}", pair[1]), format!("benches/{}", pair[1])];
                let is_there =
                    |place: &String| root().join(place).is_dir() || root().join(format!("{place}.rs")).is_file();
                assert!(places.iter().any(is_there), "{}: {line}", path.display());
            }
        }
    }
    assert!(seen >= 5, "{seen} commands");
}

#[test]
fn links_into_the_repository_lead_somewhere() {
    for (path, text) in documents() {
        let targets = text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap());
        for target in targets.filter(|target| !target.contains("://")) {
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            // A heading of the same document has no file before it.
            let file =
                if file.is_empty() { root().join(&path) } else { root().join(path.parent().unwrap()).join(file) };
            assert!(file.exists(), "{}: {target}", path.display());
            let headings = if anchor.is_empty() { String::new() } else { std::fs::read_to_string(file).unwrap() };
            let slug = |line: &str| line.trim_start_matches(['#', ' ']).to_lowercase().replace(' ', "-");
            let leads = headings.lines().filter(|line| line.starts_with('#')).any(|line| slug(line) == anchor);
            assert!(anchor.is_empty() || leads, "{}: {target}", path.display());
        }
    }
}

#[test]
fn a_block_is_found() {
    assert_eq!(blocks("a\n```toml\nx = 1\n```\n```sh\ny\n```\n", "toml"), ["x = 1\n"]);
}
