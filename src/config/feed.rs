//! Reads the feeds of a screen: one `[feed]`, or several `[[feed]]` with names.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::DeValue;

use super::map_keys;
use super::read::{Reader, Section, set, texts};
use super::source::FeedSource;
use super::table::{DealTableSettings, tables};
use super::token::TokenSource;

/// Most feeds of one screen.
pub const MAX_FEEDS: usize = 8;

/// One feed: where boards come from.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedSettings {
    /// Its name in the settings and in messages; `None`: there is only this one, and it has none.
    pub name: Option<String>,
    /// The source; `None`: not set up yet, the first-boot picture is shown. Only a feed that is alone may lack one.
    pub source: Option<FeedSource>,
    /// Seconds between two polls of an HTTP feed.
    pub interval_s: f64,
    /// Where the bearer token is found.
    pub token: Option<TokenSource>,
    /// The source is the hub that this screen belongs to.
    pub of_hub: bool,
    /// User name at an MQTT broker.
    pub user: Option<String>,
    /// Where that user's password is found.
    pub password: Option<TokenSource>,
    /// PEM file with own certificate authorities, trusted besides the system's.
    pub ca_file: Option<PathBuf>,
    /// Which stands first in the dates of its tables.
    pub date_order: DateOrder,
    /// How its tables are read.
    pub tables: DealTableSettings,
    /// The month in which the fiscal year of its maps and tables begins, 1 to 12.
    pub fiscal_month: u8,
    /// What is celebrated of a source that only sends totals.
    pub derive: DeriveSettings,
}

/// What stands first in a date like 11/04/2026.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateOrder {
    /// Found out of the dates of the table, as far as they tell.
    #[default]
    Auto,
    /// The day.
    DayFirst,
    /// The month.
    MonthFirst,
}

impl DateOrder {
    /// As a map gets it.
    pub fn word(self) -> &'static str {
        match self {
            DateOrder::Auto => "",
            DateOrder::DayFirst => "dmy",
            DateOrder::MonthFirst => "mdy",
        }
    }
}

/// `derive` of a feed: which celebrations follow from two boards in a row. None by default.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DeriveSettings {
    /// Another person leads a ranking.
    pub leader: bool,
    /// 100 % of a target.
    pub goal: bool,
    /// A person's value grew by so much in one step.
    pub deal_min: Option<f64>,
    /// The metric of deals; `None`: results in amounts.
    pub deal_metric: Option<String>,
}

impl Default for FeedSettings {
    fn default() -> Self {
        FeedSettings {
            name: None,
            source: None,
            interval_s: 10.0,
            token: None,
            of_hub: false,
            user: None,
            password: None,
            ca_file: None,
            date_order: DateOrder::Auto,
            tables: DealTableSettings::default(),
            fiscal_month: 1,
            derive: DeriveSettings::default(),
        }
    }
}

impl FeedSettings {
    /// Makes its relative paths absolute, as seen from `folder`.
    pub(super) fn rebase(&mut self, folder: &Path) {
        if let Some(source) = &mut self.source {
            source.rebase(folder);
        }
        for secret in [&mut self.token, &mut self.password].into_iter().flatten() {
            if let TokenSource::File(path) | TokenSource::Own(Some(path)) = secret {
                *path = folder.join(&path);
            }
        }
        if let Some(path) = &mut self.ca_file {
            *path = folder.join(&path);
        }
    }

    /// Whether its token and password may be sent to `source`: to the origins they were set for, and to no other. Settings
    /// without a source trust the one that the command line names.
    pub(super) fn trusts(&self, source: &FeedSource) -> bool {
        let Some(set) = &self.source else { return true };
        let set = set.origins();
        source.origins().iter().all(|origin| set.contains(origin))
    }
}

/// Reads the key `feed` of the settings: a table, or a list of tables. Never empty.
pub(super) fn feeds(reader: &Reader<'_>, top: &mut Section<'_, '_>) -> Vec<FeedSettings> {
    let (is_list, tables) = top.one_or_many("feed", "[feed]", "[[feed]]");
    let many = tables.len() > 1;
    let mut feeds: Vec<FeedSettings> = Vec::new();
    for (i, table) in tables.into_iter().enumerate() {
        let span = table.span();
        if i == MAX_FEEDS {
            reader.problem(span, format!("`feed`: expected at most {MAX_FEEDS} feeds"));
            break;
        }
        let mut table = table.into_inner();
        let (has_name, has_source) = (table.has("name"), table.has("url") || table.has("map"));
        let name = table.get("name", NAME, name);
        if let Some(name) = &name
            && feeds.iter().any(|feed| feed.name.as_ref() == Some(name.get_ref()))
        {
            reader.problem(name.span(), format!("`name`: another feed is already named {:?}", name.get_ref()));
        }
        if many && !has_name {
            reader.problem(span.clone(), "with several feeds, each [[feed]] needs a `name`");
        }
        if is_list && !has_source {
            reader.problem(span.clone(), "each [[feed]] needs `url` or `map`");
        }
        let feed = feed(reader, table, &span);
        feeds.push(FeedSettings { name: name.map(Spanned::into_inner), ..feed });
    }
    if feeds.is_empty() {
        feeds.push(FeedSettings::default());
    }
    feeds
}

fn feed(reader: &Reader<'_>, mut s: Section<'_, '_>, span: &Range<usize>) -> FeedSettings {
    let map = map_keys::map(reader, &mut s);
    let mut feed = FeedSettings {
        source: s.get("url", "an address, a path, or a list of these", one_or_more).and_then(|url| source(reader, url)),
        ..FeedSettings::default()
    };
    if map.is_some() {
        feed.source = map;
    }
    set(&mut feed.interval_s, s.number("interval_s", 2.0..=3600.0, " seconds"));
    feed.token = s.secret("token_file", "token_env");
    let secret_at = ["password_file", "password_env"].iter().find(|key| s.has(key)).copied();
    let user = s.text("user", "a user name at an MQTT broker");
    feed.password = s.secret("password_file", "password_env");
    feed.ca_file = s.text("ca_file", "the path of a PEM file").map(|path| path.into_inner().into());
    let is_broker = matches!(feed.source, Some(FeedSource::Mqtt(_)));
    match (&user, secret_at) {
        (Some(user), _) if feed.source.is_some() && !is_broker => {
            reader.problem(
                user.span(),
                "`user`: works only with an mqtt(s) address; for http(s) use token_file or token_env",
            );
        }
        (None, Some(key)) => reader.problem(span.clone(), format!("`{key}` also needs `user`")),
        _ => {}
    }
    feed.user = user.map(Spanned::into_inner);
    let orders = [("auto", DateOrder::Auto), ("dmy", DateOrder::DayFirst), ("mdy", DateOrder::MonthFirst)];
    set(&mut feed.date_order, s.word("date_order", &orders));
    feed.tables = tables(reader, &mut s);
    if let Some(month) = s.whole("fiscal_month", 1..=12, "") {
        feed.fiscal_month = u8::try_from(month).unwrap_or(1);
    }
    feed.derive = derive(reader, &mut s);
    s.finish();
    feed
}

fn derive(reader: &Reader<'_>, s: &mut Section<'_, '_>) -> DeriveSettings {
    let mut table = s.section("derive", "{ leader = true, goal = true, deal_min = 5000 }");
    let mut derive = DeriveSettings::default();
    set(&mut derive.leader, table.flag("leader"));
    set(&mut derive.goal, table.flag("goal"));
    let had_min = table.has("deal_min");
    derive.deal_min = table.number("deal_min", 0.01..=1e15, "");
    let metric = table.text("deal_metric", "the id of a metric");
    if let Some(metric) = metric.as_ref().filter(|_| !had_min) {
        reader.problem(metric.span(), "`deal_metric` also needs `deal_min`");
    }
    derive.deal_metric = metric.map(Spanned::into_inner);
    table.finish();
    derive
}

const NAME: &str = "1 to 32 of the characters a to z, 0 to 9, - and _";

fn name(value: &DeValue<'_>) -> Option<String> {
    let name = value.as_str()?;
    let fine = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
    ((1..=32).contains(&name.len()) && name.bytes().all(fine)).then(|| name.to_owned())
}

/// One text, or a list of texts.
fn one_or_more(value: &DeValue<'_>) -> Option<Vec<String>> {
    let one = value.as_str().filter(|text| !text.trim().is_empty()).map(|text| vec![text.to_owned()]);
    one.or_else(|| texts(value)).filter(|texts| !texts.is_empty())
}

fn source(reader: &Reader<'_>, url: Spanned<Vec<String>>) -> Option<FeedSource> {
    let span = url.span();
    let all: Result<Vec<FeedSource>, _> = url.get_ref().iter().map(|url| FeedSource::parse(url)).collect();
    match all.and_then(FeedSource::together) {
        Ok(source) => Some(source),
        Err(error) => {
            reader.problem(span, format!("`url`: {error}"));
            None
        }
    }
}
