//! `/coaching/{id}`: a session, as a form for the coach who drafts it, and to read for whoever it was sent to.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::draft::next;
use super::list::{day_of, state_word};
use super::steps::may_close;
use super::{is_overdue, name_of, readable, reader, readers_of};
use crate::access::{self, Audience};
use crate::clock;
use crate::store::private::coaches::{self, Reading};
use crate::store::private::sessions::{self, FrozenFigure, Item, ItemKind, SessionRow, State as SessionState};
use crate::store::private::templates::SectionSource;
use crate::store::{Result as Stored, Tx, figures, floor, logins};
use crate::web::pages::answer;
use crate::web::pages::bar::{Bar, BarKind};
use crate::web::pages::mails::coaching as mail;
use crate::web::pages::numbers::percent;
use crate::web::pages::shell::{Place, Shell, Toast, monogram};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;
use crate::web::words::dates::time;
use crate::web::words::{Words, coaching as words, fill};

#[derive(Template)]
#[template(path = "coaching/session.html")]
struct Page {
    shell: Shell,
    w: &'static words::Words,
    id: String,
    sub: String,
    draft: bool,
    /// Whether the visitor is the person it is about, or that person or the coach.
    is_subject: bool,
    is_participant: bool,
    /// Sections cannot be left out.
    locked: bool,
    saved: String,
    send: String,
    /// Why it was not sent, or a day not kept.
    error: Option<String>,
    /// The first day on which something may be due.
    today: String,
    when_sent: String,
    /// The person cannot sign in yet, so that they cannot read it.
    no_account: Option<String>,
    /// The visitor can invite them.
    may_invite: bool,
    /// Subject and text of the mail that tells the person.
    mail: Option<(String, String)>,
    sections: Vec<Section>,
    answer: Option<String>,
    answered: bool,
    agreed: Option<&'static str>,
    /// What the buttons of an answer say.
    answers: [String; 2],
    closed: bool,
    may_close: bool,
    /// What is to be known before it is closed, or why it is not yet.
    close_hint: String,
    readers: Vec<Reader>,
    nobody_else: String,
    steps: Vec<Step>,
    version: String,
    readings: Vec<String>,
}

/// What stands in a session, before names are looked up.
struct Found {
    session: SessionRow,
    items: Vec<Item>,
    readers: Vec<(String, Option<i64>)>,
    readings: Vec<Reading>,
    last: Option<(i64, Vec<Item>)>,
}

struct Section {
    at: usize,
    title: String,
    note: String,
    kind: &'static str,
    frozen: Vec<FrozenLine>,
    filled: Vec<FilledLine>,
    text: String,
    /// Left out of the draft, for now.
    left: bool,
    actions: Vec<Action>,
    empty: Option<&'static str>,
    takes_words: bool,
}

struct FrozenLine {
    label: String,
    value: String,
    share: String,
    bar: String,
    state: String,
    class: &'static str,
}

struct FilledLine {
    seq: i64,
    text: String,
}

struct Action {
    seq: i64,
    body: String,
    due: String,
    due_words: String,
    overdue: bool,
    who: String,
    /// Who may do it: id, name, chosen.
    choice: Vec<(String, String, bool)>,
    done: Option<String>,
    carried: bool,
    tick: String,
    /// It stands in the session before this one.
    carry: bool,
}

struct Reader {
    name: String,
    monogram: String,
    since: String,
}

struct Step {
    word: &'static str,
    on: bool,
    at: String,
}

#[derive(Debug, Default, Deserialize)]
pub struct Params {
    sent: Option<String>,
    empty: Option<String>,
    past: Option<String>,
}

pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(params): Query<Params>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let tls = headers.get("x-forwarded-proto").is_some_and(|of| of == "https");
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
    let here = format!("{}://{host}", if tls { "https" } else { "http" });
    let now = clock::now();
    let who = reader(&visitor)?;
    let found = app.write_private(move |tx| open_and_log_reading(tx, &who, &id, now.as_microsecond())).await?;
    let page = app.read(move |tx| page(tx, &visitor, found, (&params, &here), now)).await?;
    answer::page(&page)
}

/// Reads a session and notes that it was read. The first reading by the person moves it from sent to read.
fn open_and_log_reading(tx: &mut crate::store::private::PrivateTx<'_>, who: &str, id: &str, now: i64) -> Stored<Found> {
    let mut session = readable(tx, who, id)?;
    if session.state != SessionState::Draft {
        coaches::log_reading(tx, id, who, (session.answered, now))?;
    }
    if session.state == SessionState::Sent && session.person == who {
        (session.state, session.read_at) = (SessionState::Read, Some(now));
        sessions::put(tx, &session)?;
    }
    let last = match sessions::before(tx, who, &session.person, session.sent.unwrap_or(session.drafted))? {
        Some(before) => Some((before.sent.unwrap_or(before.drafted), sessions::items(tx, &before)?)),
        None => None,
    };
    Ok(Found {
        items: sessions::items(tx, &session)?,
        readers: readers_of(tx, &session)?,
        readings: coaches::readings(tx, id)?,
        last,
        session,
    })
}

fn page(
    tx: &mut Tx<'_>,
    visitor: &Visitor,
    found: Found,
    (params, here): (&Params, &str),
    now: Timestamp,
) -> Stored<Page> {
    let (w, of) = (visitor.words, visitor.words.of_coaching());
    let Found { session, items, readers, readings, last } = found;
    let me = visitor.person().unwrap_or_default();
    let own = session.person == me;
    let (person, coach) = (name_of(tx, &session.person)?, name_of(tx, &session.coach)?);
    let title = if own { w.coaching.to_owned() } else { fill(of.title, &[("name", &person)]) };
    let audience = Audience::Readers(readers.iter().map(|(id, _)| id.clone()).collect());
    let mut shell = Shell::open(tx, visitor, &audience, (Place::Coaching, &title), now)?;
    if params.sent.is_some() {
        shell.toast = Some(Toast { text: fill(of.sent_now, &[("name", &person)]), undo: None });
    }
    let tz = figures::zone(&floor::get(tx)?)?;
    let today = tz.to_datetime(now).date();
    let builder = PageBuilder { w, of, tz: &tz, today, session: &session, items: &items, people: [&person, &coach] };
    let sections = builder.sections(last.as_ref());
    let mut shown = Vec::new();
    let will_read = if session.state == SessionState::Draft {
        vec![(session.person.clone(), None), (session.coach.clone(), None)]
    } else {
        readers
    };
    for (id, since) in will_read {
        let name = name_of(tx, &id)?;
        let since =
            since.and_then(|at| day_of(at, &tz)).map(|day| fill(of.coach_since, &[("day", &w.day_and_year(day))]));
        shown.push(Reader { monogram: monogram(&name), name, since: since.unwrap_or_default() });
    }
    let mut log = Vec::new();
    if own {
        for reading in &readings {
            log.push(format!("{} · {}", name_of(tx, &reading.who)?, builder.instant(reading.at)));
        }
    }
    let answer = items.iter().find(|item| item.kind == ItemKind::Answer).map(|item| item.body.clone());
    let month = session.period_start.parse::<jiff::civil::Date>().map_or_else(|_| String::new(), |day| w.month(day));
    let draft = session.state == SessionState::Draft;
    let delete = session
        .delete_after
        .parse::<jiff::civil::Date>()
        .map_or_else(|_| session.delete_after.clone(), |day| w.day_and_year(day));
    let waits = matches!(session.state, SessionState::Draft | SessionState::Sent) && !own;
    let has_account = logins::in_use(tx)?.iter().any(|login| login.person.as_deref() == Some(session.person.as_str()));
    let mail = if draft { mail::preview(tx, &session.person, here)? } else { None };
    Ok(Page {
        no_account: (waits && !has_account).then(|| fill(of.no_account, &[("name", &person)])),
        may_invite: visitor.viewer.may(access::Action::Administrate),
        mail,
        id: session.id.clone(),
        sub: [session.title.clone(), month].join(if w.lang == "ja" { "、" } else { ", " }),
        draft,
        is_subject: own,
        is_participant: own || session.coach == me,
        locked: session.locked,
        saved: fill(of.saved_at, &[("time", &clock_of(&tz, session.saved))]),
        send: fill(of.send_to, &[("name", &person)]),
        error: match (&params.empty, params.past.as_deref().and_then(|day| day.parse().ok())) {
            (_, Some(day)) => Some(fill(of.past_due, &[("day", &w.short_day(day))])),
            (Some(_), None) => Some(of.empty_session.to_owned()),
            (None, None) => None,
        }
        .filter(|_| draft),
        today: today.to_string(),
        answers: [of.agree, of.talk_first].map(|text| fill(text, &[("name", &coach)])),
        may_close: may_close(&session, me),
        close_hint: match session.agreed.filter(|_| session.answered.is_some()) {
            Some(true) => String::new(),
            Some(false) if own => of.close_talked.to_owned(),
            Some(false) => fill(of.close_talk, &[("name", &person)]),
            None if own => String::new(),
            None => fill(of.close_early, &[("name", &person)]),
        },
        when_sent: fill(of.when_sent_text, &[("name", &person)]),
        sections,
        answered: session.answered.is_some(),
        agreed: session.agreed.map(|agreed| if agreed { of.agreed } else { of.talk }),
        closed: session.state == SessionState::Closed,
        answer,
        readers: shown,
        nobody_else: fill(of.nobody_else, &[("name", &person), ("day", &delete)]),
        steps: builder.steps(),
        version: fill(of.version, &[("title", &session.title), ("n", &session.version.to_string())]),
        readings: log,
        shell,
        w: of,
    })
}

fn clock_of(tz: &TimeZone, at: i64) -> String {
    time(tz.to_datetime(Timestamp::from_microsecond(at).unwrap_or_default()))
}

struct PageBuilder<'d> {
    w: &'static Words,
    of: &'static words::Words,
    tz: &'d TimeZone,
    today: jiff::civil::Date,
    session: &'d SessionRow,
    items: &'d [Item],
    /// The names of the person and the coach.
    people: [&'d str; 2],
}

impl PageBuilder<'_> {
    fn instant(&self, at: i64) -> String {
        self.w.day_and_time(self.tz.to_datetime(Timestamp::from_microsecond(at).unwrap_or_default()))
    }

    fn steps(&self) -> Vec<Step> {
        let of = self.session;
        let at = [Some(of.drafted), of.sent, of.read_at, of.answered, of.closed];
        let step = |((_, state), at): (&(&str, SessionState), Option<i64>)| Step {
            word: state_word(self.of, *state),
            on: at.is_some(),
            at: at.map(|at| self.instant(at)).unwrap_or_default(),
        };
        SessionState::ALL.iter().zip(at).map(step).collect()
    }

    fn sections(&self, last: Option<&(i64, Vec<Item>)>) -> Vec<Section> {
        self.session.sections.iter().enumerate().map(|(at, section)| self.section(at, section, last)).collect()
    }

    fn section(
        &self,
        at: usize,
        section: &crate::store::private::templates::Section,
        last: Option<&(i64, Vec<Item>)>,
    ) -> Section {
        let here =
            |kind: ItemKind| self.items.iter().filter(move |item| item.section == at as i64 && item.kind == kind);
        let mut out = Section {
            at,
            title: section.title.clone(),
            note: String::new(),
            kind: section.fill.name(),
            frozen: Vec::new(),
            filled: here(ItemKind::Filled)
                .map(|item| FilledLine { seq: item.seq, text: fill(self.of.filled, &[("text", &item.body)]) })
                .collect(),
            text: here(ItemKind::Note).map(|item| item.body.clone()).collect(),
            left: section.left,
            actions: Vec::new(),
            empty: None,
            takes_words: section.fill.takes_words(),
        };
        match section.fill {
            SectionSource::Period => {
                out.note = self.period();
                out.frozen = self.session.snapshot.lines.iter().map(|line| self.frozen(line)).collect();
                out.empty = out.frozen.is_empty().then_some(self.of.no_figures);
            }
            SectionSource::LastActions => {
                if let Some((when, items)) = last {
                    let day = day_of(*when, self.tz).map(|day| self.w.short_day(day)).unwrap_or_default();
                    out.note = fill(self.of.from_day, &[("day", &day)]);
                    out.actions = items
                        .iter()
                        .filter(|item| item.kind == ItemKind::Action)
                        .map(|item| self.action(item, true))
                        .collect();
                }
                out.empty = out.actions.is_empty().then_some(self.of.no_last);
            }
            SectionSource::Actions => {
                out.actions = here(ItemKind::Action).map(|item| self.action(item, false)).collect();
                if self.session.state == SessionState::Draft {
                    let seq = next(self.items, ItemKind::Action);
                    let who = Some(self.session.person.clone());
                    let item = Item {
                        seq,
                        section: at as i64,
                        kind: ItemKind::Action,
                        body: String::new(),
                        due: None,
                        who,
                        done: None,
                        carried: false,
                    };
                    out.actions.push(self.action(&item, false));
                }
            }
            _ if out.takes_words => out.note = self.of.your_words.to_owned(),
            _ => {}
        }
        out
    }

    fn period(&self) -> String {
        let day = |text: &str, back: bool| {
            let day: jiff::civil::Date = text.parse().unwrap_or_default();
            self.w.short_day(if back { day.yesterday().unwrap_or(day) } else { day })
        };
        let (from, to) = (day(&self.session.period_start, false), day(&self.session.period_end, true));
        fill(self.of.frozen, &[("from", &from), ("to", &to), ("time", &clock_of(self.tz, self.session.snapshot.at))])
    }

    fn frozen(&self, line: &FrozenFigure) -> FrozenLine {
        let n = line.gap.as_deref().unwrap_or_default();
        let reached = line.share.is_some_and(|share| share >= 1.0);
        let (state, class, kind) = match (reached, line.sign) {
            (true, _) => (format!("✓ {}", self.w.reached), "done", BarKind::Reached),
            (_, -1) => (format!("▼ {}", fill(self.w.behind, &[("n", n)])), "down", BarKind::Behind),
            (_, 1) => (format!("▲ {}", fill(self.w.ahead, &[("n", n)])), "up", BarKind::Fine),
            _ if line.gap.is_some() => (format!("– {}", self.w.on_pace), "mid", BarKind::Fine),
            _ => (String::new(), "mid", BarKind::Fine),
        };
        let value = match &line.target {
            Some(target) => format!("{} / {target}", line.value),
            None => line.value.clone(),
        };
        let label = format!("{}: {value}", line.label);
        let bar = line.share.and_then(|share| Bar::of(share, 1.0, line.pace, kind, label));
        FrozenLine {
            label: line.label.clone(),
            value,
            share: line.share.map(|share| format!("{} %", percent(share))).unwrap_or_default(),
            bar: bar.map(|bar| bar.svg()).unwrap_or_default(),
            state,
            class,
        }
    }

    fn action(&self, item: &Item, before: bool) -> Action {
        let day = |text: &str| text.parse().map_or_else(|_| text.to_owned(), |day| self.w.short_day(day));
        let who = item.who.as_deref().unwrap_or(&self.session.person);
        let late = is_overdue(item, self.today);
        let [person, coach] = self.people;
        let choice = [(&self.session.person, person), (&self.session.coach, coach)];
        Action {
            seq: item.seq,
            body: item.body.clone(),
            due: item.due.clone().unwrap_or_default(),
            due_words: match item.due.as_deref().map(day) {
                Some(day) if late => fill(self.of.overdue, &[("day", &day)]),
                day => day.unwrap_or_default(),
            },
            overdue: late,
            who: if who == self.session.coach { coach.to_owned() } else { person.to_owned() },
            choice: choice.map(|(id, name)| (id.clone(), name.to_owned(), id == who)).to_vec(),
            done: item.done.map(|at| {
                let day = day_of(at, self.tz).map(|day| self.w.short_day(day)).unwrap_or_default();
                fill(self.of.done_on, &[("day", &day)])
            }),
            carried: item.carried,
            tick: fill(if item.done.is_some() { self.of.untick } else { self.of.tick }, &[("what", &item.body)]),
            carry: before && item.done.is_none() && !item.carried,
        }
    }
}
