//! Tests lists that come in pages: by next link, cursor and offset, whole or not at all; and sources with an interval of
//! their own.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use floorcast::board::TroubleKind::{BadData, NoAnswer};
use floorcast::feed::{FeedOptions, fetch_once};

use super::disk::wait_until;
use super::maps::settings;
use crate::support::TempDir;
use crate::support::rig::{NOON, Rig, Watch};
use crate::support::server::{Server, http, ok};

const MAP: &str = "board([{type: \"ranking\", title: \"D\", rows: [.sources.crm[].items[]]}])";

fn items(names: &[&str]) -> String {
    let items: Vec<String> = names.iter().map(|name| format!("{{\"name\":\"{name}\",\"value\":1}}")).collect();
    format!("\"items\":[{}]", items.join(","))
}

fn feed(dir: &TempDir, server: &Server, path: &str, more: &str) -> FeedOptions {
    dir.write("m.jq", MAP);
    let url = server.url(path);
    let text = format!("[feed]\nmap = \"m.jq\"\n[[feed.source]]\nname = \"crm\"\nurl = \"{url}\"\n{more}\n");
    settings(&text, dir.path())
}

fn once(feed: &FeedOptions) -> Result<String, String> {
    let once = fetch_once(feed, &Watch::at(NOON).clock()).map_err(|failure| failure.to_string())?;
    Ok(String::from_utf8(once.body).unwrap())
}

fn path(request: &str) -> String {
    request.split(' ').nth(1).unwrap_or_default().to_owned()
}

#[test]
fn a_list_is_followed_to_its_end_the_three_usual_ways() {
    let next = |at: &str| match at {
        "/deals?q=1" => format!("{{{},\"next\":\"?q=1&page=2\"}}", items(&["Ana", "Ben"])),
        "/deals?q=1&page=2" => format!("{{{},\"next\":\"/last\"}}", items(&["Chi", "Dee"])),
        _ => format!("{{{},\"next\":null}}", items(&["Eve"])),
    };
    let cursor = |at: &str| match at {
        "/deals?q=1" => format!("{{{},\"meta\":{{\"after\":\"a b&c\"}}}}", items(&["Ana", "Ben"])),
        "/deals?q=1&after=a+b%26c" => format!("{{{},\"meta\":{{\"after\":7}}}}", items(&["Chi", "Dee"])),
        _ => format!("{{{},\"meta\":{{}}}}", items(&["Eve"])),
    };
    let offset = |at: &str| match at {
        "/deals?q=1" => format!("{{{}}}", items(&["Ana", "Ben"])),
        "/deals?q=1&start=2" => format!("{{{}}}", items(&["Chi", "Dee"])),
        "/deals?q=1&start=4" => format!("{{{}}}", items(&["Eve"])),
        _ => format!("{{{}}}", items(&[])),
    };
    type Script = fn(&str) -> String;
    let ways: [(&str, Script, &[&str]); 3] = [
        ("paging = { next = \"/next\" }", next, &["/deals?q=1", "/deals?q=1&page=2", "/last"]),
        (
            "paging = { cursor = \"/meta/after\", param = \"after\" }",
            cursor,
            &["/deals?q=1", "/deals?q=1&after=a+b%26c", "/deals?q=1&after=7"],
        ),
        (
            "paging = { offset = \"start\", items = \"/items\" }",
            offset,
            &["/deals?q=1", "/deals?q=1&start=2", "/deals?q=1&start=4", "/deals?q=1&start=5"],
        ),
    ];
    for (paging, script, asked) in ways {
        let (dir, server) = (TempDir::new(), Server::start(move |request| ok(script(&path(request)))));
        let body = once(&feed(&dir, &server, "/deals?q=1", paging)).unwrap();
        for name in ["Ana", "Ben", "Chi", "Dee", "Eve"] {
            assert!(body.contains(name), "{paging}: {body}");
        }
        let paths: Vec<String> = server.requests().iter().map(|request| path(request)).collect();
        assert_eq!(paths, asked, "{paging}");
        // One page fewer than there are is an error, never a list that is cut.
        let short = format!("{paging}\nmax_pages = {}", asked.len() - 1);
        let error = once(&feed(&dir, &server, "/deals?q=1", &short)).unwrap_err();
        assert!(error.contains(&format!("more than {} pages", asked.len() - 1)), "{error}");
        assert_eq!(server.requests().len(), 2 * asked.len() - 1, "and no more is asked for");
    }
}

#[test]
fn what_never_ends_or_grows_too_large_is_an_error() {
    let page = |more: &str| format!("{{{},{more}}}", items(&["Ana"]));
    let same = page("\"next\":\"/deals\"");
    let (here, there) = (page("\"next\":\"/b\""), page("\"next\":\"/a\""));
    let cycle = move |at: &str| if at == "/b" { there.clone() } else { here.clone() };
    let large = format!("{{\"items\":[],\"pad\":\"{}\",\"next\":\"/deals?more\"}}", "x".repeat(3000));
    let paging = "paging = { next = \"/next\" }\nmax_pages = 5";
    type Script = Box<dyn Fn(&str) -> String + Send>;
    let cases: [(Script, &str, usize); 5] = [
        (Box::new(move |_| same.clone()), "the next page is the same page again", 1),
        (Box::new(cycle), "more than 5 pages", 5),
        (Box::new(move |at| large.replace("more", &format!("{at}x")[1..])), "larger than", 3),
        (Box::new(|_| "{\"next\":{\"a\":1}}".into()), "/next is not an address", 1),
        (Box::new(|_| "{\"next\":".into()), "not valid JSON", 1),
    ];
    for (script, says, asked) in cases {
        let (dir, server) = (TempDir::new(), Server::start(move |request| ok(script(&path(request)))));
        let mut feed = feed(&dir, &server, "/deals", paging);
        feed.limits.map.input = 8 << 10;
        let error = once(&feed).unwrap_err();
        assert!(error.starts_with("source crm: 127.0.0.1") && error.contains(says), "{error}");
        assert_eq!(server.requests().len(), asked, "{says}");
    }
}

#[test]
fn a_page_that_fails_costs_the_list_and_not_the_board() {
    let down = Arc::new(AtomicBool::new(false));
    let broken = down.clone();
    let server = Server::start(move |request| match path(request).as_str() {
        "/deals" if broken.load(Ordering::SeqCst) => ok(format!("{{{},\"next\":\"/two\"}}", items(&["Zoe"]))),
        "/deals" => ok(format!("{{{},\"next\":\"/two\"}}", items(&["Ana"]))),
        _ if broken.load(Ordering::SeqCst) => http("500 Internal Server Error", &[], ""),
        _ => ok(format!("{{{},\"next\":null}}", items(&["Ben"]))),
    });
    let dir = TempDir::new();
    let rig = Rig::start(feed(&dir, &server, "/deals", "paging = { next = \"/next\" }"));
    wait_until(|| rig.inbox.boards().len() == 1);
    down.store(true, Ordering::SeqCst);
    rig.inbox.wait_trouble(NoAnswer, "HTTP 500");
    assert_eq!(rig.inbox.boards().len(), 1, "half a list is no list");
    server.answer(|_| ok("{\"items\":7}"));
    rig.inbox.wait_trouble(BadData, "m.jq");
    server.answer(|_| ok(format!("{{{},\"next\":null}}", items(&["Eve"]))));
    wait_until(|| rig.inbox.boards().len() == 2 && rig.inbox.health().trouble.is_none());
}

#[test]
fn a_source_may_have_a_pace_of_its_own() {
    let dir = TempDir::new();
    dir.write("m.jq", "board([{type: \"ranking\", title: .sources.names[0].n, rows: [{name: \"Ana\", value: 1}]}])");
    let server = Server::start(|request| match path(request).as_str() {
        "/names" => http("503 Service Unavailable", &[], ""),
        _ => ok("[{\"n\":\"North\"}]"),
    });
    let source = |name: &str, more: &str| {
        format!("[[feed.source]]\nname = \"{name}\"\nurl = \"{}\"\n{more}\n", server.url(&format!("/{name}")))
    };
    let text = format!("[feed]\nmap = \"m.jq\"\n{}{}", source("deals", ""), source("names", "interval_s = 3600"));
    let rig = Rig::start(settings(&text, dir.path()));
    rig.inbox.wait_trouble(NoAnswer, "source names: 127.0.0.1");
    wait_until(|| server.count("/names") >= 3);
    server.answer(|_| ok("[{\"n\":\"North\"}]"));
    wait_until(|| rig.inbox.boards().len() == 1);
    // Once it has come, it is left alone while the other one is asked again and again.
    let (deals, names) = (server.count("/deals"), server.count("/names"));
    wait_until(|| server.count("/deals") >= deals + 6);
    assert_eq!(server.count("/names"), names);
    let slow = format!("[feed]\nmap = \"m.jq\"\n{}", source("names", "interval_s = 3600"));
    assert_eq!(settings(&slow, dir.path()).two_polls_s(), 7200.0, "what is asked once an hour is live for two");
}

#[test]
fn a_source_that_comes_back_as_it_was_is_good_again() {
    let dir = TempDir::new();
    let server = Server::start(|_| ok(format!("{{{}}}", items(&["Ana"]))));
    let rig = Rig::start(feed(&dir, &server, "/deals", "paging = { next = \"/next\" }"));
    wait_until(|| rig.inbox.boards().len() == 1);
    server.answer(|_| http("503 Service Unavailable", &[], ""));
    rig.inbox.wait_trouble(NoAnswer, "HTTP 503");
    rig.watch.forward(600);
    server.answer(|_| ok(format!("{{{}}}", items(&["Ana"]))));
    wait_until(|| rig.inbox.health().trouble.is_none() && rig.inbox.health().last_good == Some(rig.watch.now()));
    assert_eq!(rig.inbox.boards().len(), 1);
}

#[test]
fn what_changed_while_another_source_was_away_is_shown_when_it_is_back() {
    let dir = TempDir::new();
    dir.write(
        "m.jq",
        "board([{type: \"ranking\", title: (.sources.names[0].n | tostring), rows: [{name: \"A\", value: .sources.deals[0].n}]}])",
    );
    let server = Server::start(|_| ok("[{\"n\":1}]"));
    let source =
        |name: &str| format!("[[feed.source]]\nname = \"{name}\"\nurl = \"{}\"\n", server.url(&format!("/{name}")));
    let text = format!("[feed]\nmap = \"m.jq\"\n{}{}", source("deals"), source("names"));
    let rig = Rig::start(settings(&text, dir.path()));
    wait_until(|| rig.inbox.boards().len() == 1);
    server.answer(|request| match path(request).as_str() {
        "/names" => http("503 Service Unavailable", &[], ""),
        _ => ok("[{\"n\":2}]"),
    });
    rig.inbox.wait_trouble(NoAnswer, "source names: ");
    let asked = server.count("/deals");
    wait_until(|| server.count("/deals") >= asked + 2);
    assert_eq!(rig.inbox.boards().len(), 1);
    server.answer(|request| if path(request) == "/names" { ok("[{\"n\":1}]") } else { ok("[{\"n\":2}]") });
    wait_until(|| rig.inbox.boards().len() == 2);
}
