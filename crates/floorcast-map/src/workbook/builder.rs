//! Builds the floor and its ledger from the sheets, and collects notes.

use std::cell::RefCell;
use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use salesfloor::board::Labels;
use salesfloor::facts::{
    Activity, Floor, Kind as MetricKind, Metric, MetricId, Person, PersonId, Scope, Settings, Team, TeamId, Unit,
};
use salesfloor::ledger::Ledger;
use salesfloor::period::first_instant;

use super::fields;
use super::missing;
use super::reader::Reader;
use super::sheets::Kind;
use super::{Read, ReadOptions};
use crate::Note;
use crate::table::{Grid, Report, cleaned, key, words};
use crate::text::short;
use salesboard::board::Weight;
use salesboard::board::currency::exponent;

/// Names of the amount of deals, as goals, contests and scorecards write it.
const SOLD: &str = "sales|sold|revenue|amount|turnover|value|won|bookings|umsatz|verkaufe|erlos|ca|chiffre d affaires|ventes|ventas|facturacion|ingresos|vendite|fatturato|omzet|verkoop|vendas|\
    faturamento|receita|売上|売上高|受注額|金額|受注金額";
/// Names of the number of deals.
const DEALS: &str = "deals|deal|won deals|number of deals|orders|contracts|abschlusse|auftrage|vertrage|contrats|affaires|operaciones|contratos|cierres|contratti|opdrachten|negocios|件数|受注件数|契約|契約数|受注数";

/// A floor in the making.
pub struct Builder<'a> {
    pub options: ReadOptions<'a>,
    pub floor: Floor,
    pub ledger: Ledger,
    pub report: Report,
    pub title: Option<String>,
    pub targets: bool,
    /// The sheet Activities has totals to date instead of what was done each day.
    pub running_totals: bool,
    /// The deals have no column of stages: all of them count as won.
    pub no_stages: bool,
    /// Deals are celebrated from this amount on; `None`: no deal is.
    pub deal_min: Option<f64>,
    pub playlist: Vec<Kind>,
    pub top: Option<u32>,
    /// The sheet People says who there is.
    pub has_people: bool,
    /// Whose ramp plan the sheet People names, with the place of the cell.
    pub plan_of: HashMap<PersonId, (String, String)>,
    people: HashMap<String, PersonId>,
    /// Spellings that were met, so that a long sheet folds each once.
    spelled: HashMap<String, PersonId>,
    teams: HashMap<String, TeamId>,
    metrics: HashMap<String, MetricId>,
    /// Names of metrics as they were met.
    named: HashMap<String, MetricId>,
    /// First instants of days, as a long sheet has few days.
    first: RefCell<HashMap<Date, Timestamp>>,
    /// People who are not on the sheet People, with the place where they were met first.
    strangers: Vec<(String, String)>,
}

impl<'a> Builder<'a> {
    pub fn new(options: ReadOptions<'a>) -> Builder<'a> {
        let settings = Settings {
            tz: options.tz.to_owned(),
            locale: if options.settings.locale.is_empty() { "en".into() } else { options.settings.locale.clone() },
            currency: String::new(),
            fiscal_month: options.settings.fiscal_month.clamp(1, 12) as i8,
            ..Settings::default()
        };
        Builder {
            options,
            floor: Floor { settings, ..Floor::default() },
            ledger: Ledger::new(TimeZone::UTC),
            report: Report::default(),
            title: options.settings.title.clone(),
            targets: true,
            running_totals: false,
            no_stages: false,
            deal_min: Some(options.settings.deal_min.unwrap_or(0.0)),
            playlist: Vec::new(),
            top: None,
            has_people: false,
            plan_of: HashMap::new(),
            people: HashMap::new(),
            spelled: HashMap::new(),
            teams: HashMap::new(),
            metrics: HashMap::new(),
            named: HashMap::new(),
            first: RefCell::default(),
            strangers: Vec::new(),
        }
    }

    /// Called once the sheet Settings is read.
    ///
    /// # Errors
    /// The zone is not known.
    pub fn begin(&mut self) -> Result<(), String> {
        let name = &self.floor.settings.tz;
        let tz = TimeZone::get(name).map_err(|_| format!("{:?} is not a time zone", short(name, 60)))?;
        self.ledger = Ledger::new(tz);
        Ok(())
    }

    /// Opens a sheet; one without the columns that it needs is a note.
    pub fn open<'g>(&mut self, grid: &'g Grid, kind: Kind) -> Option<Reader<'g>>
    where
        'a: 'g,
    {
        match fields::find(grid, kind) {
            Ok(header) => Some(Reader::new(grid, kind, header, self.options)),
            // An empty sheet of the template is nothing wrong.
            Err(_) if grid.rows.len() < 2 => None,
            Err(error) => {
                let sheet = grid.sheet.as_deref().unwrap_or(kind.name());
                self.report
                    .notes
                    .push(Note::new(Weight::Wrong, format!("sheet {:?} is left out: {error}", short(sheet, 40))));
                None
            }
        }
    }

    /// Closes a sheet: its notes, and one line that says what was read.
    pub fn close(&mut self, reader: Reader<'_>, what: String) {
        let sheet = reader.grid.sheet.as_deref().unwrap_or("table");
        self.report.summary.push(format!("{}: {what}", short(sheet, 40)));
        for (column, name) in &reader.header.others {
            let place = reader.place(&reader.grid.rows[reader.header.at], *column);
            let text = format!("{place}: the column {:?} is not known and not read", short(name, 40));
            self.report.notes.push(Note::new(Weight::Smaller, text));
        }
        self.report.notes.extend(reader.notes);
    }

    pub fn unknown_sheet(&mut self, grid: &Grid) {
        let sheet = grid.sheet.as_deref().unwrap_or("table");
        let names: Vec<&str> = Kind::ALL.into_iter().map(Kind::name).collect();
        let text = format!("sheet {:?} is not read: its name is none of {}", short(sheet, 40), names.join(", "));
        self.report.notes.push(Note::new(Weight::Smaller, text));
    }

    // --- names ---

    /// A person by any spelling of the name; a new one is added.
    pub fn person(&mut self, name: &str) -> PersonId {
        if let Some(id) = self.spelled.get(name) {
            return *id;
        }
        if let Some(id) = self.known_person(name) {
            self.spelled.insert(name.to_owned(), id);
            return id;
        }
        let id = PersonId(self.floor.people.len() as u32);
        let person = Person { key: key(name), name: cleaned(name), ..Person::default() };
        self.people.insert(person.key.clone(), id);
        self.floor.people.push(person);
        id
    }

    /// As [`Builder::person`]; who is not on the sheet People is told with the place of the first mention.
    pub fn mentioned(&mut self, name: &str, place: impl FnOnce() -> String) -> PersonId {
        let before = self.floor.people.len();
        let id = self.person(name);
        if self.has_people && self.floor.people.len() > before {
            self.strangers.push((cleaned(name), place()));
        }
        id
    }

    pub fn known_person(&self, name: &str) -> Option<PersonId> {
        let of = |name: &str| self.people.get(&key(name)).copied();
        of(name).or_else(|| {
            let (family, given) = name.split_once(',')?;
            of(&format!("{} {}", given.trim(), family.trim()))
        })
    }

    /// Another spelling by which a person is known.
    pub fn also_known(&mut self, name: &str, id: PersonId) {
        self.people.entry(key(name)).or_insert(id);
    }

    pub fn team(&mut self, name: &str) -> TeamId {
        let count = self.floor.teams.len() as u32;
        let id = *self.teams.entry(key(name)).or_insert(TeamId(count));
        if id.0 == count {
            self.floor.teams.push(Team { key: key(name), name: cleaned(name), color: None });
        }
        id
    }

    pub fn known_team(&self, name: &str) -> Option<TeamId> {
        self.teams.get(&key(name)).copied()
    }

    /// The company, a team or a person by name; `None`: nobody of that name.
    pub fn scope(&self, name: &str) -> Option<Scope> {
        const COMPANY: &str = "company|all|everybody|everyone|total|firma|unternehmen|alle|gesamt|entreprise|societe|tous|toute l entreprise|empresa|todos|compania|azienda|tutti|societa|bedrijf|iedereen|\
            companhia|todo mundo|会社|全社|全員|合計";
        let phrase = words(name).join(" ");
        let own = !self.floor.settings.name.is_empty() && key(name) == key(&self.floor.settings.name);
        if own || COMPANY.split('|').any(|word| word == phrase) {
            return Some(Scope::Company);
        }
        self.known_team(name).map(Scope::Team).or_else(|| self.known_person(name).map(Scope::Person))
    }

    // --- metrics ---

    /// The amount of deals in the currency of the floor, or in another one.
    pub fn sold(&mut self, currency: Option<&str>) -> MetricId {
        let own = self.floor.settings.currency.clone();
        let labels = Labels::of(&self.floor.settings.locale);
        let code = currency.unwrap_or(&own);
        let (key, label) = if code == own {
            ("sold".to_owned(), labels.amount.to_owned())
        } else {
            (format!("sold-{code}"), format!("{} {code}", labels.amount))
        };
        let is_code = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        let unit = if is_code { Unit::Currency(code.to_owned()) } else { Unit::Number };
        // Cents are kept where the currency has them.
        let decimals = exponent(code);
        let is_own = code == own;
        let id = self.metric_of(Metric { key, label, unit, decimals, ..Metric::default() });
        if is_own {
            self.floor.sales = Some(id);
        }
        id
    }

    /// The amount of deals in an unknown currency, where there are several.
    pub fn sold_apart(&mut self) -> MetricId {
        let labels = Labels::of(&self.floor.settings.locale);
        let label = format!("{}, {}", labels.amount, labels.no_currency);
        self.metric_of(Metric {
            key: "sold-unknown".into(),
            label,
            unit: Unit::Number,
            decimals: 2,
            ..Metric::default()
        })
    }

    pub fn deals(&mut self) -> MetricId {
        let label = Labels::of(&self.floor.settings.locale).deals.to_owned();
        let id = self.metric_of(Metric { key: "deals".into(), label, decimals: 2, ..Metric::default() });
        self.floor.deals = Some(id);
        id
    }

    /// A metric by the name that a sheet gives it; `None`: there is none, and [`Builder::new_metric`] would make it.
    pub fn metric(&mut self, name: &str) -> Option<MetricId> {
        if let Some(id) = self.named.get(name) {
            return Some(*id);
        }
        let id = self.find_metric(name)?;
        self.named.insert(name.to_owned(), id);
        Some(id)
    }

    fn find_metric(&mut self, name: &str) -> Option<MetricId> {
        let phrase = words(name).join(" ");
        let is = |list: &str| list.split('|').any(|word| word == phrase);
        if let Some(id) = self.metrics.get(&phrase) {
            return Some(*id);
        }
        if is(SOLD) {
            return Some(self.sold(None));
        }
        if is(DEALS) {
            return Some(self.deals());
        }
        // "Calls made" of a goal is not "Calls"; a plural is.
        let one = |word: &str| word.trim_end_matches('s').to_owned();
        self.metrics.iter().find(|(known, _)| one(known) == one(&phrase)).map(|(_, id)| *id)
    }

    /// An activity that people do: a leading metric.
    pub fn new_metric(&mut self, name: &str) -> MetricId {
        let phrase = words(name).join(" ");
        let label = cleaned(name);
        let key = if phrase.is_empty() { label.clone() } else { phrase.replace(' ', "-") };
        // The key of what deals are counted by stays theirs.
        let key = if matches!(key.as_str(), "sold" | "deals") { format!("{key}-done") } else { key };
        let id = self.metric_of(Metric { key, label, kind: MetricKind::Leading, decimals: 2, ..Metric::default() });
        self.metrics.insert(phrase, id);
        id
    }

    fn metric_of(&mut self, metric: Metric) -> MetricId {
        if let Some(at) = self.floor.metrics.iter().position(|known| known.key == metric.key) {
            return MetricId(at as u32);
        }
        self.floor.metrics.push(metric);
        MetricId(self.floor.metrics.len() as u32 - 1)
    }

    /// An amount in the minor unit of a metric. All have hundredths: "half a demo a day" is a target of whole numbers.
    pub fn minor(&mut self, metric: MetricId, amount: f64) -> i64 {
        let of = &self.floor.metrics[metric.0 as usize];
        let scale = 10f64.powi(i32::from(of.decimals));
        (amount * scale).round() as i64
    }

    // --- time ---

    /// An instant of the floor; a day without a time is its first instant.
    pub fn at(&self, day: Date, time: Option<Time>) -> Timestamp {
        if time.is_none() {
            return *self.first.borrow_mut().entry(day).or_insert_with(|| first_instant(day, self.ledger.tz()));
        }
        let zoned = day.to_datetime(time.unwrap_or_else(Time::midnight)).to_zoned(self.ledger.tz().clone());
        zoned.map_or(Timestamp::MAX, |zoned| zoned.timestamp())
    }

    pub fn today(&self) -> Date {
        self.ledger.day(self.options.now)
    }

    pub fn add(&mut self, key: String, metric: MetricId, person: Option<PersonId>, at: Timestamp, amount: i64) {
        self.add_of(key, metric, person, at, amount, None);
    }

    /// As [`Builder::add`], with whose deal it is.
    pub fn add_of(
        &mut self,
        key: String,
        metric: MetricId,
        person: Option<PersonId>,
        at: Timestamp,
        amount: i64,
        label: Option<String>,
    ) {
        self.ledger.add(Activity { key, metric, person, at, amount, label });
    }

    // --- the end ---

    /// The floor, with what is missing for what.
    pub fn end(mut self) -> Read {
        missing::tell(&self.floor, &self.ledger, self.options.now, &mut self.report.notes);
        for (name, place) in std::mem::take(&mut self.strangers) {
            let text = format!("{place}: {:?} is not on the sheet People: counted", short(&name, 60));
            self.report.notes.push(Note::new(Weight::LeftOut, text));
        }
        self.report.notes.sort_by_key(|note| note.weight);
        // A deal of nothing is none.
        let deal_min = self.deal_min.map(|least| match self.floor.sales {
            Some(sales) => self.minor(sales, least).max(1),
            None => 1,
        });
        let Builder { floor, ledger, report, title, targets, no_stages, playlist, top, .. } = self;
        Read { floor, ledger, report, title, targets, no_stages, deal_min, playlist, top }
    }
}
