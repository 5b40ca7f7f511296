//! The samples of the README: settings parse, commands exist, links lead somewhere.

use std::path::Path;

use clap::Parser;
use floorcast::cli::Cli;
use floorcast::config::{Config, FeedSource};
use floorcast::feed::accept::{AcceptContext, accept};

fn readme() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
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
fn feed_samples_are_accepted_without_a_problem() {
    let samples = blocks(&readme(), "json");
    assert_eq!(samples.len(), 2);
    for sample in samples {
        let (board, report) = accept(sample.as_bytes(), &AcceptContext::default()).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!((board.slides.len(), report.problems), (1, vec![]), "{sample}");
    }
}

#[test]
fn commands_are_right() {
    let mut seen = 0;
    for line in blocks(&readme(), "sh").iter().flat_map(|block| block.lines()) {
        let line = line.split('#').next().unwrap().trim_end_matches(['&', ' ']);
        if line.starts_with("floorcast ") {
            seen += 1;
            Cli::try_parse_from(line.split_whitespace()).unwrap_or_else(|error| panic!("{line}: {error}"));
        }
        if let Some(target) = line.strip_prefix("make ") {
            let makefile = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Makefile")).unwrap();
            assert!(makefile.contains(&format!("\n{}:", target.trim())), "{line}");
        }
    }
    assert!(seen >= 5, "{seen} commands");
}

#[test]
fn links_into_the_repository_lead_somewhere() {
    let text = readme();
    let targets = text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap());
    for target in targets.filter(|target| !target.contains("://")) {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(target).exists(), "{target}");
    }
}

#[test]
fn a_block_is_found() {
    assert_eq!(blocks("a\n```toml\nx = 1\n```\n```sh\ny\n```\n", "toml"), ["x = 1\n"]);
}
