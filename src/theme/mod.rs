//! Lists the design tokens (DESIGN 3 to 5): the only literals for colours, type sizes and springs.

pub(crate) mod accent;
pub mod contrast;
mod faces;
mod palette;
pub mod spring;
pub(crate) mod style;
pub mod vision;

use smallvec::smallvec;

use crate::scene::{Backdrop, Color, Paint, Stage, Stops, vec2};

pub use accent::Accent;

/// The light on top edges, whatever the theme.
pub const WHITE: Color = Color::hex(0xFFFFFF);
/// Shade on accent ground, and the modules of a code.
pub const BLACK: Color = Color::hex(0);

/// The two looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    #[default]
    Dark,
    /// For bright rooms with glare.
    Light,
}

/// Every colour a slide may use.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    pub mode: Mode,
    /// Whether this is the grey form for old data (DESIGN 6.9).
    pub grey: bool,
    /// Whether large slabs leave out the accent's hue: on old data, and when a slide has been on for long (burn-in).
    pub muted: bool,
    /// Backdrop gradient at 0, .55, 1.
    pub bg: [Color; 3],
    /// Glow; alpha is its strength.
    pub glow: Color,
    /// Beams; alpha at their top.
    pub beam: Color,
    /// Hatch; alpha is its strength.
    pub hatch: Color,
    /// Rows from the fourth, left and right.
    pub row: [Color; 2],
    /// Rows two and three, left and right.
    pub row_top: [Color; 2],
    /// Row one, at 0, .55, 1.
    pub row_one: [Color; 3],
    /// A lifted row, at 0, .5, 1.
    pub lift: [Color; 3],
    /// Rank plate, top and bottom.
    pub plate: [Color; 2],
    /// Rank plate of rows two and three.
    pub plate_top: [Color; 2],
    /// Rank plate of row one.
    pub plate_one: [Color; 2],
    /// Numerals on these plates.
    pub numeral: Color,
    /// Numerals on the plates of rows two and three.
    pub numeral_top: Color,
    /// Numeral on the plate of row one.
    pub numeral_one: Color,
    /// Rise and live marks on the plates of rows two and three.
    pub up_on_plate: Color,
    /// Text on row one.
    pub on_one: Color,
    /// Hero panel at 0, .55, 1.
    pub hero: [Color; 3],
    /// Light in the hero panel's corner; alpha is its strength.
    pub hero_shine: Color,
    /// Base of the hero panel.
    pub hero_base: Color,
    /// What the bottom of a photo fades to.
    pub scrim: Color,
    /// Light stripes over panels; alpha at their top.
    pub stripe: Color,
    /// Cells from far below to far above what is expected, each top and bottom (DESIGN 6.7).
    pub steps: [[Color; 2]; 5],
    /// Slots of a map that say nothing; alpha included.
    pub slot: Color,
    /// Panels of charts, top and bottom (DESIGN 6.8).
    pub chart: [Color; 2],
    /// Axes and bands of charts; they are drawn with little of it.
    pub axis: Color,
    /// A line that is neither ahead nor behind.
    pub line_even: Color,
    /// Message slabs, top left and bottom right.
    pub big: [Color; 2],
    /// Columns of a podium's second and third place, top and bottom of each.
    pub column: [[Color; 2]; 2],
    /// The dark bottom of these columns, top and bottom.
    pub column_base: [Color; 2],
    /// Ground behind a large photo, along its diagonal at 0, .55, 1.
    pub photo: [Color; 3],
    /// Light behind the face: in its middle and halfway out; alpha is its strength.
    pub photo_light: [Color; 2],
    /// Scrim between a photo and the header; alpha at the top.
    pub photo_scrim: Color,
    /// Cards, left and right.
    pub card: [Color; 2],
    /// Digit cells, top, seam and bottom.
    pub cell: [Color; 3],
    /// Cells of a countdown: upper flap from its top, lower flap to its bottom.
    pub flap: [Color; 4],
    /// First text.
    pub hi: Color,
    /// Second text.
    pub mid: Color,
    /// Shapes and large labels.
    pub low: Color,
    /// Rise.
    pub up: Color,
    /// Fall.
    pub down: Color,
    /// The same as the fill of large bars: on light ground brighter than its words.
    pub down_bar: Color,
    /// Warning, for text and thin marks.
    pub warn: Color,
    /// Warning plate at 0, .5, 1.
    pub warn_plate: [Color; 3],
    /// Text on the warning plate.
    pub on_warn: Color,
    /// Bars.
    pub bar: Color,
    /// Segments of a team's bar, top and bottom.
    pub segment: [Color; 2],
    /// The same of a team that is behind.
    pub segment_down: [Color; 2],
    /// A winner's way through a tree, and where a way ends.
    pub way: Color,
    /// As above.
    pub stub: Color,
    /// History bars; alpha included.
    pub history: Color,
    /// Groove of bars.
    pub track: Color,
    /// Groove of the footer's bar.
    pub track_footer: Color,
    /// Stroke and keyline of marks.
    pub marker: [Color; 2],
    /// Highlight on top edges: alpha for rows, for lifted and first rows.
    pub toplight: [Color; 2],
    /// Colour of the shadows; alpha for rows, panels.
    pub shadow: [f64; 2],
    /// The line four units below each row that stands for a shadow on light ground.
    pub row_edge: Option<Color>,
    /// Accent for words, numbers and thin marks.
    pub accent_text: Color,
    /// Accent bars, top to bottom at 0, .5, 1.
    pub accent_bar: [Color; 3],
    /// Accent as one colour for shapes.
    pub accent: Color,
    /// The rim that keeps an accent plate apart from the backdrop, where it needs one.
    pub rim: Option<Color>,
    /// The pill under change chips, where brand and chip could be confused.
    pub pill: Option<Color>,
}

impl Theme {
    /// The colours of a large surface, along its gradient.
    pub fn surface_stops(&self) -> Stops {
        smallvec![(0.0, self.big[0]), (1.0, self.big[1])]
    }

    /// A team's colour for marks on plates: as it is, or the tint of it that is seen there.
    pub fn of_team(&self, rgb: [u8; 3]) -> Color {
        if self.grey {
            return self.bar;
        }
        let accent = accent::derive(&accent::AccentInput {
            brand: Color::rgb(rgb),
            surface3: self.row_top[0],
            backdrop: self.bg[1],
            text_pole_is_light: self.mode == Mode::Dark,
            up: self.up,
            down: self.down,
        });
        let seen = [self.row[0], self.row[1], self.row_top[0]]
            .iter()
            .all(|ground| contrast::ratio(accent.fill, *ground) >= 2.0);
        if seen { accent.fill } else { accent.text }
    }

    /// The accent plate left to right (row one).
    pub fn row_one_paint(&self) -> Paint {
        Paint::Across(smallvec![(0.0, self.row_one[0]), (0.55, self.row_one[1]), (1.0, self.row_one[2])])
    }

    /// Accent bars top to bottom.
    pub fn accent_paint(&self) -> Paint {
        let [a, b, c] = self.accent_bar;
        Paint::Down(smallvec![(0.0, a), (0.5, b), (1.0, c)])
    }

    /// A lifted row left to right.
    pub fn lift_paint(&self) -> Paint {
        let [a, b, c] = self.lift;
        Paint::Across(smallvec![(0.0, a), (0.5, b), (1.0, c)])
    }

    /// The warning plate top to bottom.
    pub fn warn_paint(&self) -> Paint {
        let [a, b, c] = self.warn_plate;
        Paint::Down(smallvec![(0.0, a), (0.5, b), (1.0, c)])
    }

    /// The backdrop on a stage.
    pub fn backdrop(&self, stage: &Stage, dither: bool) -> Backdrop {
        let s = stage.scale;
        let px = |x: f32, y: f32| stage.origin + vec2(x, y) * s;
        // Feet of the beams on the stage's top line (the mock-ups' own places).
        let beams: &[[f32; 2]] = if stage.portrait() {
            &[[1028.2, 1218.2], [1238.2, 1288.2], [368.2, 478.2], [78.2, 278.2], [1388.2, 1508.2]]
        } else {
            &[[1209.6, 1399.6], [1459.6, 1519.6], [1789.6, 2069.6], [379.6, 499.6], [169.6, 239.6]]
        };
        let glow = if stage.portrait() { px(300.0, 520.0) } else { px(300.0, 560.0) };
        let top = |x: f32| px(x, 0.0).x + stage.origin.y * crate::scene::SLANT;
        Backdrop {
            gradient: self.bg,
            glow: self.glow,
            glow_at: [glow.x, glow.y, 1150.0 * s],
            beam: self.beam,
            beams: beams.iter().map(|b| b.map(top)).collect(),
            hatch: self.hatch,
            scale: s,
            dither,
        }
    }
}
