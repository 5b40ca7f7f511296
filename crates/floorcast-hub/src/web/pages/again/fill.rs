//! A page whose form is filled with what was sent, and says what is wrong.

use std::collections::HashMap;

use super::Refused;
use super::tags::{Tag, escaped, plain, tags};
use crate::web::problem::FieldProblem;

/// What is put in the place of a part of the page.
type Edit = (usize, usize, String);

/// The page with the form of this address as it was sent. Where there is no such form, it says above everything what is wrong.
pub fn filled(html: &str, action: &str, sent: &[(String, String)], refused: &Refused) -> String {
    // It says no more what was done before, and it does not draw itself anew under the hands of whoever corrects the form.
    let html = match html.find("<div class=\"toast\"") {
        Some(start) => html[..start].to_owned() + html[start..].find("</body>").map_or("", |end| &html[start + end..]),
        None => html.to_owned(),
    };
    let html = html.replace(" data-live", "");
    let all = tags(&html);
    let mut edits = Vec::new();
    match form(&all, action, sent) {
        Some((open, close)) => {
            let fields = &all[open + 1..close];
            edits.extend(typed(&html, fields, sent));
            let mut rest = Vec::new();
            let mut first = true;
            for of in &refused.errors {
                match field(fields, &of.field) {
                    Some(at) => {
                        mark(&html, &fields[at..], &of.field, &of.reason, first, &mut edits);
                        first = false;
                    }
                    None => rest.push(named(&html, &all, of)),
                }
            }
            if refused.errors.is_empty() {
                rest.push(refused.detail.clone());
            }
            edits.extend((!rest.is_empty()).then(|| (all[open].start, all[open].start, said(&rest, first))));
            edits.extend(opened(&all, open));
        }
        None => {
            let top = all.iter().find(|tag| tag.name == "main" && !tag.closes).map_or(0, |tag| tag.end);
            edits.push((top, top, said(&refused.said(), true)));
        }
    }
    apply(html, edits)
}

fn said(texts: &[String], focus: bool) -> String {
    let focus = if focus { " tabindex=\"-1\" autofocus" } else { "" };
    format!("<p class=\"bad\" role=\"alert\"{focus}>{}</p>", escaped(&texts.join(" · ")))
}

/// The first and the last tag of the form that was sent: of several with one address the one whose
/// hidden fields say nothing else.
fn form(all: &[Tag<'_>], action: &str, sent: &[(String, String)]) -> Option<(usize, usize)> {
    let leads = |tag: &Tag<'_>, name: &str| {
        tag.plain(name).is_some_and(|of| of.split(['?', '#']).next().unwrap_or_default() == action)
    };
    let opens = all.iter().enumerate().filter(|(_, tag)| tag.name == "form" && !tag.closes);
    let forms = opens.filter_map(|(open, _)| {
        let close = all[open..].iter().position(|tag| tag.name == "form" && tag.closes)?;
        Some((open, open + close))
    });
    let sends = |(open, close): &(usize, usize)| {
        leads(&all[*open], "action") || all[*open..*close].iter().any(|tag| leads(tag, "formaction"))
    };
    let is_same = |(open, close): &(usize, usize)| {
        let hidden = all[*open..*close].iter().filter(|tag| tag.get("type") == Some("hidden"));
        hidden.filter_map(|tag| Some((tag.plain("name")?, tag.plain("value").unwrap_or_default()))).all(
            // These are made anew with each page.
            |(name, value)| {
                let mut given = sent.iter().filter(|(key, _)| *key == name).peekable();
                ["csrf", "key"].contains(&name.as_str()) || given.peek().is_none() || given.any(|(_, of)| *of == value)
            },
        )
    };
    forms.filter(sends).find(is_same)
}

/// Fields with what was typed. Passwords and files are typed anew.
fn typed(html: &str, fields: &[Tag<'_>], sent: &[(String, String)]) -> Vec<Edit> {
    if sent.is_empty() {
        return Vec::new();
    }
    let mut edits = Vec::new();
    // Of several fields of one name each has its own.
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut next = |name: &str| {
        let nth = seen.entry(name.to_owned()).or_default();
        *nth += 1;
        sent.iter().filter(|(key, _)| key == name).nth(*nth - 1).map(|(_, value)| value.clone())
    };
    for (at, tag) in fields.iter().enumerate().filter(|(_, tag)| !tag.closes) {
        let Some(name) = tag.plain("name") else { continue };
        match (tag.name, tag.get("type").unwrap_or_default()) {
            ("input", "hidden" | "password" | "file" | "submit") => {}
            ("input", "checkbox" | "radio") => {
                let value = tag.plain("value").unwrap_or_else(|| "on".into());
                let on = sent.contains(&(name, value)).then(String::new);
                edits.push((tag.start, tag.end, tag.with(&[("checked", on)])));
            }
            ("input", _) => {
                edits.extend(next(&name).map(|value| (tag.start, tag.end, tag.with(&[("value", Some(value))]))));
            }
            ("textarea", _) => {
                let close = fields[at..].iter().find(|of| of.name == "textarea" && of.closes);
                let edit = |(value, close): (String, &Tag<'_>)| (tag.end, close.start, escaped(&value));
                edits.extend(next(&name).zip(close).map(edit));
            }
            ("select", _) => {
                let Some(value) = next(&name) else { continue };
                let options = fields[at..].iter().take_while(|of| of.name != "select" || !of.closes);
                for option in options.filter(|of| of.name == "option" && !of.closes) {
                    let text = || plain(html[option.end..].split('<').next().unwrap_or_default().trim());
                    let on = (option.plain("value").unwrap_or_else(text) == value).then(String::new);
                    edits.push((option.start, option.end, option.with(&[("selected", on)])));
                }
            }
            _ => {}
        }
    }
    edits
}

/// The field of a name that somebody sees.
fn field(fields: &[Tag<'_>], name: &str) -> Option<usize> {
    let is = |tag: &Tag<'_>| {
        ["input", "select", "textarea"].contains(&tag.name)
            && tag.get("type") != Some("hidden")
            && tag.plain("name").as_deref() == Some(name)
    };
    fields.iter().position(|tag| !tag.closes && is(tag))
}

/// What is wrong with a field that is not in the form: with the label that people know it by, where the page has one.
fn named(html: &str, all: &[Tag<'_>], of: &FieldProblem) -> String {
    let label = field(all, &of.field).and_then(|at| {
        let inside =
            all[..at].iter().rev().take_while(|tag| tag.name != "form" && !(tag.name == "label" && tag.closes));
        let label = inside.filter(|tag| tag.name == "label").last()?;
        let text = plain(html[label.end..all[at].start].split('<').next().unwrap_or_default().trim());
        (!text.is_empty()).then_some(text)
    });
    label.map_or_else(|| of.reason.clone(), |label| format!("{label}: {}", of.reason))
}

/// Marks the first of these tags as wrong, and says why behind it.
fn mark(html: &str, from: &[Tag<'_>], name: &str, why: &str, focus: bool, edits: &mut Vec<Edit>) {
    let Some(tag) = from.first() else { return };
    let id = format!("wrong-{name}");
    let changes = [
        ("aria-invalid", Some("true".to_owned())),
        ("aria-describedby", Some(id.clone())),
        ("autofocus", focus.then(String::new)),
    ];
    let now = edits.iter_mut().find(|(start, end, _)| (*start, *end) == (tag.start, tag.end));
    match now {
        Some((_, _, text)) => {
            let marked = tags(text).first().map(|tag| tag.with(&changes));
            *text = marked.unwrap_or_default();
        }
        None => edits.push((tag.start, tag.end, tag.with(&changes))),
    }
    let close = from.iter().find(|of| of.name == tag.name && of.closes && tag.name != "input");
    let end = close.map_or(tag.end, |close| close.end).min(html.len());
    let text = format!("<span class=\"wrong\" id=\"{}\" role=\"alert\">✕ {}</span>", escaped(&id), escaped(why));
    edits.push((end, end, text));
}

/// Everything around the form that can be folded is open.
fn opened(all: &[Tag<'_>], form: usize) -> Vec<Edit> {
    let mut around: Vec<&Tag<'_>> = Vec::new();
    for tag in all[..form].iter().filter(|tag| tag.name == "details") {
        match tag.closes {
            true => drop(around.pop()),
            false => around.push(tag),
        }
    }
    around.iter().map(|tag| (tag.start, tag.end, tag.with(&[("open", Some(String::new()))]))).collect()
}

fn apply(html: String, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(start, end, _)| (*start, *end));
    let (mut out, mut at) = (String::with_capacity(html.len() + 1024), 0);
    for (start, end, text) in edits.into_iter().filter(|(_, end, _)| *end <= html.len()) {
        if start >= at {
            out.push_str(&html[at..start]);
            out.push_str(&text);
            at = end;
        }
    }
    out.push_str(&html[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<body><main id=\"content\"><div data-live id=\"x\"></div>\
        <details><form action=\"/a/save\"><input type=\"hidden\" name=\"id\" value=\"1\"><label>N<input name=\"n\" value=\"old\"></label></form></details>\
        <details><form method=\"post\" action=\"/a/save\"><input type=\"hidden\" name=\"csrf\" value=\"new\"><input type=\"hidden\" name=\"id\" value=\"2\">\
        <label>N<input name=\"n\" value=\"old\"></label><input name=\"n\" value=\"older\"><input type=\"password\" name=\"p\"><input type=\"checkbox\" name=\"c\" value=\"x\" checked>\
        <select name=\"s\"><option value=\"a\" selected>A</option><option>B &amp; C</option></select><textarea name=\"t\">old</textarea></form></details></main>\
        <div class=\"toast\">Saved</div></body>";

    fn refused(errors: &[(&str, &str)]) -> Refused {
        let error = |(field, reason): &(&str, &str)| FieldProblem { field: (*field).into(), reason: (*reason).into() };
        Refused { detail: "no".into(), errors: errors.iter().map(error).collect() }
    }

    fn sent(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_form_keeps_what_was_typed_and_names_what_is_wrong_at_its_field() {
        let fields =
            [("csrf", "old"), ("id", "2"), ("n", "<Ana>"), ("n", "2nd"), ("p", "pw"), ("s", "B & C"), ("t", "a\"b")];
        let page = filled(PAGE, "/a/save", &sent(&fields), &refused(&[("n", "too long"), ("s", "no such")]));
        let (first, second) = page.split_once("</details>").unwrap();
        assert!(
            first.contains("value=\"old\"") && !first.contains("wrong") && !first.contains("<details open"),
            "{first}"
        );
        let one = "<input name=\"n\" value=\"&lt;Ana&gt;\" aria-invalid=\"true\" aria-describedby=\"wrong-n\" autofocus><span class=\"wrong\" id=\"wrong-n\" role=\"alert\">✕ too long</span></label>";
        assert!(second.contains(one) && second.contains("<input name=\"n\" value=\"2nd\">"), "{second}");
        assert!(second.contains("<details open>") && second.contains("value=\"new\""), "{second}");
        assert!(second.contains("<input type=\"password\" name=\"p\">") && !second.contains("checked"), "{second}");
        assert!(second.contains("<option value=\"a\">A</option><option selected>B &amp; C</option>"), "{second}");
        assert!(second.contains("</select><span class=\"wrong\" id=\"wrong-s\""), "{second}");
        assert!(second.contains("<textarea name=\"t\">a&quot;b</textarea>"), "{second}");
        assert!(!page.contains("Saved") && !page.contains("data-live") && page.ends_with("</main></body>"), "{page}");
    }

    #[test]
    fn what_belongs_to_no_field_stands_above_the_form_or_above_everything() {
        let page = filled(PAGE, "/a/save", &sent(&[("id", "2")]), &refused(&[]));
        assert!(
            page.contains("<details open><p class=\"bad\" role=\"alert\" tabindex=\"-1\" autofocus>no</p><form"),
            "{page}"
        );
        let page = filled(PAGE, "/a/save", &sent(&[("id", "2")]), &refused(&[("x", "y")]));
        // Nobody but a program knows the field as `x`.
        assert!(page.contains(">y</p><form method"), "{page}");
        let labelled = PAGE.replace("<main id", "<label>Day off <input name=\"x\"></label><main id");
        let page = filled(&labelled, "/a/save", &sent(&[("id", "2")]), &refused(&[("x", "y")]));
        assert!(page.contains(">Day off: y</p><form method"), "{page}");
        let page = filled(PAGE, "/b/save", &sent(&[]), &refused(&[("x", "y")]));
        assert!(
            page.contains("<main id=\"content\"><p class=\"bad\" role=\"alert\" tabindex=\"-1\" autofocus>y</p>"),
            "{page}"
        );
        assert!(filled(PAGE, "/b/save", &sent(&[]), &refused(&[])).contains("autofocus>no</p>"));
    }
}
