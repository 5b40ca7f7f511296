//! Lists the people of a celebration in one line.

/// So many people are named; of more, the first two.
const MAX_NAMES: usize = 3;

/// "A & B", "A, B & C", "A. SNELLING, K. HENDRIXSON + 9".
pub fn list<S: AsRef<str>>(names: &[S], and: &str) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names[..] {
        [] => String::new(),
        [one] => one.to_owned(),
        [ref first @ .., last] if names.len() <= MAX_NAMES => format!("{}{and}{last}", first.join(", ")),
        [a, b, ..] => format!("{}, {} + {}", initial(a), initial(b), names.len() - 2),
    }
}

/// "A. SNELLING"; a name in another script than Latin stays whole.
fn initial(name: &str) -> String {
    let Some((given, family)) = name.split_once(' ') else { return name.to_owned() };
    match given.chars().next().filter(char::is_ascii_alphabetic) {
        Some(letter) => format!("{letter}. {family}"),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_are_counted_in_one_form() {
        let said = |names: &[&str]| list(names, " & ");
        assert_eq!(said(&["ANA SOUSA"]), "ANA SOUSA");
        assert_eq!(said(&["ANA SOUSA", "BEN OKAFOR"]), "ANA SOUSA & BEN OKAFOR");
        assert_eq!(said(&["ANA", "BEN", "CHI"]), "ANA, BEN & CHI");
        assert_eq!(said(&["ANNA SNELLING", "KARY HENDRIXSON", "森下 葵", "CHI"]), "A. SNELLING, K. HENDRIXSON + 2");
    }
}
