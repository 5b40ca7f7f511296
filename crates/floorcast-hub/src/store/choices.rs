//! What somebody answered about the files of a source, for the next ones too.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::error::{Error, Result};
use super::sql::Tx;

/// Answers; what nobody said is left to the files.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Choices {
    /// `dmy` or `mdy`, where the dates of a file leave it open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_order: Option<String>,
    /// `thousands` or `decimals`: what `1.980` is, where its column leaves it open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub three_digits: Option<String>,
    /// The currency of amounts that name none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Headings by what their columns hold; of each the first that a table has.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, Vec<String>>,
    /// What stages are that no word tells: `won`, `lost` or `open`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub stages: BTreeMap<String, String>,
}

/// The answers that are kept of a source; nothing where there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptChoices {
    pub source: String,
    pub choices: Choices,
}

impl KeptChoices {
    pub fn of(source: &str, choices: Choices) -> Option<KeptChoices> {
        (choices != Choices::default()).then(|| KeptChoices { source: source.to_owned(), choices })
    }

    pub fn load(tx: &mut Tx<'_>, source: &str) -> Result<Option<KeptChoices>> {
        Ok(KeptChoices::of(source, get(tx, source)?))
    }
}

pub fn get(tx: &mut Tx<'_>, source: &str) -> Result<Choices> {
    let row = tx.one("SELECT choices FROM import_choice WHERE source = ?1", &[source.into()])?;
    row.map_or(Ok(Choices::default()), |row| serde_json::from_str(&row.text(0)?).map_err(Error::broken))
}

/// Keeps the answers of a source, in the place of those before.
pub fn put(tx: &mut Tx<'_>, source: &str, choices: &Choices) -> Result<()> {
    if *choices == Choices::default() {
        return tx.execute("DELETE FROM import_choice WHERE source = ?1", &[source.into()]).map(|_| ());
    }
    let text = serde_json::to_string(choices).map_err(Error::broken)?;
    let sql = "INSERT INTO import_choice(source, choices) VALUES(?1, ?2) ON CONFLICT(source) DO UPDATE SET choices = excluded.choices";
    tx.execute(sql, &[source.into(), text.into()]).map(|_| ())
}
