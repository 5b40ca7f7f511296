//! How an account wants its pages: in which language, and light or dark.

use super::error::Result;
use super::sql::{Tx, Val};

/// `None` in either: as the browser asks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageChoice {
    pub lang: Option<String>,
    pub look: Option<Look>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Light,
    Dark,
}

impl Look {
    pub const ALL: [(&'static str, Look); 2] = [("light", Look::Light), ("dark", Look::Dark)];

    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, look)| *look == self).map_or("", |(name, _)| name)
    }

    pub fn of(name: &str) -> Option<Look> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, look)| *look)
    }
}

pub fn get(tx: &mut Tx<'_>, login: &str) -> Result<PageChoice> {
    let Some(row) = tx.one("SELECT lang, look FROM page_choice WHERE login = ?1", &[login.into()])? else {
        return Ok(PageChoice::default());
    };
    Ok(PageChoice { lang: row.opt_text(0)?, look: row.opt_text(1)?.as_deref().and_then(Look::of) })
}

pub fn put(tx: &mut Tx<'_>, login: &str, of: &PageChoice) -> Result<()> {
    let sql = "INSERT INTO page_choice(login, lang, look) VALUES(?1, ?2, ?3) ON CONFLICT(login) DO UPDATE SET lang = excluded.lang, look = excluded.look";
    let look = of.look.map(|look| look.name().to_owned());
    tx.execute(sql, &[login.into(), Val::from(&of.lang), Val::from(&look)]).map(|_| ())
}
