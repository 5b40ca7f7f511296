//! Brackets and signs that are turned where the text runs from right to left.

/// Pairs of which one is the other's mirror image.
const PAIRS: [(char, char); 21] = [
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
    ('<', '>'),
    ('«', '»'),
    ('‹', '›'),
    ('≤', '≥'),
    ('≪', '≫'),
    ('⟨', '⟩'),
    ('⟪', '⟫'),
    ('〈', '〉'),
    ('《', '》'),
    ('「', '」'),
    ('『', '』'),
    ('【', '】'),
    ('〔', '〕'),
    ('〖', '〗'),
    ('（', '）'),
    ('［', '］'),
    ('｛', '｝'),
    ('＜', '＞'),
];

/// The mirror image of a bracket or sign.
pub(super) fn mirrored(c: char) -> Option<char> {
    PAIRS.iter().find_map(|(left, right)| match c {
        _ if c == *left => Some(*right),
        _ if c == *right => Some(*left),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bracket_is_the_image_of_its_image() {
        for (left, right) in PAIRS {
            assert_eq!((mirrored(left), mirrored(right)), (Some(right), Some(left)));
        }
        assert_eq!(mirrored('/'), None);
    }
}
