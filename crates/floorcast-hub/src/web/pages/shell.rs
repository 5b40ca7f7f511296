//! What surrounds every page: navigation, clock, who may see it. A page that its viewer may not open has no shell.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::access::{Action, Audience, Role, Viewer};
use crate::store::page_choices::Look;
use crate::store::{Error, Result, Tx, facts, figures, floor, owners, people, teams};
use crate::web::assets;
use crate::web::session::Visitor;
use crate::web::words::dates::time;
use crate::web::words::{Words, fill};

/// Pages of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Me,
    Rankings,
    Team,
    Scorecard,
    People,
    Goals,
    Wall,
    Screens,
    Data,
    Coaching,
    Contests,
    Training,
    Onboarding,
    Recognition,
    Settings,
    /// A page that is reached from others.
    Elsewhere,
}

#[derive(Debug, Clone)]
pub struct NavItem {
    pub href: String,
    pub label: &'static str,
    pub here: bool,
    /// What stands above a group that begins with it.
    pub head: Option<&'static str>,
    /// How much waits for the viewer there.
    pub waits: Option<String>,
    /// A path of a picture of 24 × 24.
    pub icon: &'static str,
}

#[derive(Debug, Clone)]
pub struct Toast {
    pub text: String,
    pub undo: Option<UndoForm>,
}

#[derive(Debug, Clone)]
pub struct UndoForm {
    pub action: &'static str,
    pub field: &'static str,
    pub value: String,
}

pub struct Shell {
    pub w: &'static Words,
    pub title: String,
    pub floor: String,
    pub clock: String,
    pub zone: String,
    pub day: String,
    pub nav: Vec<NavItem>,
    pub seen: String,
    /// Named people only: a lock stands before the line.
    pub lock: bool,
    pub who: String,
    /// What somebody is here: a role with teams, or the team.
    pub role: String,
    pub monogram: String,
    pub csrf: String,
    pub css: String,
    pub script: String,
    pub font: String,
    pub icon: String,
    pub touch_icon: String,
    pub toast: Option<Toast>,
    /// `light` or `dark`, where the account says so.
    pub look: Option<&'static str>,
}

/// Entries beside one another at the foot of a phone; what is more goes into a list.
const TABS: usize = 4;

impl Shell {
    /// # Errors
    /// The viewer is not of the audience: for them there is no such page.
    pub fn open(
        tx: &mut Tx<'_>,
        visitor: &Visitor,
        audience: &Audience,
        (place, title): (Place, &str),
        now: Timestamp,
    ) -> Result<Shell> {
        if !audience.includes(&visitor.viewer) {
            return Err(Error::Missing("such page".into()));
        }
        let floor = floor::get(tx)?;
        let here = now.to_zoned(figures::zone(&floor)?);
        let w = visitor.words;
        let person = match visitor.person() {
            Some(id) => people::seen(tx, &visitor.viewer, id)?,
            None => None,
        };
        let about = match audience {
            Audience::Person { id, .. } if visitor.person() != Some(id) => {
                people::seen(tx, &visitor.viewer, id)?.map(|person| person.name)
            }
            _ => None,
        };
        let who = person.map_or_else(|| visitor.login.email.clone(), |person| person.name);
        let city = floor.tz.rsplit('/').next().unwrap_or(&floor.tz).replace('_', " ");
        Ok(Shell {
            w,
            title: title.to_owned(),
            clock: time(here.datetime()),
            zone: fill(w.zone, &[("zone", &city)]),
            day: w.short_day(here.date()),
            nav: nav(visitor, place, waiting(tx, visitor)?),
            role: role(tx, visitor, here.date())?,
            seen: match audience {
                Audience::Readers(readers) => seen_by(tx, w, readers, visitor)?,
                _ => seen(w, audience, visitor, about.as_deref()),
            },
            lock: matches!(audience, Audience::Readers(_)),
            monogram: monogram(&who),
            who,
            floor: floor.name,
            csrf: visitor.csrf.clone(),
            css: assets::css(),
            script: assets::script(),
            font: assets::font(),
            icon: assets::icon_address(),
            touch_icon: assets::touch_icon(),
            toast: None,
            look: visitor.choice.look.map(Look::name),
        })
    }

    pub fn tabs(&self) -> &[NavItem] {
        &self.nav[..self.split()]
    }

    pub fn more(&self) -> &[NavItem] {
        &self.nav[self.split()..]
    }

    fn split(&self) -> usize {
        if self.nav.len() > TABS + 1 { TABS } else { self.nav.len() }
    }
}

/// Who may see it, with the shape that says how many.
fn seen(w: &Words, audience: &Audience, visitor: &Visitor, name: Option<&str>) -> String {
    let (shape, text) = match audience {
        Audience::Floor => ("○", w.seen_floor.to_owned()),
        Audience::Own => ("◐", w.seen_self.to_owned()),
        Audience::Person { .. } => match name {
            None => ("◐", w.seen_person_self.to_owned()),
            Some(name) => ("◐", fill(w.seen_person, &[("name", name)])),
        },
        Audience::Managers if visitor.login.role == Role::Manager => ("◐", w.seen_managers.to_owned()),
        Audience::Managers => ("◐", w.seen_managers_admin.to_owned()),
        Audience::Administrators => ("◐", w.seen_admins.to_owned()),
        Audience::Creator { .. } => ("◐", w.seen_maker.to_owned()),
        // Their names are looked up.
        Audience::Readers(_) => ("", String::new()),
    };
    format!("{shape} {text}")
}

/// Named readers: the viewer is one of them.
fn seen_by(tx: &mut Tx<'_>, w: &Words, readers: &[String], visitor: &Visitor) -> Result<String> {
    let mut names = Vec::new();
    for id in readers.iter().filter(|id| visitor.person() != Some(id.as_str())) {
        names.extend(people::seen(tx, &Viewer::Publisher, id)?.map(|person| person.name));
    }
    if names.is_empty() {
        return Ok(w.seen_draft.to_owned());
    }
    Ok(fill(w.seen_readers, &[("names", &names.join(if w.lang == "ja" { "、" } else { ", " }))]))
}

/// Names of sources, and deals that name nobody, that wait for an administrator to say who is meant.
fn waiting(tx: &mut Tx<'_>, visitor: &Visitor) -> Result<usize> {
    if !visitor.viewer.may(Action::Administrate) {
        return Ok(0);
    }
    Ok(facts::without_person(tx)?.len() + usize::try_from(owners::count_unnamed(tx)?).unwrap_or(0))
}

/// `Manager, 4 teams`; of whoever manages nothing the team.
fn role(tx: &mut Tx<'_>, visitor: &Visitor, today: Date) -> Result<String> {
    let w = visitor.words;
    Ok(match &visitor.viewer {
        Viewer::Person { role: Role::Admin, .. } => w.role_admin.to_owned(),
        Viewer::Person { role: Role::Manager, teams, .. } => match teams.len() {
            1 => w.role_manager.to_owned(),
            n => fill(w.manager_of, &[("n", &w.count(n))]),
        },
        Viewer::Person { person: Some(id), .. } => {
            let today = today.to_string();
            let now_in =
                |of: &people::Membership| of.person == *id && of.until.as_ref().is_none_or(|until| *until > today);
            let team = people::memberships(tx, &visitor.viewer)?.into_iter().find(now_in);
            let team = team.map(|of| teams::get(tx, &of.team)).transpose()?.flatten();
            team.map(|team| team.name).unwrap_or_default()
        }
        _ => String::new(),
    })
}

/// A page with its address and its name.
type Entry = (Place, String, &'static str);

/// The pages of a role, in the order in which it needs them.
fn nav(visitor: &Visitor, place: Place, waiting: usize) -> Vec<NavItem> {
    let w = visitor.words;
    let manages = Audience::Managers.includes(&visitor.viewer);
    let runs = visitor.viewer.may(Action::Administrate);
    let person = visitor.person().map(|id| format!("/people/{id}"));
    let sells = person.is_some();
    let mut groups: Vec<(Option<&'static str>, Vec<Entry>)> = Vec::new();
    let page = |place, href: &str, label| (place, href.to_owned(), label);
    if manages {
        let mut now = vec![page(Place::Team, "/team", w.floor_now)];
        if sells && !runs {
            now.push(page(Place::Me, "/me", w.my_day));
        }
        now.push(page(Place::Rankings, "/rankings", w.rankings));
        if sells {
            now.push(page(Place::Coaching, "/coaching", w.coaching));
        }
        now.push(page(Place::Training, "/training", w.training));
        now.push(page(Place::Onboarding, "/ramps", w.onboarding));
        groups.push((None, now));
        let mut run = vec![
            page(Place::Goals, "/goals", w.goals),
            page(Place::Contests, "/contests", w.contests),
            page(Place::Recognition, "/recognition", w.recognition),
        ];
        if runs {
            run.push(page(Place::People, "/people", w.people));
        } else {
            run.push(page(Place::Wall, "/wall", w.wall));
            run.push(page(Place::Settings, "/settings", w.settings));
        }
        groups.push((Some(w.run_floor), run));
    } else {
        let mut day = Vec::new();
        if sells {
            day.push(page(Place::Me, "/me", w.my_day));
        }
        day.push(page(Place::Rankings, "/rankings", w.rankings));
        day.push(page(Place::Contests, "/contests", w.contests));
        day.extend(person.map(|href| (Place::Scorecard, href, w.my_scorecard)));
        groups.push((None, day));
        let mut own = Vec::new();
        if sells {
            own.push(page(Place::Coaching, "/coaching", w.coaching));
            own.push(page(Place::Training, "/training", w.training));
        }
        own.push(page(Place::Recognition, "/recognition", w.recognition));
        own.push(page(Place::Settings, "/settings", w.settings));
        groups.push((Some(w.mine), own));
    }
    if runs {
        let set_up = vec![
            page(Place::Wall, "/wall", w.wall_and_screens),
            page(Place::Data, "/data", w.data),
            page(Place::Settings, "/settings", w.settings),
        ];
        groups.push((Some(w.set_up), set_up));
    }
    let item = |head: Option<&'static str>, (at, (of, href, label)): (usize, Entry)| NavItem {
        href,
        label,
        here: of == place || (of, place) == (Place::Wall, Place::Screens),
        head: head.filter(|_| at == 0),
        waits: match of {
            Place::Data => Some(waiting),
            Place::Coaching => Some(visitor.unread),
            _ => None,
        }
        .filter(|n| *n > 0)
        .map(|n| w.count(n)),
        icon: icon(of),
    };
    groups.into_iter().flat_map(|(head, pages)| pages.into_iter().enumerate().map(move |of| item(head, of))).collect()
}

fn icon(place: Place) -> &'static str {
    match place {
        Place::Me => "M12 8a4 4 0 1 0 .01 0M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M5 19l2-2",
        Place::Rankings => "M4 21V11h5v10M9 21V4h6v17M15 21v-7h5v7M2 21h20",
        Place::Team => "M3 6h18M3 12h12M3 18h7",
        Place::Scorecard => "M5 3h14v18H5zM8 8h8M8 12h8M8 16h5",
        Place::People => "M9 11a4 4 0 1 0-.01 0M2 21c0-8 14-8 14 0M17 11a3 3 0 1 0 0-6M18 14c3 1 4 4 4 7",
        Place::Goals => "M12 3a9 9 0 1 0 .01 0M12 8a4 4 0 1 0 .01 0",
        Place::Wall => "M3 4h18v13H3zM8 21h8M12 17v4",
        Place::Coaching => "M4 4h16v12h-8l-5 4v-4H4z",
        Place::Contests => "M7 4h10v5a5 5 0 0 1-10 0zM7 6H3c0 4 2 5 4 5M17 6h4c0 4-2 5-4 5M12 14v4M8 21h8",
        Place::Training => "M2 9l10-5 10 5-10 5zM6 11v5c3 3 9 3 12 0v-5",
        Place::Onboarding => "M4 20h4v-5h4v-5h4V5h4",
        Place::Recognition => "M12 3l3 6 6 1-4.5 4.500 1 6.500-5.500-3-5.500 3 1-6.500L3 10l6-1z",
        Place::Settings => "M4 7h10M18 7h2M4 17h2M10 17h10M14 4v6M6 14v6",
        Place::Data | Place::Screens | Place::Elsewhere => {
            "M4 6c0-4 16-4 16 0v12c0 4-16 4-16 0zM4 6c0 4 16 4 16 0M4 12c0 4 16 4 16 0"
        }
    }
}

/// `IC` of Inês Carvalhal; of a name without Latin letters its first sign.
pub fn monogram(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let Some(first) = words.next() else { return String::new() };
    let latin = |c: char| c.is_alphabetic() && u32::from(c) < 0x250;
    match words.next_back().filter(|last| latin(*last)) {
        Some(last) if latin(first) => format!("{first}{last}").to_uppercase(),
        _ => first.to_uppercase().to_string(),
    }
}

/// Where somebody's day begins.
pub fn start(viewer: &Viewer) -> &'static str {
    match viewer {
        Viewer::Person { role: Role::Admin, .. } => "/data",
        Viewer::Person { role: Role::Manager, .. } => "/team",
        Viewer::Person { person: Some(_), .. } => "/me",
        _ => "/rankings",
    }
}

#[cfg(test)]
mod tests {
    use super::monogram;

    #[test]
    fn a_monogram_is_two_letters_or_one_sign() {
        let made = ["Inês Carvalhal", "Piotr Jan Wójcicki", "Ana", "長谷川 ひかる", ""].map(monogram);
        assert_eq!(made, ["IC", "PW", "A", "長", ""]);
    }
}
