//! Which mails an account gets, in which language, and the key that turns them off.

use super::error::Result;
use super::sql::{Row, Tx, Val};

/// What mails are about, as far as somebody chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailKind {
    Weekly,
    Behind,
    Coaching,
}

impl MailKind {
    pub const ALL: [(&'static str, MailKind); 3] =
        [("weekly", MailKind::Weekly), ("behind", MailKind::Behind), ("coaching", MailKind::Coaching)];

    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    pub fn of(name: &str) -> Option<MailKind> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailChoice {
    pub login: String,
    /// `None`: the language of the floor.
    pub lang: Option<String>,
    pub weekly: bool,
    /// Only where asked for.
    pub behind: bool,
    pub coaching: bool,
    pub off_key: String,
}

impl MailChoice {
    /// What holds for somebody who has not chosen.
    pub fn new(login: &str, off_key: String) -> MailChoice {
        MailChoice { login: login.to_owned(), lang: None, weekly: true, behind: false, coaching: true, off_key }
    }

    pub fn wants(&self, kind: MailKind) -> bool {
        match kind {
            MailKind::Weekly => self.weekly,
            MailKind::Behind => self.behind,
            MailKind::Coaching => self.coaching,
        }
    }

    pub fn turn_off(&mut self, kind: MailKind) {
        match kind {
            MailKind::Weekly => self.weekly = false,
            MailKind::Behind => self.behind = false,
            MailKind::Coaching => self.coaching = false,
        }
    }
}

const CHOICE: &str = "login, lang, weekly, behind, coaching, off_key";

fn choice(row: &Row) -> Result<MailChoice> {
    Ok(MailChoice {
        login: row.text(0)?,
        lang: row.opt_text(1)?,
        weekly: row.int(2)? != 0,
        behind: row.int(3)? != 0,
        coaching: row.int(4)? != 0,
        off_key: row.text(5)?,
    })
}

pub fn get(tx: &mut Tx<'_>, login: &str) -> Result<Option<MailChoice>> {
    let sql = format!("SELECT {CHOICE} FROM mail_choice WHERE login = ?1");
    tx.one(&sql, &[login.into()])?.map(|row| choice(&row)).transpose()
}

/// Whose key it is.
pub fn by_key(tx: &mut Tx<'_>, key: &str) -> Result<Option<MailChoice>> {
    let sql = format!("SELECT {CHOICE} FROM mail_choice WHERE off_key = ?1");
    tx.one(&sql, &[key.into()])?.map(|row| choice(&row)).transpose()
}

pub fn put(tx: &mut Tx<'_>, of: &MailChoice) -> Result<()> {
    let sql = format!(
        "INSERT INTO mail_choice({CHOICE}) VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(login) DO UPDATE SET lang = excluded.lang, \
         weekly = excluded.weekly, behind = excluded.behind, coaching = excluded.coaching"
    );
    let params = [
        Val::from(&of.login),
        Val::from(&of.lang),
        i64::from(of.weekly).into(),
        i64::from(of.behind).into(),
        i64::from(of.coaching).into(),
        Val::from(&of.off_key),
    ];
    tx.execute(&sql, &params).map(|_| ())
}

/// What an account has chosen; who has not yet gets a row with a key of their own.
pub fn of_login(tx: &mut Tx<'_>, login: &str) -> Result<MailChoice> {
    if let Some(known) = get(tx, login)? {
        return Ok(known);
    }
    let new = MailChoice::new(login, crate::random::secret("off").map_err(super::Error::broken)?);
    put(tx, &new)?;
    Ok(new)
}

/// Remembers the language of somebody's browser, where they have not chosen one.
pub fn learn(tx: &mut Tx<'_>, login: &str, lang: &str) -> Result<()> {
    let known = of_login(tx, login)?;
    match known.lang {
        Some(_) => Ok(()),
        None => put(tx, &MailChoice { lang: Some(lang.to_owned()), ..known }),
    }
}
