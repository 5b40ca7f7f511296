//! The core: a board, a programme of slides and an instant become a scene. Does no I/O and cannot fail.

mod clock;
mod playlist;

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;

use crate::board::fresh::{self, Band};
use crate::board::{Board, Health, Photo, SlideData, Update};
use crate::config::{Config, Rotation, Which};
use crate::motion::{Anim, Curve, Now, Time};
use crate::scene::{Canvas, Color, Fonts, Layer, Scene, Slab, Stage};
use crate::slides::standby::{self, Standby};
use crate::slides::{self, Ctx, Header, Look, Screen, Slide};
use crate::theme::{Mode, Theme};
use crate::words::Locale;
use clock::Clock;
use playlist::{Item, On, Playlist};

/// How long the slanted edge wipes (DESIGN 5, Slide change).
const WIPE_S: f64 = 0.52;
/// Width of the edge in units.
const EDGE_U: f32 = 60.0;
/// A change on the slide that is on keeps it on for so much longer, once.
const EXTEND_S: f64 = 4.0;
/// After so long on one slide the header is dimmed (DESIGN 2, panel care).
const HEADER_DIM_AFTER_S: f64 = 60.0;
const HEADER_DIM: f64 = 0.85;

/// What the shell knows besides the settings.
#[derive(Debug, Clone, PartialEq)]
pub struct Stand {
    /// Size of the picture in device pixels, as a viewer sees it (already turned).
    pub size: [u32; 2],
    /// Kind or id of the one slide to show.
    pub pinned: Option<String>,
    /// Whether gradients are dithered: in windows, not in goldens.
    pub dither: bool,
    /// Whether the stage orbits against burn-in.
    pub orbit: bool,
    /// Path of the settings file for the first-boot picture.
    pub settings: String,
    /// This machine's address for the same.
    pub address: Option<String>,
    /// The company's logo.
    pub logo: Option<Photo>,
}

impl Stand {
    /// A picture that stands still, without a window.
    pub fn still(size: [u32; 2]) -> Stand {
        Stand { size, pinned: None, dither: false, orbit: false, settings: String::new(), address: None, logo: None }
    }
}

/// A slide of the programme, as the shells list it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// Its kind, as feeds write it.
    pub kind: &'static str,
    /// How many pages it fills.
    pub pages: usize,
    /// How long a page stays, in seconds.
    pub dwell_s: f64,
}

struct Entry {
    id: String,
    kind: &'static str,
    slide: Box<dyn Slide>,
    window: (Option<Timestamp>, Option<Timestamp>),
    /// It panicked while drawing this board; it is left out until the next.
    broken: AtomicBool,
    /// It has been kept on for a change since it came on.
    extended_at: Option<Time>,
}

/// The board on the wall and everything that moves on it.
pub struct Director {
    config: Config,
    stand: Stand,
    themes: [Theme; 2],
    locale: Locale,
    clock: Clock,
    board: Option<Arc<Board>>,
    received: Option<Timestamp>,
    entries: Vec<Entry>,
    playlist: Playlist,
    health: Option<Health>,
    photos: HashMap<String, Arc<Photo>>,
}

impl Director {
    /// An empty wall.
    pub fn new(config: Config, stand: Stand) -> Director {
        let brand = Color::rgb(config.brand);
        let mode = match config.theme {
            crate::config::Theme::Dark => Mode::Dark,
            crate::config::Theme::Light => Mode::Light,
        };
        let locale = Locale::new(&config.locale).keep_case(config.keep_case);
        Director {
            themes: [Theme::new(mode, brand, false), Theme::new(mode, brand, true)],
            clock: Clock::new(config.tz.as_deref(), &locale),
            locale,
            config,
            stand,
            board: None,
            received: None,
            entries: Vec::new(),
            playlist: Playlist::default(),
            health: None,
            photos: HashMap::new(),
        }
    }

    /// Takes what the outside says. State changes here only.
    pub fn apply(&mut self, update: Update, now: Now, fonts: &mut Fonts) {
        match update {
            Update::Board(board) => self.take_board(board, now, fonts),
            Update::Health(health) => self.health = Some(health),
            Update::Photo(photo) => {
                self.photos.insert(photo.key.clone(), Arc::new(photo));
            }
        }
    }

    /// The picture got another size.
    pub fn resize(&mut self, size: [u32; 2], now: Now, fonts: &mut Fonts) {
        if self.stand.size != size {
            self.stand.size = size;
            if let Some(board) = self.board.clone() {
                self.entries.clear();
                self.take_board(board, now, fonts);
            }
        }
    }

    /// Shows the next slide, or the one before.
    pub fn skip(&mut self, n: i64, now: Now) {
        self.playlist.skip(now.t, n);
    }

    /// The board on the wall.
    pub fn board(&self) -> Option<&Arc<Board>> {
        self.board.as_ref()
    }

    /// The slides that can be drawn, in the board's order.
    pub fn programme(&self) -> Vec<Listed> {
        let listed = |e: &Entry| Listed {
            id: e.id.clone(),
            kind: e.kind,
            pages: e.slide.pages().max(1),
            dwell_s: e.slide.dwell_s(),
        };
        self.entries.iter().map(listed).collect()
    }

    /// Ids of slides that panicked while they were drawn; they are left out until the next board.
    pub fn broken(&self) -> Vec<&str> {
        self.entries.iter().filter(|e| e.broken.load(Ordering::Relaxed)).map(|e| e.id.as_str()).collect()
    }

    /// The screen that slides are laid out for.
    pub fn screen(&self) -> Screen {
        self.screen_at([0.0; 2])
    }

    fn screen_at(&self, orbit: [f32; 2]) -> Screen {
        Screen {
            stage: Stage::new(self.stand.size, self.config.overscan_percent as f32 / 100.0, orbit),
            inches: self.config.screen_inches as f32,
            viewing_m: self.config.viewing_m as f32,
            reduced_motion: self.config.reduced_motion,
            keep_case: self.config.keep_case,
            dither: self.stand.dither,
        }
    }

    fn take_board(&mut self, board: Arc<Board>, now: Now, fonts: &mut Fonts) {
        self.received = Timestamp::from_microsecond(now.wall_us).ok();
        let tag = board.locale.as_deref().unwrap_or(&self.config.locale);
        self.locale = Locale::new(tag).keep_case(self.config.keep_case);
        self.clock = Clock::new(board.tz.as_deref().or(self.config.tz.as_deref()), &self.locale);
        let first = self.board.is_none();
        self.board = Some(board.clone());
        let quiet = first || self.band(now).0 >= Band::Warned;
        let screen = self.screen();
        let on = self.playlist.on(now.t).and_then(|on| self.entries.get(on.slide).map(|e| (e.id.clone(), on)));
        let mut old: Vec<Entry> = std::mem::take(&mut self.entries);
        for data in &board.slides {
            let Some(kind) = slides::kind_of(data) else { continue };
            let now = self.show_time(now);
            let ctx = Ctx { board: &board, data, screen: &screen, words: &self.locale, now, quiet };
            let known = old.iter().position(|e| e.id == data.id && e.kind == kind.name);
            let (slide, extended_at) = match known {
                Some(i) => {
                    let Entry { mut slide, extended_at, .. } = old.swap_remove(i);
                    slide.update(&ctx, fonts);
                    (slide, extended_at)
                }
                None => ((kind.build)(&ctx, fonts), None),
            };
            let (id, window) = (data.id.clone(), (data.start, data.end));
            self.entries.push(Entry {
                id,
                kind: kind.name,
                slide,
                window,
                broken: AtomicBool::new(false),
                extended_at,
            });
        }
        let items = self.items(now);
        match on {
            // Indices changed with the board; the programme is laid out anew around the slide that is on.
            Some((id, on)) => {
                if let Some(slide) = self.entries.iter().position(|e| e.id == id) {
                    self.playlist.adopt(items, On { slide, ..on }, now.t);
                    self.extend_for_change(slide, on.since, now);
                } else {
                    self.playlist = Playlist::new(items, now.t);
                }
            }
            None => self.playlist = Playlist::new(items, now.t),
        }
        self.photos.retain(|key, _| needs(&board, key));
    }

    fn extend_for_change(&mut self, slide: usize, since: Time, now: Now) {
        let entry = &mut self.entries[slide];
        if entry.slide.busy_until() > now.t && entry.extended_at != Some(since) {
            entry.extended_at = Some(since);
            self.playlist.extend(now.t, EXTEND_S);
        }
    }

    /// The programme: the playlist of the settings, then the rest in the board's order.
    fn items(&self, now: Now) -> Vec<Item> {
        let now = self.show_time(now);
        // A slide alone on the wall shows all its pages in a row.
        let alone = self.stand.pinned.is_some() || self.entries.len() == 1;
        let pages = |i: usize, dwell: Option<f64>| -> Vec<Item> {
            let slide = &self.entries[i].slide;
            let (n, dwell_s) = (slide.pages().max(1), dwell.unwrap_or_else(|| slide.dwell_s()));
            if slide.one_page_a_round() && !alone {
                return vec![Item { slide: i, page: 0, in_turn: n, dwell_s }];
            }
            (0..n).map(|page| Item { slide: i, page, in_turn: 1, dwell_s }).collect()
        };
        if let Some(pin) = &self.stand.pinned {
            let by_id = self.entries.iter().position(|e| e.id == *pin);
            let found = by_id.or_else(|| self.entries.iter().position(|e| e.kind == pin.as_str()));
            return found.map(|i| pages(i, None)).unwrap_or_default();
        }
        let mut named = vec![false; self.entries.len()];
        let mut items = Vec::new();
        for entry in &self.config.playlist.slides {
            for (i, e) in self.entries.iter().enumerate() {
                let fits = match &entry.which {
                    Which::Kind(kind) => e.kind == kind,
                    Which::Id(id) => e.id == *id,
                };
                if fits && !named[i] {
                    named[i] = true;
                    if !entry.hide {
                        items.extend(pages(i, entry.dwell_s));
                    }
                }
            }
        }
        if self.config.playlist.rest || self.config.playlist.slides.is_empty() {
            items.extend((0..self.entries.len()).filter(|&i| !named[i]).flat_map(|i| pages(i, None)));
        }
        let open = |i: &Item| {
            let (start, end) = self.entries[i.slide].window;
            start.is_none_or(|s| s.as_microsecond() <= now.wall_us)
                && end.is_none_or(|e| e.as_microsecond() > now.wall_us)
        };
        items.retain(|i| open(i) && !self.entries[i.slide].broken.load(Ordering::Relaxed));
        items
    }

    /// When the data on the wall was true.
    fn as_of(&self) -> Option<Timestamp> {
        let board = self.board.as_ref()?;
        let receipt = self.health.as_ref().and_then(|h| h.last_good).or(self.received);
        board.as_of.or(receipt)
    }

    /// The age band now, and the wall clock at which it changes.
    fn band(&self, now: Now) -> (Band, Option<i64>) {
        let (Some(board), Some(as_of)) = (self.board.as_ref(), self.as_of()) else { return (Band::Live, None) };
        let two_polls = self.health.as_ref().map_or(0.0, |h| h.two_polls_s);
        let fresh_s = f64::from(board.fresh_for_s);
        let ages = self.health.as_ref().map_or(now.wall_us, |h| shifted(now.wall_us, |at| h.feed_clock(at)));
        let age_s = (ages - as_of.as_microsecond()) as f64 / 1e6;
        let band = fresh::band(age_s.max(0.0), fresh_s, two_polls);
        let next = fresh::next_change(age_s.max(0.0), fresh_s, two_polls);
        // Live includes its last instant: look again just behind it.
        (band, next.map(|s| now.wall_us + ((s - age_s.max(0.0)) * 1e6) as i64 + 1))
    }

    /// The picture at an instant. The same instant gives the same picture.
    pub fn frame(&self, now: Now, fonts: &mut Fonts) -> Scene {
        let tv = now;
        let now = self.show_time(tv);
        let orbit = if self.stand.orbit && self.config.pixel_shift { clock::orbit(now) } else { [0.0; 2] };
        let screen = self.screen_at(orbit);
        let (band, changes) = self.band(tv);
        let mut c = Canvas::new(screen.stage, now, fonts);
        if let Some(at) = changes {
            c.until(tv.when_wall(at));
        }
        let theme = &self.themes[usize::from(band >= Band::Grey)];
        let (clock, next_minute) = self.clock.text(now, &self.locale);
        c.until(next_minute);
        let show = |at: Timestamp| self.clock.moment(at, now, &self.locale);
        let look = Look {
            theme,
            words: &self.locale,
            screen: &screen,
            band,
            photos: &self.photos,
            entered: None,
            clock: &show,
            as_of: self.as_of(),
            page: 0,
            cleared: 0.0,
            logo: self.stand.logo.as_ref(),
        };
        c.layer("backdrop");
        c.backdrop(theme.backdrop(&screen.stage, screen.dither));
        match self.on(now, &mut c, band) {
            Some((on, false)) => self.programme_frame(&mut c, &look, on, &clock),
            Some((on, true)) => {
                let header = self.entries[on.slide].slide.header();
                standby::draw(&mut c, &look, &self.trouble(), Some(header), &clock);
            }
            None => standby::draw(&mut c, &look, &self.standby(), None, &clock),
        }
        c.finish()
    }

    /// The present as the wall shows it: a tape brings its own clock.
    fn show_time(&self, tv: Now) -> Now {
        let wall_us = self.health.as_ref().map_or(tv.wall_us, |h| shifted(tv.wall_us, |at| h.wall_clock(at)));
        Now { wall_us, ..tv }
    }

    /// What is on, and whether the error picture takes its turn: in the last age band every third time.
    fn on(&self, now: Now, c: &mut Canvas, band: Band) -> Option<(On, bool)> {
        let on = self.playlist.on(now.t).filter(|on| !self.entries[on.slide].broken.load(Ordering::Relaxed))?;
        if let Some(until) = on.until {
            c.until(until);
        }
        let mut turn = on.count;
        if band == Band::Lost && on.until.is_none() {
            // A single slide has no turns; it takes them by the clock.
            let dwell = self.entries[on.slide].slide.dwell_s().max(1.0);
            turn = (now.t.since(on.since) / dwell).max(0.0) as u64;
            c.until(on.since.after((turn + 1) as f64 * dwell));
        }
        Some((on, band == Band::Lost && turn % 3 == 2))
    }

    fn programme_frame(&self, c: &mut Canvas, look: &Look, on: On, clock: &str) {
        let entry = &self.entries[on.slide];
        // The first picture has no entrance.
        let entered = on.before.is_some().then_some(on.since);
        let look = Look { entered, page: on.page, ..*look };
        self.slide_body(c, &look, entry);
        let before = on.before.filter(|&(slide, page)| (slide, page) != (on.slide, on.page));
        let before = before.and_then(|(slide, page)| Some((self.entries.get(slide)?, page)));
        if let Some(before) = before.filter(|_| !look.screen.reduced_motion) {
            let anim = Anim::new(1.0, 0.0, 0.0, on.since, Curve::Ease(WIPE_S), 1e-3);
            let at = c.sample(&anim);
            if at > 0.0 {
                self.wipe(c, &look, before, on.since, at as f32);
            }
        }
        let mut alpha = 1.0;
        let dim_at = on.since.after(HEADER_DIM_AFTER_S);
        if self.stand.orbit && c.reached(dim_at) {
            alpha = HEADER_DIM;
        }
        let rolled = before.map(|(b, _)| (b.slide.header(), on.since));
        c.group(0.0, 0.0, alpha, |c| slides::header::draw(c, &look, entry.slide.header(), rolled, clock));
    }

    /// The old slide, frozen, in front of the new one and left of the edge that runs from right to left.
    fn wipe(&self, c: &mut Canvas, look: &Look, (before, page): (&Entry, usize), since: Time, at: f32) {
        let stage = *c.stage();
        let mut old = Canvas::new(stage, c.now().at(since), c.fonts);
        old.layer("backdrop");
        old.backdrop(look.theme.backdrop(&stage, look.screen.dither));
        self.slide_body(&mut old, &Look { entered: None, page, ..*look }, before);
        let layers: Vec<Layer> = old.finish().layers;
        let [w, h] = stage.units;
        let lean = h * crate::scene::SLANT;
        // From beyond the right end to beyond the left.
        let x = -lean - EDGE_U + (w + 2.0 * lean + 2.0 * EDGE_U) * at;
        c.layer("wipe");
        c.frozen(Arc::new(layers), x);
        c.slab(Slab::lean(x - lean / 2.0, 0.0, EDGE_U + lean, h), look.theme.accent_paint());
    }

    /// A slide's own part. One that panics is left out until the next board.
    fn slide_body(&self, c: &mut Canvas, look: &Look, entry: &Entry) {
        let (stage, now) = (*c.stage(), c.now());
        let fonts = &mut *c.fonts;
        let drawn = catch_unwind(AssertUnwindSafe(|| {
            let mut own = Canvas::new(stage, now, fonts);
            entry.slide.draw(&mut own, look);
            own.finish()
        }));
        match drawn {
            Ok(scene) => c.append(scene),
            Err(_) => {
                tracing::error!(
                    slide = entry.id,
                    kind = entry.kind,
                    "a slide panicked; it is left out until the next board"
                );
                entry.broken.store(true, Ordering::Relaxed);
                c.until(now.t);
            }
        }
    }

    fn trouble(&self) -> Standby<'_> {
        Standby::Trouble { health: self.health.as_ref(), from: self.as_of() }
    }

    /// What is shown without any board.
    fn standby(&self) -> Standby<'_> {
        if self.board.is_some() {
            return self.trouble();
        }
        if self.config.feed.source.is_none() {
            return Standby::FirstBoot {
                setup_url: self.config.setup_url.as_deref(),
                settings: &self.stand.settings,
                address: self.stand.address.as_deref(),
            };
        }
        match &self.health {
            Some(h) if h.trouble.is_some() => self.trouble(),
            _ => Standby::Waiting,
        }
    }

    /// How far the picture is turned when it is brought to the panel, in degrees clockwise.
    pub fn rotation(config: &Config) -> u16 {
        match config.rotation {
            Rotation::Deg0 => 0,
            Rotation::Deg90 => 90,
            Rotation::Deg180 => 180,
            Rotation::Deg270 => 270,
        }
    }

    /// The header of what is on, for the shells' logs and tests.
    pub fn header(&self, now: Now) -> Option<&Header> {
        self.playlist.on(now.t).and_then(|on| self.entries.get(on.slide)).map(|e| e.slide.header())
    }
}

fn shifted(wall_us: i64, by: impl Fn(Timestamp) -> Timestamp) -> i64 {
    Timestamp::from_microsecond(wall_us).map_or(wall_us, |at| by(at).as_microsecond())
}

/// Whether a board still shows the picture of this key.
fn needs(board: &Board, key: &str) -> bool {
    let people = board.people.values().filter_map(|p| p.photo.as_ref());
    let teams = board.teams.values().filter_map(|t| t.photo.as_ref());
    people.chain(teams).any(|p| p.key() == key)
}

/// How many rows of a slide a screen has room for; 0 where its kind cannot be drawn yet.
pub fn room(data: &SlideData, screen: &Screen) -> usize {
    slides::kind_of(data).map_or(0, |kind| (kind.room)(data, screen))
}
