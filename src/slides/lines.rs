//! Texts on several lines: where they may break, how they are shared out evenly, and the size in which they fit
//! (DESIGN 6.15, 6.18).

use unicode_segmentation::UnicodeSegmentation;

use crate::scene::text::is_cjk;
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
    /// Lines at most.
    pub lines: usize,
    /// Smallest and largest size.
    pub sizes: [f32; 2],
    /// From baseline to baseline, in em.
    pub pitch: f32,
}

/// A text as it fits: one size, one or more lines.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fitted {
    /// Size in units.
    pub size: f32,
    /// The lines.
    pub lines: Vec<String>,
    /// Whether letters had to be dropped.
    pub cut: bool,
}

/// The text in the largest size that fits its room, in as few lines as that takes, shared out evenly. What does not fit
/// in the smallest size ends in an ellipsis.
pub fn fit(fonts: &mut Fonts, text: &str, style: Style, room: Room) -> Fitted {
    let text = text.trim();
    let [least, most] = room.sizes;
    if text.is_empty() {
        return Fitted { size: most, ..Fitted::default() };
    }
    let pieces = pieces(fonts, text, style.sized(100.0));
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
    match best {
        Some(best) if best.size >= least => best,
        _ => cut(fonts, text, style.sized(least), room),
    }
}

/// As many lines as there are, filled one after the other; the last one loses what is too long.
fn cut(fonts: &mut Fonts, text: &str, style: Style, room: Room) -> Fitted {
    let pieces = pieces(fonts, text, style);
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
    // Set tight it is a little too long: the rest is found letter by letter.
    let (line, _) = fonts.fit_text(text, style, max);
    let tight: String = line.runs.iter().map(|(run, ..)| run.text()).collect();
    let mut kept: Vec<&str> = tight.trim_end_matches('…').graphemes(true).collect();
    loop {
        let tried = format!("{}…", kept.concat().trim_end());
        if kept.is_empty() || fonts.width(&tried, style) <= max {
            return (tried, true);
        }
        kept.pop();
    }
}

/// What stands between two places where a line may end.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    start: usize,
    end: usize,
    w: f32,
    /// How ill a line ends behind it, as a share of the whole width.
    cost: f32,
}

fn pieces(fonts: &mut Fonts, text: &str, style: Style) -> Vec<Piece> {
    let mut start = 0;
    breaks(text)
        .into_iter()
        .chain([(text.len(), 0.0)])
        .map(|(end, cost)| {
            let piece = Piece { start, end, w: fonts.width(&text[start..end], style), cost };
            start = end;
            piece
        })
        .collect()
}

fn width(pieces: &[Piece], from: usize, to: usize) -> f32 {
    pieces.iter().filter(|p| p.start >= from && p.end <= to).map(|p| p.w).sum()
}

/// `n` lines of which the widest is as narrow as can be.
fn share_out(text: &str, pieces: &[Piece], n: usize) -> Vec<String> {
    let total: f32 = pieces.iter().map(|p| p.w).sum();
    let mut sums = vec![0.0];
    for p in pieces {
        sums.push(sums[sums.len() - 1] + p.w);
    }
    // For each count of lines and each end: the widest line plus what ill ends cost, and where the last line begins.
    let count = pieces.len();
    let mut best = vec![(f32::MAX, 0); count + 1];
    best[0] = (0.0, 0);
    let mut starts = Vec::new();
    for _ in 0..n {
        let mut next = vec![(f32::MAX, 0); count + 1];
        for (end, slot) in next.iter_mut().enumerate().skip(1) {
            for (begin, &(so_far, _)) in best.iter().enumerate().take(end) {
                if so_far < f32::MAX {
                    let ill = if end < count { pieces[end - 1].cost * total } else { 0.0 };
                    let cost = so_far.max(sums[end] - sums[begin]) + ill;
                    if cost < slot.0 {
                        *slot = (cost, begin);
                    }
                }
            }
        }
        starts.push(next.iter().map(|s| s.1).collect::<Vec<_>>());
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

/// What stands at the end of a line, never at the head of one: closing marks, lengthening, small kana.
fn clings(c: char) -> bool {
    "ー〜っッゃゅょャュョぁぃぅぇぉァィゥェォゎヮヵヶゝゞヽヾ々、。，．・：；！？）」』】〕］｝〉》％…!?),.:;%’”]}"
        .contains(c)
}

/// What stands at the head of a line, never at the end of one.
fn opens(c: char) -> bool {
    "（「『【〔［｛〈《￥([{“‘¥$€£".contains(c)
}

fn hiragana(c: char) -> bool {
    ('\u{3041}'..='\u{309F}').contains(&c)
}

fn katakana(c: char) -> bool {
    ('\u{30A0}'..='\u{30FF}').contains(&c)
}

/// Where a line may end, by byte, and how ill it ends there. Other scripts end at spaces and hyphens. Japanese has no
/// spaces: it ends behind marks and where a word begins after the kana of the last one (文節), never inside a word.
pub fn breaks(text: &str) -> Vec<(usize, f32)> {
    let clusters: Vec<(usize, char)> =
        text.grapheme_indices(true).filter_map(|(at, g)| g.chars().next().map(|c| (at, c))).collect();
    let mut out = Vec::new();
    for i in 1..clusters.len() {
        let (before, (at, after)) = (clusters[i - 1].1, clusters[i]);
        let earlier = i.checked_sub(2).map(|j| clusters[j].1);
        if clings(after) || after.is_whitespace() || opens(before) {
            continue;
        }
        let cost = if before.is_whitespace() {
            // A sentence may end better than any other word.
            Some(if earlier.is_some_and(|c| ".!?。！？".contains(c)) { -0.05 } else { 0.0 })
        } else if "、。！？".contains(before) {
            Some(-0.05)
        } else if matches!(before, '-' | '/') && earlier.is_some_and(char::is_alphabetic) && after.is_alphabetic() {
            Some(0.04)
        } else if is_cjk(before) || is_cjk(after) {
            japanese(earlier, before, after)
        } else {
            None
        };
        out.extend(cost.map(|cost| (at, cost)));
    }
    out
}

fn japanese(earlier: Option<char>, before: char, after: char) -> Option<f32> {
    if "）」』】！？".contains(before) && !hiragana(after) || opens(after) {
        return Some(0.02);
    }
    if hiragana(before) && !hiragana(after) {
        // お and ご belong to the word that follows.
        let prefix = "おご".contains(before) && !earlier.is_some_and(hiragana);
        return (!prefix).then_some(0.02);
    }
    // Two words of other scripts beside each other: better than nothing.
    let kanji = |c: char| is_cjk(c) && !hiragana(c) && !katakana(c) && !clings(c);
    let seam = kanji(before) && katakana(after) || katakana(before) && kanji(after);
    seam.then_some(0.15)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Weight;

    const STYLE: Style = Style::new(100.0, Weight::Heavy);
    const TITLE: Room = Room { w: 1420.0, h: 330.0, lines: 2, sizes: [72.0, 250.0], pitch: 1.0 };

    fn lines(text: &str) -> Vec<String> {
        let pieces = pieces(&mut Fonts::new(false), text, STYLE);
        share_out(text, &pieces, 2.min(pieces.len()))
    }

    #[test]
    fn lines_are_shared_out_evenly() {
        assert_eq!(lines("Quarterly kick-off in the large hall"), ["Quarterly kick-off", "in the large hall"]);
        assert_eq!(lines("Warehouse"), ["Warehouse"]);
        assert_eq!(lines("FOLLOW-UPS"), ["FOLLOW-", "UPS"]);
    }

    #[test]
    fn japanese_breaks_between_words_only() {
        let at = |text: &str| -> Vec<String> {
            let mut from = 0;
            let ends: Vec<usize> = breaks(text).into_iter().map(|b| b.0).chain([text.len()]).collect();
            ends.into_iter().map(|end| text[std::mem::replace(&mut from, end)..end].to_owned()).collect()
        };
        assert_eq!(at("新しい価格表を本日から使います"), ["新しい", "価格表を", "本日から", "使います"]);
        assert_eq!(at("お客様とのミーティング"), ["お客様との", "ミーティング"]);
        assert_eq!(at("発表（詳細は社内で）です。次へ"), ["発表", "（詳細は", "社内で）です。", "次へ"]);
        for text in ["ショップのデータ（月次）を、きっとチェック。", "コーヒー、サッカー、ファックス"]
        {
            for piece in at(text) {
                let first = piece.chars().next().unwrap_or(' ');
                let last = piece.chars().last().unwrap_or(' ');
                assert!(!clings(first) && !opens(last), "{piece} of {text}");
            }
        }
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
