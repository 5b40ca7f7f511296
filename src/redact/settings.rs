//! Masks the secrets in what a person has written, for messages that repeat a line of settings or a value.

use std::path::Path;

use super::guess::{HARMLESS_ENDS, SECRET_WORDS, looks_like_env_name, looks_like_path};

/// Puts stars over the user, the password and the values of the query in each address, one star for each character, so
/// that a caret below still points at the right place.
pub fn mask_addresses(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        out.push_str(before);
        let end = after.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'')).unwrap_or(after.len());
        let address = &after[..end];
        let authority = &address[..address.find(['/', '?', '#']).unwrap_or(address.len())];
        let user = authority.rfind('@').unwrap_or(0);
        stars(&mut out, &address[..user]);
        let path = &address[user..];
        let query = path.find(['?', '#']).map_or(path.len(), |at| at + 1);
        out.push_str(&path[..query]);
        for (i, part) in path[query..].split('&').enumerate() {
            let value = part.find('=').map_or(0, |at| at + 1);
            out.push_str(if i > 0 { "&" } else { "" });
            out.push_str(&part[..value]);
            stars(&mut out, &part[value..]);
        }
        rest = &after[end..];
    }
    out + rest
}

/// Masks a line of settings likewise, and all that follows a key that carries a secret.
pub(crate) fn mask_line(line: &str) -> String {
    let names_another = |at: usize| {
        let (key, value) = (key(&line[..at]), value(&line[at + 1..]));
        key.ends_with("_env") && !looks_like_env_name(value)
            || key.ends_with("_file")
                && key != "ca_file"
                && !looks_like_path(Path::new(value))
                && value.parse::<f64>().is_err()
    };
    let opens = |at: usize| is_secret(&line[..at]) || names_another(at);
    let secret = line.match_indices('=').find(|(at, _)| opens(*at));
    let shown = secret.map_or(line.len(), |(at, _)| at + 1);
    let mut out = mask_addresses(&line[..shown]);
    stars(&mut out, &line[shown..]);
    out
}

/// The key at the end of what stands before a `=`, in lower case.
fn key(before: &str) -> String {
    let name = before.trim_end().trim_end_matches(['"', '\'']);
    let other = |c: char| !(c.is_alphanumeric() || c == '_' || c == '-');
    name.rsplit(other).next().unwrap_or(name).to_ascii_lowercase()
}

/// What stands behind a `=`: in quotes, which may not be closed, or up to a comment.
fn value(after: &str) -> &str {
    let after = after.trim();
    match after.strip_prefix(['"', '\'']) {
        Some(text) => text.split(&after[..1]).next().unwrap_or(text),
        None => after.split('#').next().unwrap_or(after).trim(),
    }
}

/// Whether what stands before a `=` ends with the name of a secret.
fn is_secret(before: &str) -> bool {
    let name = key(before);
    SECRET_WORDS.iter().any(|word| name.contains(word)) && !HARMLESS_ENDS.iter().any(|end| name.ends_with(end))
}

/// White space stays.
fn stars(out: &mut String, text: &str) {
    out.extend(text.chars().map(|c| if c.is_whitespace() { c } else { '*' }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_stars_and_the_rest_stays() {
        for (text, shown) in [
            (
                "url = \"mqtt://tv:hünter2@hub/floor\" # or http://a@b",
                "url = \"mqtt://**********@hub/floor\" # or http://*@b",
            ),
            ("url = \"https://h/b?key=s3cret&n=2\"", "url = \"https://h/b?key=******&n=*\""),
            ("url = \"https://h?s3cret#x\"", "url = \"https://h?********\""),
            ("a = \"x@y\" # ://", "a = \"x@y\" # ://"),
            ("token = \"s3cret\"", "token = ********"),
            ("\tpassword=s3 cret", "\tpassword=** ****"),
            ("headers = { Authorization = \"Bearer x\" }", "headers = { Authorization = ******* ** *"),
            ("\"X-Api-Key\" = 'x'", "\"X-Api-Key\" = ***"),
            ("oauth = { client_secret = \"x\" }", "oauth = { client_secret = *** *"),
            ("token_file = 5", "token_file = 5"),
            ("token_file = \"/etc/floorcast/token\" # x", "token_file = \"/etc/floorcast/token\" # x"),
            ("token_file = sk-live-CANARY12345", "token_file = *******************"),
            ("token_file = \"sk-live-CANARY12345\" # x", "token_file = ********************* * *"),
            ("token_file = \"CANARY+12345AbC/q\"", "token_file = *******************"),
            ("token_file = \"../etc/CANARY/token.txt\"", "token_file = *************************"),
            ("token_file = './secrets/token'", "token_file = './secrets/token'"),
            ("client_id_file = \"hub-2.txt\"", "client_id_file = \"hub-2.txt\""),
            (
                "oauth = { token_url = \"http://h\", client_secret_env = \"X\" }",
                "oauth = { token_url = \"http://h\", client_secret_env = \"X\" }",
            ),
            ("token_env = \"s3cret\" # x", "token_env = ******** * *"),
            ("token_env = \"MZXW6YTBOI2TQNZRGEZDG\"", "token_env = ***********************"),
            ("token_env = \"FLOORCAST_HUB_TOKEN_2\"", "token_env = \"FLOORCAST_HUB_TOKEN_2\""),
            ("token_env = \"FLOORCASTHUBTOKEN2\"", "token_env = \"FLOORCASTHUBTOKEN2\""),
            ("a = { id_env = 'ID', b_env = 7 }", "a = { id_env = 'ID', b_env = * *"),
            ("token_header = \"X-Key\"", "token_header = \"X-Key\""),
            ("\u{feff}token = x", "\u{feff}token = *"),
            ("«→ = x", "«→ = x"),
            ("token", "token"),
            ("= x", "= x"),
            ("", ""),
        ] {
            assert_eq!(mask_line(text), shown);
            assert_eq!(shown.chars().count(), text.chars().count(), "{text}");
        }
    }

    proptest::proptest! {
        /// A caret below points at the right place whatever was written.
        #[test]
        fn any_line_keeps_its_length(text in "([a-zµ«\u{feff}é_\"' ]{0,6}(token|_env|://|=|@|\\?|&)?){0,6}") {
            let shown = mask_line(&text);
            proptest::prop_assert_eq!(shown.chars().count(), text.chars().count(), "{} {}", text, shown);
        }
    }
}
