//! Finds the charset of a text: what the settings or the server say, a byte order mark, else what the bytes look like.

use std::borrow::Cow;

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text, and the charset where it was only guessed at.
///
/// # Errors
/// One line: the named charset is not known, or the bytes are not in it.
pub(super) fn text<'a>(bytes: &'a [u8], named: Option<&str>) -> Result<(Cow<'a, str>, Option<&'static str>), String> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let name = encoding.name();
        let text = strict(encoding, &bytes[length..]).ok_or_else(|| format!("it begins like {name} and is not"))?;
        return Ok((text, None));
    }
    // What servers declare of UTF-8 is often wrong; what is valid UTF-8 beyond ASCII is nothing else by chance.
    if let Some(text) = strict(UTF_8, bytes).filter(|_| named.is_none() || !bytes.is_ascii()) {
        return Ok((text, None));
    }
    if let Some(name) = named {
        let encoding = Encoding::for_label(name.trim().as_bytes()).ok_or_else(|| {
            format!("charset {name:?} is not known; expected one like \"utf-8\", \"windows-1252\", \"windows-1250\", \"shift_jis\" or \"gbk\"")
        })?;
        let wrong = || format!("it is not in the charset {}: name the right one with charset = \"…\"", encoding.name());
        return strict(encoding, bytes).map(|text| (text, None)).ok_or_else(wrong);
    }
    // Excel's "Unicode text" without its mark: nearly every other byte is zero.
    let head = &bytes[..bytes.len().min(64)];
    let zeros = |odd: usize| {
        let zero = head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
        zero > 1 && zero * 3 >= head.len()
    };
    for (odd, encoding) in [(1, UTF_16LE), (0, UTF_16BE)] {
        if zeros(odd)
            && let Some(text) = strict(encoding, bytes)
        {
            return Ok((text, None));
        }
    }
    let mut detector = EncodingDetector::new();
    detector.feed(bytes, true);
    let guess = detector.guess(None, false);
    // Kana or kanji side by side are no accident, and few of them are too little for the detector.
    if let Some(text) = strict(SHIFT_JIS, bytes).filter(|text| kana(text) || guess == SHIFT_JIS && kanji_pair(text)) {
        return Ok((text, None));
    }
    match strict(guess, bytes) {
        Some(text) if guess != WINDOWS_1252 => Ok((text, Some(guess.name()))),
        _ => Ok((WINDOWS_1252.decode_without_bom_handling(bytes).0, None)),
    }
}

fn strict<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes)
}

/// Whether a text has full-width kana: half-width ones are what other charsets look like.
fn kana(text: &str) -> bool {
    text.chars().any(|c| ('\u{3041}'..='\u{30fa}').contains(&c))
}

/// Whether kanji stand side by side. An accented letter misread is a lone kanji.
fn kanji_pair(text: &str) -> bool {
    let kanji = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut before = ' ';
    text.chars().any(|c| {
        let pair = kanji(before) && kanji(c);
        before = c;
        pair
    })
}

#[cfg(test)]
mod tests {
    use encoding_rs::{GBK, WINDOWS_1250, WINDOWS_1251};

    use super::*;

    fn read(bytes: &[u8]) -> String {
        text(bytes, None).unwrap().0.into_owned()
    }

    #[test]
    fn charsets_are_recognised() {
        let expected = "Name\nJürgen – Åsa";
        assert_eq!(read(expected.as_bytes()), expected);
        assert_eq!(read(format!("\u{feff}{expected}").as_bytes()), expected);
        assert_eq!(read(b"Name\nJ\xfcrgen \x96 \xc5sa"), expected, "Windows-1252");
        let utf16: Vec<u8> = format!("\u{feff}{expected}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&utf16), expected);
        assert_eq!(read(&utf16[2..]), expected, "no mark");
        for western in
            ["Café Zoë", "Ñandú, s. l.", "Müller & Söhne", "ÄÖÜ äöü ß", "Owner;Amount\nJosé Muñoz;5\nÅse Østby;7\n"]
        {
            assert_eq!(read(&WINDOWS_1252.encode(western).0), western);
        }
        for (encoding, sample) in [
            (SHIFT_JIS, "担当者,金額\n佐藤 美咲,1200000\n鈴木 翔,3"),
            (GBK, "销售员,金额,日期\n王小明,50000,2026-11-03\n李建国,70000,2026-11-04"),
            (
                WINDOWS_1250,
                "Owner;Amount;Close date\nŁukasz Żółć;5000;2026-11-03\nGrażyna Wiśniewska;7000;2026-11-04\nJiří Dvořák;900;2026-11-05",
            ),
            (WINDOWS_1251, "Менеджер;Сумма\nОльга Смирнова;5000\nИван Петров;7000"),
        ] {
            assert_eq!(read(&encoding.encode(sample).0), sample, "{}", encoding.name());
        }
        assert!(text(b"\xff\xfea", None).is_err(), "half of a character");
    }

    #[test]
    fn a_charset_that_is_named_counts() {
        let polish = "Łukasz Żółć";
        let bytes = WINDOWS_1250.encode(polish).0.into_owned();
        assert_eq!(text(&bytes, Some("windows-1250")).unwrap().0, polish);
        assert_eq!(text(polish.as_bytes(), Some("iso-8859-1")).unwrap().0, polish, "declared wrongly");
        assert!(text(&bytes, Some("latin-99")).unwrap_err().contains("\"latin-99\" is not known"));
        assert!(text(&bytes, Some("shift_jis")).is_err() || text(b"\x81", Some("shift_jis")).is_err());
    }
}
