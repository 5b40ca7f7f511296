//! Draws the story line: in the place of a footer's bar, facts take turns with it (DESIGN 6.1, The story line).

use jiff::Timestamp;

use crate::board::fresh::Band;
use crate::board::story::Fact;
use crate::motion::{Anim, Curve, Time};
use crate::scene::{Align, Canvas, Rect, SLANT, Slab, Style, Weight};
use crate::slides::context::{Ctx, Look};

/// The bar and each fact are on for so many seconds by the wall's clock, so that screens side by side agree.
const TURN_US: i64 = 7_000_000;
const FLIP_S: f64 = 0.26;
/// So many facts take turns at most.
const MOST: usize = 3;

const TAG: Style = Style::new(40.0, Weight::Heavy).tracked(0.015);
const NAME: Style = Style::new(50.0, Weight::Bold);
const TEXT: Style = Style::new(46.0, Weight::Semi).tracked(0.02);
const SMALLEST: f32 = 38.0;

/// Facts as they are written.
#[derive(Debug, Clone, Default)]
pub struct StoryLine {
    facts: Vec<Said>,
    /// Nothing of it is true after this.
    until: Option<Timestamp>,
    /// What was told before a board told something else, and since when.
    was: Option<(Vec<Said>, Time)>,
}

#[derive(Debug, Clone, PartialEq)]
struct Said {
    /// "STREAK"
    tag: &'static str,
    /// Whom it is about; empty for the ranking itself.
    name: String,
    /// "A DEAL ON 4 DAYS RUNNING"
    text: String,
}

impl StoryLine {
    /// The story of the slide that is made.
    pub fn of(ctx: &Ctx) -> StoryLine {
        let (w, weekdays) = (&ctx.locale.words().story, &ctx.locale.words().coaching.weekdays);
        let said = |fact: &Fact| match fact {
            Fact::LeadChange { since } => {
                let day = weekdays[since.to_monday_zero_offset() as usize % 7];
                Said { tag: w.lead, name: String::new(), text: (w.first_change)(day) }
            }
            Fact::Streak { who, days } => {
                Said { tag: w.streak, name: ctx.locale.caps(&who.name), text: (w.deal_days)(*days) }
            }
            Fact::Climb { who, places } => {
                Said { tag: w.this_week, name: ctx.locale.caps(&who.name), text: (w.places_won)(*places) }
            }
            Fact::GoalOn { date } => {
                Said { tag: w.goal, name: String::new(), text: (w.goal_on)(&ctx.locale.date(*date)) }
            }
        };
        let facts: Vec<Said> = ctx.story.facts.iter().take(MOST).map(said).collect();
        StoryLine { until: ctx.story.until.filter(|_| !facts.is_empty()), facts, was: None }
    }

    /// Takes over from `old` at `start`: what it told goes up.
    pub fn follow(&mut self, old: &StoryLine, start: Time) {
        self.was = if self.facts == old.facts { old.was.clone() } else { Some((old.facts.clone(), start)) };
    }

    /// The facts that are true at the canvas' instant: none of old data.
    fn now(&self, c: &mut Canvas, look: &Look) -> &[Said] {
        let ended = self.until.is_none_or(|until| {
            let at = c.now().when_wall(until.as_microsecond());
            c.reached(at)
        });
        if ended || look.band >= Band::Warned { &[] } else { &self.facts }
    }
}

/// What was told before does not count.
impl PartialEq for StoryLine {
    fn eq(&self, other: &StoryLine) -> bool {
        (&self.facts, self.until) == (&other.facts, other.until)
    }
}

/// Paints what has its turn in this place: the bar, else a fact whose baseline is `y`. One goes up and uncovers the other.
pub fn draw(c: &mut Canvas, look: &Look, story: &StoryLine, place: Rect, y: f32, bar: &dyn Fn(&mut Canvas)) {
    let (facts, now) = (story.now(c, look), c.now());
    let turn = now.wall_us.div_euclid(TURN_US);
    if !facts.is_empty() {
        c.redraw_at(now.when_wall((turn + 1) * TURN_US));
    }
    let began = now.when_wall(turn * TURN_US);
    let told = story.was.as_ref().filter(|(_, until)| *until > began);
    let (was, at) = told.map_or((in_turn(facts, turn - 1), began), |(facts, until)| (in_turn(facts, turn), *until));
    let is = in_turn(facts, turn);
    let up = if was == is || look.screen.reduced_motion {
        1.0
    } else {
        c.sample(&Anim::new(0.0, 1.0, 0.0, at, Curve::Ease(FLIP_S), 1e-3))
    };
    let one = |c: &mut Canvas, said: Option<&Said>| match said {
        Some(said) => fact(c, look, said, place, y),
        None => bar(c),
    };
    if up >= 1.0 {
        return one(c, is);
    }
    let dy = f64::from(place.height()) * up;
    // What comes stands still: below its place no text is safe from the frame of a TV.
    let edge = place.y1 - dy as f32;
    c.clipped(place.x0, place.y0, place.x1, edge, |c| c.group(0.0, -dy, 1.0, |c| one(c, was)));
    c.clipped(place.x0, edge, place.x1, place.y1, |c| one(c, is));
}

/// What is on in a turn; none: the bar.
fn in_turn(facts: &[Said], turn: i64) -> Option<&Said> {
    let turn = turn.rem_euclid(facts.len() as i64 + 1) as usize;
    facts.get(turn.checked_sub(1)?)
}

fn fact(c: &mut Canvas, look: &Look, said: &Said, place: Rect, y: f32) {
    let t = look.theme;
    let (x, h) = (place.x0 + EDGE, 52.0);
    let top = y - 49.0;
    let lean = h * SLANT;
    let (tag, _) = c.fonts.fit_text(said.tag, TAG, 320.0);
    let w = 22.0 + tag.width + 12.0 + lean;
    c.slab(Slab::lean(x, top, w, h), t.plate_top[0]);
    c.line(x + 22.0, top + h / 2.0 + TAG.size * 0.35, &tag, t.numeral_top, Align::Left);
    let mut x = x + w + 18.0;
    let mut room = place.x1 - EDGE - x;
    let style = c.fonts.shrink(&said.text, TEXT, SMALLEST, room * if said.name.is_empty() { 1.0 } else { 0.66 });
    if !said.name.is_empty() {
        let said_w = c.fonts.width(&said.text, style);
        let (name, _) = c.fonts.fit_name(&said.name, NAME, room - said_w - 24.0);
        c.line(x, y - 4.2, &name, t.hi, Align::Left);
        x += name.width + 24.0;
        room -= name.width + 24.0;
    }
    let (text, _) = c.fonts.fit_text(&said.text, style, room);
    c.line(x, y - 5.4, &text, if said.name.is_empty() { t.hi } else { t.mid }, Align::Left);
}

/// What the place has beyond the stage's own ends, for slanted corners and marks.
pub const EDGE: f32 = 20.0;
