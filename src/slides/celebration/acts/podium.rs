//! Draws a contest that is decided: the podium rises, the last place first, then paper falls (DESIGN 6.5).

use super::{paper, tag};
use crate::scene::{Align, Canvas, Style, Weight};
use crate::slides::celebration::Span;
use crate::slides::celebration::model::CelebrationModel;
use crate::slides::context::Look;
use crate::slides::widgets::podium;

/// The columns begin, and so late after that the winner stands, so that paper falls.
const RISES_S: f64 = 0.5;

pub fn draw(c: &mut Canvas, look: &Look, m: &CelebrationModel, span: Span) {
    let begins = span.start.after(RISES_S);
    paper::draw(c, look, begins.after(podium::settled_s(m.podium.columns.len().min(3)) - 0.3));
    podium::draw(c, look, &m.podium, Some(begins));
    // The winner's column takes the middle: what was won is said under the tag.
    tag(c, look, m, span, "");
    let [x, _] = c.stage().sides();
    let (y, room) = if c.stage().portrait() { (330.0, 900.0) } else { (296.0, 480.0) };
    let style = Style::new(64.0, Weight::Bold);
    let style = c.fonts.shrink_lines(&[&m.headline], style, 44.0, room);
    let (line, _) = c.fonts.fit_text(&m.headline, style, room);
    let shown = span.rise(c, look, 0.7, crate::motion::Curve::Ease(0.24));
    c.group(0.0, 0.0, shown, |c| c.line(x, y, &line, look.theme.hi, Align::Left));
}
