//! Writes a workbook to begin with: every sheet that the wall reads, with headings, examples, drop-downs and notes.

mod from;
mod sheets;

use jiff::ToSpan as _;
use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, DataValidation, ExcelDateTime, Format, FormatBorder, Note, Workbook, Worksheet, XlsxError,
};

use crate::map::workbook::Export;
use sheets::{Column, Kind, Sheet, Value};

/// The languages of headings, as BCP 47 tags.
pub const LANGUAGES: [&str; 8] = ["en", "de", "fr", "es", "it", "nl", "pt", "ja"];

/// Rows under the header that have drop-downs and formats.
const ROWS: u32 = 2_000;

/// The bytes of a workbook in a language, with examples around a day.
///
/// # Errors
/// The language is not one of [`LANGUAGES`]; or, in words, why a sheet cannot be written.
pub fn workbook(language: &str, today: Date) -> Result<Vec<u8>, String> {
    let at = place(language)?;
    write(sheets::all(at, today), at, today).map_err(|error| format!("cannot write the workbook: {error}"))
}

/// Likewise, with the people, deals and currency of an export instead of examples.
///
/// # Errors
/// As [`workbook`].
pub fn filled(language: &str, today: Date, export: &Export) -> Result<Vec<u8>, String> {
    let at = place(language)?;
    let sheets = from::fill(sheets::all(at, today), export);
    write(sheets, at, today).map_err(|error| format!("cannot write the workbook: {error}"))
}

/// The place of a language in [`LANGUAGES`].
fn place(language: &str) -> Result<usize, String> {
    let base = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let at = LANGUAGES.iter().position(|known| *known == base);
    at.ok_or_else(|| format!("no headings in {language:?}; there are {}", LANGUAGES.join(", ")))
}

fn write(sheets: Vec<Sheet>, language: usize, today: Date) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    for sheet in sheets {
        write_sheet(book.add_worksheet(), &sheet, language, today)?;
    }
    book.save_to_buffer()
}

fn write_sheet(to: &mut Worksheet, sheet: &Sheet, language: usize, today: Date) -> Result<(), XlsxError> {
    to.set_name(sheet.name[language])?;
    to.set_freeze_panes(1, 0)?;
    let head = Format::new()
        .set_bold()
        .set_background_color(Color::RGB(0x1E_2A_44))
        .set_font_color(Color::White)
        .set_border_bottom(FormatBorder::Thin);
    for (column, Column { head: heads, width, kind }) in sheet.columns.iter().enumerate() {
        let at = column as u16;
        to.write_string_with_format(0, at, heads[language], &head)?;
        to.set_column_width(at, f64::from(*width))?;
        to.set_column_format(at, &format_of(kind))?;
        match kind {
            Kind::Choice(words) => {
                let words: Vec<&str> = words.iter().map(|word| word[language]).collect();
                // A list to choose from, not a wall: other words are read too where they mean the same.
                let list = DataValidation::new().allow_list_strings(&words)?.ignore_blank(true);
                to.add_data_validation(
                    1,
                    at,
                    ROWS,
                    at,
                    &list.set_error_style(rust_xlsxwriter::DataValidationErrorStyle::Information),
                )?;
            }
            Kind::Person if sheet.name[0] != "People" => {
                let people = format!("='{}'!$A$2:$A${ROWS}", sheets::PEOPLE[language]);
                let list = DataValidation::new().allow_list_formula(people.as_str().into()).ignore_blank(true);
                to.add_data_validation(
                    1,
                    at,
                    ROWS,
                    at,
                    &list.set_error_style(rust_xlsxwriter::DataValidationErrorStyle::Information),
                )?;
            }
            _ => {}
        }
    }
    let note = Note::new(sheet.note[language]).set_width(320).set_height(110).add_author_prefix(false);
    to.insert_note(0, 0, &note)?;
    for (row, cells) in sheet.rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let (row, at) = (row as u32 + 1, column as u16);
            match cell {
                Value::Empty => {}
                Value::Text(text) => {
                    to.write_string(row, at, *text)?;
                }
                Value::Words(words) => {
                    to.write_string(row, at, words[language])?;
                }
                Value::Owned(text) => {
                    to.write_string(row, at, text)?;
                }
                Value::Number(number) => {
                    to.write_number_with_format(row, at, *number, &format_of(&sheet.columns[column].kind))?;
                }
                Value::Day(_) | Value::On(_) => {
                    let day = match cell {
                        Value::On(day) => *day,
                        Value::Day(days) => today.saturating_add((*days).days()),
                        _ => continue,
                    };
                    let day = ExcelDateTime::from_ymd(
                        day.year().unsigned_abs(),
                        day.month().unsigned_abs(),
                        day.day().unsigned_abs(),
                    )?;
                    to.write_datetime_with_format(row, at, &day, &format_of(&Kind::Date))?;
                }
            }
        }
    }
    Ok(())
}

fn format_of(kind: &Kind) -> Format {
    match kind {
        Kind::Date => Format::new().set_num_format("yyyy-mm-dd"),
        Kind::Money => Format::new().set_num_format("#,##0.00"),
        Kind::Percent => Format::new().set_num_format("0%"),
        _ => Format::new(),
    }
}

/// `floorcast template`: writes the workbook, never over a file that is there.
///
/// # Errors
/// The language is not known, the file is there already or cannot be written.
pub fn run(args: &crate::cli::TemplateArgs) -> Result<(), crate::exit::Failure> {
    use crate::exit::{Exit, Failure};
    use std::io::Write as _;
    let path = &args.file;
    if path.extension().is_none_or(|end| !end.eq_ignore_ascii_case("xlsx")) {
        return Err(Failure::new(Exit::Usage, format!("{}: the workbook has to be called .xlsx", path.display())));
    }
    // The language is judged before the export is read.
    let bytes = place(&args.language).and_then(|at| {
        // The day that it is in the zone of the workbook: elsewhere its newest deals may still be to come.
        let zone = jiff::tz::TimeZone::get(sheets::ZONES[at]).unwrap_or(jiff::tz::TimeZone::UTC);
        let today = crate::clock::wall_now().to_zoned(zone).date();
        match &args.from {
            None => workbook(&args.language, today),
            Some(from) => filled(&args.language, today, &from::export(from)?),
        }
    });
    let bytes = bytes.map_err(|error| Failure::new(Exit::Usage, error))?;
    let file = std::fs::File::options().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_all()));
    written.map_err(|error| Failure::new(Exit::CannotWrite, format!("{}: {error}", path.display())))
}
