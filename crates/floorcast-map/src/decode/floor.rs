//! Collects the sheets of a floor: of one workbook, of a folder of tables, or of several files.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Body, Book, body, recognised};
use crate::table::Grid;
use crate::{Format, SourceBody, TableSettings};

/// All sheets of the sources. One workbook has those that can be seen, if `of_floor` says so of one of their names, else
/// none. Of several files each sheet is named with its file; a table that `of_floor` does not know is called as `sheet_of`
/// says of what is in it.
///
/// # Errors
/// One line that says what is wrong and where.
pub fn floor(
    sources: &[SourceBody],
    settings: &TableSettings,
    of_floor: impl Fn(&str) -> bool,
    sheet_of: impl Fn(&Grid) -> &'static str,
    notes: &mut Vec<String>,
) -> Result<Vec<Grid>, String> {
    let known = (&of_floor, &sheet_of);
    let mut all = Vec::new();
    match sources {
        [one] if one.files.is_empty() => return sheets(one, of_floor),
        [folder] => {
            for (file, page) in folder.files.iter().zip(&folder.pages) {
                let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
                all.extend(file_sheets(folder, page, (file, stem), settings, known, notes)?);
            }
        }
        several => {
            for source in several {
                let page = source.pages.first().map(Vec::as_slice).unwrap_or_default();
                all.extend(file_sheets(source, page, (&source.name, &source.name), settings, known, notes)?);
            }
        }
    }
    Ok(all)
}

/// The sheets of one of several files; `name` is what a table without sheets is called.
fn file_sheets(
    source: &SourceBody,
    page: &[u8],
    (file, name): (&str, &str),
    settings: &TableSettings,
    (of_floor, sheet_of): (&impl Fn(&str) -> bool, &impl Fn(&Grid) -> &'static str),
    notes: &mut Vec<String>,
) -> Result<Vec<Grid>, String> {
    let named = |error: String| format!("{file}: {error}");
    let one = SourceBody { pages: vec![page.to_vec()], files: Vec::new(), ..source.clone() };
    let book = if one.sheet.is_none() { sheets(&one, of_floor).map_err(named)? } else { Vec::new() };
    if !book.is_empty() {
        let sheet = |grid: Grid| Grid { sheet: grid.sheet.map(|sheet| format!("{file}/{sheet}")), ..grid };
        return Ok(book.into_iter().map(sheet).collect());
    }
    let mut told = Vec::new();
    let table = body(page, &one, settings, &mut told).map_err(named)?;
    notes.extend(told.into_iter().map(named));
    match table {
        Body::Table(grid) => {
            // Of a folder the name has no ending; a file with a date in its name is known with it.
            let known = [name, file].into_iter().find(|name| of_floor(name));
            let name = known.map_or_else(|| format!("{file}/{}", sheet_of(&grid)), str::to_owned);
            Ok(vec![Grid { sheet: Some(name), ..grid }])
        }
        Body::Json(_) => Err(named("JSON came, not a table".into())),
    }
}

/// All sheets of a workbook that can be seen, if `of_floor` says so of one of their names; else nothing.
///
/// # Errors
/// One line that says what is wrong and where.
pub fn sheets(source: &SourceBody, of_floor: impl Fn(&str) -> bool) -> Result<Vec<Grid>, String> {
    let bytes = source.pages.first().map(Vec::as_slice).unwrap_or_default();
    let format = recognised(bytes, source.format)?;
    if !matches!(format, Format::Xlsx | Format::Ods) {
        return Ok(Vec::new());
    }
    let read = || {
        let mut book = Book::open(bytes, format)?;
        let seen: Vec<String> = book.sheets().into_iter().filter(|(_, seen)| *seen).map(|(name, _)| name).collect();
        if !seen.iter().any(|name| of_floor(name)) {
            return Ok(Vec::new());
        }
        seen.iter().map(|name| book.grid(name, None)).collect()
    };
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err("not a readable workbook: it is damaged".into()))
}

/// Sheets that are read to see whether they hold rows.
const LOOKED_AT: usize = 30;

/// The sheets of a workbook but those that are `read`, which hold more than a heading: name, rows, and whether it is hidden.
pub fn other_sheets(source: &SourceBody, read: &[&str]) -> Vec<(String, usize, bool)> {
    let bytes = source.pages.first().map(Vec::as_slice).unwrap_or_default();
    let look = || {
        let format = recognised(bytes, source.format).ok().filter(|of| matches!(of, Format::Xlsx | Format::Ods))?;
        let mut book = Book::open(bytes, format).ok()?;
        let others: Vec<(String, bool)> =
            book.sheets().into_iter().filter(|(name, _)| !read.contains(&name.as_str())).take(LOOKED_AT).collect();
        let mut found = Vec::new();
        for (name, seen) in others {
            let rows = book.grid(&name, None).map_or(0, |grid| grid.rows.iter().filter(|row| row.filled() > 1).count());
            if rows > 1 {
                found.push((name, rows, !seen));
            }
        }
        Some(found)
    };
    // They only are named: what cannot be read of them is no fault of the sheet that counts.
    catch_unwind(AssertUnwindSafe(look)).ok().flatten().unwrap_or_default()
}
