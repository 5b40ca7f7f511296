//! CSV: charset and separator recognised, a header row, ragged and empty rows.

use std::borrow::Cow;

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use jaq_json::Val;

use super::table::{Counted, Header};
use crate::map::limits;

/// Reads a table whose first row that is not empty names the columns. Every cell is a text.
pub(super) fn read(bytes: &[u8], notes: &mut Vec<String>) -> Result<Val, String> {
    let text = decoded(bytes)?;
    if text.contains('\0') {
        return Err("binary data, not CSV".into());
    }
    let (text, separator) = separator(&text);
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut header: Option<Header> = None;
    let mut rows = Vec::new();
    let (mut long, mut short) =
        (Counted::new("rows longer than the header"), Counted::new("rows shorter than the header"));
    let mut record = csv::StringRecord::new();
    let mut last_has_break = None;
    while reader.read_record(&mut record).map_err(|error| error.to_string())? {
        let line = record.position().map_or(0, csv::Position::line);
        last_has_break = record.iter().any(|cell| cell.contains('\n')).then_some(line);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let Some(header) = &header else {
            // A table that ends with separators has no columns behind them.
            let used = (0..record.len()).rev().find(|at| !record[*at].trim().is_empty()).map_or(0, |at| at + 1);
            header = Some(Header::new(record.iter().take(used).map(str::to_owned))?);
            continue;
        };
        if rows.len() >= limits::ROWS {
            return Err(format!("more than {} rows", limits::ROWS));
        }
        let place = || format!("line {line}: {} cells, {} columns", record.len(), header.len());
        if record.iter().skip(header.len()).any(|cell| !cell.trim().is_empty()) {
            long.add(place);
        } else if record.len() < header.len() {
            short.add(place);
        }
        rows.push(header.row(record.iter().map(|cell| super::text(cell.trim()))));
    }
    // A quote that is never closed takes in the rest of the file: half of it is missing, or it is broken.
    if let Some(line) = last_has_break.filter(|_| text.matches('"').count() % 2 == 1) {
        return Err(format!("line {line}: a quoted cell that never ends (is the file whole?)"));
    }
    if header.is_none() {
        return Err("it is empty".into());
    }
    long.note(notes);
    short.note(notes);
    Ok(rows.into_iter().collect())
}

/// The text, by its byte order mark, as UTF-8, as Shift_JIS where that gives Japanese, else as Windows-1252.
fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let name = encoding.name();
        return encoding
            .decode_without_bom_handling_and_without_replacement(&bytes[length..])
            .ok_or_else(|| format!("it begins like {name} and is not"));
    }
    // Excel's "Unicode text" without its mark: nearly every other byte is zero.
    let head = &bytes[..bytes.len().min(64)];
    let zeros = |odd: usize| {
        let zero = head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
        zero > 1 && zero * 3 >= head.len()
    };
    let encodings = if zeros(1) {
        &[UTF_16LE][..]
    } else if zeros(0) {
        &[UTF_16BE][..]
    } else {
        &[UTF_8, SHIFT_JIS][..]
    };
    let strict = |encoding: &'static Encoding| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        (encoding != SHIFT_JIS || japanese(&text)).then_some(text)
    };
    let text = encodings.iter().find_map(|encoding| strict(encoding));
    Ok(text.unwrap_or_else(|| WINDOWS_1252.decode_without_bom_handling(bytes).0))
}

/// Whether a text that may be Shift_JIS is: kana, or kanji side by side. An accented letter misread is a lone kanji.
fn japanese(text: &str) -> bool {
    let kanji = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut before = ' ';
    text.chars().any(|c| {
        let pair = kanji(before) && kanji(c);
        before = c;
        pair || ('\u{3041}'..='\u{30fa}').contains(&c)
    })
}

/// The separator that makes the most columns of the first rows, and the text without the line that names it.
fn separator(text: &str) -> (&str, u8) {
    let first = text.lines().next().unwrap_or_default().trim_end();
    // Excel's own hint.
    if let Some(named) = first.strip_prefix("sep=").and_then(|rest| rest.bytes().next()) {
        return (text[first.len()..].trim_start_matches(['\r', '\n']), named);
    }
    let columns = |separator: &u8| {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(*separator)
            .flexible(true)
            .has_headers(false)
            .from_reader(text.as_bytes());
        let filled = |record: csv::StringRecord| record.iter().filter(|cell| !cell.trim().is_empty()).count();
        reader.records().take(20).filter_map(Result::ok).map(filled).find(|count| *count > 0).unwrap_or(0)
    };
    // The last of equals wins, so the commonest stands last.
    let separator = [b'|', b'\t', b';', b','].into_iter().max_by_key(columns).unwrap_or(b',');
    (text, separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(bytes: &[u8]) -> String {
        read(bytes, &mut Vec::new()).unwrap().to_string()
    }

    #[test]
    fn separators_are_recognised() {
        let expected = r#"[{"Owner":"Ana, jr.","Amount":"1.200,50"}]"#;
        assert_eq!(table(b"Owner;Amount\r\nAna, jr.;1.200,50\r\n"), expected);
        assert_eq!(table(b"Owner,Amount\n\"Ana, jr.\",\"1.200,50\""), expected);
        assert_eq!(table(b"Owner\tAmount\nAna, jr.\t1.200,50\n"), expected);
        assert_eq!(table(b"sep=;\r\nOwner;Amount\r\nAna, jr.;1.200,50"), expected);
        assert_eq!(table(b"Owner\nAna\n"), r#"[{"Owner":"Ana"}]"#);
        assert_eq!(table(b"\"a;b\",c\n1,2"), r#"[{"a;b":"1","c":"2"}]"#, "a separator inside quotes is none");
    }

    #[test]
    fn charsets_are_recognised() {
        let expected = "[{\"Name\":\"Jürgen – Åsa\"}]";
        assert_eq!(table("Name\nJürgen – Åsa".as_bytes()), expected);
        assert_eq!(table("\u{feff}Name\nJürgen – Åsa".as_bytes()), expected);
        assert_eq!(table(b"Name\nJ\xfcrgen \x96 \xc5sa"), expected, "Windows-1252");
        let utf16: Vec<u8> = "\u{feff}Name\nJürgen – Åsa".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(table(&utf16), expected);
        assert_eq!(table(&utf16[2..]), expected, "no mark");
        let (japanese, _, _) = SHIFT_JIS.encode("担当者,金額\n佐藤 美咲,1200000");
        assert_eq!(table(&japanese), "[{\"担当者\":\"佐藤 美咲\",\"金額\":\"1200000\"}]");
        for western in ["Café Zoë", "Ñandú, s. l.", "Müller & Söhne", "Dvořák".replace('ř', "r").as_str(), "ÄÖÜ äöü ß"]
        {
            let (bytes, _, _) = WINDOWS_1252.encode(western);
            assert_eq!(decoded(&bytes).unwrap(), western);
        }
        assert!(read(b"\xff\xfea", &mut Vec::new()).is_err(), "half of a character");
        assert!(read(b"a\nb\0c", &mut Vec::new()).unwrap_err().contains("binary"));
    }

    #[test]
    fn ragged_and_empty_rows_are_read_and_told() {
        let mut notes = Vec::new();
        let text = b"\n;;\nOwner;Amount;\n\n  ;\nAna;1;\nBen\nEve;2;extra\n";
        let value = read(text, &mut notes).unwrap().to_string();
        let rows = r#"[{"Owner":"Ana","Amount":"1"},{"Owner":"Ben","Amount":null},{"Owner":"Eve","Amount":"2"}]"#;
        assert_eq!(value, rows);
        assert_eq!(notes.len(), 2, "{notes:?}");
        assert!(notes[0].contains("1 rows longer than the header (first: line 8: 3 cells, 2 columns)"), "{notes:?}");
        assert!(notes[1].contains("line 7"), "{notes:?}");
        assert_eq!(table(b"Owner;Amount\n"), "[]", "a header alone is a list without deals");
    }

    #[test]
    fn half_a_file_is_refused_where_that_can_be_seen() {
        let whole = b"Owner,Note\nAna,\"two\nlines\"\nBen,\"5\"\" disk\"\n";
        assert!(table(whole).contains("two\\nlines"));
        let error = read(&whole[..whole.len() - 3], &mut Vec::new()).err();
        assert_eq!(error, None, "a cut inside the last row looks like a short cell");
        let error = read(b"Owner,Note\nAna,\"two\nBen,3\nEve,4\n", &mut Vec::new()).unwrap_err();
        assert!(error.contains("line 2: a quoted cell that never ends"), "{error}");
        assert!(table(b"Item,N\n3.5\" disk,1\nb,2\n").contains("disk"), "a lone quote inside a cell is a character");
    }
}
