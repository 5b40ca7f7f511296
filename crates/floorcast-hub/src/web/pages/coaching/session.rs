//! `/coaching/{id}`: a session, as a form for the coach who drafts it, and to read for whoever it was sent to.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::draft::next;
use super::list::{day_of, state_word};
use super::{name_of, readable, reader, readers_of};
use crate::access::Audience;
use crate::clock;
use crate::store::private::coaches::{self, Reading};
use crate::store::private::sessions::{self, Frozen, Item, ItemKind, SessionRow, State as Stage};
use crate::store::private::templates::Fill;
use crate::store::{Result as Stored, Tx, figures, floor};
use crate::web::pages::answer;
use crate::web::pages::bar::{Bar, Look};
use crate::web::pages::shell::{Place, Shell, Toast, monogram};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;
use crate::web::words::{Words, coaching as words, fill};

#[derive(Template)]
#[template(path = "coaching/session.html")]
struct Page {
    shell: Shell,
    w: &'static words::Words,
    id: String,
    sub: String,
    draft: bool,
    /// The person for whom it is.
    own: bool,
    one_of_two: bool,
    locked: bool,
    saved: String,
    send: String,
    when_sent: String,
    sections: Vec<Section>,
    answer: Option<String>,
    answered: bool,
    agreed: Option<&'static str>,
    closed: bool,
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
pub struct Ask {
    sent: Option<String>,
}

pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(ask): Query<Ask>,
) -> Result<Response, Problem> {
    let now = clock::now();
    let who = reader(&visitor)?;
    let found = app.write_private(move |tx| open(tx, &who, &id, now.as_microsecond())).await?;
    let page = app.read(move |tx| page(tx, &visitor, found, &ask, now)).await?;
    answer::page(&page)
}

/// Reads a session. That it was read is noted, and the first reading by the person is a state of its own.
fn open(tx: &mut crate::store::private::PrivateTx<'_>, who: &str, id: &str, now: i64) -> Stored<Found> {
    let mut session = readable(tx, who, id)?;
    if session.state != Stage::Draft {
        coaches::log_reading(tx, id, who, now)?;
    }
    if session.state == Stage::Sent && session.person == who {
        (session.state, session.read_at) = (Stage::Read, Some(now));
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

fn page(tx: &mut Tx<'_>, visitor: &Visitor, found: Found, ask: &Ask, now: Timestamp) -> Stored<Page> {
    let (w, of) = (visitor.words, visitor.words.of_coaching());
    let Found { session, items, readers, readings, last } = found;
    let me = visitor.person().unwrap_or_default();
    let own = session.person == me;
    let (person, coach) = (name_of(tx, &session.person)?, name_of(tx, &session.coach)?);
    let title = if own { w.coaching.to_owned() } else { fill(of.title, &[("name", &person)]) };
    let audience = Audience::Readers(readers.iter().map(|(id, _)| id.clone()).collect());
    let mut shell = Shell::open(tx, visitor, &audience, (Place::Coaching, &title), now)?;
    if ask.sent.is_some() {
        shell.toast = Some(Toast { text: fill(of.sent_now, &[("name", &person)]), undo: None });
    }
    let tz = figures::zone(&floor::get(tx)?)?;
    let drawing = Drawing { w, of, tz: &tz, session: &session, items: &items, people: [&person, &coach] };
    let sections = drawing.sections(last.as_ref());
    let mut shown = Vec::new();
    let will_read = if session.state == Stage::Draft {
        vec![(session.person.clone(), None), (session.coach.clone(), None)]
    } else {
        readers
    };
    for (id, since) in will_read {
        let name = name_of(tx, &id)?;
        let since = since
            .and_then(|at| day_of(at, &tz))
            .map(|day| fill(of.coach_since, &[("day", &format!("{} {}", w.short_day(day), day.year()))]));
        shown.push(Reader { monogram: monogram(&name), name, since: since.unwrap_or_default() });
    }
    let mut log = Vec::new();
    for reading in readings.iter().filter(|_| own) {
        log.push(format!("{} · {}", name_of(tx, &reading.who)?, drawing.instant(reading.at)));
    }
    let answer = items.iter().find(|item| item.kind == ItemKind::Answer).map(|item| item.body.clone());
    let month = session.period_start.parse::<jiff::civil::Date>().map_or_else(|_| String::new(), |day| w.month(day));
    let draft = session.state == Stage::Draft;
    let delete = session
        .delete_after
        .parse::<jiff::civil::Date>()
        .map_or_else(|_| session.delete_after.clone(), |day| format!("{} {}", w.short_day(day), day.year()));
    Ok(Page {
        id: session.id.clone(),
        sub: [session.title.clone(), month].join(if w.lang == "ja" { "、" } else { ", " }),
        draft,
        own,
        one_of_two: own || session.coach == me,
        locked: session.locked,
        saved: fill(of.saved_at, &[("time", &clock_of(&tz, session.saved))]),
        send: fill(of.send_to, &[("name", &person)]),
        when_sent: fill(of.when_sent_text, &[("name", &person)]),
        sections,
        answered: session.answered.is_some(),
        agreed: session.agreed.map(|agreed| if agreed { of.agreed } else { of.talk }),
        closed: session.state == Stage::Closed,
        answer,
        readers: shown,
        nobody_else: fill(of.nobody_else, &[("name", &person), ("day", &delete)]),
        steps: drawing.steps(),
        version: fill(of.version, &[("title", &session.title), ("n", &session.version.to_string())]),
        readings: log,
        shell,
        w: of,
    })
}

fn clock_of(tz: &TimeZone, at: i64) -> String {
    let at = Timestamp::from_microsecond(at).map(|at| tz.to_datetime(at)).unwrap_or_default();
    format!("{:02}:{:02}", at.hour(), at.minute())
}

struct Drawing<'d> {
    w: &'static Words,
    of: &'static words::Words,
    tz: &'d TimeZone,
    session: &'d SessionRow,
    items: &'d [Item],
    /// The names of the person and the coach.
    people: [&'d str; 2],
}

impl Drawing<'_> {
    fn instant(&self, at: i64) -> String {
        let day = day_of(at, self.tz).map(|day| self.w.short_day(day)).unwrap_or_default();
        format!("{day} {}", clock_of(self.tz, at))
    }

    fn steps(&self) -> Vec<Step> {
        let of = self.session;
        let at = [Some(of.drafted), of.sent, of.read_at, of.answered, of.closed];
        let step = |((_, state), at): (&(&str, Stage), Option<i64>)| Step {
            word: state_word(self.of, *state),
            on: at.is_some(),
            at: at.map(|at| self.instant(at)).unwrap_or_default(),
        };
        Stage::ALL.iter().zip(at).map(step).collect()
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
            actions: Vec::new(),
            empty: None,
            takes_words: section.fill.takes_words(),
        };
        match section.fill {
            Fill::Period => {
                out.note = self.period();
                out.frozen = self.session.snapshot.lines.iter().map(|line| self.frozen(line)).collect();
                out.empty = out.frozen.is_empty().then_some(self.of.no_figures);
            }
            Fill::LastActions => {
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
            Fill::Actions => {
                out.actions = here(ItemKind::Action).map(|item| self.action(item, false)).collect();
                if self.session.state == Stage::Draft {
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

    fn frozen(&self, line: &Frozen) -> FrozenLine {
        let n = line.gap.as_deref().unwrap_or_default();
        let reached = line.share.is_some_and(|share| share >= 1.0);
        let (state, class) = match (reached, line.sign) {
            (true, _) => (format!("✓ {}", self.w.reached), "done"),
            (_, -1) => (format!("▼ {}", fill(self.w.behind, &[("n", n)])), "down"),
            (_, 1) => (format!("▲ {}", fill(self.w.ahead, &[("n", n)])), "up"),
            _ if line.gap.is_some() => (format!("– {}", self.w.on_pace), "mid"),
            _ => (String::new(), "mid"),
        };
        let look = match (reached, line.sign) {
            (true, _) => Look::Reached,
            (_, -1) => Look::Behind,
            _ => Look::Fine,
        };
        let label = format!(
            "{}: {}",
            line.label,
            line.target.as_ref().map_or_else(|| line.value.clone(), |target| format!("{} / {target}", line.value))
        );
        let bar = line.share.and_then(|share| Bar::of(share, 1.0, line.pace, look, label));
        FrozenLine {
            label: line.label.clone(),
            value: line
                .target
                .as_ref()
                .map_or_else(|| line.value.clone(), |target| format!("{} / {target}", line.value)),
            share: line.share.map(|share| format!("{:.0} %", share * 100.0)).unwrap_or_default(),
            bar: bar.map(|bar| bar.svg()).unwrap_or_default(),
            state,
            class,
        }
    }

    fn action(&self, item: &Item, before: bool) -> Action {
        let day = |text: &str| text.parse().map_or_else(|_| text.to_owned(), |day| self.w.short_day(day));
        let who = item.who.as_deref().unwrap_or(&self.session.person);
        let [person, coach] = self.people;
        let choice = [(&self.session.person, person), (&self.session.coach, coach)];
        Action {
            seq: item.seq,
            body: item.body.clone(),
            due: item.due.clone().unwrap_or_default(),
            due_words: item.due.as_deref().map(day).unwrap_or_default(),
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
