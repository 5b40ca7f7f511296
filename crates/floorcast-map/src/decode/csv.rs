//! Decodes CSV: charset and separator recognised, rows numbered as a sheet counts them.

use super::charset;
use crate::table::{self, Cell, Grid, Row};
use crate::{TableSettings, limits};

/// What a settings file can do about a charset that was guessed.
const CHARSET_IN_SETTINGS: &str = "; charset = \"…\" in [feed] sets another";

/// A note without the word of a settings file, where there is none.
pub fn without_settings(note: &str) -> String {
    note.replacen(CHARSET_IN_SETTINGS, "", 1)
}

/// Reads a text with separators. Every cell is a text.
pub(super) fn read(
    bytes: &[u8],
    named: Option<&str>,
    settings: &TableSettings,
    notes: &mut Vec<String>,
) -> Result<Grid, String> {
    let (text, guessed) = charset::text(bytes, named)?;
    if text.contains('\0') {
        return Err("binary data, no table: expected CSV, XLSX or ODS".into());
    }
    if let Some(charset) = guessed {
        notes.push(format!("read as {charset}, a guess{CHARSET_IN_SETTINGS}"));
    }
    // One end of lines, so that they can be counted; old Macs have a carriage return alone.
    let text = match (text.contains('\n'), text.contains('\r')) {
        (true, true) => text.replace("\r\n", "\n").into(),
        (false, true) => text.replace('\r', "\n").into(),
        _ => text,
    };
    let (rest, named, skipped) = hint(&text);
    let separator = named.unwrap_or_else(|| separator(rest, settings));
    let (grid, open) = grid(rest, separator, limits::ROWS, skipped)?;
    // A quote that is never closed takes in the rest of the file: half of it is missing, or it is broken.
    if let Some(line) = open {
        return Err(format!("line {line}: a quote is opened and never closed (is the file complete?)"));
    }
    if grid.rows.is_empty() {
        return Err("it is empty".into());
    }
    Ok(grid)
}

/// The rows that hold something, at most `most` of them, and the line of a quoted cell that never ends.
fn grid(text: &str, separator: u8, most: usize, skipped: u32) -> Result<(Grid, Option<u64>), String> {
    // A last line without its end would count as one line less.
    let whole = text.ends_with('\n');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut rows: Vec<Row> = Vec::new();
    let mut record = csv::StringRecord::new();
    let (mut number, mut next_line, mut last_has_break) = (skipped, 1, None);
    while reader.read_record(&mut record).map_err(|error| error.to_string())? {
        let breaks = record.as_slice().bytes().filter(|byte| *byte == b'\n').count() as u64;
        let end = reader.position().line() + u64::from(reader.is_done() && !whole);
        // The reader passes over empty lines in silence; a sheet counts them.
        let line = end.saturating_sub(1 + breaks).max(next_line);
        number += u32::try_from(line - next_line).unwrap_or(0) + 1;
        next_line = line + breaks + 1;
        last_has_break = (breaks > 0).then_some(line);
        let cells: Vec<Cell> = record.iter().map(|cell| Cell::text(unquoted(cell))).collect();
        if cells.iter().all(Cell::is_empty) {
            continue;
        }
        if rows.len() >= most {
            return Err(format!("more than {most} rows"));
        }
        rows.push(Row { number, line: u32::try_from(line).unwrap_or(0) + skipped, cells });
    }
    let open = last_has_break.filter(|_| text.matches('"').count() % 2 == 1);
    Ok((Grid { sheet: None, rows }, open))
}

/// A text as Excel writes it so that it stays a text: `="12500"`.
fn unquoted(cell: &str) -> &str {
    if !cell.starts_with('=') && !cell.starts_with(' ') {
        return cell;
    }
    cell.trim().strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(cell)
}

/// The separator that Excel's first line names (`sep=;`), the text behind that line, and how many lines were skipped.
fn hint(text: &str) -> (&str, Option<u8>, u32) {
    let first = text.split('\n').next().unwrap_or_default();
    let bare = first.trim().trim_matches('"').trim();
    let named = bare.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).map(|_| &bare[4..]);
    match named.map(|named| (named, named.bytes().next())) {
        Some(("\\t", _)) => (rest(text, first), Some(b'\t'), 1),
        Some((_, Some(separator))) if separator.is_ascii() => (rest(text, first), Some(separator), 1),
        // `sep=` and a tab, which was trimmed away.
        Some(("", None)) => (rest(text, first), Some(b'\t'), 1),
        _ => (text, None, 0),
    }
}

fn rest<'a>(text: &'a str, first: &str) -> &'a str {
    text.get(first.len() + 1..).unwrap_or_default()
}

/// The separator with which the first rows have a header that is understood, else that parts the most of them alike.
fn separator(text: &str, settings: &TableSettings) -> u8 {
    // Whole lines: enough for a header behind a cover of titles.
    let end = text.char_indices().filter(|(_, c)| *c == '\n').nth(80).map_or(text.len(), |(at, _)| at + 1);
    let head = &text[..end];
    let fits = |separator: &u8| {
        let Ok((grid, _)) = grid(head, *separator, 100, 0) else { return (0, 0, 0) };
        let mut counts = std::collections::BTreeMap::new();
        for row in grid.rows.iter().filter(|row| row.cells.len() > 1) {
            *counts.entry(row.cells.len()).or_insert(0_usize) += 1;
        }
        let (cells, rows) = counts.into_iter().max_by_key(|(cells, rows)| (*rows, *cells)).unwrap_or((0, 0));
        (table::fitness(&grid, settings), rows, cells)
    };
    // The last of equals wins, so the commonest stands last.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(fits).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(bytes: &[u8]) -> Result<Grid, String> {
        read(bytes, None, &TableSettings::default(), &mut Vec::new())
    }

    fn table(bytes: &[u8]) -> String {
        super::super::table::objects(&mut read_all(bytes).unwrap(), true, &mut Vec::new()).unwrap().to_string()
    }

    #[test]
    fn separators_are_recognised() {
        let expected = r#"[{"Owner":"Ana, jr.","Amount":"1.200,50"}]"#;
        assert_eq!(table(b"Owner;Amount\r\nAna, jr.;1.200,50\r\n"), expected);
        assert_eq!(table(b"Owner,Amount\n\"Ana, jr.\",\"1.200,50\""), expected);
        assert_eq!(table(b"Owner\tAmount\nAna, jr.\t1.200,50\n"), expected);
        for hint in ["sep=;", "\"sep=;\"", "SEP=;", "\"Sep=;\"", "sep=;;;"] {
            assert_eq!(table(format!("{hint}\r\nOwner;Amount\r\nAna, jr.;1.200,50").as_bytes()), expected, "{hint}");
        }
        assert_eq!(table(b"Owner\nAna\n"), r#"[{"Owner":"Ana"}]"#);
        assert_eq!(table(b"\"a;b\",c\n1,2"), r#"[{"a;b":"1","c":"2"}]"#, "a separator inside quotes is none");
        assert_eq!(table(b"Sales, all regions, 2026\n\nOwner;Amount\nAna, jr.;1.200,50\n"), expected, "behind a title");
    }

    #[test]
    fn rows_are_numbered_as_a_sheet_counts_them() {
        let text = b"Owner,Note,Amount\nMara,first,100\n\nTiago,\"two\nlines\",200\n,,\nInes,typo,12o0\nBo,last,300";
        let with_returns = String::from_utf8_lossy(text).replace('\n', "\r\n");
        for text in [&text[..], with_returns.as_bytes()] {
            let grid = read_all(text).unwrap();
            let places: Vec<String> = grid.rows.iter().map(Row::place).collect();
            assert_eq!(places, ["row 1", "row 2", "row 4", "row 6 (line 7)", "row 7 (line 8)"]);
        }
        let grid = read_all(b"\"sep=;\"\nOwner;Amount\nAna;1\n").unwrap();
        assert_eq!(grid.rows[1].place(), "row 3");
        let grid = read_all(b"Owner,Amount\rAna,1\rBen,2").unwrap();
        assert_eq!(grid.rows[2].place(), "row 3", "an old Mac's lines");
    }

    #[test]
    fn texts_that_excel_protects_are_texts() {
        assert_eq!(table(b"Owner,Amount\n=\"Mara\",=\"12500\"\n"), r#"[{"Owner":"Mara","Amount":"12500"}]"#);
        assert_eq!(table(b"Owner,Amount\n\"=\"\"Mara\"\"\",5\n"), r#"[{"Owner":"Mara","Amount":"5"}]"#);
    }

    #[test]
    fn ragged_and_empty_rows_are_read_and_told() {
        let mut notes = Vec::new();
        let text = b"\n;;\nOwner;Amount;\n\n  ;\nAna;1;\nBen\nEve;2;extra\n";
        let value = super::super::table::objects(&mut read_all(text).unwrap(), false, &mut notes).unwrap().to_string();
        let rows = r#"[{"Owner":"Ana","Amount":"1"},{"Owner":"Ben","Amount":null},{"Owner":"Eve","Amount":"2"}]"#;
        assert_eq!(value, rows);
        assert_eq!(notes.len(), 2, "{notes:?}");
        assert!(notes[0].contains("1 row longer than the header (first: row 8: 3 cells, 2 columns)"), "{notes:?}");
        assert!(notes[1].contains("row 7"), "{notes:?}");
        assert_eq!(table(b"Owner;Amount\n"), "[]", "a header alone is a list without deals");
    }

    #[test]
    fn half_a_file_is_refused_where_that_can_be_seen() {
        let whole = b"Owner,Note\nAna,\"two\nlines\"\nBen,\"5\"\" disk\"\n";
        assert!(table(whole).contains("two\\nlines"));
        let error = read_all(&whole[..whole.len() - 3]).err();
        assert_eq!(error, None, "a cut inside the last row looks like a short cell");
        let error = read_all(b"Owner,Note\nAna,\"two\nBen,3\nEve,4\n").unwrap_err();
        assert!(error.contains("line 2: a quote is opened and never closed"), "{error}");
        assert!(table(b"Item,N\n3.5\" disk,1\nb,2\n").contains("disk"), "a lone quote inside a cell is a character");
        assert!(read_all(b"a\nb\0c").unwrap_err().contains("binary"));
    }
}
