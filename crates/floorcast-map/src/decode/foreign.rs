//! Recognises files of other programs by their first bytes, to say what came in the place of a table.

/// First bytes, and what a file that begins so is.
const KNOWN: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x1f\x8b", "a compressed file (gzip): unpack it first"),
    (b"7z\xbc\xaf", "a compressed file (7z): unpack it first"),
    (b"Rar!", "a compressed file (RAR): unpack it first"),
    (b"SQLite format 3", "a database (SQLite)"),
];

/// What a ZIP file is that is no workbook, by the names in it.
const ZIPPED: &[(&[u8], &str)] = &[
    (b"word/", "a text document (Word)"),
    (b"ppt/", "a presentation (PowerPoint)"),
    (b"Index/", "a Numbers or Pages file: export it as CSV or XLSX first"),
];

/// A sentence for a file that is no table; `None`: it may be one.
pub(super) fn refusal(bytes: &[u8]) -> Option<String> {
    let found = KNOWN.iter().find(|(start, _)| bytes.starts_with(start)).or_else(|| {
        // The names stand at the end of such a file, and each before its entry.
        let has = |name: &[u8]| bytes.windows(name.len()).any(|part| part == name);
        let zip = bytes.starts_with(b"PK") && !has(b"xl/") && !has(b"content.xml");
        ZIPPED.iter().filter(|_| zip).find(|(name, _)| has(name))
    });
    found.map(|(_, what)| format!("this is {what}; a table is expected: CSV, XLSX or ODS"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_table_is_called_by_its_name() {
        let said = refusal(b"%PDF-1.7\n%\xe2\xe3").unwrap();
        assert_eq!(said, "this is a PDF; a table is expected: CSV, XLSX or ODS");
        assert!(refusal(b"PK\x03\x04....word/document.xml").unwrap().contains("Word"));
        for table in [&b"PK\x03\x04....xl/workbook.xml"[..], b"Owner;Amount\nAna;1", b"PK", b""] {
            assert_eq!(refusal(table), None);
        }
    }
}
