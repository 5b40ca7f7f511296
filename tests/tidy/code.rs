//! Reads Rust files as far as the laws need: code without comments, texts and tests.

use std::path::{Path, PathBuf};

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the repository, by its path from the root, and its text.
pub struct File {
    pub path: String,
    pub text: String,
}

/// All files under `folder` with this extension, sorted.
pub fn files(folder: &str, extension: &str) -> Vec<File> {
    let mut out = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                // A fuzzer builds below its own folder.
                open.extend(Some(path).filter(|path| !path.ends_with("target")));
            } else if path.extension().is_some_and(|found| found == extension) {
                out.push(File { path: relative(&path), text: std::fs::read_to_string(&path).unwrap() });
            }
        }
    }
    out.sort_by(|a, b| a.path.cmp(&b.path));
    out
}

/// The sources of the crates under `crates/`; their tests and examples are none.
fn files_of_crates() -> Vec<File> {
    let mut files = files("crates", "rs");
    files.retain(|file| file.path.contains("/src/"));
    files
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/")
}

/// The files of the program and its crates with their code: no comments, no texts, no tests.
pub fn code() -> Vec<File> {
    let mut files = files("src", "rs");
    files.extend(files_of_crates());
    let stripped: Vec<(String, String)> = files.into_iter().map(|file| (file.path, strip(&file.text))).collect();
    let mut tests: Vec<PathBuf> = Vec::new();
    let mut out = Vec::new();
    for (path, text) in stripped {
        let (text, modules) = without_tests(&text);
        let file = Path::new(&path);
        let stem = file.file_stem().unwrap().to_string_lossy();
        let folder = file.parent().unwrap();
        let folder = if ["mod", "lib", "main"].contains(&&*stem) { folder.into() } else { folder.join(&*stem) };
        for module in modules {
            tests.extend([folder.join(format!("{module}.rs")), folder.join(module)]);
        }
        out.push(File { path, text });
    }
    out.retain(|file| !tests.iter().any(|test| Path::new(&file.path).starts_with(test)));
    out
}

/// The text with every comment and every literal text blanked; lines stay where they are.
pub fn strip(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = literal_end(&chars, at);
        if end > at {
            out.extend(chars[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
            at = end;
        } else {
            out.push(chars[at]);
            at += 1;
        }
    }
    out
}

/// Where the comment or text that starts `at` ends; `at` itself when none does.
fn literal_end(chars: &[char], at: usize) -> usize {
    let rest = &chars[at..];
    let starts = |with: &str| rest.len() >= with.len() && with.chars().zip(rest).all(|(a, b)| a == *b);
    let ident_before = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
    if starts("//") {
        return at + rest.iter().position(|c| *c == '\n').unwrap_or(rest.len());
    }
    if starts("/*") {
        let mut depth = 0;
        let mut i = at;
        while i < chars.len() {
            match (chars[i], chars.get(i + 1)) {
                ('/', Some('*')) => (depth, i) = (depth + 1, i + 2),
                ('*', Some('/')) => (depth, i) = (depth - 1, i + 2),
                _ => i += 1,
            }
            if depth == 0 {
                return i;
            }
        }
        return chars.len();
    }
    if starts("\"") {
        return after_quote(chars, at + 1, '"');
    }
    if starts("'") {
        // A lifetime is no text: 'a is followed by no closing quote.
        let is_char = rest.get(1) == Some(&'\\') || rest.get(2) == Some(&'\'');
        return if is_char { after_quote(chars, at + 1, '\'') } else { at };
    }
    let raw = ["br", "cr", "r"].into_iter().find(|prefix| starts(prefix)).filter(|_| !ident_before);
    if let Some(prefix) = raw {
        let start = at + prefix.len();
        let hashes = chars[start..].iter().take_while(|c| **c == '#').count();
        if chars.get(start + hashes) == Some(&'"') {
            let close: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
            let body = start + hashes + 1;
            let found = chars[body..].windows(close.len()).position(|window| window == close);
            return found.map_or(chars.len(), |found| body + found + close.len());
        }
    }
    at
}

fn after_quote(chars: &[char], from: usize, quote: char) -> usize {
    let mut at = from;
    while at < chars.len() && chars[at] != quote {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// Stripped code without its test items, and the names of test modules in files of their own.
pub fn without_tests(code: &str) -> (String, Vec<String>) {
    const MARK: &str = "#[cfg(test)]";
    let mut out = String::new();
    let mut modules = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find(MARK) {
        out.push_str(&rest[..at]);
        let item = &rest[at + MARK.len()..];
        let end = item.find([';', '{']).unwrap_or(item.len());
        let head = item[..end].trim();
        if item[end..].starts_with(';') {
            modules.extend(head.rsplit_once("mod ").map(|(_, name)| name.trim().to_owned()));
        }
        let length = if item[end..].starts_with('{') { end + block(&item[end..]) } else { (end + 1).min(item.len()) };
        rest = &item[length..];
    }
    out.push_str(rest);
    (out, modules)
}

/// Length of the block that the text starts with.
fn block(text: &str) -> usize {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

/// Whether the code names something in the crate or module `path`, e.g. `wgpu::`.
pub fn names(code: &str, path: &str) -> bool {
    code.match_indices(path).any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

#[test]
fn comments_and_texts_are_blanked() {
    for (text, code) in [
        ("a // b\nc", "a     \nc"),
        ("a /* b /* c */ d */ e", "a                   e"),
        ("f(\"wgpu::\\\" x\") g", "f(            ) g"),
        ("f(r#\"a\"b\"#) g", "f(        ) g"),
        ("f('\"', 'a', '\\'') g", "f(   ,    ,     ) g"),
        ("fn f<'a>(x: &'a str) {}", "fn f<'a>(x: &'a str) {}"),
        ("bar(1)", "bar(1)"),
        ("\"never closed", "             "),
    ] {
        assert_eq!(strip(text).trim_end(), code.trim_end(), "{text}");
    }
}

#[test]
fn tests_are_left_out() {
    let (code, modules) = without_tests("a\n#[cfg(test)]\nmod tests { fn x() { {} } }\nb\n#[cfg(test)]\nmod far;\nc");
    assert_eq!(code.split_whitespace().collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(modules, ["far"]);
}

#[test]
fn a_name_is_a_whole_name() {
    assert!(names("use wgpu::Device;", "wgpu::"));
    assert!(names("(wgpu::x)", "wgpu::"));
    assert!(!names("my_wgpu::x", "wgpu::"));
}
