//! A polled answer that is a table: it goes through the recipe for deals, as a file that is called so does.

use jiff::{SignedDuration, Timestamp};

use super::{hour, run, zone};
use crate::config::{self, DateOrder};
use crate::feed::FeedOptions;
use crate::feed::failure::Failure;
use crate::feed::keeper::corrected;
use crate::feed::limits::Limits;
use crate::feed::thread::Feed;
use crate::map::{self, Answer, Request, SourceBody, TableSettings};

/// The tables of one address.
pub(in crate::feed) struct Tables {
    limits: Limits,
    date_order: DateOrder,
    settings: TableSettings,
    sheet: Option<String>,
    charset: Option<String>,
    name: String,
    /// The last one whose board was taken, and the hour of the floor that it was made for.
    last: Option<(Vec<u8>, i64)>,
}

impl Tables {
    pub(in crate::feed) fn new(options: &FeedOptions) -> Tables {
        let name = options.source.name();
        let config::Tables { sheet, charset, .. } = options.tables.clone();
        let (limits, date_order, settings) = (options.limits.clone(), options.date_order, options.table_settings());
        Tables { limits, date_order, settings, sheet, charset, name, last: None }
    }

    /// Something else was taken since: the next table is news.
    pub(in crate::feed) fn forget(&mut self) {
        self.last = None;
    }

    /// Makes a board of a table.
    pub(in crate::feed) async fn board(
        &self,
        table: Vec<u8>,
        declared: Option<String>,
        now: Timestamp,
    ) -> Result<Answer, Failure> {
        let source = SourceBody {
            name: "deals".into(),
            sheet: self.sheet.clone(),
            charset: self.charset.clone().or(declared),
            pages: vec![table],
            ..SourceBody::default()
        };
        let request = Request {
            program_name: self.name.clone(),
            program: map::DEALS.to_owned(),
            now: now.to_string(),
            tz: zone(&self.limits),
            date_order: self.date_order.word().to_owned(),
            table: self.settings.clone(),
            sources: vec![source],
        };
        run(request, &self.limits).await
    }
}

impl Feed<'_> {
    /// Takes a table; one that is the same within an hour only renews its board.
    pub(in crate::feed) async fn table(
        &mut self,
        tables: &mut Tables,
        table: (Vec<u8>, Option<String>),
        offset: SignedDuration,
    ) -> Result<(), Failure> {
        let now = corrected((self.clock)(), offset);
        let (table, declared) = table;
        let with = (table, hour(now, &zone(&tables.limits)));
        if tables.last.as_ref() == Some(&with) {
            self.keeper.renewed(offset);
            return Ok(());
        }
        let answer = tables.board(with.0.clone(), declared, now).await?;
        self.take(Some(answer), offset)?;
        tables.last = Some(with);
        Ok(())
    }
}
