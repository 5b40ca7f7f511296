//! Decides where a redirect may lead, and which host gets the token.

use url::Url;

/// The next address of a redirect from `from`: http or https, never to a weaker scheme, without a password in it.
pub(super) fn next(from: &Url, location: &str) -> Result<Url, String> {
    let next = from.join(location).map_err(|error| format!("a redirect to a broken address: {error}"))?;
    match (from.scheme(), next.scheme()) {
        (_, "https") | ("http", "http") => {}
        (_, "http") => return Err(format!("a redirect from https to plain http ({}) is refused", label(&next))),
        (_, scheme) => return Err(format!("a redirect to {scheme}: is refused")),
    }
    if next.host().is_none() || !next.username().is_empty() || next.password().is_some() {
        return Err("a redirect to an address with a password in it is refused".into());
    }
    Ok(next)
}

/// Whether the token that is meant for `origin` may be sent to `to`: the same host and port, or the same host after
/// its upgrade from http to https.
pub(super) fn may_get_token(origin: &Url, to: &Url) -> bool {
    if origin.host() != to.host() {
        return false;
    }
    let port = |url: &Url| url.port_or_known_default();
    match (origin.scheme(), to.scheme()) {
        (a, b) if a == b => port(origin) == port(to),
        ("http", "https") => port(origin) == Some(80) && port(to) == Some(443),
        _ => false,
    }
}

/// An address as it may stand in a log: scheme, host, port and path; a query may hold a secret.
pub(super) fn label(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}://{host}{port}{}", url.scheme(), url.path())
}

/// Host and port, for messages about the connection.
pub(super) fn host_label(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn redirects_never_weaken() {
        let to = |from: &str, location: &str| next(&url(from), location).map(|url| url.to_string());
        assert_eq!(to("http://a/x", "/y"), Ok("http://a/y".into()));
        assert_eq!(to("http://a/x", "https://b/y"), Ok("https://b/y".into()));
        assert_eq!(to("https://a/x", "//b/y"), Ok("https://b/y".into()));
        assert!(to("https://a/x", "http://a/y?token=s3cret").unwrap_err().contains("plain http (http://a/y)"));
        for bad in ["file:///etc/passwd", "data:,x", "ftp://a/", "https://me:pw@b/", "http://[", "javascript:1"] {
            assert!(to("http://a/x", bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_token_stays_with_its_host() {
        for (origin, to, may) in [
            ("https://a/x", "https://a/y", true),
            ("https://a/x", "https://a:443/y", true),
            ("http://a/x", "https://a/x", true),
            ("https://a/x", "https://b/x", false),
            ("https://a/x", "https://x.a/x", false),
            ("https://a/x", "https://a:8443/x", false),
            ("https://a/x", "http://a/x", false),
            ("http://a:8000/x", "https://a/x", false),
            ("http://127.0.0.1:1/x", "http://localhost:1/x", false),
        ] {
            assert_eq!(may_get_token(&url(origin), &url(to)), may, "{origin} → {to}");
        }
    }

    #[test]
    fn labels_hide_queries() {
        assert_eq!(label(&url("https://a:8443/b/c?key=s3cret#d")), "https://a:8443/b/c");
        assert_eq!(host_label(&url("http://a:80/")), "a");
    }
}
