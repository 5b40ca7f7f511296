//! Draws the picture of an instant: backdrop, the slide that is on, the celebration over it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;

use jiff::Timestamp;

use super::playlist::OnScreen;
use super::queue::Tier;
use super::slide_change::{self, Side, edge};
use super::{Director, RefusedSettings, SlideEntry, burn_in};
use crate::board::TroubleKind;
use crate::board::fresh::Band;
use crate::motion::{Anim, Curve, Now};
use crate::scene::{Canvas, Fonts, Scene, Vec2};
use crate::slides::celebration::{self, CelebrationModel, Span};
use crate::slides::standby;
use crate::slides::{self, Look, Screen};

impl Director {
    /// The picture at an instant. The same instant gives the same picture.
    pub fn frame(&self, tv: Now, fonts: &mut Fonts) -> Scene {
        let on = self.playlist.current(tv.t).filter(|on| !self.entries[on.slide].broken.load(Ordering::Relaxed));
        let feed = on.map_or_else(|| self.standby_feed(), |on| self.entries[on.slide].feed);
        let now = self.feeds[feed].show_time(tv);
        let orbit = if self.cares_for_panel() { burn_in::orbit(now) } else { Vec2::default() };
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
        let at = FrameTime { tv, screen: &screen };
        self.with_look(feed, at, |look| {
            let (clock, next_minute) = self.feeds[feed].clock.text(now, look.locale, !look.clock_unset);
            c.redraw_at(next_minute);
            c.layer("backdrop");
            c.backdrop(look.theme.backdrop(&screen.stage, screen.dither));
            // A celebration has the place for itself as long as it is on.
            let refused = self.refused.as_ref().filter(|_| self.celebrations.queue.current(tv.t).is_none());
            // A picture of its own says more than the line.
            let refused = refused.filter(|_| on.is_some() || self.unset().is_none());
            let look = &match refused {
                Some(_) => Look { cleared: 1.0, clears_line: true, ..*look },
                None => Look { ..*look },
            };
            match on.map(|on| (on, self.is_errors_turn(on, &mut c, look.band))) {
                _ if self.note_on(tv.t).is_some() => self.note_frame(&mut c, look, &clock),
                Some((on, false)) => self.celebrated_frame(&mut c, look, &Programme { at, on, clock: &clock }),
                Some((on, true)) => {
                    let header = self.entries[on.slide].slide.header(c.now().t);
                    standby::draw(&mut c, look, &self.trouble(feed), Some(header), &clock);
                }
                None => standby::draw(&mut c, look, &self.standby(feed, tv), None, &clock),
            }
            if let Some(RefusedSettings { file, place, .. }) = refused {
                slides::refused::draw(&mut c, look, &(look.locale.words().settings_refused)(file, *place));
            }
        });
        c.finish()
    }

    /// What the slides of a feed are drawn with at an instant.
    fn with_look<R>(&self, feed: usize, at: FrameTime, f: impl FnOnce(&Look) -> R) -> R {
        let from = &self.feeds[feed];
        let now = from.show_time(at.tv);
        let band = from.band(at.tv).0;
        let show = |at: Timestamp| from.clock.moment(at, now, &from.locale);
        f(&Look {
            theme: &self.themes[usize::from(band >= Band::Grey)],
            locale: &from.locale,
            screen: at.screen,
            band,
            photos: &from.photos,
            crests: &from.crests,
            arrived: &from.arrived,
            entered: None,
            clock: &show,
            as_of: from.as_of(),
            clock_wrong: from.trouble() == Some(TroubleKind::ClockWrong),
            clock_unset: !from.has_clock(now),
            caveats: from.caveats(),
            page: 0,
            cleared: 0.0,
            clears_line: false,
            race: None,
            logo: self.host.logo.as_ref(),
            rests: self.header_rests(now),
        })
    }

    /// Whether the error picture takes the turn of what is on: in the last age band every third time.
    fn is_errors_turn(&self, on: OnScreen, c: &mut Canvas, band: Band) -> bool {
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

    /// The programme, and the celebration over it.
    fn celebrated_frame(&self, c: &mut Canvas, look: &Look, programme: &Programme) {
        let celebration = self.celebrations.queue.current(c.now().t);
        let Some((celebration, model)) = celebration.and_then(|p| Some((p, self.celebrations.model(p)?))) else {
            self.programme_frame(c, look, programme);
            return self.landing(c, look);
        };
        let span = Span { start: celebration.start, end: celebration.end };
        c.redraw_at(celebration.end);
        let feed = celebration.feed();
        match celebration.tier {
            Tier::Takeover => self.with_look(feed, programme.at, |own| {
                self.takeover(c, look, programme, &Takeover { look: own, model, span });
            }),
            Tier::Banner | Tier::Line => {
                let line = celebration.tier == Tier::Line;
                let cleared = celebration::cleared(c, look, span);
                self.programme_frame(c, &Look { cleared, clears_line: line, ..*look }, programme);
                let draw = if line { celebration::line } else { celebration::lower_third };
                self.with_look(feed, programme.at, |own| draw(c, own, model, span));
            }
        }
    }

    /// The amount of the last takeover on its way into its row.
    fn landing(&self, c: &mut Canvas, look: &Look) {
        let landing = self.celebrations.landing.as_ref();
        let on = landing.filter(|l| c.now().t >= l.start && !c.reached(l.start.after(celebration::landing::LANDS_S)));
        if let Some(landing) = on {
            celebration::landing::draw(c, look, landing);
        }
    }

    /// The stage goes dark, the takeover stands, and is wiped away from the slide it plays on.
    fn takeover(&self, c: &mut Canvas, look: &Look, programme: &Programme, takeover: &Takeover) {
        let &Takeover { look: own, model, span } = takeover;
        let leaves = span.end.after(-celebration::LEAVE_S);
        let reduced = look.screen.reduced_motion;
        if !reduced && c.reached(leaves) {
            self.programme_frame(c, look, programme);
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
            self.programme_frame(&mut under, look, programme);
            let mut scene = under.finish();
            scene.dim(own.theme.bg[1], dim);
            c.append(scene);
        }
        celebration::takeover(c, own, model, span);
    }

    /// The slide that is on with its header, or the change to it from the one before.
    fn programme_frame(&self, c: &mut Canvas, look: &Look, programme: &Programme) {
        let &Programme { at, on, clock } = programme;
        let entry = &self.entries[on.slide];
        // The first picture has no entrance.
        let entered = on.before.is_some().then_some(on.since);
        let race = self.race_of(entry.feed, &entry.id);
        let look = Look { entered, page: on.page, race, ..*look };
        let before = on.before.filter(|&(slide, page)| (slide, page) != (on.slide, on.page));
        let before = before.and_then(|(slide, page)| Some((self.entries.get(slide)?, page)));
        let new = self.body_without_burn_in(c, &look, entry, on.slide_since);
        let old_part = before.map_or(0.0, |_| slide_change::old_part(c, &look, on.since));
        match before.filter(|_| old_part > 0.0) {
            Some((old, page)) => self.with_look(old.feed, at, |own| {
                let (cleared, clears_line) = (look.cleared, look.clears_line);
                let frozen = Look { page, cleared, clears_line, ..*own };
                let was = self.frozen_body(c, at, &frozen, old, on);
                let (old, new) = (Side { look: own, scene: was }, Side { look: &look, scene: new });
                slide_change::change(c, old, new, old_part);
            }),
            None => new.into_iter().for_each(|scene| c.append(scene)),
        }
        let alpha = self.header_alpha(c, on.slide_since);
        let t = c.now().t;
        let rolled = before.map(|(b, _)| (b.slide.header(t), on.since));
        c.group(0.0, 0.0, alpha, |c| slides::widgets::header::draw(c, &look, entry.slide.header(t), rolled, clock));
    }

    /// A slide as it was when the next one came on.
    fn frozen_body(
        &self,
        c: &mut Canvas,
        at: FrameTime,
        look: &Look,
        entry: &SlideEntry,
        on: OnScreen,
    ) -> Option<Scene> {
        let now = self.feeds[entry.feed].show_time(at.tv);
        let mut then = Canvas::new(*c.stage(), now.at(on.since), c.fonts);
        self.body_without_burn_in(&mut then, look, entry, on.before_since)
    }

    /// A slide's own part. One that panics is left out until the next board.
    pub(super) fn slide_body(&self, c: &mut Canvas, look: &Look, entry: &SlideEntry) -> Option<Scene> {
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
}

/// The instant of a picture by the TV's clock, and the screen it is for.
#[derive(Clone, Copy)]
struct FrameTime<'a> {
    tv: Now,
    screen: &'a Screen,
}

/// The slide that is on at an instant, and what the clock in its header shows.
struct Programme<'a> {
    at: FrameTime<'a>,
    on: OnScreen,
    clock: &'a str,
}

/// A celebration that takes the whole screen, with the look of its feed.
struct Takeover<'a> {
    look: &'a Look<'a>,
    model: &'a CelebrationModel,
    span: Span,
}
