//! Tests the quoted answer of a source that refuses: one line in its own words, without secrets, or nothing.

use floorcast::feed::{FeedOptions, fetch_once};

use super::maps::settings;
use crate::support::TempDir;
use crate::support::rig::{NOON, Watch};
use crate::support::server::{Reply, Server, http, ok};

const MAP: &str = "board([{type: \"ranking\", title: \"D\", rows: [answers(\"crm\")[] | .items[]]}])";
const PAGING: &str = "paging = { next = \"/next\" }";

fn feed(dir: &TempDir, server: &Server, more: &str) -> FeedOptions {
    dir.write("m.jq", MAP);
    dir.write("token", "s3cret-t0ken");
    dir.write("id", "floor-7");
    dir.write("secret", "hunter2-and-more");
    let url = server.url("/deals");
    let text = format!("[feed]\nmap = \"m.jq\"\n[[feed.source]]\nname = \"crm\"\nurl = \"{url}\"\n{more}\n");
    settings(&text, dir.path())
}

fn once(feed: &FeedOptions) -> Result<String, String> {
    let once = fetch_once(feed, &Watch::at(NOON).clock()).map_err(|failure| failure.to_string())?;
    Ok(String::from_utf8(once.body).unwrap())
}

/// The error of a source that answers so, with and without pages.
fn told(reply: &Reply) -> String {
    let mut errors = ["", PAGING].map(|paging| {
        let (dir, reply) = (TempDir::new(), reply.clone());
        let server = Server::start(move |_| reply.clone());
        let error = once(&feed(&dir, &server, &format!("token_file = \"token\"\n{paging}"))).unwrap_err();
        error.replace(&server.port().to_string(), "PORT")
    });
    assert!(errors.iter().all(|error| !error.contains('\n') && error.len() < 400), "{errors:?}");
    assert_eq!(errors[0], errors[1], "with pages as without");
    std::mem::take(&mut errors[0])
}

#[test]
fn an_error_is_told_in_the_words_of_the_source() {
    let json = [("Content-Type", "application/json")];
    for (status, body, says) in [
        (
            "400 Bad Request",
            r#"{"error":{"message":"No such column 'Amont'"}}"#,
            "HTTP 400 Bad Request: No such column 'Amont'",
        ),
        (
            "400 Bad Request",
            r#"[{"message":"MALFORMED_QUERY","errorCode":"X"}]"#,
            "HTTP 400 Bad Request: X: MALFORMED_QUERY",
        ),
        (
            "401 Unauthorized",
            r#"{"error":"TOKEN_REVOKED"}"#,
            "HTTP 401 Unauthorized: the token is refused: TOKEN_REVOKED",
        ),
        (
            "403 Forbidden",
            r#"{"type":"about:blank","title":"Forbidden","detail":"No licence"}"#,
            "HTTP 403 Forbidden: Forbidden: No licence",
        ),
        ("404 Not Found", r#"{"message":"Base not found"}"#, "HTTP 404 Not Found: Base not found"),
        (
            "422 Unprocessable Entity",
            r#"{"errors":[{"message":"one"},{"message":"two"}]}"#,
            "HTTP 422 Unprocessable Entity: one; two",
        ),
        (
            "429 Too Many Requests",
            r#"{"status":"error","message":"You have reached your limit"}"#,
            "HTTP 429 Too Many Requests: You have reached your limit",
        ),
        ("500 Internal Server Error", r#"{"success":false,"error":"oops"}"#, "HTTP 500 Internal Server Error: oops"),
        ("200 OK", r#"{"success":false,"error":"unauthorized access","data":null}"#, "it says: unauthorized access"),
        ("200 OK", r#"{"status":"error","message":"no scope"}"#, "it says: no scope"),
        ("503 Service Unavailable", "<html>503</html>", "HTTP 503 Service Unavailable"),
        ("400 Bad Request", "", "HTTP 400 Bad Request"),
        ("400 Bad Request", r#"{"error":"s3cret-t0ken is not valid"}"#, "HTTP 400 Bad Request: *** is not valid"),
    ] {
        let error = told(&http(status, &json, body));
        assert!(error.ends_with(says), "{body}: {error}");
    }
    let text =
        told(&http("403 Forbidden", &[("Content-Type", "text/plain; charset=utf-8")], "Not from this\n address"));
    assert!(text.ends_with("HTTP 403 Forbidden: Not from this address"), "{text}");
    let long = told(&http("400 Bad Request", &json, format!(r#"{{"error":"{}"}}"#, "x".repeat(90_000))));
    assert!(long.ends_with("HTTP 400 Bad Request"), "what is longer than any reason is none: {long}");
}

#[test]
fn a_page_of_the_web_and_an_empty_body_are_told_alike_with_and_without_pages() {
    let page = told(&http("200 OK", &[("Content-Type", "text/html")], "<!DOCTYPE html><html>Log in</html>"));
    assert!(page.ends_with("a web page came instead of data (a login page, or a wrong address?)"), "{page}");
    assert!(told(&ok("")).ends_with("it is empty"));
    assert!(told(&ok("  \n")).ends_with("it is empty"));
}

#[test]
fn nothing_is_an_empty_list() {
    let nothing = |_: &str| http("204 No Content", &[], "");
    for paging in ["", PAGING] {
        let (dir, server) = (TempDir::new(), Server::start(nothing));
        let body = once(&feed(&dir, &server, paging)).unwrap();
        assert!(body.contains("\"rows\":[]"), "{paging}: {body}");
    }
    // Nothing behind a page is the end of the list.
    let (dir, server) = (
        TempDir::new(),
        Server::start(|request| match request.starts_with("GET /deals ") {
            true => ok(r#"{"items":[{"name":"Ana","value":1}],"next":"/two"}"#),
            false => http("204 No Content", &[], ""),
        }),
    );
    assert!(once(&feed(&dir, &server, PAGING)).unwrap().contains("Ana"));
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn a_login_says_why_it_refuses_and_no_secret() {
    for (status, body, says) in [
        (
            "400 Bad Request",
            r#"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided"}"#,
            "HTTP 400: the client credentials are refused: invalid_client: AADSTS7000215: Invalid client secret provided",
        ),
        (
            "401 Unauthorized",
            r#"{"error":"invalid_client","error_description":"floor-7 with hunter2-and-more"}"#,
            "the client credentials are refused: invalid_client: *** with ***",
        ),
        ("503 Service Unavailable", r#"{"message":"later"}"#, "HTTP 503 instead of a token: later"),
        (
            "200 OK",
            r#"{"error":"invalid_scope","error_description":"no such scope"}"#,
            "an answer without access_token: invalid_scope: no such scope",
        ),
        ("200 OK", r#"{"token":"t0p-secret","value":"t0p-secret"}"#, "an answer without access_token"),
    ] {
        let (dir, server) = (TempDir::new(), Server::start(move |_| http(status, &[], body)));
        let oauth = format!(
            "oauth = {{ token_url = \"{}\", client_id_file = \"id\", client_secret_file = \"secret\" }}",
            server.url("/token")
        );
        let error = once(&feed(&dir, &server, &oauth)).unwrap_err();
        assert!(error.ends_with(says), "{body}: {error}");
    }
}
