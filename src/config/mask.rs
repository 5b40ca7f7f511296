//! What a person has written, without the secrets that may be in it: for messages that repeat a line or a value.

use std::path::{Component, Path};

/// Words in the name of a key or header whose value is a secret.
const SECRETS: [&str; 10] =
    ["token", "password", "passwd", "secret", "authorization", "cookie", "credential", "api_key", "api-key", "apikey"];

/// Ends and whole names of keys that say where a secret is found, or speak of one.
const HARMLESS: [&str; 4] = ["_file", "_env", "token_url", "token_header"];

/// A name of one word has at most so many characters; keys of capitals and digits have more.
const LONGEST_WORD: usize = 20;

/// Whether a text reads like the name of an environment variable. Another one may be the secret itself, which somebody
/// has written where its name was asked for.
pub fn is_variable(text: &str) -> bool {
    let fine = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    let begins = text.bytes().next().is_some_and(|b| !b.is_ascii_digit());
    begins && text.bytes().all(fine) && (text.contains('_') || text.len() <= LONGEST_WORD)
}

/// Whether the value of a query's parameter or of a header may be a secret: by its name, or because it reads like no
/// word, number or list of them.
pub fn may_be_secret(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let named = SECRETS.iter().chain(&["auth", "signature"]).any(|word| name.contains(word))
        || name.ends_with("key")
        || ["sig", "pass", "code", "pin"].contains(&name.as_str());
    let fine = |b: u8| b.is_ascii_lowercase() || b"_-.,/*=; ".contains(&b);
    let plain = value.bytes().all(fine) || value.bytes().all(|b| b.is_ascii_digit() || b"-.:".contains(&b));
    named || (value.len() >= 6 && !plain)
}

/// Whether each part of a path reads like the name of a file or folder. Another one may be the secret itself, which
/// somebody has written where its file was asked for, or a piece of it: base64 has `/` too.
pub fn is_file(path: &Path) -> bool {
    let named = |part: Component| match part {
        Component::Normal(name) => name.to_str().is_some_and(is_name),
        _ => true,
    };
    path.file_name().is_some() && path.components().all(named)
}

fn is_name(name: &str) -> bool {
    let word = |b: u8| b.is_ascii_lowercase() || b == b'-' || b == b'_';
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let ends = (1..=8).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_lowercase());
    if ends { stem.len() <= 64 } else { name.len() <= 40 && name.bytes().all(word) }
}

/// The text with stars for the user and password and for the values of the query in each address, one star for each
/// character, so that a caret below still stands right.
pub fn addresses(text: &str) -> String {
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

/// A line of settings, likewise, and with stars for all that follows a key that carries a secret.
pub(super) fn line(line: &str) -> String {
    let names_another = |at: usize| {
        let (key, value) = (key(&line[..at]), value(&line[at + 1..]));
        key.ends_with("_env") && !is_variable(value)
            || key.ends_with("_file") && key != "ca_file" && !is_file(Path::new(value)) && value.parse::<f64>().is_err()
    };
    let opens = |at: usize| is_secret(&line[..at]) || names_another(at);
    let secret = line.match_indices('=').find(|(at, _)| opens(*at));
    let shown = secret.map_or(line.len(), |(at, _)| at + 1);
    let mut out = addresses(&line[..shown]);
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
    SECRETS.iter().any(|word| name.contains(word)) && !HARMLESS.iter().any(|end| name.ends_with(end))
}

/// White space stays.
fn stars(out: &mut String, text: &str) {
    out.extend(text.chars().map(|c| if c.is_whitespace() { c } else { '*' }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_a_door_is_stars_and_the_rest_stays() {
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
            assert_eq!(line(text), shown);
            assert_eq!(shown.chars().count(), text.chars().count(), "{text}");
        }
    }

    proptest::proptest! {
        /// A caret below stands right whatever was written.
        #[test]
        fn any_line_keeps_its_length(text in "([a-zµ«\u{feff}é_\"' ]{0,6}(token|_env|://|=|@|\\?|&)?){0,6}") {
            let shown = line(&text);
            proptest::prop_assert_eq!(shown.chars().count(), text.chars().count(), "{} {}", text, shown);
        }
    }
}
