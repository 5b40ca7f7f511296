//! Texts on several lines: broken where a line may end, shared out evenly, in the size in which they fit (DESIGN 6.15,
//! 6.18).

mod breaks;

use crate::scene::{Fonts, Style};

/// A text is set in more lines only where that makes it larger by so much.
const WORTH_A_LINE: f32 = 1.2;
/// Height of what is seen of a line, in em: capitals, or kanji with their low strokes.
const INK_EM: f32 = 0.75;

/// The room that a text has, in units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Room {
    /// Width of a line.
    pub w: f32,
    /// Height of all lines, from the head of the first capitals to the last baseline.
    pub h: f32,
    pub lines: usize,
    /// Smallest and largest size.
    pub sizes: [f32; 2],
    /// From baseline to baseline, in em.
    pub pitch: f32,
}

/// A text as it fits: one size, one or more lines.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fitted {
    pub size: f32,
    pub lines: Vec<String>,
    /// Whether letters had to be dropped.
    pub cut: bool,
}

/// The text in the largest size that fits its room, in as few lines as that takes, shared out evenly. What does not fit
/// in the smallest size ends in an ellipsis.
pub fn fit(fonts: &mut Fonts, text: &str, style: Style, room: Room) -> Fitted {
    let text = text.trim();
    whole(fonts, text, style, room).unwrap_or_else(|| cut(fonts, text, style.sized(room.sizes[0]), room))
}

/// The same, if no letter has to be dropped.
pub fn whole(fonts: &mut Fonts, text: &str, style: Style, room: Room) -> Option<Fitted> {
    let text = text.trim();
    let [least, most] = room.sizes;
    if text.is_empty() {
        return Some(Fitted { size: most, ..Fitted::default() });
    }
    let pieces = pieces(fonts, text, style.sized(100.0), false);
    let mut best: Option<Fitted> = None;
    for n in 1..=room.lines.min(pieces.len()) {
        let lines = share_out(text, &pieces, n);
        let widest = lines.iter().map(|line| fonts.width(line, style.sized(100.0))).fold(1.0, f32::max);
        let tall = room.h / (INK_EM + room.pitch * (n - 1) as f32);
        let size = (room.w / widest * 100.0 * 0.999).min(tall).min(most).floor();
        let worth = best.as_ref().map_or(0.0, |b: &Fitted| if b.size < least { b.size } else { b.size * WORTH_A_LINE });
        if size > worth {
            best = Some(Fitted { size, lines, cut: false });
        }
    }
    best.filter(|best| best.size >= least)
}

/// The largest setting of `text` in `width` units whatever its height: `counts` are the numbers of lines that may be taken,
/// each with its largest size; of equal sizes the first wins. Never smaller than `least`; where not even that helps, the
/// lines are wider than the room.
pub fn headline(
    fonts: &mut Fonts,
    text: &str,
    style: Style,
    width: f32,
    counts: &[(usize, f32)],
    least: f32,
) -> Fitted {
    let phrases = largest(fonts, text, style, width, counts, false).filter(|found| found.size >= least);
    // Between words there is no way: kanji and kana may be broken anywhere but at their marks.
    let found = phrases.or_else(|| largest(fonts, text, style, width, counts, true));
    match found {
        Some(found) if found.size >= least => found,
        Some(found) => Fitted { size: least, cut: true, ..found },
        None => Fitted { size: least, lines: vec![text.to_owned()], cut: true },
    }
}

fn largest(
    fonts: &mut Fonts,
    text: &str,
    style: Style,
    width: f32,
    counts: &[(usize, f32)],
    anywhere: bool,
) -> Option<Fitted> {
    let pieces = pieces(fonts, text, style, anywhere);
    let mut best: Option<Fitted> = None;
    for &(n, most) in counts.iter().filter(|(n, _)| (1..=pieces.len()).contains(n)) {
        let lines = share_out(text, &pieces, n);
        let widest = lines.iter().map(|line| fonts.width(line, style)).fold(1.0, f32::max);
        // Widths grow with the size.
        let size = (style.size * width / widest * 0.999).min(most);
        let size = if size < most { (size / 2.0).floor() * 2.0 } else { size };
        if best.as_ref().is_none_or(|b| size > b.size) {
            best = Some(Fitted { size, lines, cut: false });
        }
    }
    best
}

/// As many lines as there are, filled one after the other; the last one loses what is too long.
fn cut(fonts: &mut Fonts, text: &str, style: Style, room: Room) -> Fitted {
    let pieces = pieces(fonts, text, style, false);
    let mut lines = Vec::new();
    let mut from = 0;
    while lines.len() + 1 < room.lines && from < text.len() {
        let fits = |p: &&Piece| p.end > from && width(&pieces, from, p.end) <= room.w;
        let Some(end) = pieces.iter().filter(fits).map(|p| p.end).max() else { break };
        lines.push(text[from..end].trim().to_owned());
        from = end;
    }
    let rest = text[from..].trim();
    if !rest.is_empty() {
        lines.push(shorten(fonts, rest, style, room.w).0);
    }
    Fitted { size: style.size, lines, cut: true }
}

/// One line as a text, without letters moved together; what is too long ends in an ellipsis. Also whether it had to.
pub fn shorten(fonts: &mut Fonts, text: &str, style: Style, max: f32) -> (String, bool) {
    if fonts.width(text, style) <= max {
        return (text.to_owned(), false);
    }
    (fonts.cut_text(text, style, max), true)
}

/// What stands between two places where a line may end.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    start: usize,
    end: usize,
    /// Its width, and that of the space behind it, which goes where a line ends.
    w: f32,
    space: f32,
    /// How ill a line ends behind it, as a share of the whole width.
    cost: f32,
}

fn pieces(fonts: &mut Fonts, text: &str, style: Style, anywhere: bool) -> Vec<Piece> {
    if text.is_empty() {
        return Vec::new();
    }
    let space = fonts.width("n n", style) - fonts.width("nn", style);
    let mut start = 0;
    let ends = breaks::breaks(text, anywhere).into_iter().chain([(text.len(), 0.0)]);
    let piece = |(end, cost): (usize, f32)| {
        let word = text[start..end].trim_end();
        let space = if word.len() < end - start { space } else { 0.0 };
        let piece = Piece { start, end, w: fonts.width(word, style), space, cost };
        start = end;
        piece
    };
    ends.map(piece).collect()
}

/// Width of a line from one place to another.
fn width(pieces: &[Piece], from: usize, to: usize) -> f32 {
    let line = pieces.iter().filter(|p| p.start >= from && p.end <= to);
    let (w, last) = line.fold((0.0, 0.0), |(w, _), p| (w + p.w + p.space, p.space));
    w - last
}

/// `n` lines of which the widest is as narrow as can be, and the others are as alike as that allows.
fn share_out(text: &str, pieces: &[Piece], n: usize) -> Vec<String> {
    let total: f32 = pieces.iter().map(|p| p.w + p.space).sum();
    let mut sums = vec![0.0];
    for p in pieces {
        sums.push(sums[sums.len() - 1] + p.w + p.space);
    }
    // For each count of lines and each end: the widest line plus what ill ends cost, the sum of the squares, and where the
    // last line begins.
    let count = pieces.len();
    let mut best = vec![(f32::MAX, f32::MAX, 0); count + 1];
    best[0] = (0.0, 0.0, 0);
    let mut starts = Vec::new();
    for _ in 0..n {
        let mut next = vec![(f32::MAX, f32::MAX, 0); count + 1];
        for (end, slot) in next.iter_mut().enumerate().skip(1) {
            for (begin, &(so_far, squares, _)) in best.iter().enumerate().take(end) {
                if so_far < f32::MAX {
                    let ill = if end < count { pieces[end - 1].cost * total } else { 0.0 };
                    let line = sums[end] - sums[begin] - pieces[end - 1].space;
                    let (cost, squares) = (so_far.max(line) + ill, squares + line * line);
                    if (cost, squares) < (slot.0, slot.1) {
                        *slot = (cost, squares, begin);
                    }
                }
            }
        }
        starts.push(next.iter().map(|s| s.2).collect::<Vec<_>>());
        best = next;
    }
    let mut lines = Vec::new();
    let mut end = count;
    for at in starts.iter().rev() {
        let begin = at[end];
        lines.push(text[pieces[begin].start..pieces[end - 1].end].trim().to_owned());
        end = begin;
    }
    lines.reverse();
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Weight;

    const STYLE: Style = Style::new(100.0, Weight::Heavy);
    const TITLE: Room = Room { w: 1420.0, h: 330.0, lines: 2, sizes: [72.0, 250.0], pitch: 1.0 };

    fn lines(text: &str) -> Vec<String> {
        let pieces = pieces(&mut Fonts::new(false), text, STYLE, false);
        share_out(text, &pieces, 2.min(pieces.len()))
    }

    #[test]
    fn lines_are_shared_out_evenly() {
        assert_eq!(lines("Quarterly kick-off in the large hall"), ["Quarterly kick-off", "in the large hall"]);
        assert_eq!(lines("Warehouse"), ["Warehouse"]);
        assert_eq!(lines("FOLLOW-UPS"), ["FOLLOW-", "UPS"]);
    }

    #[test]
    fn headlines_are_of_like_width_and_as_large_as_the_room() {
        let mut fonts = Fonts::new(false);
        let two = headline(&mut fonts, "SAY THE PRICE AND WAIT", STYLE, 900.0, &[(2, 160.0), (3, 160.0)], 60.0);
        assert_eq!(two.lines, ["SAY THE PRICE", "AND WAIT"]);
        assert_eq!((two.size, two.cut), (160.0, false));
        let narrow = headline(&mut fonts, "SAY THE PRICE AND WAIT", STYLE, 420.0, &[(2, 160.0), (3, 160.0)], 60.0);
        assert_eq!(narrow.lines, ["SAY THE", "PRICE", "AND WAIT"]);
        assert!(narrow.size < 160.0 && !narrow.cut);
        for line in &narrow.lines {
            assert!(fonts.width(line, STYLE.sized(narrow.size)) <= 420.0);
        }
    }

    #[test]
    fn headlines_that_cannot_fit_say_so() {
        let mut fonts = Fonts::new(false);
        let block = headline(&mut fonts, &"W".repeat(80), STYLE, 500.0, &[(2, 160.0)], 60.0);
        assert!(block.cut && block.size == 60.0 && block.lines.len() == 1);
        let one = headline(&mut fonts, "WAIT", STYLE, 500.0, &[(1, 160.0), (2, 160.0)], 60.0);
        assert_eq!((one.lines.len(), one.cut), (1, false));
    }

    #[test]
    fn any_text_fits_its_room() {
        let mut fonts = Fonts::new(false);
        for text in ["A", "All hands", &"W".repeat(80), &"長".repeat(80), &"many words ".repeat(25), "", " . "] {
            let fitted = fit(&mut fonts, text, STYLE, TITLE);
            assert!(fitted.size >= 72.0 && fitted.size <= 250.0 && fitted.lines.len() <= 2, "{fitted:?}");
            for line in &fitted.lines {
                assert!(fonts.width(line, STYLE.sized(fitted.size)) <= 1420.0, "{fitted:?}");
            }
        }
        assert_eq!(fit(&mut fonts, "All hands", STYLE, TITLE).size, 250.0);
    }
}
