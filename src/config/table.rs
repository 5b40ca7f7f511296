//! Reads the settings for tables: column names, stages, periods.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::DeValue;

use super::read::{Reader, Section};

/// How a table of deals is read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DealTableSettings {
    /// The sheet of a workbook; `None`: the one that looks most like a list of deals.
    pub sheet: Option<String>,
    /// The charset of a text; `None`: what the server declares, else what its bytes look like.
    pub charset: Option<String>,
    /// Names of columns by what they hold: `who`, `amount`, `date`, `stage`, `team`, `currency`.
    pub columns: BTreeMap<String, String>,
    /// The stages that count; empty: those that mean won. `*`: all but those that mean lost or open.
    pub won: Vec<String>,
    /// Which deals count: `week`, `month`, `quarter`, `year` or `all`; `None`: this month, or the newest month that has a deal.
    pub period: Option<String>,
    /// Target of the ranking's total.
    pub target: Option<f64>,
    /// Title of the ranking of people.
    pub title: Option<String>,
}

/// The keys of `columns`.
const COLUMNS: [&str; 6] = ["who", "amount", "date", "stage", "team", "currency"];

pub(super) fn tables(reader: &Reader<'_>, s: &mut Section<'_, '_>) -> DealTableSettings {
    let mut columns = s.section(
        "columns",
        "{ who = \"…\", amount = \"…\", date = \"…\", stage = \"…\", team = \"…\", currency = \"…\" }",
    );
    let mut named = BTreeMap::new();
    for key in COLUMNS {
        if let Some(name) = columns.text(key, "the name of a column") {
            let span = name.span();
            let name = name.into_inner();
            if let Some((other, _)) = named.iter().find(|(_, known)| **known == name) {
                reader.problem(span, format!("`{key}`: the column {name:?} is named for `{other}` too"));
            }
            named.insert(key.to_owned(), name);
        }
    }
    columns.finish();
    let periods = ["week", "month", "quarter", "year", "all"].map(|word| (word, word));
    let won = s.list("won", "stages like \"Signed\"", |stage| Some(stage.to_owned()));
    if let Some(won) = won.as_ref().filter(|won| won.get_ref().is_empty()) {
        reader.problem(won.span(), "`won`: expected a list of stages like [\"Signed\"], found an empty list");
    }
    DealTableSettings {
        sheet: s.text("sheet", "the name of a sheet").map(Spanned::into_inner),
        charset: s.get("charset", CHARSET_HINT, charset).map(Spanned::into_inner),
        columns: named,
        won: won.map(Spanned::into_inner).unwrap_or_default(),
        period: s.word("period", &periods).map(str::to_owned),
        target: s.number("target", 0.01..=1e15, ""),
        title: s.text("title", "a title").map(Spanned::into_inner),
    }
}

pub(super) const CHARSET_HINT: &str =
    "the name of a charset like \"utf-8\", \"windows-1252\", \"windows-1250\", \"shift_jis\" or \"gbk\"";

/// A charset that is known; the name stays as it is written.
pub(super) fn charset(value: &DeValue<'_>) -> Option<String> {
    value.as_str().filter(|name| encoding_rs::Encoding::for_label(name.trim().as_bytes()).is_some()).map(str::to_owned)
}
