//! Decodes a JSON body, its depth counted before anything is built from it.

use jaq_json::Val;

use crate::limits;

/// Reads one JSON value.
pub(super) fn read(bytes: &[u8]) -> Result<Val, String> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| format!("not UTF-8 (first wrong byte at offset {})", error.valid_up_to()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if depth(text.as_bytes()) > limits::DEPTH {
        return Err(format!("nested deeper than {} levels", limits::DEPTH));
    }
    serde_json::from_str(text).map_err(|error| format!("not valid JSON: {error}"))
}

/// The deepest nesting, whatever else the text is; counting stops one above the limit.
fn depth(text: &[u8]) -> usize {
    let (mut deepest, mut depth, mut quoted, mut escaped) = (0_usize, 0_usize, false, false);
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => {
                depth += 1;
                deepest = deepest.max(depth);
                if deepest > limits::DEPTH {
                    return deepest;
                }
            }
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_counted_outside_of_texts() {
        assert_eq!(depth(b"[[1],{\"a\":[2]}]"), 3);
        assert_eq!(depth(br#"["[[[[", "\"[[", "\\"]"#), 1);
        let deep = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert!(read(deep(limits::DEPTH).as_bytes()).is_ok());
        for levels in [limits::DEPTH + 1, 200_000] {
            assert!(read(deep(levels).as_bytes()).unwrap_err().contains("deeper than 64"));
        }
        assert!(read("[".repeat(200_000).as_bytes()).unwrap_err().contains("deeper"), "never closed");
    }

    #[test]
    fn errors_have_line_and_column() {
        assert!(read(b"{\n\"a\": }").unwrap_err().contains("line 2 column 6"));
        assert!(read(b"\"\xff\"").unwrap_err().contains("offset 1"));
        assert!(read(b"[1] [2]").unwrap_err().contains("trailing"));
        assert!(read(b"{} // x").is_err() && read(b"NaN").is_err(), "JSON and nothing more");
    }
}
