//! Finds public items that nobody uses: the compiler does not, as another crate might use them.

use std::collections::{BTreeMap, HashMap};

use crate::code::{File, code, files, strip};

const ITEMS: &[&str] = &["fn", "const", "static", "struct", "enum", "type", "trait", "union"];

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// The public items of a file by name.
fn public(text: &str) -> Vec<&str> {
    let all: Vec<&str> = words(text).collect();
    let after = |at: usize| all.get(at).copied().unwrap_or_default();
    let mut out = Vec::new();
    for mut at in (1..all.len()).filter(|&at| all[at - 1] == "pub") {
        // `pub(in crate::store) const fn name`: what stands before the item's own word.
        let in_path = after(at) == "in";
        let path = |word: &str| ["crate", "super", "self", "in"].contains(&word);
        while path(after(at)) || (in_path && !ITEMS.contains(&after(at)) && at < all.len()) {
            at += 1;
        }
        while ["async", "unsafe"].contains(&after(at)) || (after(at) == "const" && after(at + 1) == "fn") {
            at += 1;
        }
        if ITEMS.contains(&after(at)) {
            out.extend(all.get(at + 1));
        }
    }
    out
}

/// Public items that only their own line names, each with its file.
fn dead(product: &[File], everything: &[String]) -> Vec<String> {
    let mut count: HashMap<&str, usize> = HashMap::new();
    everything.iter().flat_map(|text| words(text)).for_each(|word| *count.entry(word).or_default() += 1);
    let mut found = BTreeMap::new();
    for file in product {
        for name in public(&file.text).into_iter().filter(|name| count.get(name) == Some(&1)) {
            found.insert(name, &file.path);
        }
    }
    found.into_iter().map(|(name, path)| format!("{path}: nobody uses {name}")).collect()
}

#[test]
fn nothing_public_is_dead() {
    let mut everything = Vec::new();
    for folder in ["src", "crates", "tests", "benches", "fuzz", "examples"] {
        everything.extend(files(folder, "rs").iter().map(|file| strip(&file.text)));
        // Templates call what is Rust.
        everything.extend(files(folder, "html").into_iter().map(|file| file.text));
    }
    let found = dead(&code(), &everything);
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn what_nobody_uses_is_caught() {
    let text = "pub struct Used; pub(crate) fn dead_fn() {} pub const DEAD: u8 = 1; pub const fn dead_too() {} \
                pub(in crate::store) fn used() { Used; used() }";
    let file = File { path: "src/a.rs".into(), text: text.into() };
    let found = dead(&[file], &[text.into()]).join(" ");
    for name in ["dead_fn", "DEAD", "dead_too"] {
        assert!(found.contains(&format!("nobody uses {name}")), "{name}: {found}");
    }
    assert!(!found.contains("sed "), "{found}");
}
