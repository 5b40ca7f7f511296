//! Citations: every `DESIGN n.m`, `FEED §n` and `KIOSK rule n` leads to a section of `docs/`.

use std::collections::BTreeSet;

use crate::code::{File, files, root};

/// The sections of a document: numbers of its headings, and of the lettered parts `**6.4 a.`.
fn sections(text: &str) -> BTreeSet<String> {
    let number = |line: &str| line.split(|c: char| c != '.' && !c.is_ascii_digit()).next().map(str::to_owned);
    let mut out = BTreeSet::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix('#') {
            out.extend(number(heading.trim_start_matches(['#', ' '])));
        } else if let Some(bold) = line.strip_prefix("**")
            && let Some((part, _)) = bold.split_once(". ")
            && let Some((section, letter)) = part.split_once(' ')
            && letter.len() == 1
        {
            out.insert(format!("{section} {letter}"));
        }
    }
    out.into_iter().map(|section| section.trim_end_matches('.').to_owned()).filter(|s| !s.is_empty()).collect()
}

/// The numbers of the list items of a document: `12. Handle …`.
fn rules(text: &str) -> BTreeSet<String> {
    let number = |line: &str| line.split_once(". ").map(|(number, _)| number.to_owned());
    text.lines().filter_map(number).filter(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit())).collect()
}

/// What can be cited of a document, and how.
struct Document {
    /// The word of a citation.
    word: &'static str,
    /// What stands before each number.
    mark: &'static str,
    path: &'static str,
    known: BTreeSet<String>,
}

fn documents() -> [Document; 3] {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let document = |word, mark, path, known: fn(&str) -> BTreeSet<String>| Document {
        word,
        mark,
        path,
        known: known(&read(path)),
    };
    [
        document("DESIGN", "", "docs/design.md", sections),
        document("FEED", "§", "docs/feed.md", sections),
        document("KIOSK", "rule ", "docs/kiosk.md", rules),
    ]
}

/// Every citation of a document in a text: the number of the line, and what is cited.
///
/// Reads on over `,`, `;`, `and`, `to` and the start of a comment's next line: `DESIGN 6.2 and 6.3`, `FEED §1, §5`.
fn citations(text: &str, document: &Document) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    for (at, _) in text.match_indices(document.word) {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let after = &text[at + document.word.len()..];
        if text[..at].ends_with(is_word) || !after.starts_with(char::is_whitespace) {
            continue;
        }
        let line = text[..at].matches('\n').count() + 1;
        let mut rest = skip_blank(after);
        while let Some((cited, more)) = first_citation(rest, document.mark) {
            out.push((line, cited));
            let joined = [",", ";", "and ", "to "].into_iter().find_map(|word| skip_blank(more).strip_prefix(word));
            let Some(next) = joined else { break };
            rest = skip_blank(next);
        }
    }
    out
}

/// Skips blanks, and the marks at the start of a comment's next line.
fn skip_blank(text: &str) -> &str {
    let text = text.trim_start_matches(' ');
    match text.strip_prefix('\n') {
        Some(next) => next.trim_start_matches([' ', '/', '!', '#', '*']),
        None => text,
    }
}

/// The citation that a text starts with, without its mark, and what follows it.
fn first_citation<'t>(text: &'t str, mark: &str) -> Option<(String, &'t str)> {
    let text = text.strip_prefix(mark)?;
    let end = text.find(|c: char| c != '.' && !c.is_ascii_digit()).unwrap_or(text.len());
    let number = text[..end].trim_end_matches('.');
    let rest = &text[number.len()..];
    if number.is_empty() || rest.starts_with(char::is_alphabetic) {
        return None;
    }
    // A lettered part: `6.4 b`.
    let letter = rest.strip_prefix(' ').and_then(|part| part.chars().next()).filter(char::is_ascii_lowercase);
    let ends = |letter: char| !rest[1 + letter.len_utf8()..].starts_with(|c: char| c.is_alphanumeric());
    match letter.filter(|letter| ends(*letter)) {
        Some(letter) => Some((format!("{number} {letter}"), &rest[2..])),
        None => Some((number.to_owned(), rest)),
    }
}

/// What a file cites that is not there.
fn dangling(file: &File, documents: &[Document]) -> Vec<String> {
    let mut out = Vec::new();
    for document in documents {
        for (line, cited) in citations(&file.text, document) {
            if !document.known.contains(&cited) {
                let Document { word, mark, path, .. } = document;
                out.push(format!("{}:{line}: {word} {mark}{cited} is not in {path}", file.path));
            }
        }
    }
    out
}

fn all() -> Vec<File> {
    let places = [
        ("src", "rs"),
        ("crates", "rs"),
        ("tests", "rs"),
        ("benches", "rs"),
        ("fuzz", "rs"),
        ("shaders", "wgsl"),
        ("scripts", "sh"),
        ("scripts", "py"),
        ("systemd", "service"),
        ("docs", "md"),
        (".github", "yml"),
    ];
    // This file cites what is not there.
    let own = |file: &File| file.path != "tests/tidy/citations.rs";
    places.into_iter().flat_map(|(folder, extension)| files(folder, extension)).filter(own).collect()
}

#[test]
fn every_citation_leads_somewhere() {
    let documents = documents();
    let broken: Vec<String> = all().iter().flat_map(|file| dangling(file, &documents)).collect();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
    for document in &documents {
        let count: usize = all().iter().map(|file| citations(&file.text, document).len()).sum();
        assert!(count > 2, "{count} citations of {}", document.word);
    }
}

#[test]
fn citations_are_found() {
    let documents = documents();
    let found = |text: &str| -> Vec<String> {
        let all = documents.iter().flat_map(|document| citations(text, document));
        all.map(|(line, cited)| format!("{line}: {cited}")).collect()
    };
    assert_eq!(found("x\n// (DESIGN 6.2 and 6.3)."), ["2: 6.2", "2: 6.3"]);
    assert_eq!(found("(DESIGN 6.4, 6.5)"), ["1: 6.4", "1: 6.5"]);
    assert_eq!(found("(DESIGN 6.4 b) and DESIGN 2 at 5 m, DESIGN 3 to 5"), ["1: 6.4 b", "1: 2", "1: 3", "1: 5"]);
    assert_eq!(found("/// (DESIGN\n/// 6.15,\n/// 6.12)"), ["1: 6.15", "1: 6.12"]);
    assert_eq!(found("(FEED §1, §5) (FEED §4 and §5.)"), ["1: 1", "1: 5", "1: 4", "1: 5"]);
    assert_eq!(found("(KIOSK rule 12) KIOSK rules"), ["1: 12"]);
    assert_eq!(found("REDESIGN 9, FEED_§9, DESIGN caps the pitch, \"FEED\", DESIGN 5th"), Vec::<String>::new());
}

#[test]
fn dangling_citations_are_caught() {
    let documents = documents();
    for (text, says) in [
        ("// DESIGN 6.99", "x.rs:1: DESIGN 6.99 is not in docs/design.md"),
        ("\n// DESIGN 6.1, 8", "x.rs:2: DESIGN 8 is not in docs/design.md"),
        ("// DESIGN 6.4 d", "x.rs:1: DESIGN 6.4 d is not in docs/design.md"),
        ("// FEED §0", "x.rs:1: FEED §0 is not in docs/feed.md"),
        ("// KIOSK rule 99", "x.rs:1: KIOSK rule 99 is not in docs/kiosk.md"),
    ] {
        let file = File { path: "x.rs".into(), text: text.into() };
        assert_eq!(dangling(&file, &documents), [says]);
    }
    for text in ["DESIGN 6.18, 6.4 c", "FEED §7", "KIOSK rule 31"] {
        let file = File { path: "x.rs".into(), text: text.into() };
        assert_eq!(dangling(&file, &documents), Vec::<String>::new());
    }
}
