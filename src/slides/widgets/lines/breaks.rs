//! Finds where a line may end: behind words, and in Japanese between phrases, never before or behind certain marks
//! (DESIGN 6.18).

use unicode_segmentation::UnicodeSegmentation;

use crate::scene::text::is_cjk;

/// How ill a line ends inside a word.
const INSIDE: f32 = 0.15;

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
/// spaces: it ends behind marks and where a word begins after the kana of the last one (文節), and only where `anywhere`
/// says so inside a word.
pub fn breaks(text: &str, anywhere: bool) -> Vec<(usize, f32)> {
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
            let parted = anywhere && is_cjk(before) && is_cjk(after);
            japanese(earlier, before, after).or(parted.then_some(INSIDE))
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

    #[test]
    fn japanese_breaks_between_words_only() {
        let at = |text: &str| -> Vec<String> {
            let mut from = 0;
            let ends: Vec<usize> = breaks(text, false).into_iter().map(|b| b.0).chain([text.len()]).collect();
            ends.into_iter().map(|end| text[std::mem::replace(&mut from, end)..end].to_owned()).collect()
        };
        assert_eq!(at("新しい価格表を本日から使います"), ["新しい", "価格表を", "本日から", "使います"]);
        assert_eq!(at("電話を切る前に次の約束を決める"), ["電話を", "切る", "前に", "次の", "約束を", "決める"]);
        assert_eq!(at("お客様の言葉で、返す。"), ["お客様の", "言葉で、", "返す。"]);
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
    fn anywhere_still_keeps_marks_where_they_belong() {
        let text = "スーパーマーケットって、（本当）っ！";
        let mut from = 0;
        let ends: Vec<usize> = breaks(text, true).into_iter().map(|b| b.0).chain([text.len()]).collect();
        assert!(ends.len() > breaks(text, false).len() + 3);
        for end in ends {
            let piece = &text[std::mem::replace(&mut from, end)..end];
            assert!(
                !clings(piece.chars().next().unwrap_or(' ')) && !opens(piece.chars().last().unwrap_or(' ')),
                "{piece}"
            );
        }
    }
}
