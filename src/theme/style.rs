//! Lists the type styles (DESIGN 3).

use crate::scene::{Style, Weight};

pub const TITLE: Style = Style::new(88.0, Weight::Heavy).tracked(0.005);
pub const CLOCK: Style = Style::new(76.0, Weight::Semi);
/// Header second lines, strong.
pub const CAPTION_BOLD: Style = Style::new(36.0, Weight::Bold).tracked(0.03);
/// Header second lines.
pub const CAPTION: Style = Style::new(36.0, Weight::Semi).tracked(0.03);
/// Figures of a row.
pub const ROW_VALUE: Style = Style::new(58.0, Weight::Bold);
pub const ROW_NAME: Style = Style::new(54.0, Weight::Semi);
/// Name of the first three.
pub const ROW_NAME_TOP: Style = Style::new(54.0, Weight::Bold);
pub const ROW_CHANGE: Style = Style::new(46.0, Weight::Bold);
/// Kicker of a panel.
pub const KICKER: Style = Style::new(58.0, Weight::Heavy).tracked(0.03);
/// Side facts.
pub const LABEL: Style = Style::new(44.0, Weight::Semi).tracked(0.03);
pub const HERO_NAME: Style = Style::new(150.0, Weight::Bold);
pub const HERO_VALUE: Style = Style::new(164.0, Weight::Bold);
/// Unit beside it.
pub const HERO_UNIT: Style = Style::new(56.0, Weight::Semi).tracked(0.03);
pub const FOOTER: Style = Style::new(46.0, Weight::Semi).tracked(0.03);
pub const FOOTER_VALUE: Style = Style::new(60.0, Weight::Bold);
pub const FOOTER_VERDICT: Style = Style::new(48.0, Weight::Bold);
