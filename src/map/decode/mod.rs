//! Bodies to the values a map gets: JSON, CSV and XLSX, each under limits of its own.

mod csv;
mod json;
mod table;
mod xlsx;

use std::panic::{AssertUnwindSafe, catch_unwind};

use jaq_json::{Map, Val};

use super::{Format, Shape, SourceBody, short};

/// What the sources became.
pub struct Decoded {
    /// `{sources: {name: body}}`.
    pub input: Val,
    /// What each looked like.
    pub shapes: Vec<Shape>,
    /// What was wrong all the same.
    pub notes: Vec<String>,
}

/// Characters of a value that [`Shape::head`] shows.
const HEAD: usize = 300;

/// Decodes all sources.
///
/// # Errors
/// One line with the source's name.
pub fn decode(sources: &[SourceBody]) -> Result<Decoded, String> {
    let (mut map, mut shapes, mut notes) = (Map::default(), Vec::new(), Vec::new());
    for source in sources {
        let named = |error: String| format!("source {}: {error}", source.name);
        let mut pages = Vec::new();
        for page in &source.pages {
            let mut said = Vec::new();
            pages.push(body(page, source.format, source.sheet.as_deref(), &mut said).map_err(named)?);
            notes.extend(said.into_iter().map(named));
        }
        let value =
            if source.paged { pages.into_iter().collect() } else { pages.into_iter().next().unwrap_or_default() };
        let bytes = source.pages.iter().map(Vec::len).sum();
        let first = source.pages.first().map(|page| recognised(page, source.format));
        let format = first.transpose().map_err(named)?.unwrap_or(source.format);
        shapes.push(Shape { name: source.name.clone(), format, bytes, shape: shape(&value), head: head(&value) });
        map.insert(text(&source.name), value);
    }
    let mut input = Map::default();
    input.insert(text("sources"), Val::obj(map));
    Ok(Decoded { input: Val::obj(input), shapes, notes })
}

/// Decodes one body.
///
/// # Errors
/// One line that says what is wrong and where.
pub fn body(bytes: &[u8], format: Format, sheet: Option<&str>, notes: &mut Vec<String>) -> Result<Val, String> {
    match recognised(bytes, format)? {
        // Whatever a reader of workbooks does not survive is one line about this source, not the end of the map.
        Format::Xlsx => catch_unwind(AssertUnwindSafe(|| xlsx::read(bytes, sheet, notes)))
            .unwrap_or_else(|_| Err("not a readable workbook: it is damaged".into())),
        Format::Csv => csv::read(bytes, notes),
        Format::Json | Format::Auto => json::read(bytes),
    }
}

/// What the first bytes say where nobody else does, and that they do not contradict whoever does.
fn recognised(bytes: &[u8], format: Format) -> Result<Format, String> {
    const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];
    if bytes.starts_with(OLE) {
        return Err("an old .xls workbook, or one with a password; save it as .xlsx without one".into());
    }
    let zip = bytes.starts_with(b"PK");
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let page = start.starts_with(b"<") && format != Format::Xlsx;
    match (format, start.first()) {
        (_, None) => Err("it is empty".into()),
        _ if page => Err("a web page came instead of data (a login page, or a wrong address?)".into()),
        (Format::Auto | Format::Xlsx, _) if zip => Ok(Format::Xlsx),
        (Format::Csv | Format::Json, _) if zip => Err("a workbook came, not text; set format = \"xlsx\"".into()),
        (Format::Auto, Some(b'{' | b'[')) => Ok(Format::Json),
        (Format::Auto, _) => Ok(Format::Csv),
        (Format::Xlsx, _) => Err("not a workbook: an .xlsx file begins with PK".into()),
        (said, _) => Ok(said),
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
            Some(Val::Obj(map)) => format!("a list of {} objects with {}", list.len(), keys(map)),
            Some(_) => format!("a list of {}", list.len()),
        },
        Val::Obj(map) => format!("an object with {}", keys(map)),
        other => kind(other).to_owned(),
    }
}

/// What a value is, in one word.
pub(super) fn kind(value: &Val) -> &'static str {
    match value {
        Val::Null => "null",
        Val::Bool(_) => "true or false",
        Val::Num(_) => "a number",
        Val::BStr(_) | Val::TStr(_) => "a text",
        Val::Arr(_) => "a list",
        Val::Obj(_) => "an object",
    }
}

/// A text without quotes, anything else as JSON.
pub(super) fn plain(value: &Val) -> String {
    match value {
        Val::TStr(text) | Val::BStr(text) => String::from_utf8_lossy(text).into_owned(),
        other => other.to_string(),
    }
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
        body(bytes, format, None, &mut Vec::new()).map(|value| value.to_string())
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
        let decoded = decode(&[source("a", &["[1]"], false), source("b", &["[2]", "[3]"], true)]).unwrap();
        assert_eq!(decoded.input.to_string(), r#"{"sources":{"a":[1],"b":[[2],[3]]}}"#);
        assert_eq!(decoded.shapes[1].shape, "a list of 2");
        let error = decode(&[source("deals", &["{"], false)]).err().unwrap();
        assert!(error.starts_with("source deals: not valid JSON"), "{error}");
    }

    #[test]
    fn shapes_tell_names_and_numbers_only() {
        let value = body(b"[{\"Owner\":\"Ana\",\"Amount\":\"1\"}]", Format::Json, None, &mut Vec::new()).unwrap();
        assert_eq!(shape(&value), "a list of 1 objects with Owner, Amount");
        assert!(head(&value).starts_with("[{\"Owner\""));
        assert_eq!(head(&text(&"x".repeat(5_000))).chars().count(), HEAD + 1);
    }
}
