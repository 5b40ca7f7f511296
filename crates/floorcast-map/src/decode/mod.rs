//! Bodies to the values a map gets: JSON, and tables of CSV, XLSX and ODS, each under limits of its own.

mod charset;
mod csv;
mod floor;
mod foreign;
mod json;
mod marks;
mod ods;
mod table;
mod xlsx;

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use jaq_json::{Map, Val};

pub use csv::without_settings;
pub use floor::{floor, other_sheets, sheets};

use super::table::{Grid, fitness};
use super::value::{kind, plain};
use super::{Format, Shape, SourceBody, TableSettings};
use crate::text::short;

/// What the sources became.
pub struct Decoded {
    /// `{sources: {name: body}}`.
    pub input: Val,
    /// The sources that are tables, cell by cell.
    pub tables: HashMap<String, Grid>,
    /// What each looked like.
    pub shapes: Vec<Shape>,
    /// What was wrong all the same.
    pub notes: Vec<String>,
}

/// Characters of a value that [`Shape::head`] shows.
const HEAD: usize = 300;

/// Decodes all sources. With `keep` their tables come cell by cell too.
///
/// # Errors
/// One line with the source's name.
pub fn decode(sources: &[SourceBody], settings: &TableSettings, keep: bool) -> Result<Decoded, String> {
    let (mut map, mut tables, mut shapes, mut notes) = (Map::default(), HashMap::new(), Vec::new(), Vec::new());
    for source in sources {
        let named = |error: String| format!("source {}: {error}", source.name);
        let mut pages = Vec::new();
        for page in &source.pages {
            let mut sheet_notes = Vec::new();
            let value = match body(page, source, settings, &mut sheet_notes).map_err(named)? {
                Body::Json(value) => value,
                Body::Table(mut grid) => {
                    let value = table::objects(&mut grid, keep, &mut sheet_notes);
                    let value = value.map_err(|error| named(of_sheet(&grid, error)))?;
                    if keep {
                        tables.insert(source.name.clone(), grid);
                    }
                    value
                }
            };
            pages.push(value);
            notes.extend(sheet_notes.into_iter().map(named));
        }
        let value =
            if source.paged { pages.into_iter().collect() } else { pages.into_iter().next().unwrap_or_default() };
        let (shape, head) = (shape(&value), head(&value));
        shapes.push(looks(source, shape, head).map_err(named)?);
        map.insert(text(&source.name), value);
    }
    let mut input = Map::default();
    input.insert(text("sources"), Val::obj(map));
    Ok(Decoded { input: Val::obj(input), tables, shapes, notes })
}

/// Decodes a source that has to be a table.
///
/// # Errors
/// One line that says what is wrong and where.
pub fn grid(source: &SourceBody, settings: &TableSettings, notes: &mut Vec<String>) -> Result<(Grid, Shape), String> {
    let page = source.pages.first().map(Vec::as_slice).unwrap_or_default();
    match body(page, source, settings, notes)? {
        Body::Table(grid) => {
            let columns = grid.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
            let shape =
                looks(source, format!("a table of {} rows and {columns} columns", grid.rows.len()), String::new())?;
            Ok((grid, shape))
        }
        Body::Json(_) => Err("JSON came, not a table".into()),
    }
}

pub(super) fn looks(source: &SourceBody, shape: String, head: String) -> Result<Shape, String> {
    let bytes = source.pages.iter().map(Vec::len).sum();
    let first = source.pages.first().map(|page| recognised(page, source.format));
    let format = first.transpose()?.unwrap_or(source.format);
    Ok(Shape { name: source.name.clone(), format, bytes, shape, head })
}

/// A decoded body.
pub enum Body {
    /// A value of JSON.
    Json(Val),
    /// A table, cell by cell.
    Table(Grid),
}

/// Decodes one body.
///
/// # Errors
/// One line that says what is wrong and where.
pub fn body(
    bytes: &[u8],
    source: &SourceBody,
    settings: &TableSettings,
    notes: &mut Vec<String>,
) -> Result<Body, String> {
    let sheet = source.sheet.as_deref();
    match recognised(bytes, source.format)? {
        // Whatever a reader of workbooks does not survive is one line about this source, not the end of the map.
        format @ (Format::Xlsx | Format::Ods) => {
            catch_unwind(AssertUnwindSafe(|| workbook(bytes, format, sheet, settings)))
                .unwrap_or_else(|_| Err("not a readable workbook: it is damaged".into()))
                .map(Body::Table)
        }
        Format::Csv => csv::read(bytes, source.charset.as_deref(), settings, notes).map(Body::Table),
        Format::Json | Format::Auto => json::read(bytes).map(Body::Json),
    }
}

/// Rows in which the header of a sheet is looked for.
const FIRST_ROWS: u32 = 80;

/// An opened workbook.
enum Book<'a> {
    Xlsx(Box<xlsx::Book<'a>>),
    Ods(Box<ods::Book<'a>>),
}

impl<'a> Book<'a> {
    fn open(bytes: &'a [u8], format: Format) -> Result<Book<'a>, String> {
        Ok(match format {
            Format::Ods => Book::Ods(Box::new(ods::Book::open(bytes)?)),
            _ => Book::Xlsx(Box::new(xlsx::Book::open(bytes)?)),
        })
    }

    fn sheets(&self) -> Vec<(String, bool)> {
        match self {
            Book::Xlsx(book) => book.sheets(),
            Book::Ods(book) => book.sheets(),
        }
    }

    fn grid(&mut self, name: &str, most: Option<u32>) -> Result<Grid, String> {
        match self {
            Book::Xlsx(book) => book.grid(name, most),
            Book::Ods(book) => book.grid(name, most),
        }
    }
}

/// A sheet of a workbook: the one that is named, else the one that can be seen and looks most like a list of deals.
fn workbook(bytes: &[u8], format: Format, sheet: Option<&str>, settings: &TableSettings) -> Result<Grid, String> {
    let mut book = Book::open(bytes, format)?;
    let sheets = book.sheets();
    let mut read = |name: &str, most| book.grid(name, most);
    let named = || {
        let names: Vec<String> = sheets.iter().take(10).map(|(name, _)| format!("{:?}", short(name, 40))).collect();
        names.join(", ")
    };
    if let Some(sheet) = sheet {
        let known = sheets.iter().any(|(name, _)| name == sheet);
        return if known { read(sheet, None) } else { Err(format!("no sheet {sheet:?}; there is {}", named())) };
    }
    let seen: Vec<&String> = sheets.iter().filter(|(_, seen)| *seen).map(|(name, _)| name).collect();
    let first = *seen.first().ok_or("a workbook without a sheet that can be seen")?;
    let mut best = (0, first);
    // A lone sheet is read once.
    for name in seen.iter().copied().filter(|_| seen.len() > 1) {
        let fit = read(name, Some(FIRST_ROWS)).map_or(0, |grid| fitness(&grid, settings));
        if fit > best.0 {
            best = (fit, name);
        }
    }
    read(best.1, None)
        .map_err(|error| if seen.len() > 1 { format!("{error}; the sheets are {}", named()) } else { error })
}

/// An error with the sheet that it is of.
pub fn of_sheet(grid: &Grid, error: String) -> String {
    match &grid.sheet {
        Some(sheet) => format!("sheet {:?}: {error}", short(sheet, 40)),
        None => error,
    }
}

/// What the first bytes say where nobody else does, and that they do not contradict whoever does.
fn recognised(bytes: &[u8], format: Format) -> Result<Format, String> {
    const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];
    // Who asks for JSON is told that it is none.
    if let Some(why) = foreign::refusal(bytes).filter(|_| format != Format::Json) {
        return Err(why);
    }
    if bytes.starts_with(OLE) {
        return Err("an old .xls workbook, or one with a password; save it as .xlsx without one".into());
    }
    let zip = bytes.starts_with(b"PK");
    // An OpenDocument file begins with what it is.
    let ods = zip
        && bytes
            .get(30..)
            .is_some_and(|rest| rest.starts_with(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"));
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let page = start.starts_with(b"<") && !matches!(format, Format::Xlsx | Format::Ods);
    match (format, start.first()) {
        (_, None) => Err("it is empty".into()),
        _ if page => Err("a web page came instead of data (a login page, or a wrong address?)".into()),
        (Format::Auto | Format::Xlsx | Format::Ods, _) if ods => Ok(Format::Ods),
        (Format::Auto | Format::Xlsx, _) if zip => Ok(Format::Xlsx),
        (Format::Ods, _) => Err("not an OpenDocument spreadsheet".into()),
        (Format::Csv | Format::Json, _) if zip => Err("a workbook came, not text; set format = \"xlsx\"".into()),
        (Format::Auto, Some(b'{' | b'[')) => Ok(Format::Json),
        (Format::Auto, _) => Ok(Format::Csv),
        (Format::Xlsx, _) => Err("not a workbook: an .xlsx file begins with PK".into()),
        (named, _) => Ok(named),
    }
}

fn text(text: &str) -> Val {
    Val::utf8_str(text.to_owned())
}

/// A value in words, without its content.
fn shape(value: &Val) -> String {
    let keys = |map: &Map| {
        let keys: Vec<String> = map.keys().take(12).map(|key| short(&plain(key), 40)).collect();
        keys.join(", ") + if map.len() > 12 { ", …" } else { "" }
    };
    match value {
        Val::Arr(list) => match list.first() {
            None => "an empty list".into(),
            Some(Val::Obj(map)) => format!("a list of {} with {}", many(list.len(), "object"), keys(map)),
            Some(_) => format!("a list of {}", list.len()),
        },
        Val::Obj(map) => format!("an object with {}", keys(map)),
        other => kind(other).to_owned(),
    }
}

/// A count with its noun.
fn many(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// The first characters of a value; the rest is not even written.
fn head(value: &Val) -> String {
    use std::fmt::Write as _;
    struct Some(String);
    impl std::fmt::Write for Some {
        fn write_str(&mut self, text: &str) -> std::fmt::Result {
            self.0.push_str(text);
            if self.0.len() > HEAD * 4 { Err(std::fmt::Error) } else { Ok(()) }
        }
    }
    let mut out = Some(String::new());
    // An error means that there is enough.
    write!(out, "{value}").ok();
    short(&out.0, HEAD)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode_one(bytes: &[u8], format: Format) -> Result<String, String> {
        let source = SourceBody { format, ..SourceBody::default() };
        match body(bytes, &source, &TableSettings::default(), &mut Vec::new())? {
            Body::Json(value) => Ok(value.to_string()),
            Body::Table(mut grid) => table::objects(&mut grid, false, &mut Vec::new()).map(|value| value.to_string()),
        }
    }

    #[test]
    fn formats_are_recognised_by_their_first_bytes() {
        assert_eq!(decode_one(b"\xef\xbb\xbf [1]", Format::Auto).unwrap(), "[1]");
        assert_eq!(decode_one(b"a;b\n1;2\n", Format::Auto).unwrap(), r#"[{"a":"1","b":"2"}]"#);
        for (bytes, format, says) in [
            (&b"\xd0\xcf\x11\xe0..."[..], Format::Auto, "old .xls"),
            (b"PK\x03\x04", Format::Csv, "a workbook came"),
            (b"PK\x03\x04", Format::Auto, "workbook"),
            (b"a,b", Format::Xlsx, "begins with PK"),
            (b" <!DOCTYPE html>", Format::Csv, "web page"),
            (b"<html>", Format::Auto, "web page"),
            (b" \r\n", Format::Csv, "empty"),
            (b"", Format::Json, "empty"),
        ] {
            let error = decode_one(bytes, format).unwrap_err();
            assert!(error.contains(says), "{error}");
        }
    }

    #[test]
    fn pages_come_as_a_list_and_errors_name_the_source() {
        let source = |name: &str, pages: &[&str], paged| SourceBody {
            name: name.into(),
            format: Format::Auto,
            sheet: None,
            pages: pages.iter().map(|page| page.as_bytes().to_vec()).collect(),
            paged,
            ..SourceBody::default()
        };
        let decoded = decode(
            &[source("a", &["[1]"], false), source("b", &["[2]", "[3]"], true)],
            &TableSettings::default(),
            true,
        )
        .unwrap();
        assert_eq!(decoded.input.to_string(), r#"{"sources":{"a":[1],"b":[[2],[3]]}}"#);
        assert_eq!(decoded.shapes[1].shape, "a list of 2");
        let error = decode(&[source("deals", &["{"], false)], &TableSettings::default(), true).err().unwrap();
        assert!(error.starts_with("source deals: not valid JSON"), "{error}");
    }

    #[test]
    fn shapes_tell_names_and_numbers_only() {
        let value = json::read(b"[{\"Owner\":\"Ana\",\"Amount\":\"1\"}]").unwrap();
        assert_eq!(shape(&value), "a list of 1 object with Owner, Amount");
        assert!(head(&value).starts_with("[{\"Owner\""));
        assert_eq!(head(&text(&"x".repeat(5_000))).chars().count(), HEAD + 1);
    }
}
