//! Files as records: each table is one of deals or of people by its words, and sheets of a floor by their names.

use std::collections::HashMap;

use super::{OtherSheet, ReadOptions, Records, Refused, Table, are_activities, floor, of_grid};
use crate::table::{Grid, key};
use crate::workbook::{self, Kind, kind_of};
use crate::{SourceBody, decode};

/// Reads all files together: sheets of a floor name people and teams of the others.
///
/// # Errors
/// One line with the file's name.
pub fn of_files(sources: &[SourceBody], options: workbook::ReadOptions<'_>) -> Result<Vec<Records>, String> {
    let mut grids = Vec::new();
    let mut out = Vec::new();
    for source in sources {
        grids.extend(grids_of(source, options).map_err(|error| format!("{}: {error}", source.name))?);
    }
    let of_floor: Vec<Grid> = grids.iter().filter(|of| of.is_floor).map(|of| of.grid.clone()).collect();
    let told = ReadOptions { settings: options.settings, tz: options.tz, date_order: options.date_order };
    let mut floor = None;
    if grids.iter().any(|of| of.is_floor) {
        // Deals are records of their own; they are read here too, because goals name whom only they know.
        let deals = grids.iter().filter(|of| of.kind == Some(Kind::Deals));
        let named = |of: &Read| of.grid.sheet.clone().unwrap_or_else(|| of.name.clone());
        let deals = deals.map(|of| Grid { sheet: Some(named(of)), ..of.grid.clone() });
        let sheets: Vec<Grid> = of_floor.into_iter().chain(deals).collect();
        floor = Some(floor::read(&sheets, options)?);
    }
    // Days are those of the zone that the sheet Settings names.
    let tz = floor.as_ref().and_then(|floor| floor.settings.tz.clone()).unwrap_or_else(|| told.tz.to_owned());
    let told = ReadOptions { tz: &tz, ..told };
    for of in &grids {
        let is_plain = matches!(of.kind, None | Some(Kind::Deals | Kind::People));
        if !is_plain {
            continue;
        }
        let (headings, table) = of_grid(&of.grid, told);
        let (name, notes, other_sheets) = (of.name.clone(), of.notes.clone(), of.other_sheets.clone());
        match table {
            Ok(table) => out.push(Records { name, table, headings, recognised: Vec::new(), other_sheets, notes }),
            // A sheet of people without teams, or an empty one of the template.
            Err(_) if of.is_floor || of.in_book && of.grid.rows.len() < 2 => {}
            Err(refused) if of.in_book => out.push(left_out(of, &refused.why)),
            Err(Refused { why, columns: recognised }) => {
                let table = Table::Unread(decode::of_sheet(&of.grid, why));
                out.push(Records { name, table, headings, recognised, other_sheets, notes });
            }
        }
    }
    if let Some(floor) = floor {
        let names: Vec<&str> = grids.iter().filter(|of| of.is_floor).map(|of| of.name.as_str()).collect();
        one_spelling(&floor, &mut out);
        let name = shared(&names);
        let notes = floor.notes.clone();
        let table = Table::Floor(Box::new(floor));
        let (headings, recognised, other_sheets) = (Vec::new(), Vec::new(), Vec::new());
        out.push(Records { name, table, headings, recognised, other_sheets, notes });
    }
    Ok(out)
}

/// A table with what is known of it.
struct Read {
    name: String,
    grid: Grid,
    kind: Option<Kind>,
    in_book: bool,
    /// It says more than deals and teams do.
    is_floor: bool,
    /// What a workbook has besides.
    other_sheets: Vec<OtherSheet>,
    notes: Vec<String>,
}

fn grids_of(source: &SourceBody, options: workbook::ReadOptions<'_>) -> Result<Vec<Read>, String> {
    let is_of_floor = |name: &str| kind_of(name).is_some_and(|kind| kind != Kind::Deals);
    let sheets = decode::sheets(source, is_of_floor)?;
    if sheets.is_empty() {
        let mut notes = Vec::new();
        let (grid, _) = decode::grid(source, options.settings, &mut notes)?;
        notes.iter_mut().for_each(|note| *note = decode::without_settings(note));
        let other_sheets = others(source, grid.sheet.as_slice());
        let name = source.name.clone();
        let told = ReadOptions { settings: options.settings, tz: options.tz, date_order: options.date_order };
        let (kind, sheet) = match kind_of(&name) {
            None | Some(Kind::Deals) if are_activities(&grid, told) => {
                (Some(Kind::Activities), format!("{name}/{}", Kind::Activities.name()))
            }
            kind => (kind, name.clone()),
        };
        let is_floor = match kind {
            None | Some(Kind::Deals) => false,
            // A list of people with their managers may be called "teams.csv".
            Some(Kind::People) => workbook::has_details(&grid),
            Some(_) => true,
        };
        let grid = if is_floor { Grid { sheet: Some(sheet), ..grid } } else { grid };
        return Ok(vec![Read { name, grid, kind, in_book: false, is_floor, other_sheets, notes }]);
    }
    let sheet = |grid: Grid| {
        let sheet = grid.sheet.clone().unwrap_or_default();
        let kind = kind_of(&sheet);
        let is_floor = kind.is_some_and(|kind| kind != Kind::Deals);
        let name = format!("{}/{sheet}", source.name);
        Read { name, grid, kind, in_book: true, is_floor, other_sheets: Vec::new(), notes: Vec::new() }
    };
    let read: Vec<String> = sheets.iter().filter_map(|grid| grid.sheet.clone()).collect();
    let mut all: Vec<Read> = sheets.into_iter().map(sheet).collect();
    // A hidden sheet is told once, with the first table of deals or people that is read.
    let plain = |of: &&mut Read| matches!(of.kind, Some(Kind::Deals | Kind::People));
    if let Some(first) = all.iter_mut().find(plain) {
        first.other_sheets = others(source, &read);
    }
    Ok(all)
}

fn others(source: &SourceBody, read: &[String]) -> Vec<OtherSheet> {
    let read: Vec<&str> = read.iter().map(String::as_str).collect();
    let all = decode::other_sheets(source, &read).into_iter();
    all.map(|(name, rows, is_hidden)| OtherSheet { name, rows, is_hidden }).collect()
}

/// A sheet that nobody knows: it is told, and nothing of it counts.
fn left_out(of: &Read, error: &str) -> Records {
    let names: Vec<&str> = Kind::ALL.into_iter().map(Kind::name).collect();
    let why = match of.kind {
        Some(_) => format!("the sheet is left out: {error}"),
        None => format!("the sheet is not read: its name is none of {}", names.join(", ")),
    };
    let (headings, recognised, other_sheets) = (Vec::new(), Vec::new(), Vec::new());
    let table = Table::Floor(Box::default());
    Records { name: of.name.clone(), table, headings, recognised, other_sheets, notes: vec![why] }
}

/// The people of a floor are one by any spelling of their name.
fn one_spelling(floor: &floor::FloorTable, records: &mut [Records]) {
    let names: HashMap<String, &String> = floor.people.iter().map(|of| (key(&of.name), &of.name)).collect();
    let turned = |name: &str| {
        let (family, given) = name.split_once(',')?;
        names.get(&key(&format!("{} {}", given.trim(), family.trim())))
    };
    let known = |name: &mut String| {
        if let Some(as_written) = names.get(&key(name)).or_else(|| turned(name)) {
            name.clone_from(as_written);
        }
    };
    for of in records {
        match &mut of.table {
            Table::Deals(table) => table.deals.iter_mut().filter_map(|deal| deal.owner.as_mut()).for_each(known),
            Table::People(table) => table.people.iter_mut().for_each(|person| known(&mut person.name)),
            Table::Floor(_) | Table::Unread(_) => {}
        }
    }
}

/// `floor.xlsx` for all of its sheets.
fn shared(names: &[&str]) -> String {
    let mut files: Vec<&str> = names.iter().map(|name| name.split_once('/').map_or(*name, |(file, _)| file)).collect();
    files.dedup();
    files.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TableSettings;

    const DONE: &str = "Datum;Mitarbeiter;Anrufe;Termine\n02.11.2026;Ana Reis;31;2\n03.11.2026;Ben Moe;28;1\n";

    fn read(name: &str, csv: &str) -> Vec<Records> {
        let source = SourceBody { name: name.into(), pages: vec![csv.as_bytes().to_vec()], ..SourceBody::default() };
        let settings = TableSettings::default();
        let now = "2026-11-30T12:00:00Z".parse().unwrap();
        let options = workbook::ReadOptions { settings: &settings, now, tz: "Europe/Berlin", date_order: "dmy" };
        of_files(&[source], options).unwrap()
    }

    #[test]
    fn activities_are_no_deals_whatever_the_file_is_called() {
        for name in ["Aktivitäten.csv", "Aktivitäten_2026-11-30.csv", "Aktivitäten2.csv", "report.csv", "sales.csv"]
        {
            let records = read(name, DONE);
            let [Records { table: Table::Floor(floor), .. }] = records.as_slice() else {
                panic!("{name}: {records:?}")
            };
            let amounts: Vec<f64> = floor.done.iter().map(|done| done.amount).collect();
            assert_eq!(amounts, [31.0, 28.0, 2.0, 1.0], "{name}");
        }
        let deals = read("report.csv", "Abschlussdatum;Verkäufer;Betrag\n02.11.2026;Ana Reis;900\n");
        assert!(matches!(deals.as_slice(), [Records { table: Table::Deals(_), .. }]), "{deals:?}");
    }
}
