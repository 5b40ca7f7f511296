//! Draws the panel beside the race: what is told, the day, and who took the lead.

use super::clock::Moment;
use super::model::RaceModel;
use crate::scene::{Align, Canvas, Rect, SLANT, Slab, Style, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::lines::{self, Room};
use crate::slides::widgets::panel::{self, PanelRect};

const TITLE: Style = Style::new(92.0, Weight::Bold);
const DAY: Style = Style::new(120.0, Weight::Heavy);
const NAME: Style = Style::new(76.0, Weight::Bold);
const TAG: Style = Style::new(46.0, Weight::Heavy).tracked(0.01);

/// Where its parts lie, in units.
struct Places {
    /// Head of the title's first capitals, its left end, and its room.
    title: Rect,
    /// Left end of the day, and its baseline.
    day: [f32; 2],
    /// The flag: top left, and how wide it may be.
    flag: [f32; 3],
}

const WIDE: Places =
    Places { title: Rect::new(142.0, 222.0, 572.0, 470.0), day: [138.0, 640.0], flag: [142.0, 736.0, 430.0] };
const TALL: Places =
    Places { title: Rect::new(100.0, 300.0, 560.0, 520.0), day: [620.0, 420.0], flag: [100.0, 566.0, 860.0] };

/// Paints it over the place of the leader's panel.
pub fn draw(c: &mut Canvas, look: &Look, race: &RaceModel, moment: &Moment) {
    let t = look.theme;
    let portrait = c.stage().portrait();
    let p = PanelRect::hero(portrait);
    let at = if portrait { TALL } else { WIDE };
    panel::ground(c, look, &PanelRect { base_y: p.bottom(), ..p });
    panel::edge(c, look, &p);
    let [x, y, w, h] = at.title.xywh();
    let room = Room { w, h, lines: 3, sizes: [52.0, TITLE.size], pitch: 1.0 };
    let title = lines::fit(c.fonts, &race.title, TITLE, room);
    for (i, line) in title.lines.iter().enumerate() {
        c.text(x, y + title.size * (0.72 + i as f32), line, TITLE.sized(title.size), t.hi, Align::Left);
    }
    let day = race.days.get(moment.day.floor() as usize).map_or("", String::as_str);
    let [x, y] = at.day;
    let style = c.fonts.shrink_lines(&race.days.iter().map(String::as_str).collect::<Vec<_>>(), DAY, 72.0, 430.0);
    c.text(x, y, day, style, t.accent_text, Align::Left);
    if let Some((change, shown)) = moment.change.and_then(|(i, shown)| Some((race.changes.get(i)?, shown as f32))) {
        let [x, y, w] = at.flag;
        c.clipped(x - 10.0, y - 10.0, x + (w + 20.0) * shown, y + 200.0, |c| flag(c, look, &change.name, [x, y, w]));
    }
}

/// Who took the lead: the words on a leaning tag, the name under it.
fn flag(c: &mut Canvas, look: &Look, name: &str, [x, y, w]: [f32; 3]) {
    let t = look.theme;
    let h = 60.0;
    let lean = h * SLANT;
    let (tag, _) = c.fonts.fit_text(look.locale.words().story.takes_lead, TAG, w - 50.0 - lean);
    c.slab(Slab::lean(x, y, tag.width + 44.0 + lean, h), t.plate_top[0]);
    let at = vec2(x + 22.0 + lean / 2.0, y + h / 2.0 + TAG.size * 0.35);
    c.line(at.x, at.y, &tag, t.numeral_top, Align::Left);
    let (name, _) = c.fonts.fit_name(name, NAME, w);
    c.line(x - 2.0, y + h + 84.0, &name, t.hi, Align::Left);
}
