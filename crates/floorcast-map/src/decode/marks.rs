//! Reads what a workbook says beside the values of its cells, and its reader leaves out: the currency of number formats,
//! formulas whose result was never stored, and whether days are counted from 1904.

use std::collections::{BTreeSet, HashMap};
use std::io::{BufReader, Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::reading::sign;

/// Bytes of one file in a workbook, unpacked: the child has no more memory either.
const FILE: u64 = 256 << 20;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// The marks of one sheet, by row and column from 0.
#[derive(Default)]
pub(super) struct Marks {
    /// Codes, and which cells have them.
    codes: Vec<Box<str>>,
    currencies: HashMap<(u32, u32), u16>,
    uncalculated: BTreeSet<(u32, u32)>,
    /// First and last cell of each region that is one cell.
    merged: Vec<[(u32, u32); 2]>,
}

impl Marks {
    /// The currency of a cell's number format.
    pub(super) fn currency(&self, at: (u32, u32)) -> Option<Box<str>> {
        self.currencies.get(&at).and_then(|code| self.codes.get(usize::from(*code))).cloned()
    }

    /// Cells with a formula and nothing else.
    pub(super) fn uncalculated(&self) -> impl Iterator<Item = (u32, u32)> {
        self.uncalculated.iter().copied()
    }

    pub(super) fn merged(&self) -> &[[(u32, u32); 2]] {
        &self.merged
    }

    fn mark(&mut self, at: (u32, u32), code: &str) {
        let known = self.codes.iter().position(|known| &**known == code);
        let place = known.unwrap_or_else(|| {
            self.codes.push(code.into());
            self.codes.len() - 1
        });
        if let Ok(place) = u16::try_from(place) {
            self.currencies.insert(at, place);
        }
    }
}

/// An Excel workbook's own files.
pub(super) struct Workbook<'a> {
    archive: Archive<'a>,
    is_1904: bool,
    /// Paths of the sheets by their names.
    sheets: HashMap<String, String>,
    /// The currency of each style of cells.
    styles: Vec<Option<String>>,
}

impl<'a> Workbook<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Workbook<'a>, String> {
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| format!("not a readable workbook: {error}"))?;
        let mut book = Workbook { archive, is_1904: false, sheets: HashMap::new(), styles: Vec::new() };
        let mut targets = HashMap::new();
        each(&mut book.archive, "xl/_rels/workbook.xml.rels", |tag, _| {
            if tag.local_name().as_ref() == b"Relationship"
                && let (Some(id), Some(target)) = (attribute(tag, b"Id"), attribute(tag, b"Target"))
            {
                let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
                targets.insert(id, path);
            }
            true
        });
        let (mut is_1904, mut sheets) = (false, HashMap::new());
        each(&mut book.archive, "xl/workbook.xml", |tag, _| {
            match tag.name().as_ref() {
                // A namesake in an extension of the format says nothing of dates.
                name if name == b"workbookPr" || (name.ends_with(b":workbookPr") && name != b"x15:workbookPr") => {
                    if let Some(value) = attribute(tag, b"date1904") {
                        is_1904 = matches!(value.as_str(), "1" | "true" | "on");
                    }
                }
                _ if tag.local_name().as_ref() == b"sheet" => {
                    let id = tag.attributes().flatten().find(|at| at.key.local_name().as_ref() == b"id");
                    let id = id.map(|id| String::from_utf8_lossy(&id.value).into_owned());
                    if let (Some(name), Some(path)) = (attribute(tag, b"name"), id.and_then(|id| targets.get(&id))) {
                        sheets.insert(name, path.clone());
                    }
                }
                _ => {}
            }
            true
        });
        (book.is_1904, book.sheets) = (is_1904, sheets);
        book.styles = styles(&mut book.archive);
        Ok(book)
    }

    /// Whether days are counted from 1904, as old Macs did.
    pub(super) fn is_1904(&self) -> bool {
        self.is_1904
    }

    /// The marks of a sheet, or of its first rows.
    pub(super) fn sheet(&mut self, name: &str, most: Option<u32>) -> Result<Marks, String> {
        let mut marks = Marks::default();
        let Some(path) = self.sheets.get(name).cloned() else { return Ok(marks) };
        let styles = &self.styles;
        let Some(text) = bytes(&mut self.archive, &path) else { return Ok(marks) };
        // A long sheet is read once more only where there may be something to find.
        let plain = styles.iter().all(Option::is_none) && !has_tag(&text, b"f") && !has_tag(&text, b"mergeCell");
        if plain {
            return Ok(marks);
        }
        let (mut at, mut style, mut formula, mut value) = (None, None, false, false);
        let (mut row, mut column) = (0_u32, 0_u32);
        each_event_of(text.as_slice(), |event| {
            let mut close = |at: Option<(u32, u32)>, formula: bool, value: bool| {
                if let (Some(at), true, false) = (at, formula, value) {
                    marks.uncalculated.insert(at);
                }
            };
            match event {
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                    b"row" => {
                        row = attribute(tag, b"r").and_then(|row| row.parse().ok()).unwrap_or(row + 1);
                        column = 0;
                        return most.is_none_or(|most| row <= most);
                    }
                    b"c" => {
                        let place = attribute(tag, b"r").and_then(|place| place_of(&place));
                        at = Some(place.unwrap_or((row.saturating_sub(1), column)));
                        column = at.map_or(column, |at| at.1) + 1;
                        style = attribute(tag, b"s").and_then(|style| style.parse::<usize>().ok());
                        (formula, value) = (false, false);
                        let is_text = attribute(tag, b"t").is_some_and(|kind| kind != "n");
                        if let (Some(at), Some(Some(code)), false) =
                            (at, style.and_then(|style| styles.get(style)), is_text)
                        {
                            marks.mark(at, code);
                        }
                    }
                    b"mergeCell" => {
                        let region = attribute(tag, b"ref");
                        let ends = region.as_deref().and_then(|region| region.split_once(':'));
                        marks.merged.extend(ends.and_then(|(from, to)| Some([place_of(from)?, place_of(to)?])));
                    }
                    b"f" => formula = true,
                    b"v" | b"is" => value = matches!(event, Event::Start(_)),
                    _ => {}
                },
                Event::End(tag) if tag.local_name().as_ref() == b"c" => close(at.take(), formula, value),
                _ => {}
            }
            true
        });
        Ok(marks)
    }
}

/// The marks of a sheet of an OpenDocument spreadsheet.
pub(super) fn of_ods(bytes: &[u8], name: &str) -> Result<Marks, String> {
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| format!("not a readable spreadsheet: {error}"))?;
    let mut marks = Marks::default();
    let (mut inside, mut row, mut column, mut rows) = (false, 0_u32, 0_u32, 1_u32);
    let repeated =
        |tag: &BytesStart<'_>, key: &[u8]| attribute(tag, key).and_then(|n| n.parse::<u32>().ok()).unwrap_or(1).max(1);
    each_event(&mut archive, "content.xml", |event| {
        match event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                b"table" => inside = attribute(tag, b"table:name").as_deref() == Some(name),
                b"table-row" if inside => {
                    rows = repeated(tag, b"table:number-rows-repeated");
                    column = 0;
                    if matches!(event, Event::Empty(_)) {
                        row = row.saturating_add(rows);
                    }
                }
                b"table-cell" | b"covered-table-cell" if inside => {
                    let columns = repeated(tag, b"table:number-columns-repeated");
                    let kind = attribute(tag, b"office:value-type");
                    let code = attribute(tag, b"office:currency").filter(|_| kind.as_deref() == Some("currency"));
                    let uncalculated = kind.is_none() && attribute(tag, b"table:formula").is_some();
                    // Long repetitions are what is left of a sheet, and empty.
                    for at in (0..columns.min(256))
                        .flat_map(|more| (0..rows.min(256)).map(move |down| (row + down, column + more)))
                    {
                        if let Some(code) = code.as_deref().and_then(sign::code) {
                            marks.mark(at, &code);
                        }
                        if uncalculated {
                            marks.uncalculated.insert(at);
                        }
                    }
                    column = column.saturating_add(columns);
                }
                _ => {}
            },
            Event::End(tag) if inside => match tag.local_name().as_ref() {
                b"table-row" => row = row.saturating_add(rows),
                b"table" => return false,
                _ => {}
            },
            _ => {}
        }
        true
    });
    Ok(marks)
}

/// The currency of each style: `cellXfs` in their order.
fn styles(archive: &mut Archive<'_>) -> Vec<Option<String>> {
    let (mut formats, mut styles, mut inside) = (HashMap::new(), Vec::new(), false);
    each(archive, "xl/styles.xml", |tag, opens| {
        match tag.local_name().as_ref() {
            b"numFmt" => {
                if let (Some(id), Some(code)) = (attribute(tag, b"numFmtId"), attribute(tag, b"formatCode")) {
                    formats.insert(id, currency_of(&code));
                }
            }
            b"cellXfs" => inside = opens,
            b"cellStyleXfs" | b"cellStyles" | b"dxfs" => inside = false,
            b"xf" if inside => {
                let id = attribute(tag, b"numFmtId").unwrap_or_default();
                styles.push(formats.get(&id).cloned().flatten());
            }
            _ => {}
        }
        true
    });
    styles
}

/// The currency of a number format: `#,##0.00 [$€-407]`, `"CHF" 0`, `[$USD] 0`.
fn currency_of(format: &str) -> Option<String> {
    // The part behind the first semicolon is for negative numbers.
    let positive = format.split(';').next().unwrap_or_default();
    let mut rest = positive;
    while let Some(from) = rest.find("[$") {
        let inner = rest[from + 2..].split(']').next().unwrap_or_default();
        let sign = inner.split('-').next().unwrap_or_default().trim();
        if let Some(code) = sign::code(sign).filter(|_| !sign.is_empty()) {
            return Some(code);
        }
        rest = &rest[from + 2..];
    }
    let quoted = positive.split('"').skip(1).step_by(2).map(str::trim).filter(|text| !text.is_empty());
    quoted.into_iter().find_map(sign::code).or_else(|| {
        let bare: String =
            positive.chars().filter(|c| matches!(c, '€' | '£' | '¥' | '$' | '₹' | '₩' | '₽' | '₺')).take(1).collect();
        // A bare dollar is the sign of whatever country the computer is set to.
        if bare.is_empty() || positive.contains("[$") { None } else { sign::code(&bare) }
    })
}

/// `(6, 1)` of `B7`.
fn place_of(place: &str) -> Option<(u32, u32)> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).count();
    let column = place[..letters].bytes().try_fold(0_u32, |column, letter| {
        column.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    })?;
    let row: u32 = place[letters..].parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

fn attribute(tag: &BytesStart<'_>, key: &[u8]) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == key)?;
    let text = String::from_utf8_lossy(&found.value).into_owned();
    Some(quick_xml::escape::unescape(&text).map_or_else(|_| text.clone(), |text| text.into_owned()))
}

/// Calls `see` for each tag that opens, until it says that it has seen enough.
fn each(archive: &mut Archive<'_>, path: &str, mut see: impl FnMut(&BytesStart<'_>, bool) -> bool) {
    each_event(archive, path, |event| match event {
        Event::Start(tag) => see(tag, true),
        Event::Empty(tag) => see(tag, false),
        _ => true,
    });
}

/// The same for each event. What is no XML ends it: whoever reads the values says so.
fn each_event(archive: &mut Archive<'_>, path: &str, mut see: impl FnMut(&Event<'_>) -> bool) {
    if let Ok(file) = archive.by_name(path) {
        each_event_of(BufReader::new(file.take(FILE)), &mut see);
    }
}

fn each_event_of(text: impl std::io::BufRead, mut see: impl FnMut(&Event<'_>) -> bool) {
    let mut xml = Reader::from_reader(text);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Err(_) | Ok(Event::Eof) => return,
            Ok(event) => {
                if !see(&event) {
                    return;
                }
            }
        }
    }
}

/// A file of the archive, unpacked.
fn bytes(archive: &mut Archive<'_>, path: &str) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    archive.by_name(path).ok()?.take(FILE).read_to_end(&mut text).ok()?;
    Some(text)
}

/// Whether a tag of this name opens somewhere: `<f>`, `<x:f `.
fn has_tag(text: &[u8], name: &[u8]) -> bool {
    memchr::memmem::find_iter(text, name).any(|at| {
        let before = at.checked_sub(1).map_or(0, |before| text[before]);
        let after = text.get(at + name.len()).copied().unwrap_or(0);
        matches!(before, b'<' | b':') && matches!(after, b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_numbers_have_a_currency() {
        for (format, code) in [
            ("#,##0.00 [$€-407]", Some("EUR")),
            ("#,##0.00\\ \"€\"", Some("EUR")),
            ("[$CHF] #,##0.00", Some("CHF")),
            ("[$$-409]#,##0.00;[Red]-[$$-409]#,##0.00", Some("USD")),
            ("_-* #,##0.00\\ [$kr-414]_-", Some("KR")),
            ("€#,##0", Some("EUR")),
            ("[$-409]d mmm yyyy", None),
            ("#,##0.00", None),
            ("0.00\" pcs\"", None),
        ] {
            assert_eq!(currency_of(format).as_deref(), code, "{format}");
        }
        let texts: [&[u8]; 6] = [b"<f>1", b"<x:f t=", b"<f/>", b"<fill>", b"a f b", b"<c>f"];
        assert_eq!(texts.map(|text| has_tag(text, b"f")), [true, true, true, false, false, false]);
        assert_eq!([place_of("B7"), place_of("AA1"), place_of("7")], [Some((6, 1)), Some((0, 26)), None]);
    }
}
