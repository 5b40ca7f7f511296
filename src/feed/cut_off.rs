//! Detects a document that was cut off: a connection that breaks looks like one that ends.

/// What is wrong with the end of an answer whose length the server does not say; `None` where it is no table or is whole.
/// The last row of half a table may be half a figure, and the rows behind it are missing.
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

/// Whether the end of a file is there: the list of a workbook's parts, the bracket that closes JSON, the last line's end.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    const END_OF_ZIP: &[u8] = b"PK\x05\x06";
    if bytes.starts_with(b"PK") {
        let tail = &bytes[bytes.len().saturating_sub((1 << 16) + 22)..];
        return tail.windows(END_OF_ZIP.len()).any(|part| part == END_OF_ZIP);
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    match text.first() {
        None => false,
        Some(b'{') => text.trim_ascii_end().ends_with(b"}"),
        Some(b'[') => text.trim_ascii_end().ends_with(b"]"),
        Some(_) => {
            // The zero of UTF-16 may stand behind the line's end.
            let last = text.iter().rev().find(|byte| **byte != 0);
            let quotes = text.iter().filter(|byte| **byte == b'"').count();
            matches!(last, Some(b'\n' | b'\r')) && quotes % 2 == 0
        }
    }
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
    fn a_table_needs_its_end_where_the_server_does_not_mark_it() {
        for whole in ["Owner,Amount\nAna,1\n", "Owner\r\nAna\r\n", "{\"a\":", "<html>", "", "\u{feff}Owner\nAna\n"] {
            assert_eq!(cut_off(whole.as_bytes()), None, "{whole:?}");
        }
        for (cut, row) in [
            ("Owner,Amount\nAna,12", 2),
            ("Owner,Note\nAna,\"two\nlines\"\nBen,\"x", 3),
            ("Owner,Note\nAna,\"x\n", 2),
            ("Own", 1),
        ] {
            let reason = cut_off(cut.as_bytes()).unwrap_or_default();
            assert!(reason.contains(&format!("cut off in row {row}: ")), "{cut:?}: {reason}");
        }
        assert!(cut_off(b"PK\x03\x04half").is_some_and(|reason| reason.contains("workbook")));
    }

    #[test]
    fn the_end_of_a_file_shows_whether_it_is_whole() {
        for (bytes, whole) in [
            (&b"Owner,Amount\nAna,7\n"[..], true),
            (b"Owner,Amount\nAna,70", false),
            (b"Owner,Amount\r\nAna,7\r\n\r\n", true),
            (b"Owner,Note\nAna,\"two\n", false),
            (b"Owner,Note\nAna,\"two\nlines\"\n", true),
            (b"\xff\xfea\0\n\0", true),
            (b"\xff\xfea\0", false),
            (b"", false),
            (b" \n", false),
            (b"\xef\xbb\xbf {\"a\": 1}", true),
            (b"{\"a\": 1}\n", true),
            (b"{\"a\": 1\n", false),
            (b"[1]", true),
            (b"[1\n", false),
            (b"PK\x03\x04 and so on", false),
            (b"PK\x03\x04 and so on PK\x05\x06\0\0", true),
        ] {
            assert_eq!(is_whole(bytes), whole, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
