//! What holds for the whole floor, and the number by which everybody sees that something changed.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::error::{Error, Result};
use super::metrics;
use super::sql::{Tx, Val};

/// The settings of the floor. An import may set them, and take them back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FloorRow {
    pub name: String,
    pub tz: String,
    pub locale: String,
    /// ISO 4217; empty: nobody said.
    pub currency: String,
    pub week_start: i64,
    pub fiscal_month: i64,
    /// A digit for each weekday, Monday first.
    pub workdays: String,
}

/// The floor of a store is always there: a new one has no name, this machine's zone and no currency.
pub(in crate::store) fn begin(tx: &mut Tx<'_>) -> Result<()> {
    let tz = jiff::tz::TimeZone::system().iana_name().unwrap_or("UTC").to_owned();
    let sql = "INSERT INTO floor(id, name, tz, locale, currency) VALUES('floor', '', ?1, 'en', '') ON CONFLICT(id) DO NOTHING";
    tx.execute(sql, &[tz.into()]).map(|_| ())
}

/// The floor's zone.
///
/// # Errors
/// It is not known on this machine.
pub fn zone(of: &FloorRow) -> Result<TimeZone> {
    TimeZone::get(&of.tz).map_err(|error| Error::Refused(format!("the time zone of the floor, {:?}: {error}", of.tz)))
}

pub fn get(tx: &mut Tx<'_>) -> Result<FloorRow> {
    let sql = "SELECT name, tz, locale, currency, week_start, fiscal_month, workdays FROM floor WHERE id = 'floor'";
    let row = tx.one(sql, &[])?.ok_or_else(|| Error::broken("the floor has no settings"))?;
    Ok(FloorRow {
        name: row.text(0)?,
        tz: row.text(1)?,
        locale: row.text(2)?,
        currency: row.text(3)?,
        week_start: row.int(4)?,
        fiscal_month: row.int(5)?,
        workdays: row.text(6)?,
    })
}

pub fn put(tx: &mut Tx<'_>, of: &FloorRow) -> Result<()> {
    let sql = "UPDATE floor SET name = ?1, tz = ?2, locale = ?3, currency = ?4, week_start = ?5, fiscal_month = ?6, workdays = ?7 WHERE id = 'floor'";
    let params = [
        Val::from(&of.name),
        Val::from(&of.tz),
        Val::from(&of.locale),
        Val::from(&of.currency),
        of.week_start.into(),
        of.fiscal_month.into(),
        Val::from(&of.workdays),
    ];
    tx.execute(sql, &params)?;
    metrics::fit(tx, &of.currency)
}

/// Chooses the currency in which deals count.
pub fn set_currency(tx: &mut Tx<'_>, code: &str) -> Result<()> {
    tx.execute("UPDATE floor SET currency = ?1 WHERE id = 'floor'", &[code.into()])?;
    metrics::fit(tx, code)
}

/// Says that boards may look different now.
pub fn changed(tx: &mut Tx<'_>) -> Result<()> {
    tx.execute("UPDATE floor SET version = version + 1 WHERE id = 'floor'", &[]).map(|_| ())
}

/// Says that figures are made anew: more changed than single facts.
pub(in crate::store) fn remade(tx: &mut Tx<'_>) -> Result<()> {
    tx.execute("UPDATE floor SET made = made + 1, version = version + 1 WHERE id = 'floor'", &[]).map(|_| ())
}

/// The version, and the number of changes that were more than single facts.
pub(in crate::store) fn counters(tx: &mut Tx<'_>) -> Result<(i64, i64)> {
    let row = tx.one("SELECT version, made FROM floor WHERE id = 'floor'", &[])?;
    row.map_or(Ok((0, 0)), |row| Ok((row.int(0)?, row.int(1)?)))
}

/// A number that grows with each change that a board may show.
pub fn version(tx: &mut Tx<'_>) -> Result<i64> {
    tx.one("SELECT version FROM floor WHERE id = 'floor'", &[])?.map_or(Ok(0), |row| row.int(0))
}
