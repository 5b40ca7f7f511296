//! Lays out the rows of a team ranking, and what lies on a row (DESIGN 6.2).

use super::super::plate::Size;
use crate::scene::SLANT;
use crate::slides::context::Screen;
use crate::slides::widgets::bar::Scale;

/// Free between two plates.
const GAP: f32 = 14.0;
/// Height of a plate in the mock-up of four rows.
const FOUR: f32 = 187.0;

/// A text's size, and the middle of its capitals below the middle of the plate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct At {
    pub size: f32,
    /// Middle of the capitals, from the plate's middle.
    pub dy: f32,
}

impl At {
    /// The baseline, from the plate's middle.
    pub fn baseline(&self) -> f32 {
        self.dy + self.size * 0.35
    }
}

/// Rows, and what lies on each, in units; heights count from a plate's middle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rows {
    /// Left end of the bottom line, and right end of the plates.
    pub x: [f32; 2],
    /// Top of the first plate.
    pub top: f32,
    /// From row to row.
    pub pitch: f32,
    /// Height of a plate.
    pub plate: f32,
    /// Width of the rank plate with its lean.
    pub rank_w: f32,
    /// Size of the numeral.
    pub numeral: f32,
    /// Left end of the name and the widest it may be.
    pub name_x: [f32; 2],
    pub name: At,
    /// Share of the goal, or the sum.
    pub under: At,
    /// Left end of it, and how far the line may reach.
    pub under_x: [f32; 2],
    /// "OF 80"
    pub of: At,
    /// Left end of the bar's bottom; its width without the lean; its height; its middle.
    pub bar: [f32; 4],
    /// Half the height of the markers.
    pub half: f32,
    /// Members under the bar.
    pub members: At,
    /// Right end of the second figure.
    pub head_x: f32,
    pub head: At,
    /// What it is.
    pub head_label: At,
    /// Right end of the measure of the order.
    pub value_x: f32,
    /// The most room it has.
    pub value_w: f32,
    /// The measure of the order.
    pub value: At,
    /// Baseline of the line under the rows that says how many more there are.
    pub more_y: Option<f32>,
}

/// The rows of `n` teams.
pub fn rows(screen: &Screen, n: usize, more: bool) -> Rows {
    if screen.stage.portrait() { tall(n, more) } else { wide(n, more) }
}

/// From row to row, height of a plate, and where the line under them stands.
fn share(top: f32, bottom: f32, n: usize, tallest: f32, more: bool) -> (f32, f32, Option<f32>) {
    let body = bottom - top - if more { 54.0 } else { 0.0 };
    let pitch = ((body + GAP) / n.max(1) as f32).min(tallest + GAP);
    (pitch, pitch - GAP, more.then_some(bottom - 6.0))
}

fn at(size: f32, dy: f32) -> At {
    At { size, dy }
}

fn wide(n: usize, more: bool) -> Rows {
    // DESIGN caps the pitch at 201, the one of four rows; three rows would leave a quarter of the body empty.
    let (pitch, plate, more_y) = share(160.0, 952.0, n, 254.0, more);
    let k = (plate / FOUR).min(1.2);
    let small = plate < 160.0;
    // Sizes at two, three, four, and five or six rows.
    let size = |four: f32, tall: f32, small_size: f32| match (small, plate > 200.0) {
        (true, _) => small_size,
        (_, true) => tall,
        _ => four,
    };
    let bar_h = size(64.0, 76.0, 44.0);
    let rank_w = 138.2 + plate * SLANT;
    Rows {
        x: [96.0, 1824.0],
        top: 160.0,
        pitch,
        plate,
        rank_w,
        numeral: size(124.0, 148.0, 100.0).min(plate * 0.8),
        name_x: [300.0 + (plate - FOUR).max(0.0) * SLANT, 312.0],
        name: at(size(92.0, 100.0, 76.0), -32.0 * k),
        under: at(size(52.0, 54.0, 44.0), 52.0 * k),
        under_x: [380.0, 636.0],
        of: at(size(46.0, 46.0, 44.0), 52.0 * k),
        bar: [648.0, 648.0, bar_h, -28.0 * k],
        half: bar_h / 2.0 + size(15.0, 15.0, 10.0),
        members: at(size(44.0, 44.0, 36.0), 50.0 * k),
        head_x: 1492.0,
        head: at(size(64.0, 66.0, 54.0), -30.0 * k),
        head_label: at(size(42.0, 42.0, 38.0), 50.0 * k),
        value_x: 1794.0,
        value_w: 276.0,
        value: at(size(118.0, 124.0, 100.0), 0.0),
        more_y,
    }
}

fn tall(n: usize, more: bool) -> Rows {
    let (pitch, plate, more_y) = share(246.0, 1694.0, n, 400.0, more);
    let small = plate < 280.0;
    let k = plate / 346.0;
    let size = |tall: f32, small_size: f32| if small { small_size } else { tall };
    let rank_w = 128.0 + plate * SLANT;
    let x = 54.0 + rank_w + 22.0;
    let bar_h = size(64.0, 44.0);
    Rows {
        x: [54.0, 1026.0],
        top: 246.0,
        pitch,
        plate,
        rank_w,
        numeral: 124.0,
        name_x: [x, 690.0 - x],
        name: at(size(92.0, 76.0), -112.0 * k),
        under: at(size(52.0, 46.0), -30.0 * k),
        under_x: [x + 80.0, 690.0],
        of: at(size(46.0, 44.0), -30.0 * k),
        bar: [x, 1002.0 - 46.0 - x, bar_h, size(58.0, 54.0) * k],
        half: bar_h / 2.0 + size(15.0, 9.0),
        members: at(size(44.0, 38.0), size(134.0, 132.0) * k),
        head_x: 1002.0,
        head: at(size(52.0, 46.0), -30.0 * k),
        head_label: at(size(42.0, 38.0), -30.0 * k),
        value_x: 1002.0,
        value_w: 290.0,
        value: at(size(118.0, 92.0), -112.0 * k),
        more_y,
    }
}

impl Rows {
    pub fn size(&self) -> Size {
        Size { x: self.x, h: self.plate, rank_w: self.rank_w, numeral: self.numeral }
    }

    /// What lies between these rows and the next at `at`: plates move, what stands on them is the next one's.
    pub fn toward(&self, next: &Rows, at: f64) -> Rows {
        let mix = |a: f32, b: f32| (f64::from(a) + f64::from(b - a) * at) as f32;
        let (pitch, plate) = (mix(self.pitch, next.pitch), mix(self.plate, next.plate));
        Rows { pitch, plate, rank_w: mix(self.rank_w, next.rank_w), ..*next }
    }

    /// Top of the plate in slot `slot` (0 is the first; fractions lie between).
    pub fn slot_y(&self, slot: f64) -> f64 {
        f64::from(self.top) + slot * f64::from(self.pitch)
    }

    /// The bar of a row whose plate begins at 0; the value `full` stands at its right end.
    pub fn scale(&self, full: f64) -> Scale {
        let [x, w, h, dy] = self.bar;
        Scale { x, y: self.plate / 2.0 + dy - h / 2.0, w: w + h * SLANT, h, full }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Stage;

    fn screen(size: [u32; 2]) -> Screen {
        Screen {
            stage: Stage::new(size, 0.0, Default::default()),
            inches: 65.0,
            viewing_m: 5.0,
            reduced_motion: false,
            keep_case: false,
            dither: false,
        }
    }

    #[test]
    fn four_rows_lie_where_the_mock_up_has_them() {
        let r = rows(&screen([1920, 1080]), 4, false);
        assert!((r.plate - 187.0).abs() < 3.0 && (r.pitch - 201.0).abs() < 3.0, "{r:?}");
        let s = r.scale(1.05);
        assert!(
            (s.reach(1.0) - 617.1).abs() < 0.2 && (s.at(1.0) - 1272.0).abs() < 0.5,
            "{} {}",
            s.reach(1.0),
            s.at(1.0)
        );
    }

    #[test]
    fn any_number_of_rows_stays_inside_the_body_and_each_line_inside_its_plate() {
        for (size, bottom) in [([1920, 1080], 955.0), ([1080, 1920], 1694.5)] {
            for (n, more) in (1..=6).flat_map(|n| [(n, false), (n, true)]) {
                let r = rows(&screen(size), n, more);
                assert!(r.slot_y((n - 1) as f64) as f32 + r.plate <= bottom, "{n} {more}");
                for t in [r.name, r.under, r.of, r.members, r.head, r.head_label, r.value] {
                    assert!(t.dy.abs() + t.size * 0.35 < r.plate / 2.0 - 3.0, "{n} {more}: {t:?} of {}", r.plate);
                    assert!(t.size >= 36.0);
                }
                // The members stand clear of the markers over them.
                let (marks, text) = (r.bar[3] + r.half, r.members.dy - r.members.size * 0.35);
                assert!(marks < text && r.bar[3] - r.half - 5.0 > -r.plate / 2.0, "{n} {more}: {marks} {text}");
            }
        }
    }
}
