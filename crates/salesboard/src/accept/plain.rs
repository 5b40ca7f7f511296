//! Turns the bytes of a document into text: UTF-8, or the UTF-16 that Windows writes; everything else is called by its name.

use std::borrow::Cow;

use super::limits;
use super::report::short;

/// The text of a document, without a byte order mark. The error says what the bytes are instead.
pub(super) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    if bytes.len() > limits::DOCUMENT_BYTES {
        return Err(too_large(bytes.len()));
    }
    if let Some(what) = other_file(bytes) {
        return Err(what.into());
    }
    if let Some(utf16) = utf16(bytes) {
        let text = utf16?;
        return if text.len() > limits::DOCUMENT_BYTES { Err(too_large(text.len())) } else { Ok(Cow::Owned(text)) };
    }
    let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(bytes, error.valid_up_to()))?;
    // Editors and PowerShell write a byte order mark in front of what is otherwise fine.
    Ok(Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)))
}

fn too_large(bytes: usize) -> String {
    format!("the document has {bytes} bytes, more than the {} that are allowed", limits::DOCUMENT_BYTES)
}

/// Files of other programs, by how they begin.
fn other_file(bytes: &[u8]) -> Option<&'static str> {
    let has = |word: &str| {
        bytes.iter().take(200).copied().collect::<Vec<u8>>().windows(word.len()).any(|w| w == word.as_bytes())
    };
    if bytes.starts_with(b"PK\x03\x04") && has("opendocument") {
        return Some("this is an OpenDocument file (.ods), not JSON: save it as .xlsx or .csv");
    }
    let beginnings: [(&[u8], &str); 8] = [
        (b"PK\x03\x04", "this is a workbook, not JSON: one is read where its name ends in .xlsx"),
        (b"\xd0\xcf\x11\xe0", "this is an old Excel or Word file (.xls), not JSON: save it as .xlsx"),
        (b"%PDF", "this is a PDF, not JSON"),
        (b"{\\rtf", "this is a text with formatting (RTF), not JSON: save it as plain text"),
        (b"SQLite format 3", "this is an SQLite database, not JSON"),
        (b"\x89PNG", "this is a picture, not JSON"),
        (b"\xff\xd8\xff", "this is a picture, not JSON"),
        (b"GIF8", "this is a picture, not JSON"),
    ];
    beginnings.iter().find(|(begins, _)| bytes.starts_with(begins)).map(|(_, what)| *what)
}

/// UTF-16 as text; `None` where it is none. Without a mark it is known by the zero beside the first character, which is
/// ASCII in every JSON document.
fn utf16(bytes: &[u8]) -> Option<Result<String, String>> {
    let (from, little) = match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => {
            return Some(Err("the document is UTF-32: save it as UTF-8".into()));
        }
        [0xff, 0xfe, ..] => (2, true),
        [0xfe, 0xff, ..] => (2, false),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => (0, true),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => (0, false),
        _ => return None,
    };
    let units = bytes[from..].chunks_exact(2).map(|two| match little {
        true => u16::from_le_bytes([two[0], two[1]]),
        false => u16::from_be_bytes([two[0], two[1]]),
    });
    let text: Result<String, _> = char::decode_utf16(units).collect();
    Some(match text {
        Ok(_) if bytes.len() % 2 == 1 => {
            Err("the document is UTF-16 and ends in the middle of a character: is the file complete?".into())
        }
        Ok(text) => Ok(text),
        Err(_) => Err("the document begins as UTF-16, and is not valid UTF-16: save it as UTF-8".into()),
    })
}

/// What stands where the text is not UTF-8, and what to do.
fn not_utf8(bytes: &[u8], at: usize) -> String {
    let before = String::from_utf8_lossy(&bytes[..at]);
    let (line, column) = super::explain::place(&before);
    let found = format!("line {line}, column {column}: byte {:#04x}", bytes[at]);
    if bytes.len() - at < 4 && std::str::from_utf8(&bytes[at..]).is_err_and(|error| error.error_len().is_none()) {
        return format!("the document ends in the middle of a character ({found}): is the file complete?");
    }
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    let line_end = bytes[at..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |end| at + end);
    let (ansi, ..) = encoding_rs::WINDOWS_1252.decode(&bytes[at..line_end]);
    let word: String = before[line_start..].chars().rev().take_while(|c| c.is_alphanumeric()).collect();
    let word: String = word.chars().rev().chain(ansi.chars().take_while(|c| c.is_alphanumeric())).collect();
    // Letters in Windows-1252 are what an editor's "ANSI" has written; anything else is no text at all.
    let hint = match ansi.chars().next() {
        Some(c) if c.is_alphabetic() || "€„“”‘’–—…«»°§£©®".contains(c) => {
            format!(
                "; in Windows-1252 (\"ANSI\") it is {}",
                short(if word.is_empty() { &ansi[..c.len_utf8()] } else { &word })
            )
        }
        _ => String::new(),
    };
    format!("the document is not valid UTF-8 ({found}{hint}): save it as UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, mark: bool, little: bool) -> Vec<u8> {
        let mark = mark.then_some('\u{feff}');
        let units: Vec<u16> = mark.into_iter().chain(text.chars()).collect::<String>().encode_utf16().collect();
        units.into_iter().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    #[test]
    fn what_windows_writes_is_read() {
        let wanted = "{\"name\": \"Müller 😀\"}";
        for (mark, little) in [(true, true), (true, false), (false, true), (false, false)] {
            assert_eq!(text(&utf16(wanted, mark, little)).unwrap(), wanted, "mark {mark}, little {little}");
        }
        assert_eq!(text(b"\xef\xbb\xbf{}").unwrap(), "{}");
        let mut torn = utf16(wanted, true, true);
        torn.pop();
        assert!(text(&torn).unwrap_err().contains("is the file complete?"));
        assert!(text(b"\xff\xfe\x00\xd8{\0").unwrap_err().contains("not valid UTF-16"));
        assert!(text(b"\xff\xfe\0\0{\0\0\0").unwrap_err().contains("UTF-32"));
    }

    #[test]
    fn other_charsets_and_files_are_named() {
        for (bytes, says) in [
            (
                &b"{\n\"name\": \"M\xfcller\"}"[..],
                "(line 2, column 11: byte 0xfc; in Windows-1252 (\"ANSI\") it is \"Müller\"): save it as UTF-8",
            ),
            (b"{\"a\": \"\x80 5\"}", "it is \"€\""),
            (b"{\"a\": \"\xc3", "is the file complete?"),
            (b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.spreadsheet", ".ods"),
            (b"PK\x03\x04", ".xlsx"),
            (b"\xd0\xcf\x11\xe0", ".xls"),
            (b"\x89PNG\r\n", "a picture"),
        ] {
            let message = text(bytes).unwrap_err();
            assert!(message.contains(says), "{message}");
        }
    }

    #[test]
    fn a_text_that_grows_keeps_its_limit() {
        let wide = utf16(&"日".repeat(limits::DOCUMENT_BYTES / 2 - 10), true, true);
        assert!(wide.len() <= limits::DOCUMENT_BYTES && text(&wide).unwrap_err().contains("bytes, more than"));
    }
}
