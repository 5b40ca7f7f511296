//! Shortens names in a knock-out: the family name alone, with the initial where two are alike.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation;

use crate::scene::text::{is_cjk, is_visible};

/// The short forms of names, in their order. `teams` keep theirs.
pub fn short(names: &[String], teams: bool) -> Vec<String> {
    if teams {
        return names.to_vec();
    }
    let parts: Vec<(&str, &str)> = names.iter().map(|n| family_and_given(n)).collect();
    let mut families: BTreeMap<&str, usize> = BTreeMap::new();
    for (family, _) in &parts {
        *families.entry(family).or_default() += 1;
    }
    let with_initial: Vec<String> = parts
        .iter()
        .map(|&(family, given)| match given.graphemes(true).find(|letter| is_visible(letter)) {
            Some(first) if families[family] > 1 && family.starts_with(is_cjk) => format!("{family} {first}"),
            Some(first) if families[family] > 1 => format!("{first}. {family}"),
            _ => family.to_owned(),
        })
        .collect();
    let mut shorts: BTreeMap<&str, usize> = BTreeMap::new();
    for short in &with_initial {
        *shorts.entry(short).or_default() += 1;
    }
    // Alike even so: the whole name.
    let out =
        with_initial.iter().zip(names).map(|(s, name)| if shorts[s.as_str()] > 1 { name.clone() } else { s.clone() });
    out.collect()
}

/// Kanji names begin with the family; so do no others. Katakana names have their parts parted by a dot.
fn family_and_given(name: &str) -> (&str, &str) {
    if let Some((given, family)) = name.rsplit_once('・') {
        return (family, given);
    }
    match name.split_once([' ', '\u{3000}']) {
        Some((family, given)) if name.starts_with(is_cjk) => (family, given.trim()),
        Some((given, family)) => (family.trim(), given),
        None => (name, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn family_names_and_initials_where_two_are_alike() {
        let names = ["Ana Duarte", "Bea Duarte", "森田 結", "早坂 仁", "早坂 葵", "ルカ・ベルティ", "Prince"]
            .map(str::to_owned);
        assert_eq!(
            short(&names, false),
            ["A. Duarte", "B. Duarte", "森田", "早坂 仁", "早坂 葵", "ベルティ", "Prince"]
        );
        let twins = ["Ana Duarte", "Aldo Duarte", "Eva van der Berg"].map(str::to_owned);
        assert_eq!(short(&twins, false), ["Ana Duarte", "Aldo Duarte", "van der Berg"]);
        assert_eq!(short(&["Team West".to_owned()], true), ["Team West"]);
    }
}
