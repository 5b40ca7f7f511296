//! Tells a log of activities from a list of deals by its columns, whatever its file is called.

use super::{ReadOptions, labels, picks};
use crate::table::{Cell, Grid, PLAIN_DAY, Role, words};

/// Words of columns whose numbers count nothing.
const NO_COUNTS: [&str; 27] = [
    "plz",
    "zip",
    "postcode",
    "postal",
    "postleitzahl",
    "cp",
    "cap",
    "phone",
    "tel",
    "telefon",
    "telephone",
    "mobile",
    "year",
    "jahr",
    "annee",
    "ano",
    "anno",
    "month",
    "monat",
    "week",
    "woche",
    "kw",
    "semaine",
    "semana",
    "age",
    "alter",
    "quarter",
];

/// Whether a table has a day, a person and numbers in each row, and nothing that deals have: no amount, stage, id or name of
/// a deal, and no day of a sale. Read as deals, each of its rows would count as a sale.
pub fn are_activities(grid: &Grid, options: ReadOptions<'_>) -> bool {
    columns(grid, options).is_some()
}

/// The columns with what was done.
fn columns(grid: &Grid, options: ReadOptions<'_>) -> Option<Vec<String>> {
    // Somebody said what its columns are.
    if !options.settings.columns.is_empty() || !options.settings.picks.is_empty() {
        return None;
    }
    let picked = picks::pick(grid, options.settings).ok().filter(|picked| picked.header.score() > 0)?;
    let header = &picked.header;
    let of_deals = [Role::Amount, Role::Stage, Role::IsWon, Role::Currency, Role::Other];
    if of_deals.iter().any(|role| header.column(*role).is_some()) {
        return None;
    }
    let (_, rank) = *header.columns(Role::Date).first()?;
    let known: Vec<usize> = header.roles.values().flatten().map(|(column, _)| *column).collect();
    let has_number = header.names.iter().any(|name| words(name).iter().any(|word| is_number_of(word)));
    let has_id = has_number || labels::names_id(&header.names);
    if rank < PLAIN_DAY || has_id || labels::label(&header.names, &known).is_some() {
        return None;
    }
    let is_counted = |column: &usize| {
        let name = words(&header.names[*column]);
        !known.contains(column) && !name.is_empty() && !name.iter().any(|word| NO_COUNTS.contains(&word.as_str()))
    };
    let others = (0..header.names.len()).filter(is_counted);
    let done: Vec<String> = others
        .filter(|column| are_numbers(grid, header.at, *column))
        .map(|column| picked.headings[column].clone())
        .collect();
    (!done.is_empty()).then_some(done)
}

/// Whether a word calls something by its number: an order, a customer, an invoice.
fn is_number_of(word: &str) -> bool {
    ["nummer", "number", "numero", "nr", "番号"].iter().any(|end| word.ends_with(end))
}

/// Whether at least half of what stands in a column are numbers.
fn are_numbers(grid: &Grid, header: usize, column: usize) -> bool {
    let cells = || grid.rows.iter().skip(header + 1).map(|row| row.cell(column)).filter(|cell| !cell.is_empty());
    let is_number = |cell: &&Cell| match cell {
        Cell::Number(..) => true,
        Cell::Text(text) => {
            text.contains(|c: char| c.is_ascii_digit())
                && text.chars().all(|c| c.is_ascii_digit() || " .,'+-".contains(c))
        }
        _ => false,
    };
    let numbers = cells().filter(is_number).count();
    numbers > 0 && 2 * numbers >= cells().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TableSettings;
    use crate::table::Row;

    fn done(csv: &str) -> Option<Vec<String>> {
        let row = |(at, line): (usize, &str)| Row {
            number: at as u32 + 1,
            line: at as u32 + 1,
            cells: line.split(';').map(Cell::text).collect(),
        };
        let grid = Grid { sheet: None, rows: csv.lines().enumerate().map(row).collect() };
        let settings = TableSettings::default();
        columns(&grid, ReadOptions { settings: &settings, tz: "Europe/Berlin", date_order: "dmy" })
    }

    #[test]
    fn a_day_a_person_and_numbers_are_activities() {
        for (csv, expected) in [
            ("Datum;Mitarbeiter;Anrufe;Termine\n02.11.2026;Ana;31;2\n03.11.2026;Ben;28;1", vec!["Anrufe", "Termine"]),
            ("Date;Rep;Calls;Remarks\n2026-11-02;Ana;31;busy", vec!["Calls"]),
            ("Team;Sales rep;Day;Demos\nA;Ana;2026-11-02;3", vec!["Demos"]),
        ] {
            assert_eq!(done(csv), Some(expected.into_iter().map(str::to_owned).collect()), "{csv}");
        }
    }

    #[test]
    fn what_has_something_of_a_deal_is_none() {
        for csv in [
            "Close date;Owner;Units\n2026-11-02;Ana;3",
            "Won on;Owner;Seats\n2026-11-02;Ana;3",
            "Date;Owner;Amount;Seats\n2026-11-02;Ana;900;3",
            "Date;Owner;Stage;Seats\n2026-11-02;Ana;Won;3",
            "Date;Owner;Deal ID;Seats\n2026-11-02;Ana;D-1;3",
            "Date;Owner;Customer;Seats\n2026-11-02;Ana;Acme;3",
            "Date;Owner;Product;Units\n2026-11-02;Ana;Desk;3",
            "Date;Owner\n2026-11-02;Ana",
            "Datum;Verkäufer;Auftragsnummer;Stück\n02.11.2026;Ana;4711;2\n02.11.2026;Ana;4711;3\n03.11.2026;Ben;4711;1",
            "Datum;Verkäufer;Uhrzeit\n02.11.2026;Ana;10:30",
            "Datum;Verkäufer;PLZ\n02.11.2026;Ana;10115",
            "Date;Owner;Region\n2026-11-02;Ana;North",
            "Owner;Calls\nAna;3",
        ] {
            assert_eq!(done(csv), None, "{csv}");
        }
    }
}
