//! The tags of a page that our own templates made: attributes in double quotes or bare.

/// A tag, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'h> {
    pub name: &'h str,
    pub closes: bool,
    pub attributes: Vec<(&'h str, Option<&'h str>)>,
    pub start: usize,
    pub end: usize,
}

impl Tag<'_> {
    /// An attribute as it stands there; empty where it is bare.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| value.unwrap_or_default())
    }

    /// An attribute in plain characters.
    pub fn plain(&self, name: &str) -> Option<String> {
        self.get(name).map(plain)
    }

    /// The tag with other attributes: `None` takes one away, an empty text makes it bare.
    pub fn with(&self, changes: &[(&str, Option<String>)]) -> String {
        let mut out = format!("<{}", self.name);
        for (key, value) in self.attributes.iter().filter(|(key, _)| !changes.iter().any(|(of, _)| of == key)) {
            out += &match value {
                Some(value) => format!(" {key}=\"{value}\""),
                None => format!(" {key}"),
            };
        }
        for (key, value) in changes {
            match value.as_deref() {
                None => {}
                Some("") if BARE.contains(key) => out += &format!(" {key}"),
                Some(value) => out += &format!(" {key}=\"{}\"", escaped(value)),
            }
        }
        out + ">"
    }
}

/// Attributes that stand there without a value.
const BARE: &[&str] = &["checked", "selected", "open", "autofocus"];

/// All tags, in their order.
pub fn tags(html: &str) -> Vec<Tag<'_>> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = html[at..].find('<').map(|start| at + start) {
        let rest = &html[start + 1..];
        let closes = rest.starts_with('/');
        let name_start = start + 1 + usize::from(closes);
        let name = html[name_start..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if name.is_empty() {
            at = start + 1;
            continue;
        }
        let (attributes, end) = attributes(html, name_start + name.len());
        found.push(Tag { name, closes, attributes, start, end });
        at = end;
    }
    found
}

/// The attributes from here on, and where their tag ends.
fn attributes(html: &str, mut at: usize) -> (Vec<(&str, Option<&str>)>, usize) {
    let mut found = Vec::new();
    loop {
        at += html[at..].len() - html[at..].trim_start_matches([' ', '\n', '\r', '\t', '/']).len();
        if at >= html.len() {
            return (found, at);
        }
        if html[at..].starts_with('>') {
            return (found, at + 1);
        }
        let length = html[at..].find([' ', '\n', '\r', '\t', '=', '>', '/']).unwrap_or(html.len() - at);
        // A sign that no attribute begins with.
        let length = length.max(html[at..].chars().next().map_or(1, char::len_utf8));
        let key = &html[at..at + length];
        at += length;
        match html[at..].strip_prefix("=\"").and_then(|rest| rest.split_once('"')) {
            Some((value, _)) => {
                at += 2 + value.len() + 1;
                found.push((key, Some(value)));
            }
            None => found.push((key, None)),
        }
    }
}

/// A text as it stands in a page.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// A text of a page in plain characters.
pub fn plain(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        let of = rest[start + 1..].split_once(';').and_then(|(name, after)| Some((sign(name)?, after)));
        match of {
            Some((sign, after)) => {
                out.push(sign);
                rest = after;
            }
            None => {
                out.push('&');
                rest = &rest[start + 1..];
            }
        }
    }
    out + rest
}

fn sign(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        name => char::from_u32(name.strip_prefix('#')?.parse().ok()?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_with_their_attributes_and_written_again() {
        let html = "<p>1 &lt; 2 < 3</p><input name=\"a>b\" required value=\"&#34;x&#34;\"><br/>";
        let found = tags(html);
        let names: Vec<(&str, bool)> = found.iter().map(|tag| (tag.name, tag.closes)).collect();
        assert_eq!(names, [("p", false), ("p", true), ("input", false), ("br", false)]);
        let input = &found[2];
        assert_eq!((input.get("name"), input.get("required")), (Some("a>b"), Some("")));
        assert_eq!(input.plain("value").as_deref(), Some("\"x\""));
        let written =
            input.with(&[("value", Some("<é>".into())), ("required", None), ("autofocus", Some(String::new()))]);
        assert_eq!(written, "<input name=\"a>b\" value=\"&lt;é&gt;\" autofocus>");
    }
}
