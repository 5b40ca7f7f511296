//! Whether a table is whole whose end the server did not mark: a connection that breaks looks like one that ends.

use super::settle::is_whole;

/// What is wrong with the end of an answer; nothing where it is no table or shows that it is whole. The last row of half a
/// table may be half a figure, and the rows behind it are missing.
pub(super) fn cut_off(body: &[u8]) -> Option<String> {
    let text = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start();
    // Documents and pages show their end by themselves, or are refused for what they are.
    if text.is_empty() || matches!(text[0], b'{' | b'[' | b'<') || is_whole(body) {
        return None;
    }
    if text.starts_with(b"PK") {
        return Some("the workbook is cut off: its end is missing".into());
    }
    let row = rows(body);
    Some(format!(
        "the table is cut off in row {row}: expected a line's end behind the last row, as the server does not say how long \
         the table is"
    ))
}

/// How many rows there are, the last one begun: as a sheet counts them, where a quoted cell may have several lines.
fn rows(body: &[u8]) -> usize {
    let (mut rows, mut quoted) = (1, false);
    for (i, byte) in body.iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted && i + 1 < body.len() => rows += 1,
            _ => {}
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_needs_its_end_where_nobody_marks_it() {
        for whole in ["Owner,Amount\nAna,1\n", "Owner\r\nAna\r\n", "{\"a\":", "<html>", "", "\u{feff}Owner\nAna\n"] {
            assert_eq!(cut_off(whole.as_bytes()), None, "{whole:?}");
        }
        for (cut, row) in [
            ("Owner,Amount\nAna,12", 2),
            ("Owner,Note\nAna,\"two\nlines\"\nBen,\"x", 3),
            ("Owner,Note\nAna,\"x\n", 2),
            ("Own", 1),
        ] {
            let said = cut_off(cut.as_bytes()).unwrap_or_default();
            assert!(said.contains(&format!("cut off in row {row}: ")), "{cut:?}: {said}");
        }
        assert!(cut_off(b"PK\x03\x04half").is_some_and(|said| said.contains("workbook")));
    }
}
