//! Finds import circles between files: each file is read after those that it uses, or the two are one.
//!
//! A file is a node, tests included. An edge is a name that a file takes from another one, followed through re-exports to
//! the file that defines it. No edges are `mod x;`, a re-export that the file itself does not use, and what a file takes
//! from a `mod.rs` or `lib.rs` above it: that holds what its folder shares.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::code::{File, files, strip};

/// A module's path from the root of its crate.
type Module = Vec<String>;

/// Files by what they use.
type Graph = BTreeMap<String, BTreeSet<String>>;

/// What the laws need to know of one file.
#[derive(Default)]
struct Source {
    module: Module,
    /// Each import: where it stands, its path as written, its name here (`*` for all), whether it is a re-export.
    imports: Vec<Import>,
    /// Other paths in the code, with the module that they stand in.
    paths: Vec<(Module, Vec<String>)>,
    /// Names that the code uses outside its imports.
    used: BTreeSet<String>,
    /// Names that are defined here.
    defined: BTreeSet<String>,
}

struct Import {
    at: Module,
    path: Vec<String>,
    name: String,
    re_export: bool,
}

/// The module that a file is, by its path below the folder of its crate.
fn module_of(inner: &str) -> Module {
    let mut parts: Module = inner.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if parts.last().is_some_and(|last| ["mod", "lib"].contains(&last.as_str())) {
        parts.pop();
    }
    parts
}

/// Identifiers, `::`, and every other character by itself.
fn tokens(code: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let length = match first {
            c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            ':' if rest.starts_with("::") => 2,
            c => c.len_utf8(),
        };
        out.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    out
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Reads stripped code.
fn read(module: Module, code: &str) -> Source {
    const ITEMS: [&str; 9] = ["fn", "struct", "enum", "trait", "type", "const", "static", "mod", "union"];
    let tokens = tokens(code);
    let mut source = Source { module: module.clone(), ..Source::default() };
    let (mut at, mut depth, mut here) = (0, 0, module);
    // Inline modules and the depth of their blocks.
    let mut inline: Vec<usize> = Vec::new();
    while at < tokens.len() {
        let (token, before) = (tokens[at], at.checked_sub(1).map_or("", |before| tokens[before]));
        let next = tokens.get(at + 1).copied().unwrap_or_default();
        match token {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                if inline.last() == Some(&depth) {
                    inline.pop();
                    here.pop();
                }
            }
            "mod" if tokens.get(at + 2) == Some(&"{") => {
                inline.push(depth);
                here.push(next.to_owned());
                at += 1;
            }
            "use" if ["", ";", "}", "{", "]", ")", "pub"].contains(&before) => {
                let end = at + tokens[at..].iter().position(|token| *token == ";").unwrap_or(tokens.len() - at);
                let re_export = ["pub", ")"].contains(&before);
                for (path, name) in use_tree(&mut tokens[at + 1..end].iter().copied().peekable(), &[]) {
                    source.imports.push(Import { at: here.clone(), path, name, re_export });
                }
                at = end;
            }
            word if is_word(word) => {
                if ITEMS.contains(&before) {
                    source.defined.insert(word.to_owned());
                } else {
                    source.used.insert(word.to_owned());
                }
                if next == "::" && !["::", "in"].contains(&before) {
                    source.paths.push((here.clone(), path_at(&tokens[at..])));
                }
            }
            _ => {}
        }
        at += 1;
    }
    source
}

/// The path that the tokens begin with.
fn path_at(tokens: &[&str]) -> Vec<String> {
    let words = tokens.chunks(2).take_while(|pair| is_word(pair[0]));
    let mut path = Vec::new();
    for pair in words {
        path.push(pair[0].to_owned());
        if pair.get(1) != Some(&"::") {
            break;
        }
    }
    path
}

/// The paths of a use tree, each with the name that it has here.
fn use_tree<'a>(
    tokens: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>,
    prefix: &[String],
) -> Vec<(Vec<String>, String)> {
    let (mut path, mut out) = (prefix.to_vec(), Vec::new());
    while let Some(token) = tokens.next() {
        match token {
            "{" => {
                while tokens.peek().is_some_and(|token| *token != "}") {
                    let mut inner = use_tree(tokens, &path);
                    out.append(&mut inner);
                    if tokens.peek() == Some(&",") {
                        tokens.next();
                    }
                }
                tokens.next();
                return out;
            }
            "*" => return vec![(path, "*".to_owned())],
            "self" if path.len() > prefix.len() || !prefix.is_empty() => {}
            word if is_word(word) => path.push(word.to_owned()),
            _ => {}
        }
        match tokens.peek().copied() {
            Some("::") => _ = tokens.next(),
            Some("as") => {
                tokens.next();
                let name = tokens.next().unwrap_or_default().to_owned();
                return vec![(path, name)];
            }
            _ => break,
        }
    }
    let name = path.last().cloned().unwrap_or_default();
    vec![(path, name)]
}

/// The files of one crate.
struct Crate {
    /// By module.
    files: BTreeMap<Module, String>,
    sources: BTreeMap<String, Source>,
}

impl Crate {
    fn new(folder: &str, all: Vec<File>) -> Crate {
        let (mut files, mut sources) = (BTreeMap::new(), BTreeMap::new());
        for file in all {
            let module = module_of(file.path.strip_prefix(folder).unwrap_or(&file.path).trim_start_matches('/'));
            files.insert(module.clone(), file.path.clone());
            sources.insert(file.path, read(module, &strip(&file.text)));
        }
        Crate { files, sources }
    }

    /// The path from the root of the crate; `None`: it leads out of the crate, or into something local.
    fn absolute(&self, at: &Module, path: &[String]) -> Option<Module> {
        let mut base = at.clone();
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" => (base, rest) = (Module::new(), &path[1..]),
            "self" => rest = &path[1..],
            "super" => {}
            child if self.files.contains_key(&[at.as_slice(), &[child.to_owned()]].concat()) => {}
            _ => return None,
        }
        while rest.first().is_some_and(|part| part == "super") {
            base.pop();
            rest = &rest[1..];
        }
        Some([base.as_slice(), rest].concat())
    }

    /// The file that defines what an absolute path names.
    fn file_of(&self, path: &[String], hops: usize) -> Option<&String> {
        let known = (0..=path.len()).rev().find(|end| self.files.contains_key(&path[..*end]))?;
        let file = &self.files[&path[..known]];
        let (Some(name), true) = (path.get(known), hops < 8) else { return Some(file) };
        let source = &self.sources[file];
        if source.defined.contains(name) {
            return Some(file);
        }
        let own = || source.imports.iter().filter(|import| import.at == source.module);
        let target = |import: &Import| self.absolute(&import.at, &import.path);
        if let Some(found) = own().find(|import| import.name == *name).and_then(target) {
            return self.file_of(&[&found, &path[known + 1..]].concat(), hops + 1);
        }
        let through = own().filter(|import| import.name == "*" && import.re_export).filter_map(target);
        through
            .filter_map(|all| self.file_of(&[&all, &path[known..]].concat(), hops + 1))
            .find(|file| self.sources[*file].defined.contains(name))
            .or(Some(file))
    }

    fn graph(&self) -> Graph {
        let mut graph = Graph::new();
        for (file, source) in &self.sources {
            let unused = |import: &&Import| !import.re_export || source.used.contains(&import.name);
            let imported = source.imports.iter().filter(unused).map(|import| (&import.at, &import.path));
            let named = source.paths.iter().map(|(at, path)| (at, path));
            let used = imported.chain(named).filter_map(|(at, path)| self.file_of(&self.absolute(at, path)?, 0));
            let used = used.filter(|used| *used != file && !is_above(used, file)).cloned().collect();
            graph.insert(file.clone(), used);
        }
        graph
    }
}

/// Whether a file is the `mod.rs` or `lib.rs` of a folder that the other one lies in.
fn is_above(file: &str, below: &str) -> bool {
    let folder = file.strip_suffix("/mod.rs").or(file.strip_suffix("/lib.rs"));
    folder.and_then(|folder| below.strip_prefix(folder)).is_some_and(|rest| rest.starts_with('/'))
}

/// The circles of a graph, by Tarjan's algorithm: sets of files each of which reaches every other one.
fn circles(graph: &Graph) -> Vec<BTreeSet<String>> {
    let mut search = Search { graph, order: BTreeMap::new(), stack: Vec::new(), found: Vec::new() };
    for file in graph.keys() {
        if !search.order.contains_key(file.as_str()) {
            search.visit(file);
        }
    }
    search.found
}

struct Search<'a> {
    graph: &'a Graph,
    order: BTreeMap<&'a str, usize>,
    stack: Vec<&'a str>,
    found: Vec<BTreeSet<String>>,
}

impl<'a> Search<'a> {
    /// The lowest place in the order that is still open and can be reached from here.
    fn visit(&mut self, file: &'a str) -> usize {
        let place = self.order.len();
        self.order.insert(file, place);
        self.stack.push(file);
        let mut low = place;
        for next in self.graph.get(file).into_iter().flatten() {
            low = match self.order.get(next.as_str()) {
                None => low.min(self.visit(next)),
                Some(place) if self.stack.contains(&next.as_str()) => low.min(*place),
                Some(_) => low,
            };
        }
        if low == place {
            let from = self.stack.iter().rposition(|open| *open == file).unwrap_or(0);
            let circle: BTreeSet<String> = self.stack.split_off(from).into_iter().map(str::to_owned).collect();
            self.found.extend(Some(circle).filter(|circle| circle.len() > 1));
        }
        low
    }
}

/// A circle with what its files use of each other.
fn words(circle: &BTreeSet<String>, graph: &Graph) -> String {
    let mut out = format!("a circle of {} files:\n", circle.len());
    for file in circle {
        let used: Vec<&str> = graph[file].intersection(circle).map(String::as_str).collect();
        let _ = writeln!(out, "  {file} uses {}", used.join(", "));
    }
    out
}

/// The source folders of the kiosk and of every crate of the workspace.
fn folders() -> Vec<String> {
    let crates = std::fs::read_dir(crate::code::root().join("crates"));
    let crates = crates.into_iter().flatten().flatten();
    let inner = crates.map(|entry| format!("crates/{}/src", entry.file_name().to_string_lossy()));
    std::iter::once("src".to_owned()).chain(inner).collect()
}

#[test]
fn files_import_each_other_in_no_circle() {
    let mut broken = String::new();
    for folder in folders() {
        let graph = Crate::new(&folder, files(&folder, "rs")).graph();
        for circle in circles(&graph) {
            broken += &words(&circle, &graph);
        }
    }
    assert!(broken.is_empty(), "\n{broken}");
}

#[test]
fn circles_are_caught() {
    let file = |(path, text): &(&str, &str)| File { path: (*path).to_owned(), text: (*text).to_owned() };
    let found = |files: &[(&str, &str)]| {
        let graph = Crate::new("src", files.iter().map(file).collect()).graph();
        circles(&graph).into_iter().map(|circle| circle.into_iter().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    for (files, circle) in [
        (vec![("src/a.rs", "use crate::b::B;"), ("src/b.rs", "fn f(a: crate::a::A) {}")], "src/a.rs src/b.rs"),
        (vec![("src/a.rs", "use super::b::{x, B};"), ("src/b.rs", "use crate::{a};")], "src/a.rs src/b.rs"),
        (
            vec![
                ("src/a/mod.rs", "pub use self::b::B; struct A(B);"),
                ("src/a/b.rs", "use crate::a::c::C;"),
                ("src/a/c.rs", "use super::B;"),
            ],
            "src/a/b.rs src/a/c.rs",
        ),
        (
            vec![("src/a/mod.rs", "use b::B;"), ("src/a/b.rs", "use crate::c::C;"), ("src/c.rs", "use crate::a::A;")],
            "src/a/b.rs src/a/mod.rs src/c.rs",
        ),
        (vec![("src/a.rs", "mod tests { use crate::b::B; }"), ("src/b.rs", "use crate::a::A;")], "src/a.rs src/b.rs"),
    ] {
        assert_eq!(found(&files), [circle], "{files:?}");
    }
    for files in [
        vec![("src/a.rs", "use crate::b::B;"), ("src/b.rs", "mod tests { use super::*; }")],
        vec![("src/a/mod.rs", "mod b; use b::B; struct A;"), ("src/a/b.rs", "use super::A;")],
        vec![
            ("src/a/mod.rs", "mod b; mod c; pub(crate) use b::B;"),
            ("src/a/b.rs", ""),
            ("src/a/c.rs", "use super::B;"),
        ],
        vec![
            ("src/a/mod.rs", "mod b; mod c; use c::C; pub use b::*;"),
            ("src/a/b.rs", "struct B;"),
            ("src/a/c.rs", "use super::B;"),
        ],
        vec![
            ("src/a.rs", "// use crate::b::B;\npub(in crate::b) fn f() { \"crate::b\" }"),
            ("src/b.rs", "use crate::a::A;"),
        ],
    ] {
        assert_eq!(found(&files), Vec::<String>::new(), "{files:?}");
    }
}
