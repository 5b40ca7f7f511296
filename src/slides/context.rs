//! Hands a slide what it is made from (`Ctx`) and what it is drawn with (`Look`).

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::board::fresh::Band;
use crate::board::story::Story;
use crate::board::{Board, Caveat, FileRef, Logo, Photo, SlideData};
use crate::motion::{Now, Time};
use crate::scene::Stage;
use crate::theme::Theme;
use crate::words::Locale;

/// Where the screen hangs, and what it was told about taste.
#[derive(Debug, Clone, PartialEq)]
pub struct Screen {
    /// Where design units lie.
    pub stage: Stage,
    /// Diagonal in inches.
    pub inches: f32,
    /// Distance of the furthest reader in metres.
    pub viewing_m: f32,
    /// Springs of length 0, no wipes.
    pub reduced_motion: bool,
    /// Names as they were sent instead of capitals.
    pub keep_case: bool,
    /// Gradients are dithered.
    pub dither: bool,
}

/// What a slide is made from.
pub struct Ctx<'a> {
    /// The board it is on.
    pub board: &'a Board,
    /// Its own part of the board.
    pub data: &'a SlideData,
    pub screen: &'a Screen,
    /// Words and figures in the board's language.
    pub locale: &'a Locale,
    pub now: Now,
    /// The page of it that is on the wall; none while it is not on.
    pub page: Option<usize>,
    /// What the days before prove about it.
    pub story: &'a Story,
    /// Whether rank motion stops: the data is too old to claim that anything happened now (DESIGN 6.9).
    pub quiet: bool,
}

/// What a slide is drawn with.
pub struct Look<'a> {
    pub theme: &'a Theme,
    pub locale: &'a Locale,
    pub screen: &'a Screen,
    /// Age of the data.
    pub band: Band,
    /// Pictures that have arrived, by key.
    pub photos: &'a HashMap<String, Arc<Photo>>,
    /// Crests that have arrived, by key.
    pub crests: &'a HashMap<String, Arc<Logo>>,
    /// When those of them came that came late.
    pub arrived: &'a HashMap<String, Time>,
    /// When the slide came on; `None`: it was there from the start and has no entrance.
    pub entered: Option<Time>,
    /// "14:31", the instant as the floor's clocks show it.
    pub clock: &'a dyn Fn(Timestamp) -> String,
    /// When the data on screen was true.
    pub as_of: Option<Timestamp>,
    /// The machine's clock is set but wrong: no age by it is true.
    pub clock_wrong: bool,
    /// The machine's clock was never set: nothing has an age, and nothing is counted down.
    pub clock_unset: bool,
    /// Why the figures are not what they seem: they are not called live.
    pub caveats: &'a BTreeSet<Caveat>,
    /// Which of its pages the slide shows, from 0.
    pub page: usize,
    /// How far the lower part of the stage is cleared for a lower third: 0 not at all, 1 wholly (DESIGN 6.17).
    pub cleared: f64,
    /// The company's logo, in front of every title.
    pub logo: Option<&'a Logo>,
    /// Whether what is bright at the same place of every header rests, against burn-in.
    pub rests: bool,
    /// Only the footer makes room: for one line.
    pub clears_line: bool,
    /// When the race on this slide began, while it is told (DESIGN 6.1, The race).
    pub race: Option<Time>,
}

/// What ends below this line makes room for a lower third (DESIGN 6.17), in units.
const CLEAR_BELOW: [f32; 2] = [760.0, 1496.0];
/// What ends below this line makes room for one line: the footer.
const CLEAR_LINE: [f32; 2] = [960.0, 1700.0];

impl Look<'_> {
    /// The alpha of a group whose bottom is at `bottom` units: less than 1 while it makes room for a lower third.
    pub fn stays(&self, bottom: f32) -> f64 {
        let below = if self.clears_line { CLEAR_LINE } else { CLEAR_BELOW };
        let line = below[usize::from(self.screen.stage.portrait())];
        if bottom > line { 1.0 - self.cleared } else { 1.0 }
    }
}

impl Ctx<'_> {
    /// The floor's time zone: the board's, else the machine's.
    pub fn zone(&self) -> TimeZone {
        let named = self.board.tz.as_deref().and_then(|name| TimeZone::get(name).ok());
        named.unwrap_or_else(|| TimeZone::try_system().unwrap_or(TimeZone::UTC))
    }

    /// An instant as a date on the floor, e.g. "1 DEC".
    pub fn date(&self, at: Timestamp) -> String {
        self.locale.date(at.to_zoned(self.zone()).date())
    }

    pub fn instant(&self) -> Timestamp {
        Timestamp::from_microsecond(self.now.wall_us).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Name of a person's team as it stands on the wall; empty where there is none.
    pub fn office(&self, person: &str) -> String {
        let team = self.board.people.get(person).and_then(|p| p.team.as_ref());
        team.and_then(|t| self.board.teams.get(t)).map(|t| self.locale.caps(&t.name)).unwrap_or_default()
    }

    /// The colour of a team, or of the team that a person is in, where there are several.
    pub fn team_color(&self, id: &str) -> Option<[u8; 3]> {
        let teams = &self.board.teams;
        let of = self.board.people.get(id).and_then(|person| person.team.as_deref()).unwrap_or(id);
        teams.get(of).and_then(|team| team.color).filter(|_| teams.len() > 1)
    }

    /// The key of the crest of a team, or of the team that a person is in.
    pub fn crest(&self, id: &str) -> Option<String> {
        let of = self.board.people.get(id).and_then(|person| person.team.as_deref()).unwrap_or(id);
        self.board.teams.get(of).and_then(|team| team.logo.as_ref()).map(|logo| logo.key().to_owned())
    }

    /// The photo of a person, else of the team of that id.
    pub fn photo(&self, id: &str) -> Option<&FileRef> {
        let person = self.board.people.get(id).and_then(|p| p.photo.as_ref());
        person.or_else(|| self.board.teams.get(id).and_then(|t| t.photo.as_ref()))
    }
}
