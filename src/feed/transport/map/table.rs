//! Makes a board of a polled answer that is a table: it goes through the recipe for deals, as a file of that name does.

use jiff::Timestamp;

use super::runner::{hour, run, zone};
use crate::config::{self, DateOrder};
use crate::feed::failure::Failure;
use crate::feed::limits::Limits;
use crate::feed::options::FeedOptions;
use crate::map::{self, Answer, Question, Request, SourceBody, TableSettings};

/// A table, and the hour of the floor that its board is made for.
#[derive(PartialEq)]
pub(in crate::feed::transport) struct TableKey {
    table: Vec<u8>,
    hour: i64,
}

/// The tables of one address.
pub(in crate::feed::transport) struct TableRecipe {
    limits: Limits,
    date_order: DateOrder,
    settings: TableSettings,
    sheet: Option<String>,
    charset: Option<String>,
    name: String,
    /// The one whose board was accepted last.
    last: Option<TableKey>,
    /// What there was in the last table that gave a board.
    look: Vec<u8>,
}

impl TableRecipe {
    pub(in crate::feed::transport) fn new(options: &FeedOptions) -> TableRecipe {
        let name = options.source.name();
        let config::DealTableSettings { sheet, charset, .. } = options.tables.clone();
        let (limits, date_order, settings) = (options.limits.clone(), options.date_order, options.table_settings());
        TableRecipe { limits, date_order, settings, sheet, charset, name, last: None, look: Vec::new() }
    }

    /// Notes that another board was accepted: the next table is news.
    pub(in crate::feed::transport) fn forget(&mut self) {
        self.last = None;
    }

    /// Notes that the board of a table was accepted; `None`: it is on screen already.
    pub(in crate::feed::transport) fn accepted(&mut self, key: Option<TableKey>) {
        self.last = key.or(self.last.take());
    }

    pub(in crate::feed::transport) fn key(&self, table: Vec<u8>, now: Timestamp) -> TableKey {
        TableKey { table, hour: hour(now, &zone(&self.limits)) }
    }

    pub(in crate::feed::transport) fn is_on_screen(&self, key: &TableKey) -> bool {
        self.last.as_ref() == Some(key)
    }

    /// Makes a board of a table.
    pub(in crate::feed::transport) async fn board(
        &mut self,
        key: &TableKey,
        declared_charset: Option<String>,
        now: Timestamp,
    ) -> Result<Answer, Failure> {
        let source = SourceBody {
            name: "deals".into(),
            sheet: self.sheet.clone(),
            charset: self.charset.clone().or(declared_charset),
            pages: vec![key.table.clone()],
            ..SourceBody::default()
        };
        let request = Request {
            program_name: self.name.clone(),
            program: map::DEALS.to_owned(),
            now: now.to_string(),
            tz: zone(&self.limits),
            date_order: self.date_order.word().to_owned(),
            table: self.settings.clone(),
            question: Question::Board,
            sources: vec![source],
            look: self.look.clone(),
        };
        let answer = run(request, &self.limits).await?;
        self.look.clone_from(&answer.look);
        Ok(answer)
    }
}
