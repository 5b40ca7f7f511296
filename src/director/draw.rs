//! The picture at an instant: backdrop, the slide that is on, what is celebrated over it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use jiff::Timestamp;

use super::playlist::On;
use super::queue::Tier;
use super::{Director, Entry, clock, shifted};
use crate::board::fresh::{self, Band};
use crate::motion::{Anim, Curve, Now, Time};
use crate::scene::{Canvas, Fonts, Layer, Scene, Slab};
use crate::slides::celebration::{self, Model, Span};
use crate::slides::standby::{self, Standby};
use crate::slides::{self, Look};

/// How long the slanted edge wipes (DESIGN 5, Slide change).
const WIPE_S: f64 = 0.52;
/// With reduced motion the new slide dissolves over the old one in this time.
const DISSOLVE_S: f64 = 0.2;
/// Width of the edge in units.
const EDGE_U: f32 = 60.0;
/// After so long on one slide the header is dimmed (DESIGN 2, panel care).
const HEADER_DIM_AFTER_S: f64 = 60.0;
const HEADER_DIM: f64 = 0.85;

impl Director {
    /// When the data on the wall was true.
    fn as_of(&self) -> Option<Timestamp> {
        let board = self.newest.as_ref()?;
        let receipt = self.health.as_ref().and_then(|h| h.last_good).or(self.received);
        board.as_of.or(receipt)
    }

    /// The age band now, and the wall clock at which it changes.
    pub(super) fn band(&self, now: Now) -> (Band, Option<i64>) {
        let (Some(board), Some(as_of)) = (self.newest.as_ref(), self.as_of()) else { return (Band::Live, None) };
        let two_polls = self.health.as_ref().map_or(0.0, |h| h.two_polls_s);
        let fresh_s = f64::from(board.fresh_for_s);
        let age_s = (self.feed_time(now) - as_of.as_microsecond()) as f64 / 1e6;
        let band = fresh::band(age_s.max(0.0), fresh_s, two_polls);
        let next = fresh::next_change(age_s.max(0.0), fresh_s, two_polls);
        // Live includes its last instant: look again just behind it.
        (band, next.map(|s| now.wall_us + ((s - age_s.max(0.0)) * 1e6) as i64 + 1))
    }

    /// The wall clock by which the feed's times are told, in microseconds.
    pub(super) fn feed_time(&self, now: Now) -> i64 {
        self.health.as_ref().map_or(now.wall_us, |h| shifted(now.wall_us, |at| h.feed_clock(at)))
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
        if let Some(at) = self.due(tv) {
            c.until(at);
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
            clears_line: false,
            logo: self.stand.logo.as_ref(),
        };
        c.layer("backdrop");
        c.backdrop(theme.backdrop(&screen.stage, screen.dither));
        match self.turn(now, &mut c, band) {
            Some((on, false)) => self.celebrated_frame(&mut c, &look, on, &clock),
            Some((on, true)) => {
                let header = self.entries[on.slide].slide.header();
                standby::draw(&mut c, &look, &self.trouble(), Some(header), &clock);
            }
            None => standby::draw(&mut c, &look, &self.standby(), None, &clock),
        }
        c.finish()
    }

    /// The present as the wall shows it: a tape brings its own clock.
    pub(super) fn show_time(&self, tv: Now) -> Now {
        let wall_us = self.health.as_ref().map_or(tv.wall_us, |h| shifted(tv.wall_us, |at| h.wall_clock(at)));
        Now { wall_us, ..tv }
    }

    /// What is on, and whether the error picture takes its turn: in the last age band every third time.
    fn turn(&self, now: Now, c: &mut Canvas, band: Band) -> Option<(On, bool)> {
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

    /// The programme, and what is celebrated over it.
    fn celebrated_frame(&self, c: &mut Canvas, look: &Look, on: On, clock: &str) {
        let party = self.celebrations.queue.on(c.now().t);
        let Some((party, model)) = party.and_then(|p| Some((p, self.celebrations.model(p)?))) else {
            return self.programme_frame(c, look, on, clock);
        };
        let span = Span { start: party.start, end: party.end };
        c.until(party.end);
        match party.tier {
            Tier::Takeover => self.takeover(c, look, on, clock, (model, span)),
            Tier::Banner | Tier::Line => {
                let line = party.tier == Tier::Line;
                let cleared = celebration::cleared(c, look, span);
                self.programme_frame(c, &Look { cleared, clears_line: line, ..*look }, on, clock);
                if line {
                    celebration::line(c, look, model, span);
                } else {
                    celebration::lower_third(c, look, model, span);
                }
            }
        }
    }

    /// The stage goes dark, the takeover stands, and is wiped away from the slide it plays on.
    fn takeover(&self, c: &mut Canvas, look: &Look, on: On, clock: &str, (model, span): (&Model, Span)) {
        let leaves = span.end.after(-celebration::LEAVE_S);
        let reduced = look.screen.reduced_motion;
        if !reduced && c.reached(leaves) {
            self.programme_frame(c, look, on, clock);
            let anim = Anim::new(1.0, 0.0, 0.0, leaves, Curve::Ease(celebration::LEAVE_S), 1e-3);
            let at = c.sample(&anim);
            let stage = *c.stage();
            let mut old = Canvas::new(stage, c.now().at(leaves), c.fonts);
            old.layer("backdrop");
            old.backdrop(look.theme.backdrop(&stage, look.screen.dither));
            celebration::takeover(&mut old, look, model, span);
            let layers = old.finish().layers;
            return edge(c, look, layers, at as f32);
        }
        let dim = if reduced { 1.0 } else { celebration::dimmed(c, span) };
        if dim < 1.0 {
            let mut own = Canvas::new(*c.stage(), c.now(), c.fonts);
            self.programme_frame(&mut own, look, on, clock);
            let mut scene = own.finish();
            scene.dim(look.theme.bg[1], dim);
            c.append(scene);
        }
        celebration::takeover(c, look, model, span);
    }

    fn programme_frame(&self, c: &mut Canvas, look: &Look, on: On, clock: &str) {
        let entry = &self.entries[on.slide];
        // The first picture has no entrance.
        let entered = on.before.is_some().then_some(on.since);
        let look = Look { entered, page: on.page, ..*look };
        let before = on.before.filter(|&(slide, page)| (slide, page) != (on.slide, on.page));
        let before = before.and_then(|(slide, page)| Some((self.entries.get(slide)?, page)));
        let new = self.slide_body(c, &look, entry);
        let reduced = look.screen.reduced_motion;
        let length = if reduced { DISSOLVE_S } else { WIPE_S };
        let anim = Anim::new(1.0, 0.0, 0.0, on.since, Curve::Ease(length), 1e-3);
        let at = before.map_or(0.0, |_| c.sample(&anim));
        match before.filter(|_| at > 0.0) {
            Some((old, page)) => {
                let frozen = Look { entered: None, page, ..look };
                let was = self.frozen_body(c, &frozen, old, on.since);
                self.change(c, &look, (was, new), at);
            }
            None => new.into_iter().for_each(|scene| c.append(scene)),
        }
        let mut alpha = 1.0;
        let dim_at = on.since.after(HEADER_DIM_AFTER_S);
        if self.stand.orbit && c.reached(dim_at) {
            alpha = HEADER_DIM;
        }
        let rolled = before.map(|(b, _)| (b.slide.header(), on.since));
        c.group(0.0, 0.0, alpha, |c| slides::header::draw(c, &look, entry.slide.header(), rolled, clock));
    }

    /// A slide as it was when the next one came on.
    fn frozen_body(&self, c: &mut Canvas, look: &Look, entry: &Entry, since: Time) -> Option<Scene> {
        let mut then = Canvas::new(*c.stage(), c.now().at(since), c.fonts);
        self.slide_body(&mut then, look, entry)
    }

    /// From one slide to the next: the old one, frozen, left of the edge that runs from right to left in front of the new
    /// one. The footers stay where they are, and only what they say changes. With reduced motion the new one dissolves in.
    fn change(&self, c: &mut Canvas, look: &Look, (old, new): (Option<Scene>, Option<Scene>), at: f64) {
        let (Some(mut old), Some(mut new)) = (old, new) else { return };
        if let Some(next) = new.next {
            c.until(next);
        }
        if look.screen.reduced_motion {
            c.append(Scene { next: None, ..old });
            new.fade(1.0 - at);
            return c.append(new);
        }
        let (was, is) = (take_footer(&mut old), take_footer(&mut new));
        c.append(new);
        let stage = *c.stage();
        let mut ground = Canvas::new(stage, c.now(), c.fonts);
        ground.layer("backdrop");
        ground.backdrop(look.theme.backdrop(&stage, look.screen.dither));
        let mut layers = ground.finish().layers;
        layers.append(&mut old.layers);
        edge(c, look, layers, at as f32);
        let same = was == is;
        // One goes before the other comes: two texts are never in one place.
        let (mut shown, alpha) = if same || at < 0.5 { (is, 1.0 - at * 2.0) } else { (was, at * 2.0 - 1.0) };
        if !same {
            shown.fade(alpha);
        }
        c.append(shown);
    }

    /// A slide's own part. One that panics is left out until the next board.
    fn slide_body(&self, c: &mut Canvas, look: &Look, entry: &Entry) -> Option<Scene> {
        let (stage, now) = (*c.stage(), c.now());
        let fonts = &mut *c.fonts;
        let drawn = catch_unwind(AssertUnwindSafe(|| {
            let mut own = Canvas::new(stage, now, fonts);
            entry.slide.draw(&mut own, look);
            own.finish()
        }));
        match drawn {
            Ok(scene) => Some(scene),
            Err(_) => {
                tracing::error!(
                    slide = entry.id,
                    kind = entry.kind,
                    "a slide panicked; it is left out until the next board"
                );
                entry.broken.store(true, Ordering::Relaxed);
                c.until(now.t);
                None
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
        if !self.config.is_set_up() {
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
}

/// A frozen picture left of the accent edge, which runs from beyond the right end (`at` 1) to beyond the left (0).
fn edge(c: &mut Canvas, look: &Look, layers: Vec<Layer>, at: f32) {
    if at <= 0.0 {
        return;
    }
    let [w, h] = c.stage().units;
    let lean = h * crate::scene::SLANT;
    let x = -lean - EDGE_U + (w + 2.0 * lean + 2.0 * EDGE_U) * at;
    c.layer("wipe");
    c.frozen(Arc::new(layers), x);
    c.slab(Slab::lean(x - lean / 2.0, 0.0, EDGE_U + lean, h), look.theme.accent_paint());
}

/// Takes the footer out of a slide.
fn take_footer(scene: &mut Scene) -> Scene {
    let (footer, rest) = std::mem::take(&mut scene.layers).into_iter().partition(|layer| layer.name == "footer");
    scene.layers = rest;
    Scene { size: scene.size, layers: footer, next: None }
}
