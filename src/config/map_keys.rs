//! Reads the keys of a map: `map` of a feed and its `[[feed.source]]` entries.

use toml::Spanned;
use toml::de::DeValue;
use url::Url;

use super::map::{MAX_SOURCES, MapFormat, MapFrom, MapInput, MapSettings, OAuth, Paging};
use super::read::{Reader, Section};
use super::source::FeedSource;
use super::table::{CHARSET_HINT, charset};

/// Reads the keys `map` and `source` of a feed.
pub(super) fn map(reader: &Reader<'_>, s: &mut Section<'_, '_>) -> Option<FeedSource> {
    let had_url = s.has("url");
    let had_sources = s.has("source");
    let program = s.text("map", "the path of a jq program");
    let tables = s.sections("source", "[[feed.source]]");
    let Some(program) = program else {
        if had_sources && let Some(first) = tables.first() {
            reader.problem(first.span(), "`source`: [[feed.source]] needs `map` in its feed");
        }
        return None;
    };
    if had_url {
        reader.problem(program.span(), "`map`: `url` is set too; expected only one of the two");
    }
    if tables.is_empty() {
        reader.problem(program.span(), "`map` needs at least one [[feed.source]]");
    }
    let mut sources: Vec<MapInput> = Vec::new();
    for table in tables {
        let span = table.span();
        if sources.len() == MAX_SOURCES {
            reader.problem(span, format!("`source`: expected at most {MAX_SOURCES} sources"));
            break;
        }
        if let Some(input) = input(reader, table) {
            if sources.iter().any(|known| known.name == input.name) {
                reader.problem(span, format!("`name`: another source is already named {:?}", input.name));
            }
            sources.push(input);
        }
    }
    Some(FeedSource::Map(Box::new(MapSettings { program: Some(program.into_inner().into()), sources })))
}

fn input(reader: &Reader<'_>, table: Spanned<Section<'_, '_>>) -> Option<MapInput> {
    let span = table.span();
    let mut s = table.into_inner();
    let name = s.get("name", "a name of letters, digits and _ that a map can write as .sources.NAME", word);
    let had = [s.has("name"), s.has("url"), s.has("file")];
    let url = s.get("url", "an http or https address without user name and password", address);
    let file = s.text("file", "the path of a file");
    let formats = [
        ("auto", MapFormat::Auto),
        ("json", MapFormat::Json),
        ("csv", MapFormat::Csv),
        ("xlsx", MapFormat::Xlsx),
        ("ods", MapFormat::Ods),
    ];
    let format = s.word("format", &formats).unwrap_or_default();
    let sheet = s.text("sheet", "the name of a sheet").map(Spanned::into_inner);
    let charset = s.get("charset", CHARSET_HINT, charset).map(Spanned::into_inner);
    let headers = plain_headers(reader, &mut s);
    let token = s.secret("token_file", "token_env");
    let token_header = s.get("token_header", "the name of a header", header_name).map(Spanned::into_inner);
    let oauth = oauth(reader, &mut s);
    let interval_s = s.whole("interval_s", 2..=86_400, " seconds");
    let ca_file = s.text("ca_file", "the path of a PEM file").map(|path| path.into_inner().into());
    let paging = paging(reader, &mut s);
    let max_pages = s.whole("max_pages", 1..=100, " pages").unwrap_or(20);
    s.finish();
    if !had[0] && name.is_none() {
        reader.problem(span.clone(), "each [[feed.source]] needs a `name`");
    }
    if had[1] == had[2] {
        let came = if had[1] { "both" } else { "neither" };
        reader.problem(span, format!("`source`: expected `url` or `file`, found {came}"));
    }
    let from = url.map(|url| MapFrom::Web(url.into_inner()));
    let from = from.or(file.map(|file| MapFrom::File(file.into_inner().into())))?;
    Some(MapInput {
        name: name?.into_inner(),
        from,
        format,
        sheet,
        charset,
        headers,
        token,
        token_header,
        oauth,
        interval_s,
        ca_file,
        paging,
        max_pages,
    })
}

fn oauth(reader: &Reader<'_>, s: &mut Section<'_, '_>) -> Option<OAuth> {
    if !s.has("oauth") {
        return None;
    }
    let span = s.span("oauth");
    let mut oauth = s.section("oauth", "{ token_url = …, client_id_env = …, client_secret_file = … }");
    let url = oauth.get("token_url", "an https address", |value| {
        address(value).filter(|url| url.scheme() == "https" || is_loopback(url))
    });
    let id = oauth.secret("client_id_file", "client_id_env");
    let secret = oauth.secret("client_secret_file", "client_secret_env");
    let scope = oauth.text("scope", "an OAuth scope like \"read\"").map(Spanned::into_inner);
    if url.is_none() || id.is_none() || secret.is_none() {
        let expected = "token_url, client_id_file or client_id_env, and client_secret_file or client_secret_env";
        reader.problem(span, format!("`oauth`: expected {expected}"));
    }
    oauth.finish();
    Some(OAuth { token_url: url?.into_inner(), client_id: id?, client_secret: secret?, scope })
}

fn paging(reader: &Reader<'_>, s: &mut Section<'_, '_>) -> Option<Paging> {
    if !s.has("paging") {
        return None;
    }
    let span = s.span("paging");
    let mut paging = s.section("paging", "{ next = \"/links/next\" }");
    let what = "a JSON pointer like \"/paging/next/after\"";
    let next = paging.get("next", what, pointer).map(Spanned::into_inner);
    let cursor = paging.get("cursor", what, pointer).map(Spanned::into_inner);
    let offset = paging.text("offset", "the name of a parameter").map(Spanned::into_inner);
    let items = paging.get("items", what, pointer).map(Spanned::into_inner);
    let param = paging.text("param", "the name of a parameter").map(Spanned::into_inner);
    let out = match (next, cursor, offset, items, param) {
        (Some(at), None, None, None, None) => Some(Paging::Next(at)),
        (None, Some(at), None, None, Some(param)) => Some(Paging::Cursor { at, param }),
        (None, None, Some(param), Some(items), None) => Some(Paging::Offset { param, items }),
        _ => None,
    };
    if out.is_none() {
        reader.problem(span, "`paging`: expected { next }, { cursor, param } or { offset, items }");
    }
    paging.finish();
    out
}

fn word(value: &DeValue<'_>) -> Option<String> {
    let name = value.as_str()?;
    let fine = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let first = name.bytes().next()?;
    (name.len() <= 32 && !first.is_ascii_digit() && name.bytes().all(fine)).then(|| name.to_owned())
}

fn address(value: &DeValue<'_>) -> Option<Url> {
    let url = Url::parse(value.as_str()?).ok()?;
    let fine = matches!(url.scheme(), "http" | "https") && url.has_host() && url.port() != Some(0);
    (fine && url.username().is_empty() && url.password().is_none()).then_some(url)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        _ => false,
    }
}

fn pointer(value: &DeValue<'_>) -> Option<String> {
    value.as_str().filter(|text| text.starts_with('/') && text.len() > 1).map(str::to_owned)
}

fn header_name(value: &DeValue<'_>) -> Option<String> {
    let name = value.as_str()?;
    let fine = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    (!name.is_empty() && name.bytes().all(fine)).then(|| name.to_owned())
}

/// Headers; one that would carry a secret in the open text of the settings is refused.
fn plain_headers(reader: &Reader<'_>, s: &mut Section<'_, '_>) -> Vec<(String, String)> {
    let secret = s.peek("headers").and_then(secret_header);
    if let Some(name) = secret {
        let how = match name.eq_ignore_ascii_case("authorization") {
            true => "put the token into token_file or token_env; it is sent as `Authorization: Bearer`".to_owned(),
            false => format!("put its value into token_file or token_env and set token_header = {name:?}"),
        };
        let message = format!("`headers`: `{name}` is secret: {how}");
        reader.problem(s.span("headers"), message);
        s.get("headers", "", |_| Some(()));
        return Vec::new();
    }
    let what = "a table of texts in ASCII like { Accept = \"text/csv\" }";
    s.get("headers", what, headers).map(Spanned::into_inner).unwrap_or_default()
}

/// The first header of a table that carries a secret.
fn secret_header(value: &DeValue<'_>) -> Option<String> {
    let secret = |name: &str| ["authorization", "cookie", "proxy-authorization"].contains(&name);
    let mut names = value.as_table()?.iter().map(|(name, _)| name.get_ref().to_string());
    names.find(|name| secret(&name.to_ascii_lowercase()))
}

fn headers(value: &DeValue<'_>) -> Option<Vec<(String, String)>> {
    let mut out = Vec::new();
    for (name, value) in value.as_table()? {
        let name = name.get_ref();
        let text = value.get_ref().as_str().filter(|text| text.bytes().all(|b| (b' '..=b'~').contains(&b)))?;
        header_name(&DeValue::String(name.clone()))?;
        out.push((name.to_string(), text.to_owned()));
    }
    out.sort();
    Some(out)
}
