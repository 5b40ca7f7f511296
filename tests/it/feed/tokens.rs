//! Tests OAuth 2 client credentials: requested once, kept until they end, renewed once, never sent elsewhere.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use floorcast::board::TroubleKind::{BadData, NoAccess, NoAnswer};
use floorcast::board::Update;
use floorcast::feed::FeedOptions;

use super::disk::wait_until;
use super::maps::settings;
use crate::support::TempDir;
use crate::support::rig::Rig;
use crate::support::server::{Reply, Server, http, ok};

const DEALS: &str = "{\"items\":[{\"name\":\"Ana\",\"value\":1}]}";
const ANY: usize = 0;

/// A CRM with its login: token number n is `t0ken-n`, and only one of them opens.
struct Crm {
    dir: TempDir,
    server: Server,
    valid: Arc<AtomicUsize>,
}

impl Crm {
    fn open() -> Crm {
        let dir = TempDir::new();
        dir.write("id", "floor-7");
        dir.write("secret", "hunter2");
        dir.write("m.jq", "board([{type: \"ranking\", title: \"D\", rows: .sources.crm.items}])");
        let (issued, valid) = (AtomicUsize::new(0), Arc::new(AtomicUsize::new(ANY)));
        let opens = valid.clone();
        let server = Server::start(move |request| {
            let number =
                |n: usize| request.to_ascii_lowercase().contains(&format!("authorization: bearer t0ken-{n}\r"));
            if request.starts_with("POST /token ") {
                assert!(
                    request
                        .ends_with("grant_type=client_credentials&client_id=floor-7&client_secret=hunter2&scope=read")
                );
                let n = issued.fetch_add(1, Ordering::SeqCst) + 1;
                return ok(format!("{{\"access_token\":\"t0ken-{n}\",\"token_type\":\"Bearer\",\"expires_in\":3600}}"));
            }
            match opens.load(Ordering::SeqCst) {
                ANY if request.contains("t0ken-") => ok(DEALS),
                n if number(n) => ok(DEALS),
                _ => http("401 Unauthorized", &[], "hunter2"),
            }
        });
        Crm { dir, server, valid }
    }

    /// A feed with these keys more in its source.
    fn feed(&self, more: &str) -> FeedOptions {
        let oauth = format!(
            "oauth = {{ token_url = \"{}\", client_id_file = \"id\", client_secret_file = \"secret\", scope = \"read\" }}",
            self.server.url("/token")
        );
        let url = self.server.url("/deals");
        let text =
            format!("[feed]\nmap = \"m.jq\"\n[[feed.source]]\nname = \"crm\"\nurl = \"{url}\"\n{oauth}\n{more}\n");
        settings(&text, self.dir.path())
    }

    fn issued(&self) -> usize {
        self.server.counted("POST", "/token")
    }

    fn wait_asked(&self, times: usize) {
        let until = self.server.count("/deals") + times;
        wait_until(|| self.server.count("/deals") >= until);
    }
}

fn never_in_trouble(rig: &Rig) -> bool {
    rig.inbox.updates().iter().all(|update| !matches!(update, Update::Health(health) if health.trouble.is_some()))
}

fn no_secret_was_said(rig: &Rig) {
    let said = format!("{:?}", rig.inbox.updates());
    assert!(!said.contains("hunter2") && !said.contains("t0ken") && !said.contains("floor-7"), "{said}");
}

#[test]
fn a_token_is_kept_until_shortly_before_its_end() {
    let crm = Crm::open();
    let rig = Rig::start(crm.feed(""));
    wait_until(|| !rig.inbox.boards().is_empty());
    crm.wait_asked(4);
    rig.watch.forward(3500);
    crm.wait_asked(4);
    assert_eq!(crm.issued(), 1);
    rig.watch.forward(60);
    wait_until(|| crm.issued() == 2);
    crm.wait_asked(4);
    assert_eq!(crm.issued(), 2);
    assert!(never_in_trouble(&rig));
}

#[test]
fn a_token_that_was_taken_back_is_renewed_once() {
    let crm = Crm::open();
    let rig = Rig::start(crm.feed(""));
    wait_until(|| !rig.inbox.boards().is_empty());
    crm.valid.store(2, Ordering::SeqCst);
    wait_until(|| crm.issued() == 2);
    crm.wait_asked(4);
    assert!(crm.issued() == 2 && never_in_trouble(&rig), "nobody has seen it");

    // The client itself is shut out: one new token for each question, and the long wait in between.
    crm.valid.store(usize::MAX, Ordering::SeqCst);
    rig.inbox.wait_trouble(NoAccess, "HTTP 401 Unauthorized: the token is refused");
    let before = (crm.issued(), crm.server.count("/deals"));
    crm.wait_asked(6);
    let after = (crm.issued(), crm.server.count("/deals"));
    let (tokens, questions) = (after.0 - before.0, after.1 - before.1);
    assert!(tokens <= questions.div_ceil(2) + 1, "{tokens} tokens for {questions} questions");
    assert_eq!(rig.inbox.boards().len(), 1, "the last board stays");
    no_secret_was_said(&rig);
    crm.valid.store(ANY, Ordering::SeqCst);
    wait_until(|| rig.inbox.health().trouble.is_none());
}

/// A second host that answers well, and that nobody must tell anything.
fn stranger() -> Server {
    Server::start(|_| ok(DEALS))
}

fn knows_nothing(stranger: &Server) {
    for request in stranger.requests() {
        let lower = request.to_ascii_lowercase();
        for secret in ["authorization", "t0ken", "hunter2", "floor-7", "x-api-key", "x-team"] {
            assert!(!lower.contains(secret), "{request}");
        }
    }
}

fn moved(to: &str) -> Reply {
    http("307 Temporary Redirect", &[("Location", to)], "")
}

#[test]
fn a_redirect_to_another_host_is_followed_without_the_token() {
    let (crm, other) = (Crm::open(), stranger());
    let away = other.url("/deals");
    crm.server.answer(move |request| {
        if request.starts_with("POST /token ") { ok("{\"access_token\":\"t0ken-1\"}") } else { moved(&away) }
    });
    let own = [
        crm.feed("headers = { X-Team = \"north\" }"),
        crm.feed("token_header = \"x-api-key\"\nheaders = { X-Team = \"north\" }"),
    ];
    for feed in own {
        let rig = Rig::start(feed);
        wait_until(|| !rig.inbox.boards().is_empty());
    }
    let asked = crm.server.requests().join("").to_ascii_lowercase();
    assert!(asked.contains("authorization: bearer t0ken-1") && asked.contains("x-api-key: t0ken-1"), "{asked}");
    assert!(!other.requests().is_empty());
    knows_nothing(&other);
}

#[test]
fn a_login_that_moves_gets_no_secret_at_its_new_place() {
    let (crm, other) = (Crm::open(), stranger());
    let away = other.url("/token");
    crm.server.answer(move |_| moved(&away));
    let rig = Rig::start(crm.feed(""));
    rig.inbox.wait_trouble(NoAnswer, "HTTP 307 instead of a token");
    assert_eq!(other.connections(), 0);
    no_secret_was_said(&rig);
}

#[test]
fn a_next_page_on_another_host_is_not_even_asked_for() {
    let (crm, other) = (Crm::open(), stranger());
    let body = format!("{{\"items\":[],\"next\":\"{}\"}}", other.url("/deals"));
    crm.server.answer(move |request| {
        if request.starts_with("POST /token ") { ok("{\"access_token\":\"t0ken-1\"}") } else { ok(&body) }
    });
    let rig = Rig::start(crm.feed("paging = { next = \"/next\" }"));
    rig.inbox.wait_trouble(BadData, "the next page is on another host: refused");
    assert_eq!(other.connections(), 0);
}

#[test]
fn a_login_that_refuses_or_talks_nonsense_is_told() {
    let crm = Crm::open();
    for (reply, kind, says) in [
        (http("400 Bad Request", &[], "{\"error\":\"hunter2\"}"), NoAccess, "the client credentials are refused"),
        (http("503 Service Unavailable", &[], ""), NoAnswer, "HTTP 503 instead of a token"),
        (ok("{\"token\":\"t0ken-1\"}"), BadData, "an answer without access_token"),
        (ok("<html>"), BadData, "an answer without access_token"),
        (ok("x".repeat(70 << 10)), BadData, "a token larger than 64 KiB"),
    ] {
        crm.server.answer(move |_| reply.clone());
        let rig = Rig::start(crm.feed(""));
        rig.inbox.wait_trouble(kind, says);
        no_secret_was_said(&rig);
    }
    assert_eq!(crm.server.count("/deals"), 0, "nothing is asked without a token");
}
