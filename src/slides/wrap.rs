//! Headlines on several lines: broken between words, lines of like width, as large as the room allows.

use crate::scene::text::is_cjk;
use crate::scene::{Fonts, Style};

/// A text on lines, and the size at which the widest just fits.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Size of type in units.
    pub size: f32,
    /// The lines, without spaces at their ends.
    pub lines: Vec<String>,
    /// Whether they still do not fit at the smallest size allowed, and have to be cut.
    pub cut: bool,
}

/// The largest setting of `text` in `width` units: `counts` are the numbers of lines that may be taken, each with its
/// largest size; of equal sizes the first wins. Never smaller than `least`.
pub fn fit(fonts: &mut Fonts, text: &str, style: Style, width: f32, counts: &[(usize, f32)], least: f32) -> Block {
    let phrases = best(fonts, &pieces(text, false), style, width, counts);
    let block = phrases.filter(|b| b.size >= least);
    // Between words there is no way: kanji and kana may be broken anywhere but at their marks.
    let block = block.or_else(|| best(fonts, &pieces(text, true), style, width, counts));
    let mut block = block.unwrap_or_else(|| Block { size: least, lines: vec![text.to_owned()], cut: true });
    if block.size < least {
        block = Block { size: least, cut: true, ..block };
    }
    block
}

fn best(fonts: &mut Fonts, pieces: &[&str], style: Style, width: f32, counts: &[(usize, f32)]) -> Option<Block> {
    let mut best: Option<Block> = None;
    for &(n, most) in counts {
        let Some(lines) = balanced(fonts, pieces, style, n) else { continue };
        let widest = lines.iter().map(|l| fonts.width(l, style)).fold(1.0, f32::max);
        // Widths grow with the size.
        let size = (style.size * width / widest * 0.999).min(most);
        let size = if size < most { (size / 2.0).floor() * 2.0 } else { size };
        if best.as_ref().is_none_or(|b| size > b.size) {
            best = Some(Block { size, lines, cut: false });
        }
    }
    best
}

/// The pieces on exactly `n` lines, the widest as narrow as can be; none where there are fewer pieces than lines.
fn balanced(fonts: &mut Fonts, pieces: &[&str], style: Style, n: usize) -> Option<Vec<String>> {
    let count = pieces.len();
    if count < n || n == 0 {
        return None;
    }
    let space = fonts.width("n n", style) - fonts.width("nn", style);
    let widths: Vec<f32> =
        pieces.iter().map(|p| fonts.width(p.trim_end(), style) + if p.ends_with(' ') { space } else { 0.0 }).collect();
    let mut ends = vec![0.0; count + 1];
    for (i, w) in widths.iter().enumerate() {
        ends[i + 1] = ends[i] + w;
    }
    // cost[l][i]: the first i pieces on l lines: the widest of them, then the sum of the squares.
    let mut cost = vec![vec![(f32::MAX, f32::MAX); count + 1]; n + 1];
    let mut from = vec![vec![0; count + 1]; n + 1];
    cost[0][0] = (0.0, 0.0);
    for l in 1..=n {
        for i in l..=count {
            for k in l - 1..i {
                let (widest, squares) = cost[l - 1][k];
                let line = ends[i] - ends[k];
                let own = (widest.max(line), squares + line * line);
                if own < cost[l][i] {
                    (cost[l][i], from[l][i]) = (own, k);
                }
            }
        }
    }
    let (mut lines, mut end) = (Vec::new(), count);
    for l in (1..=n).rev() {
        let start = from[l][end];
        lines.push(pieces[start..end].concat().trim().to_owned());
        end = start;
    }
    lines.reverse();
    Some(lines)
}

/// Cuts a text where a line may end: behind spaces, and in Japanese behind marks and behind particles, or (`anywhere`)
/// between any two letters that may be parted.
fn pieces(text: &str, anywhere: bool) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (i, pair) in chars.windows(2).enumerate() {
        let ((_, a), (at, b)) = (pair[0], pair[1]);
        let before = i.checked_sub(1).map(|k| chars[k].1);
        if may_end(before, a, b, anywhere) {
            out.push(&text[start..at]);
            start = at;
        }
    }
    if start < text.len() {
        out.push(&text[start..]);
    }
    out
}

/// No line begins with these (small kana and the long mark among them).
const NOT_FIRST: &str = "、。，．・：；？！）」』】〉》ーっッゃゅょャュョぁぃぅぇぉァィゥェォ々…％%";
/// No line ends with these.
const NOT_LAST: &str = "（「『【〈《";
/// Behind these a phrase may end: particles and the endings of words that qualify the next.
const PARTICLES: &str = "はがをにでともへのやばてらるたなうくず";

fn may_end(before: Option<char>, a: char, b: char, anywhere: bool) -> bool {
    if a == ' ' {
        return b != ' ';
    }
    if b == ' ' || NOT_FIRST.contains(b) || NOT_LAST.contains(a) || !(is_cjk(a) || is_cjk(b)) {
        return false;
    }
    let mark = "、。，．？！」』）".contains(a);
    // The honorific belongs to what follows.
    let honorific = "おご".contains(a) && before.is_none_or(|c| !hiragana(c));
    let phrase = PARTICLES.contains(a) && !hiragana(b) && !honorific;
    mark || phrase || (anywhere && is_cjk(a) && is_cjk(b))
}

fn hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Weight;

    const HEAVY: Style = Style::new(100.0, Weight::Heavy);

    #[test]
    fn lines_are_of_like_width_and_as_large_as_the_room() {
        let mut fonts = Fonts::new(false);
        let two = fit(&mut fonts, "SAY THE PRICE AND WAIT", HEAVY, 900.0, &[(2, 160.0), (3, 160.0)], 60.0);
        assert_eq!(two.lines, ["SAY THE PRICE", "AND WAIT"]);
        assert_eq!((two.size, two.cut), (160.0, false));
        let narrow = fit(&mut fonts, "SAY THE PRICE AND WAIT", HEAVY, 420.0, &[(2, 160.0), (3, 160.0)], 60.0);
        assert_eq!(narrow.lines, ["SAY THE", "PRICE", "AND WAIT"]);
        assert!(narrow.size < 160.0 && !narrow.cut);
        for line in &narrow.lines {
            assert!(fonts.width(line, HEAVY.sized(narrow.size)) <= 420.0);
        }
    }

    #[test]
    fn what_cannot_fit_says_so() {
        let mut fonts = Fonts::new(false);
        let block = fit(&mut fonts, &"W".repeat(80), HEAVY, 500.0, &[(2, 160.0)], 60.0);
        assert!(block.cut && block.size == 60.0 && block.lines.len() == 1);
        let one = fit(&mut fonts, "WAIT", HEAVY, 500.0, &[(1, 160.0), (2, 160.0)], 60.0);
        assert_eq!((one.lines.len(), one.cut), (1, false));
    }

    #[test]
    fn japanese_breaks_between_phrases_and_never_before_its_marks() {
        assert_eq!(
            pieces("電話を切る前に次の約束を決める", false),
            ["電話を", "切る", "前に", "次の", "約束を", "決める"]
        );
        assert_eq!(pieces("お客様の言葉で、返す。", false), ["お客様の", "言葉で、", "返す。"]);
        for piece in pieces("スーパーマーケットって、（本当）っ！", true) {
            assert!(!NOT_FIRST.contains(piece.chars().next().unwrap()), "{piece}");
            assert!(!NOT_LAST.contains(piece.chars().last().unwrap()), "{piece}");
        }
    }
}
