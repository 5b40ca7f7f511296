//! Templates of sessions. A change is a new version; sessions keep the one that they were begun with.

use serde::{Deserialize, Serialize};

use super::super::error::{Error, Result};
use super::super::sql::{Row, Val};
use super::PrivateTx;

/// What the system puts into a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionSource {
    /// The figures of the period.
    Period,
    /// What was agreed the last time.
    LastActions,
    /// What is above pace.
    Well,
    /// What is below pace.
    WorkOn,
    /// What is agreed now.
    Actions,
    Nothing,
}

impl SectionSource {
    pub const ALL: [(&'static str, SectionSource); 6] = [
        ("period", SectionSource::Period),
        ("last_actions", SectionSource::LastActions),
        ("well", SectionSource::Well),
        ("work_on", SectionSource::WorkOn),
        ("actions", SectionSource::Actions),
        ("nothing", SectionSource::Nothing),
    ];

    pub fn of(name: &str) -> Option<SectionSource> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, fill)| *fill)
    }

    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, fill)| *fill == self).map_or("", |(name, _)| name)
    }

    /// Whether the coach writes into it.
    pub fn takes_words(self) -> bool {
        matches!(self, SectionSource::Well | SectionSource::WorkOn | SectionSource::Nothing)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub title: String,
    pub fill: SectionSource,
    /// Left out of a draft, with what stands in it; it can be brought back until the session is sent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub left: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateRow {
    pub id: String,
    pub version: i64,
    pub title: String,
    pub sections: Vec<Section>,
    /// A coach keeps to its sections; in a free one they may be left out.
    pub locked: bool,
    pub by_whom: String,
}

const TEMPLATE: &str = "id, version, title, sections, locked, by_whom";

fn template(row: &Row) -> Result<TemplateRow> {
    Ok(TemplateRow {
        id: row.text(0)?,
        version: row.int(1)?,
        title: row.text(2)?,
        sections: serde_json::from_str(&row.text(3)?).map_err(Error::broken)?,
        locked: row.int(4)? != 0,
        by_whom: row.text(5)?,
    })
}

/// The newest version of each template, by title.
pub fn list(tx: &mut PrivateTx<'_>) -> Result<Vec<TemplateRow>> {
    let sql = format!(
        "SELECT {TEMPLATE} FROM template AS t WHERE archived IS NULL AND version = (SELECT MAX(version) FROM template WHERE id = t.id) ORDER BY title, id"
    );
    tx.0.query(&sql, &[])?.iter().map(template).collect()
}

/// The newest version of a template.
pub fn get(tx: &mut PrivateTx<'_>, id: &str) -> Result<Option<TemplateRow>> {
    let sql = format!("SELECT {TEMPLATE} FROM template WHERE id = ?1 ORDER BY version DESC LIMIT 1");
    tx.0.one(&sql, &[id.into()])?.map(|row| template(&row)).transpose()
}

/// Adds a version; its number is the next one of the id.
pub fn add(tx: &mut PrivateTx<'_>, of: &TemplateRow, now: i64) -> Result<i64> {
    let version = get(tx, &of.id)?.map_or(1, |last| last.version + 1);
    let sections = serde_json::to_string(&of.sections).map_err(Error::broken)?;
    let sql =
        "INSERT INTO template(id, version, title, sections, locked, made, by_whom) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let params = [
        Val::from(&of.id),
        version.into(),
        Val::from(&of.title),
        sections.into(),
        i64::from(of.locked).into(),
        now.into(),
        Val::from(&of.by_whom),
    ];
    tx.0.execute(sql, &params)?;
    Ok(version)
}
