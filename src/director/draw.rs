//! The picture at an instant: backdrop, the slide that is on, what is celebrated over it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use jiff::Timestamp;

use super::feeds::Feed;
use super::playlist::On;
use super::queue::Tier;
use super::{Director, Entry, Refused, care};
use crate::board::TroubleKind;
use crate::board::fresh::Band;
use crate::config::FeedSource;
use crate::motion::{Anim, Curve, Now};
use crate::scene::{Canvas, Fonts, Layer, Scene, Slab};
use crate::slides::celebration::{self, CelebrationModel, Span};
use crate::slides::standby::{self, Standby};
use crate::slides::{self, Look, Screen};

/// How long the slanted edge wipes (DESIGN 5, Slide change).
const WIPE_S: f64 = 0.52;
/// With reduced motion the new slide dissolves over the old one in this time.
const DISSOLVE_S: f64 = 0.2;
/// Width of the edge in units.
const EDGE_U: f32 = 60.0;
impl Director {
    /// The picture at an instant. The same instant gives the same picture.
    pub fn frame(&self, tv: Now, fonts: &mut Fonts) -> Scene {
        let on = self.playlist.on(tv.t).filter(|on| !self.entries[on.slide].broken.load(Ordering::Relaxed));
        let feed = on.map_or_else(|| self.standby_feed(), |on| self.entries[on.slide].feed);
        let now = self.feeds[feed].show_time(tv);
        let orbit = if self.stand.orbit && self.config.pixel_shift { care::orbit(now) } else { [0.0; 2] };
        let screen = self.screen_at(orbit);
        let mut c = Canvas::new(screen.stage, now, fonts);
        for feed in &self.feeds {
            if let Some(at) = feed.band(tv).1 {
                c.redraw_at(tv.when_wall(at));
            }
        }
        if let Some(at) = self.due(tv) {
            c.redraw_at(at);
        }
        let at = At { tv, screen: &screen };
        self.with_look(feed, at, |look| {
            let (clock, next_minute) = self.feeds[feed].clock.text(now, look.words);
            c.redraw_at(next_minute);
            c.layer("backdrop");
            c.backdrop(look.theme.backdrop(&screen.stage, screen.dither));
            // A celebration has the place for itself as long as it is on.
            let refused = self.refused.as_ref().filter(|_| self.celebrations.queue.on(tv.t).is_none());
            // A picture of its own says more than the line.
            let refused = refused.filter(|_| on.is_some() || self.unset().is_none());
            let look = &match refused {
                Some(_) => Look { cleared: 1.0, clears_line: true, ..*look },
                None => Look { ..*look },
            };
            match on.map(|on| (on, self.is_errors_turn(on, &mut c, look.band))) {
                Some((on, false)) => self.celebrated_frame(&mut c, at, look, on, &clock),
                Some((on, true)) => {
                    let header = self.entries[on.slide].slide.header();
                    standby::draw(&mut c, look, &self.trouble(feed), Some(header), &clock);
                }
                None => standby::draw(&mut c, look, &self.standby(feed, tv), None, &clock),
            }
            if let Some(Refused { file, place, .. }) = refused {
                slides::refused::draw(&mut c, look, &(look.words.words().settings_refused)(file, *place));
            }
        });
        c.finish()
    }

    /// What the slides of a feed are drawn with at an instant.
    fn with_look<R>(&self, feed: usize, at: At, f: impl FnOnce(&Look) -> R) -> R {
        let from = &self.feeds[feed];
        let now = from.show_time(at.tv);
        let band = from.band(at.tv).0;
        let show = |at: Timestamp| from.clock.moment(at, now, &from.locale);
        f(&Look {
            theme: &self.themes[usize::from(band >= Band::Grey)],
            words: &from.locale,
            screen: at.screen,
            band,
            photos: &from.photos,
            arrived: &from.arrived,
            entered: None,
            clock: &show,
            as_of: from.as_of(),
            clock_wrong: from.trouble() == Some(TroubleKind::ClockWrong),
            caveats: from.caveats(),
            page: 0,
            cleared: 0.0,
            clears_line: false,
            logo: self.stand.logo.as_ref(),
        })
    }

    /// Whether the error picture takes the turn of what is on: in the last age band every third time.
    fn is_errors_turn(&self, on: On, c: &mut Canvas, band: Band) -> bool {
        if let Some(until) = on.until {
            c.redraw_at(until);
        }
        // Among the slides of feeds that are well, those of a lost one give way every third round.
        let all = self.entries.iter().all(|e| e.feed == self.entries[on.slide].feed);
        let mut turn = if all { on.count } else { on.round };
        if band == Band::Lost && on.until.is_none() {
            // A single slide has no turns; it takes them by the clock.
            let dwell = self.entries[on.slide].slide.dwell_s().max(1.0);
            turn = (c.now().t.since(on.since) / dwell).max(0.0) as u64;
            c.redraw_at(on.since.after((turn + 1) as f64 * dwell));
        }
        band == Band::Lost && turn % 3 == 2
    }

    /// The programme, and what is celebrated over it.
    fn celebrated_frame(&self, c: &mut Canvas, at: At, look: &Look, on: On, clock: &str) {
        let party = self.celebrations.queue.on(c.now().t);
        let Some((party, model)) = party.and_then(|p| Some((p, self.celebrations.model(p)?))) else {
            return self.programme_frame(c, at, look, on, clock);
        };
        let span = Span { start: party.start, end: party.end };
        c.redraw_at(party.end);
        match party.tier {
            Tier::Takeover => {
                self.with_look(party.feed(), at, |own| self.takeover(c, at, (look, own), on, clock, (model, span)));
            }
            Tier::Banner | Tier::Line => {
                let line = party.tier == Tier::Line;
                let cleared = celebration::cleared(c, look, span);
                self.programme_frame(c, at, &Look { cleared, clears_line: line, ..*look }, on, clock);
                let draw = if line { celebration::line } else { celebration::lower_third };
                self.with_look(party.feed(), at, |own| draw(c, own, model, span));
            }
        }
    }

    /// The stage goes dark, the takeover stands, and is wiped away from the slide it plays on.
    fn takeover(
        &self,
        c: &mut Canvas,
        at: At,
        (look, own): (&Look, &Look),
        on: On,
        clock: &str,
        (model, span): (&CelebrationModel, Span),
    ) {
        let leaves = span.end.after(-celebration::LEAVE_S);
        let reduced = look.screen.reduced_motion;
        if !reduced && c.reached(leaves) {
            self.programme_frame(c, at, look, on, clock);
            let anim = Anim::new(1.0, 0.0, 0.0, leaves, Curve::Ease(celebration::LEAVE_S), 1e-3);
            let edge_at = c.sample(&anim);
            let stage = *c.stage();
            let mut old = Canvas::new(stage, c.now().at(leaves), c.fonts);
            old.layer("backdrop");
            old.backdrop(own.theme.backdrop(&stage, own.screen.dither));
            celebration::takeover(&mut old, own, model, span);
            let layers = old.finish().layers;
            return edge(c, own, layers, edge_at as f32);
        }
        let dim = if reduced { 1.0 } else { celebration::dimmed(c, span) };
        if dim < 1.0 {
            let mut under = Canvas::new(*c.stage(), c.now(), c.fonts);
            self.programme_frame(&mut under, at, look, on, clock);
            let mut scene = under.finish();
            scene.dim(own.theme.bg[1], dim);
            c.append(scene);
        }
        celebration::takeover(c, own, model, span);
    }

    fn programme_frame(&self, c: &mut Canvas, at: At, look: &Look, on: On, clock: &str) {
        let entry = &self.entries[on.slide];
        // The first picture has no entrance.
        let entered = on.before.is_some().then_some(on.since);
        let look = Look { entered, page: on.page, ..*look };
        let before = on.before.filter(|&(slide, page)| (slide, page) != (on.slide, on.page));
        let before = before.and_then(|(slide, page)| Some((self.entries.get(slide)?, page)));
        let new = self.cared_body(c, &look, entry, on.slide_since);
        let reduced = look.screen.reduced_motion;
        let length = if reduced { DISSOLVE_S } else { WIPE_S };
        let anim = Anim::new(1.0, 0.0, 0.0, on.since, Curve::Ease(length), 1e-3);
        let edge_at = before.map_or(0.0, |_| c.sample(&anim));
        match before.filter(|_| edge_at > 0.0) {
            Some((old, page)) => self.with_look(old.feed, at, |own| {
                let (cleared, clears_line) = (look.cleared, look.clears_line);
                let frozen = Look { page, cleared, clears_line, ..*own };
                let was = self.frozen_body(c, at, &frozen, old, on);
                self.change(c, (own, &look), (was, new), edge_at);
            }),
            None => new.into_iter().for_each(|scene| c.append(scene)),
        }
        let alpha = self.header_alpha(c, on.slide_since);
        let rolled = before.map(|(b, _)| (b.slide.header(), on.since));
        c.group(0.0, 0.0, alpha, |c| slides::widgets::header::draw(c, &look, entry.slide.header(), rolled, clock));
    }

    /// A slide as it was when the next one came on.
    fn frozen_body(&self, c: &mut Canvas, at: At, look: &Look, entry: &Entry, on: On) -> Option<Scene> {
        let now = self.feeds[entry.feed].show_time(at.tv);
        let mut then = Canvas::new(*c.stage(), now.at(on.since), c.fonts);
        self.cared_body(&mut then, look, entry, on.before_since)
    }

    /// From one slide to the next: the old one, frozen, left of the edge that runs from right to left in front of the new
    /// one. The footers stay where they are, and only what they say changes. With reduced motion the new one dissolves in.
    fn change(
        &self,
        c: &mut Canvas,
        (was_look, look): (&Look, &Look),
        (old, new): (Option<Scene>, Option<Scene>),
        at: f64,
    ) {
        let (Some(mut old), Some(mut new)) = (old, new) else { return };
        if let Some(next) = new.next {
            c.redraw_at(next);
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
        ground.backdrop(was_look.theme.backdrop(&stage, look.screen.dither));
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
    pub(super) fn slide_body(&self, c: &mut Canvas, look: &Look, entry: &Entry) -> Option<Scene> {
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
                c.redraw_at(now.t);
                None
            }
        }
    }

    /// Whether a feed needs no network.
    fn is_local(&self, feed: usize) -> bool {
        self.config.feeds.get(feed).and_then(|f| f.source.as_ref()).is_some_and(FeedSource::is_local)
    }

    /// The settings file that is not taken, where there are no others and no board to go on with.
    fn unset(&self) -> Option<&Refused> {
        self.refused.as_ref().filter(|_| !self.config.is_set_up() && self.board().is_none())
    }

    fn trouble(&self, feed: usize) -> Standby<'_> {
        Standby::Trouble {
            health: self.feeds[feed].health.as_ref(),
            from: self.feeds[feed].as_of(),
            local: self.is_local(feed),
            name: self
                .config
                .feeds
                .get(feed)
                .and_then(|f| f.source.as_ref())
                .map(FeedSource::short_name)
                .unwrap_or_default(),
            help: self.config.setup_url.as_deref(),
            address: self.stand.address.as_deref(),
        }
    }

    /// Whose trouble is shown while there is no slide: one that has a board; else the first, when all are in trouble.
    fn standby_feed(&self) -> usize {
        let board = self.feeds.iter().position(|feed| feed.board.is_some());
        board.or_else(|| self.feeds.iter().position(Feed::in_trouble)).unwrap_or(0)
    }

    /// Whether there is nothing to show yet but that a feed is awaited.
    pub fn is_waiting(&self, now: Now) -> bool {
        matches!(self.standby(self.standby_feed(), now), Standby::Waiting)
    }

    /// What is shown without any slide.
    fn standby(&self, feed: usize, tv: Now) -> Standby<'_> {
        if self.board().is_some() {
            let from = &self.feeds[feed];
            if !self.is_complete() || from.in_trouble() {
                return self.trouble(feed);
            }
            let told = from.as_of().filter(|_| from.band(tv).0 >= Band::Warned);
            return Standby::Idle { from: told, local: self.is_local(feed) };
        }
        if let Some(Refused { path, place, message, .. }) = self.unset() {
            let address = self.stand.address.as_deref();
            return Standby::Settings { file: path, place: *place, message, address };
        }
        if !self.config.is_set_up() {
            return Standby::FirstBoot {
                setup_url: self.config.setup_url.as_deref(),
                settings: &self.stand.settings,
                network: self.stand.network.as_deref(),
                address: self.stand.address.as_deref(),
            };
        }
        if self.feeds.iter().all(Feed::in_trouble) { self.trouble(feed) } else { Standby::Waiting }
    }
}

/// The instant of a picture by the TV's clock, and the screen it is for.
#[derive(Clone, Copy)]
struct At<'a> {
    tv: Now,
    screen: &'a Screen,
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
    c.snapshot(Arc::new(layers), x);
    c.slab(Slab::lean(x - lean / 2.0, 0.0, EDGE_U + lean, h), look.theme.accent_paint());
}

/// Takes the footer out of a slide.
fn take_footer(scene: &mut Scene) -> Scene {
    let (footer, rest) = std::mem::take(&mut scene.layers).into_iter().partition(|layer| layer.name == "footer");
    scene.layers = rest;
    Scene { size: scene.size, layers: footer, next: None }
}
