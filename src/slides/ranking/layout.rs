//! Lays out the rows of a tower: the row solver and the columns (DESIGN 2 and 6.1).

use crate::scene::SLANT;
use crate::scene::text::is_cjk;
use crate::slides::context::Screen;

/// Capitals of 16 arc minutes (ISO 9241-303): the font size in millimetres per metre of distance, Barlow's capitals being
/// 0.70 em high.
const LATIN_MM_PER_M: f32 = 1000.0 * 16.0 / 3438.0 / 0.70;
/// Kanji of 25 arc minutes (JIS Z 8513), Plex JP's ink being 0.93 em high.
const KANJI_MM_PER_M: f32 = 1000.0 * 25.0 / 3438.0 / 0.93;

/// Rows are never further apart, in units: with one or two the rest of the body stays free.
const TALLEST: f32 = 268.0;
/// Gaps are never set smaller (DESIGN 2, floor of secondary figures).
const MIN_GAP_SIZE: f32 = 44.0;
/// A shorter bar says nothing.
const SHORTEST_BAR: f32 = 150.0;
/// Names are given so much room before the gaps are.
const SHORTEST_NAME: f32 = 320.0;
/// The code of a team stands on plates of this height, and takes so much room.
const CODED: f32 = 64.0;
const CODE: f32 = 68.0;
/// Size of a name where the type is the design's.
const NAME: f32 = 54.0;
/// Between the values and the longest gap.
const BEFORE_GAP: f32 = 24.0;
/// Size of the gap on high rows.
pub const TALL_GAP: f32 = 50.0;
/// From this height on a plate carries two lines.
const TALL: f32 = 170.0;

/// Rows, their sizes and their columns, in units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Layout {
    /// Left end of the bottom line, and right end of the plates.
    pub x: [f32; 2],
    /// Top of the first plate.
    pub top: f32,
    /// Foot of the body: nothing of a row is seen below it.
    pub bottom: f32,
    /// Height of a plate.
    pub plate: f32,
    /// From row to row.
    pub pitch: f32,
    /// Sizes of type and signs against the design's 54.
    pub f: f32,
    /// Width of the rank plate with its lean.
    pub rank_w: f32,
    /// Middle of the change sign; none where names need its place.
    pub chip_x: Option<f32>,
    /// Left end of the name.
    pub name_x: f32,
    /// Room for the name.
    pub name_w: f32,
    /// Left end of the bottom line, and right top of the bar; none on portrait screens.
    pub bar: Option<[f32; 2]>,
    /// Right end of the value.
    pub value_x: f32,
    /// Right end of the gap; none where there is no room for it.
    pub gap_x: Option<f32>,
    /// Size of the gap's figures.
    pub gap_size: f32,
    /// Width of the longest gap on high rows, which carry it beside the bar.
    pub gap_w: f32,
    /// Baseline of the line under the rows that says how many more there are.
    pub more_y: Option<f32>,
    /// Whether names are those of people.
    pub people: bool,
    /// Room for the code of a team before the name; 0 where there is none.
    pub code_w: f32,
}

/// The font size of a row and how many rows fit a screen (DESIGN 2, row solver): never a smaller font, but fewer rows.
pub fn solve(screen: &Screen, any_cjk: bool) -> (f32, usize) {
    // Width of a 16:9 panel from its diagonal; the picture has 1920 units across its longer side.
    let mm_per_u = screen.inches * 25.4 * 0.871_576 / 1920.0;
    let floor = |mm_per_m: f32| (mm_per_m * screen.viewing_m / mm_per_u).round();
    let mut font = 54.0f32.max(floor(LATIN_MM_PER_M));
    if any_cjk {
        font = font.max(floor(KANJI_MM_PER_M));
    }
    let (body, most) = if screen.stage.portrait() { (930.0, 16) } else { (800.0, 12) };
    ((font).min(120.0), ((body / (1.23 * font)).floor() as usize).clamp(6, most))
}

/// The layout for `n` rows of a font size, of which `capacity` would fit. Few rows become taller, not padded. With
/// `more`, the place of one row is left for a line under them; `alone`: there is no panel beside them.
pub fn layout(screen: &Screen, font: f32, capacity: usize, n: usize, more: bool, alone: bool) -> Layout {
    let portrait = screen.stage.portrait();
    let (x, top, bottom) = match (portrait, alone) {
        (true, _) => ([54.0, 1026.0], 762.0, 1692.0),
        (false, false) => ([640.0, 1824.0], 160.0, 954.6),
        (false, true) => ([96.0, 1824.0], 160.0, 954.6),
    };
    let full_f = font / 54.0;
    let full_plate = (1.15 * font).round().min((bottom - top) / capacity as f32 - 3.0);
    let full_pitch = (bottom - top - full_plate) / (capacity.max(2) - 1) as f32;
    let (more_y, bottom, capacity) = if more {
        (Some(bottom - full_pitch / 2.0 + 18.0), bottom - full_pitch, capacity - 1)
    } else {
        (None, bottom, capacity)
    };
    let body = bottom - top;
    // With few rows the body is shared out; type grows with them as long as the bar keeps its column.
    let share = if n == 0 { 1.0 } else { (capacity as f32 / n as f32).max(1.0) };
    let grown = 1.0 + (share.min(2.0) - 1.0) * 0.42;
    let f = (full_f * grown).min(full_f.max(if portrait { 1.15 } else { 1.32 }));
    let (plate, pitch) = if n >= capacity {
        (full_plate, full_pitch)
    } else {
        let gap = (full_pitch - full_plate) * share.min(3.0);
        let pitch = ((body + gap) / n.max(1) as f32).min(TALLEST);
        (pitch - gap, pitch)
    };
    let extra = f - 1.0;
    let rank_w = 98.0 + 65.0 * extra + (plate - 62.0 * f).max(0.0) * SLANT;
    let chip_x = x[0] + rank_w + 28.0;
    let name_x = chip_x + 60.0 + 88.0 * extra;
    // The bar column goes first, then the gap column; nothing gets smaller (DESIGN 1).
    let bar = [1288.0 + 227.0 * extra, 1494.0 - 130.0 * extra];
    let bar = (!portrait && bar[1] - bar[0] > SHORTEST_BAR).then_some(bar);
    let value_w = 150.0 * f;
    let (mut value_x, mut gap_x) = if portrait { (850.0, Some(1002.0)) } else { (1644.0, Some(1800.0)) };
    if f > 1.0 && !alone && value_x - value_w - name_x < 380.0 * if portrait { 1.0 } else { f.min(1.2) } {
        (value_x, gap_x) = (x[1] - 24.0, None);
    }
    let name_end = bar.map_or(value_x - value_w, |b| b[0]) - 20.0;
    let name_w = name_end - name_x;
    Layout {
        x,
        top,
        bottom,
        plate,
        pitch,
        f,
        rank_w,
        chip_x: Some(chip_x),
        name_x,
        name_w,
        bar,
        value_x,
        gap_x,
        gap_size: 46.0 * f,
        gap_w: 0.0,
        more_y,
        people: true,
        code_w: 0.0,
    }
}

/// Names of a list: all in full, or all with the given name as its initial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameForm {
    Full,
    Initials,
}

/// The columns of a list in which no name loses a letter: first the bar gives way, then given names become initials, all
/// of them; then the change of place, the gap, and at last the panel beside the rows go (DESIGN 2). `alone` is the layout
/// without the panel. Whether the panel has gone.
pub fn columns<'a>(
    base: Layout,
    alone: Layout,
    names: impl Iterator<Item = &'a str> + Clone,
    figures: impl Iterator<Item = (&'a str, &'a str)> + Clone,
    people: bool,
    codes: bool,
) -> (Layout, NameForm, bool) {
    // Codes stand where rows are high enough to read them.
    let coded_rows = codes && base.plate >= CODED;
    let plain = |l: Layout| Layout { bar: None, ..l };
    let no_chip = |l: Layout| Layout { chip_x: None, name_x: l.x[0] + l.rank_w + 24.0, ..plain(l) };
    let no_gap = |l: Layout| Layout { gap_x: None, value_x: l.x[1] - 24.0, ..no_chip(l) };
    if base.tall() {
        return (base.fitting(figures), NameForm::Full, false);
    }
    let size = NAME * base.f;
    let full = names.clone().map(em).fold(0.0, f32::max) * size;
    let short = names.map(|name| if people { em_short(name) } else { em(name) }).fold(0.0, f32::max) * size;
    let (all, initials) = (NameForm::Full, if people { NameForm::Initials } else { NameForm::Full });
    let coded = |l: Layout| Layout { code_w: CODE * l.f, name_x: l.name_x + CODE * l.f, ..l };
    let tries = [
        (if coded_rows { coded(base) } else { base }, all, full, false),
        (if coded_rows { coded(plain(base)) } else { base }, all, full, false),
        (base, all, full, false),
        (plain(base), all, full, false),
        (base, initials, short, false),
        (plain(base), initials, short, false),
        (no_chip(base), initials, short, false),
        (no_gap(base), initials, short, false),
        (alone, initials, short, true),
        (no_chip(alone), initials, short, true),
    ];
    let found = tries.into_iter().find_map(|(l, form, needs, gone)| {
        let l = l.fitting(figures.clone()).for_names(needs)?;
        Some((l, form, gone))
    });
    found.unwrap_or_else(|| (no_gap(if base.x == alone.x { base } else { alone }).fitting(figures), initials, true))
}

/// How wide a name is, in em, and with its given name as an initial.
fn em(text: &str) -> f32 {
    let of = |c: char| match c {
        ' ' | '.' | '-' | '’' | 'I' => 0.25,
        'M' | 'W' => 0.6,
        c if is_cjk(c) => 0.97,
        _ => 0.46,
    };
    text.chars().map(of).sum()
}

fn em_short(name: &str) -> f32 {
    match name.split_once(' ') {
        Some((given, family)) if given.chars().all(|c| c.is_alphabetic() && !is_cjk(c)) => 0.75 + em(family),
        _ => em(name),
    }
}

impl Layout {
    /// With room for a name of this width, for which a bar becomes shorter; none where there is none.
    fn for_names(self, needs: f32) -> Option<Layout> {
        if needs <= self.name_w {
            return Some(self);
        }
        let [_, to] = self.bar?;
        let from = self.name_x + needs + 20.0;
        (to - from >= SHORTEST_BAR).then_some(Layout { bar: Some([from, to]), name_w: needs, ..self })
    }

    /// Top of the plate in slot `slot` (0 is the first; fractions lie between).
    pub fn slot_y(&self, slot: f64) -> f64 {
        f64::from(self.top) + slot * f64::from(self.pitch)
    }

    /// Fitted to its figures: gaps small enough for the longest to stand clear of the values, all in one size, and the
    /// values further left where that is not enough; bars end before the longest value, or go where it leaves them too
    /// little; where names end at the values, they get what the longest value leaves. When that is too little the gaps go.
    pub fn fitting<'a>(self, figures: impl Iterator<Item = (&'a str, &'a str)>) -> Layout {
        let of = |c: char| match c {
            ',' | '.' | '’' | '\u{A0}' | '\u{202F}' | ' ' => 0.25,
            c if is_cjk(c) => 1.0,
            _ => 0.5,
        };
        let em = |text: &str| text.chars().map(of).sum::<f32>();
        let (value, gap) = figures.fold((1.0f32, 1.0f32), |(v, g), (value, gap)| (v.max(em(value)), g.max(em(gap))));
        let value_w = value * 58.0 * self.f;
        let value_x = match self.gap_x {
            Some(x) => self.value_x.min(x - BEFORE_GAP - gap * MIN_GAP_SIZE),
            None => self.value_x,
        };
        let room = self.gap_x.map_or(f32::MAX, |x| x - value_x - BEFORE_GAP);
        let gap_size = (room / gap).clamp(MIN_GAP_SIZE, self.gap_size.max(MIN_GAP_SIZE));
        let bar = self.bar.map(|[from, to]| [from, to.min(value_x - value_w - 18.0)]);
        let bar = bar.filter(|[from, to]| to - from > SHORTEST_BAR);
        let names = |value_x: f32| value_x - value_w - 22.0 - self.name_x;
        let fitted = Layout { gap_size, gap_w: gap * TALL_GAP, value_x, bar, ..self };
        match bar {
            Some(_) => fitted,
            None if self.gap_x.is_some() && names(value_x) < SHORTEST_NAME => {
                let value_x = self.x[1] - 24.0;
                Layout { value_x, gap_x: None, name_w: names(value_x), ..fitted }
            }
            None => Layout { name_w: names(value_x), ..fitted },
        }
    }

    /// Whether rows are so high that they carry two lines (DESIGN 6.10: fewer people, taller rows).
    pub fn tall(&self) -> bool {
        self.plate >= TALL
    }

    /// What lies between this layout and the next at `at`: plates and places move, type and columns are the next one's.
    pub fn toward(&self, next: &Layout, at: f64) -> Layout {
        let mix = |a: f32, b: f32| (f64::from(a) + f64::from(b - a) * at) as f32;
        Layout {
            plate: mix(self.plate, next.plate),
            pitch: mix(self.pitch, next.pitch),
            bottom: mix(self.bottom, next.bottom),
            rank_w: mix(self.rank_w, next.rank_w),
            ..*next
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Stage;

    fn screen(inches: f32, size: [u32; 2]) -> Screen {
        Screen {
            stage: Stage::new(size, 0.0, Default::default()),
            inches,
            viewing_m: 5.0,
            reduced_motion: false,
            keep_case: false,
            dither: false,
        }
    }

    /// The table of DESIGN 2 at 5 m: 65″ → 12 rows; 55″ → 12, with kanji 10; 43″ → 9, with kanji 8.
    #[test]
    fn rows_by_screen_as_the_guide_has_them() {
        for (inches, cjk, rows) in [
            (65.0, false, 12),
            (65.0, true, 12),
            (55.0, false, 12),
            (55.0, true, 10),
            (43.0, false, 9),
            (43.0, true, 8),
        ] {
            assert_eq!(solve(&screen(inches, [1920, 1080]), cjk).1, rows, "{inches} {cjk}");
        }
        assert_eq!(solve(&screen(65.0, [1080, 1920]), true).1, 14);
    }

    #[test]
    fn twelve_rows_lie_where_the_mock_up_has_them() {
        let s = screen(65.0, [1920, 1080]);
        let l = layout(&s, 54.0, 12, 12, false, false);
        assert_eq!((l.plate, l.f, l.rank_w, l.chip_x, l.name_x), (62.0, 1.0, 98.0, Some(766.0), 826.0));
        assert!((l.pitch - 66.6).abs() < 0.01 && (l.name_w - 440.0).abs() < 3.0);
    }

    #[test]
    fn long_figures_take_the_bar_then_the_gap() {
        let fit = |size, figures: [(&str, &str); 2]| {
            layout(&screen(65.0, size), 54.0, 12, 12, false, false).fitting(figures.into_iter())
        };
        let wide = |size| {
            [fit(size, [("18.42", "GAP"), ("17.96", "+0.46")]), fit(size, [("12,400", "GAP"), ("12.40", "+11,420")])]
        };
        let [common, long] = wide([1920, 1080]);
        assert_eq!((common.value_x, common.gap_x, common.gap_size), (1644.0, Some(1800.0), 46.0));
        assert!(long.value_x < 1644.0 && long.gap_x.is_some() && long.bar.is_some(), "{long:?}");
        assert!(
            long.value_x + 24.0 <= 1800.0 - 3.25 * long.gap_size + 0.1,
            "the gap stands clear of the value: {long:?}"
        );
        let longer = fit([1920, 1080], [("1,000,000", "GAP"), ("−0.000012", "+999,999.000001")]);
        assert!(longer.bar.is_none() && longer.gap_x.is_some(), "{longer:?}");
        let longest = fit([1080, 1920], [("1,000,000", "GAP"), ("−0.000012", "+999,999.000001")]);
        assert!(longest.gap_x.is_none() && longest.value_x == 1002.0 && longest.name_w > 450.0, "{longest:?}");
    }

    #[test]
    fn ornaments_go_before_letters_and_all_names_have_one_form() {
        let with = |inches: f32, name: &'static str, people: bool| {
            let screen = screen(inches, [1920, 1080]);
            let (font, room) = solve(&screen, false);
            let [base, alone] = [false, true].map(|alone| layout(&screen, font, room, room, false, alone));
            let figures = [("18.42", "GAP"), ("17.96", "+0.46")];
            columns(base, alone, ["ANA SOUSA", name].into_iter(), figures.into_iter(), people, false)
        };
        let (l, form, gone) = with(65.0, "INÊS CARVALHAL", true);
        assert!(l.bar.is_some() && l.chip_x.is_some() && form == NameForm::Full && !gone);
        let (l, form, _) = with(65.0, "KWAME ANDREAS OFORI-MENSAH", true);
        assert!(l.bar.is_none() && l.gap_x.is_some() && form == NameForm::Full, "{l:?}");
        let (l, form, gone) = with(65.0, "MAXIMILIANA VON HOHENZOLLERN-SIGMARINGEN", true);
        assert!(l.bar.is_none() && form == NameForm::Initials && !gone, "{l:?}");
        let (l, form, gone) = with(43.0, "PROVENCE-ALPES-CÔTE D’AZUR", false);
        assert!(l.name_w > 0.0 && form == NameForm::Full && !gone, "a team keeps its name: {l:?}");
    }

    #[test]
    fn any_number_of_rows_stays_inside_the_body() {
        for size in [[1920, 1080], [1080, 1920]] {
            for (font, capacity) in [(54.0, 12), (64.0, 10), (81.0, 8), (107.0, 6)] {
                for (n, more) in (1..=capacity).flat_map(|n| [(n, false), (n - 1, true)]).filter(|(n, _)| *n > 0) {
                    let l = layout(&screen(55.0, size), font, capacity, n, more, false);
                    let end = l.slot_y((n - 1) as f64) + f64::from(l.plate);
                    assert!(end <= f64::from(l.bottom) + 0.1, "{n} of {capacity}: {end}");
                    assert!(l.plate >= 1.1 * 54.0 * l.f * 0.9 && l.name_w > 180.0, "{l:?}");
                }
            }
        }
    }
}
