//! Explains why a text is not JSON, to an author who wrote it by hand or with a program.

use super::report::short;

/// Line and column of the end of a text, both from 1, the column in characters.
pub(super) fn place(before: &str) -> (usize, usize) {
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}

/// What kind of text it is, where it is something else than JSON altogether.
pub(super) fn other_text(text: &str) -> Option<String> {
    let text = text.trim_start();
    match text.chars().next() {
        None => Some("the document is empty".into()),
        Some('<') if text.starts_with("<?xml") && !text.contains("<html") => {
            Some(format!("this is XML, not JSON: it begins with {}", short(text)))
        }
        Some('<') => Some(format!("this is a web page, not JSON: it begins with {}", short(text))),
        Some(_) => None,
    }
}

/// One line about what serde_json found wrong in a text.
pub(super) fn json(text: &str, error: &serde_json::Error) -> String {
    let at = offset(text, error.line(), error.column());
    let (line, column) = place(&text[..at]);
    let place = format!("line {line}, column {column}");
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    if error.is_eof() {
        return format!("not valid JSON: it ends in the middle ({place}): is the file complete?");
    }
    if is_table(text) {
        return format!(
            "not valid JSON at {place}: {message} (a table is read where its name ends in .csv, .tsv or .xlsx)"
        );
    }
    if !text.trim_start().starts_with(['{', '[']) {
        return format!("not valid JSON: a board begins with {{, this text with {}", short(text.trim_start()));
    }
    let why = fault(&text[..at], &text[at..], message).unwrap_or_else(|| message.to_owned());
    format!("not valid JSON at {place}: {why}")
}

/// Where serde_json stopped: its column counts bytes, and includes the one that it did not like.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = match line {
        0 | 1 => 0,
        line => text.match_indices('\n').nth(line - 2).map_or(text.len(), |(end, _)| end + 1),
    };
    // Column 0 is the end of the line before.
    let mut at = (start + column).saturating_sub(1).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// What the usual mistakes look like where the reading stopped.
fn fault(before: &str, rest: &str, message: &str) -> Option<String> {
    let next = rest.chars().next()?;
    let in_text = message.contains("control character") || message.contains("escape");
    if message.contains("control character") {
        return Some(match next {
            '\n' | '\r' => {
                "a text goes on over the end of the line: its closing \" is missing, or the line break is written \\n"
                    .into()
            }
            '\t' => "a tab stands in a text: it is written \\t".into(),
            c => format!("the invisible character U+{:04X} stands in a text", u32::from(c)),
        });
    }
    if in_text {
        return Some(format!("{message}: a backslash in a text is written \\\\"));
    }
    if message.contains("trailing comma") {
        return Some("a comma stands behind the last entry, before the closing bracket: take it out".into());
    }
    match next {
        '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '＂' => {
            return Some(format!("{next} (U+{:04X}) where JSON needs the straight quote \"", u32::from(next)));
        }
        '\'' => return Some("a text stands in single quotes; JSON takes double quotes \"".into()),
        '`' => return Some("a text stands in backquotes; JSON takes double quotes \"".into()),
        '/' if rest.starts_with("//") || rest.starts_with("/*") => {
            return Some(
                "a comment, which JSON does not allow: remove it, or write it into a field \"_comment\"".into(),
            );
        }
        '#' => {
            return Some(
                "a comment, which JSON does not allow: remove it, or write it into a field \"_comment\"".into(),
            );
        }
        '\u{feff}' | '\u{200b}' | '\u{a0}' | '\u{2028}' => {
            return Some(format!("the invisible character U+{:04X}: remove it", u32::from(next)));
        }
        _ => {}
    }
    let was = before.trim_end();
    // A word may have been read up to its second letter.
    let start = was.len()
        - was.bytes().rev().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'+' | b'-')).count();
    let begun = if was.len() == before.len() { &before[start..] } else { "" };
    let word: String = begun
        .chars()
        .chain(rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '+' | '-')))
        .take(40)
        .collect();
    if was.ends_with([',', '{', '[', ':']) && next == ',' {
        return Some("two commas stand beside each other: an entry is missing".into());
    }
    if next == '=' {
        return Some("expected : between a name and its value, found =".into());
    }
    if next == ';' {
        return Some("expected a comma, found ;".into());
    }
    let known = match word.as_str() {
        "None" | "undefined" | "nil" | "NULL" | "Null" => Some("null"),
        "True" | "TRUE" => Some("true"),
        "False" | "FALSE" => Some("false"),
        "nan" | "NaN" | "inf" | "Infinity" | "-inf" | "-Infinity" | "-nan" => Some("null"),
        _ => None,
    };
    if let Some(known) = known {
        return Some(format!("{word} is no word of JSON; it is written {known}"));
    }
    if message.contains("key must be a string") {
        let number_before =
            was.strip_suffix(',').is_some_and(|was| was.trim_end().ends_with(|c: char| c.is_ascii_digit()));
        if next.is_ascii_digit() && number_before {
            return Some("a number is written without signs between the thousands, 1200.5".into());
        }
        return Some(match word.is_empty() {
            true => format!("expected a name in double quotes, found {}", short(&next.to_string())),
            false => format!("the name {word} stands without quotes; it is written \"{word}\""),
        });
    }
    if message.contains("expected `,` or") {
        let what = if was.ends_with(|c: char| c.is_ascii_digit())
            && (next.is_alphabetic() || next == '%' || "€$£¥".contains(next))
        {
            "; a number stands alone, without its unit"
        } else {
            ""
        };
        return Some(format!("a comma is missing before {}{what}", short(&rest.chars().take(20).collect::<String>())));
    }
    if message.contains("invalid number") {
        return Some(format!(
            "{} is not a number as JSON writes it, 1200.5: no zero in front, digits on both sides of the point",
            short(&word)
        ));
    }
    if message.contains("trailing characters") {
        return Some(format!("text after the end of the document: {}", short(rest)));
    }
    if message.contains("expected value") || message.contains("expected ident") {
        return Some(match word.is_empty() {
            true => format!("expected a value, found {}", short(&next.to_string())),
            false => format!("expected a value, found {word}: a text stands in double quotes"),
        });
    }
    None
}

/// Whether a text looks like a table: no bracket opens it, and its first line has columns.
fn is_table(text: &str) -> bool {
    let head = text.trim_start().lines().next().unwrap_or_default();
    !head.starts_with(['{', '[']) && head.contains([',', ';', '\t', '|'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn why(text: &str) -> String {
        json(text, &serde_json::from_str::<Value>(text).expect_err(text))
    }

    #[test]
    fn mistakes_of_hands_and_programs_are_named_with_their_place() {
        for (text, place, says) in [
            ("{“format”: 1}", "line 1, column 2", "“ (U+201C) where JSON needs the straight quote"),
            ("{\n  \"a\": „x“}", "line 2, column 8", "„ (U+201E)"),
            ("{\"a\": 1, // the first\n \"b\": 2}", "line 1, column 10", "a comment, which JSON does not allow"),
            ("{\"a\": 1,\n# the first\n \"b\": 2}", "line 2, column 1", "a comment, which JSON does not allow"),
            ("{\"a\": /* x */ 1}", "line 1, column 7", "a comment, which JSON does not allow"),
            ("// first\n{\"a\": 1}", "", "not valid JSON: a board begins with {, this text with \"// first"),
            ("{\"a\": [1, 2,]}", "line 1, column 13", "take it out"),
            ("{\"a\": 1,\n}", "line 2, column 1", "take it out"),
            ("{'a': 1}", "line 1, column 2", "single quotes"),
            ("{\"ä\": 'x'}", "line 1, column 7", "single quotes"),
            ("{a: 1}", "line 1, column 2", "the name a stands without quotes; it is written \"a\""),
            ("{\"a\": None}", "line 1, column 7", "None is no word of JSON; it is written null"),
            ("{\"a\": True}", "line 1, column 7", "True is no word of JSON; it is written true"),
            ("{\"a\": undefined}", "line 1, column 7", "it is written null"),
            ("{\"a\": nil}", "line 1, column 8", "nil is no word of JSON"),
            ("{\"a\": 1,200}", "line 1, column 9", "without signs between the thousands"),
            ("{\"a\": 007}", "line 1, column 8", "is not a number as JSON writes it"),
            ("{\"a\": .5}", "line 1, column 7", "expected a value, found .5"),
            ("{\"a\": 12 €}", "line 1, column 10", "without its unit"),
            ("{\"a\": 1 \"b\": 2}", "line 1, column 9", "a comma is missing before"),
            ("{\"a\": 1; \"b\": 2}", "line 1, column 8", "found ;"),
            ("{\"a\" = 1}", "line 1, column 6", "found ="),
            ("{\"a\": \"x\ny\"}", "line 1, column 9", "its closing \" is missing"),
            ("{\"a\": \"C:\\new\\pics\"}", "line 1, column 15", "a backslash in a text is written \\\\"),
            ("{\"a\": 1,, \"b\": 2}", "line 1, column 9", "two commas"),
            ("{\"a\":\u{a0}1}", "line 1, column 6", "U+00A0"),
            ("{\"a\": 1} {\"b\": 2}", "line 1, column 10", "text after the end of the document"),
            ("{\"a\": [1, 2", "line 1, column", "it ends in the middle"),
            ("{\"a\": \"x", "line 1, column", "is the file complete?"),
            ("Rep;Amount\nAna;3\n", "", "a table is read where its name ends in .csv"),
            ("format: salesboard/1\nslides:\n", "", "a board begins with {"),
        ] {
            let message = why(text);
            assert!(message.contains(place) && message.contains(says), "{text:?}: {message}");
        }
    }

    #[test]
    fn every_cut_of_a_text_is_a_cut_or_says_where() {
        let whole = "{\"a\": [1.5, true, null, \"ü\\n\"], \"b\": {\"c\": -3e5}} ";
        for (end, _) in whole.char_indices().skip(1) {
            if let Err(error) = serde_json::from_str::<Value>(&whole[..end]) {
                assert!(json(&whole[..end], &error).contains("is the file complete?"), "{end}: {error}");
            }
        }
    }
}
