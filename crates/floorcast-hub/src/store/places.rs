//! Where in which file a deal stands, as the import that wrote it last found it.

use std::collections::HashMap;

use super::error::Result;
use super::sql::{Tx, Val, marks};

/// Rows of one statement.
const AT_ONCE: usize = 100;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactPlace {
    pub ext_id: String,
    pub file: String,
    /// As the file counts, from 1.
    pub line: u32,
}

/// Notes where the deals of a run stand.
pub fn put(tx: &mut Tx<'_>, source: &str, run: &str, places: &[FactPlace]) -> Result<()> {
    // Of two lines with the same deal the last one wrote it; one statement writes no row twice.
    let mut last: HashMap<&str, &FactPlace> = HashMap::new();
    places.iter().for_each(|place| _ = last.insert(&place.ext_id, place));
    let places: Vec<&FactPlace> = last.into_values().collect();
    for places in places.chunks(AT_ONCE) {
        let rows: Vec<String> = (0..places.len()).map(|row| format!("({})", marks(row * 5 + 1, 5))).collect();
        let params: Vec<Val> = places
            .iter()
            .flat_map(|of| {
                [source.into(), Val::from(&of.ext_id), run.into(), Val::from(&of.file), i64::from(of.line).into()]
            })
            .collect();
        let sql = format!(
            "INSERT INTO fact_place(source, ext_id, run, file, line) VALUES {} ON CONFLICT(source, ext_id) DO UPDATE SET \
             run = excluded.run, file = excluded.file, line = excluded.line",
            rows.join(", ")
        );
        tx.execute(&sql, &params)?;
    }
    Ok(())
}

/// The places of deals of a source, by their ids.
pub fn of_ids(tx: &mut Tx<'_>, source: &str, ids: &[&str]) -> Result<HashMap<String, (String, i64)>> {
    let mut found = HashMap::new();
    for ids in ids.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT ext_id, file, line FROM fact_place WHERE source = ?1 AND ext_id IN({})",
            marks(2, ids.len())
        );
        let params: Vec<Val> = std::iter::once(source).chain(ids.iter().copied()).map(Val::from).collect();
        for row in tx.query(&sql, &params)? {
            found.insert(row.text(0)?, (row.text(1)?, row.int(2)?));
        }
    }
    Ok(found)
}

/// Forgets what a run that was taken back had found.
pub fn delete_of_run(tx: &mut Tx<'_>, run: &str) -> Result<()> {
    tx.execute("DELETE FROM fact_place WHERE run = ?1", &[run.into()]).map(|_| ())
}
