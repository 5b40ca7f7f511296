//! Tests access to a broker: passwords, own certificate authorities, refused subscriptions, clocks that were never set.

use std::process::Command;

use floorcast::board::TroubleKind::{NoAccess, NoAnswer, NotTrusted};
use floorcast::config::TokenSource;
use floorcast::feed::FeedOptions;

use crate::support::TempDir;
use crate::support::mosquitto::{Broker, Peer, is_there};
use crate::support::rig::{Rig, board, options};
use crate::support::tls::Authority;

/// A file of passwords for `tv` and `hub`, and one with the TV's.
fn passwords(dir: &TempDir) -> String {
    let file = dir.write("passwords", "");
    for (user, password) in [("tv", "s3cret word"), ("hub", "hub-secret")] {
        let made = Command::new("mosquitto_passwd").arg("-b").arg(&file).args([user, password]).output().unwrap();
        assert!(made.status.success(), "{made:?}");
    }
    dir.write("tv", "s3cret word\n");
    format!("allow_anonymous false\npassword_file {}\n", file.display())
}

fn as_tv(broker: &Broker) -> FeedOptions {
    let password = Some(TokenSource::File(broker.dir.path().join("tv")));
    FeedOptions { user: Some("tv".into()), password, screen: Some("tv1".into()), ..options(&broker.url()) }
}

/// A certificate authority and a server certificate of it for this machine.
pub fn certificates(dir: &TempDir) {
    let authority = Authority::new("Office authority");
    let of_server = authority.certificate(&["localhost", "127.0.0.1"], [2020, 2100]);
    dir.write("ca.pem", authority.pem());
    dir.write("server.pem", of_server.cert.pem());
    dir.write("server.key", of_server.signing_key.serialize_pem());
}

#[test]
fn a_password_opens_and_a_wrong_one_does_not() {
    if !is_there("a_password_opens_and_a_wrong_one_does_not") {
        return;
    }
    let broker = Broker::start(passwords);
    Peer::connect(broker.port, "hub", Some(("hub", "hub-secret"))).state(board(1));
    let rig = Rig::start(options(&broker.url()));
    rig.inbox.wait_trouble(NoAccess, "the broker needs a user and password: set user and password_file");
    broker.dir.write("tv", "wrong");
    let rig = Rig::start(as_tv(&broker));
    rig.inbox.wait_trouble(NoAccess, "the broker refuses the user \"tv\" or its password");
    assert!(!format!("{:?}", rig.inbox.updates()).contains("wrong"));
    std::fs::remove_file(broker.dir.path().join("tv")).unwrap();
    rig.inbox.wait_trouble(NoAccess, "password file");
    broker.dir.write("tv", "s3cret word");
    rig.inbox.wait_rev(1);
    assert!(!format!("{:?}", rig.inbox.updates()).contains("s3cret"));
}

#[test]
fn an_own_authority_is_trusted_by_its_file_only() {
    if !is_there("an_own_authority_is_trusted_by_its_file_only") {
        return;
    }
    let broker = Broker::start(|dir| {
        certificates(dir);
        let at = |name: &str| dir.path().join(name).display().to_string();
        format!("certfile {}\nkeyfile {}\n{}", at("server.pem"), at("server.key"), passwords(dir))
    });
    for host in ["localhost", "127.0.0.1"] {
        let url = format!("mqtts://{host}:{}/floor/v1/acme/main", broker.port);
        let strange = Rig::start(FeedOptions { source: options(&url).source, ..as_tv(&broker) });
        strange.inbox.wait_trouble(NotTrusted, "no secure connection");
        strange.handle.stop();
        let ca_file = Some(broker.dir.path().join("ca.pem"));
        let rig = Rig::start(FeedOptions { source: options(&url).source, ca_file, ..as_tv(&broker) });
        rig.inbox.wait_trouble(NoAnswer, "no board at floor/v1/acme/main/state");
        rig.handle.stop();
    }
    let url = format!("mqtts://localhost:{}/floor/v1/acme/main", broker.port);
    let ca_file = Some(broker.dir.path().join("none.pem"));
    let rig = Rig::start(FeedOptions { source: options(&url).source, ca_file, ..as_tv(&broker) });
    rig.inbox.wait_trouble(NoAccess, "none.pem");
}

#[test]
fn a_refused_subscription_is_an_error_that_says_so() {
    if !is_there("a_refused_subscription_is_an_error_that_says_so") {
        return;
    }
    let plugin = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib"]
        .map(|folder| format!("{folder}/mosquitto_dynamic_security.so"))
        .into_iter()
        .find(|path| std::path::Path::new(path).exists());
    let Some(plugin) = plugin else {
        eprintln!("SKIPPED: this mosquitto has no dynamic security");
        return;
    };
    let broker = Broker::start(|dir| {
        let rules = r#"{"defaultACLAccess": {"publishClientSend": true, "publishClientReceive": true,
            "subscribe": false, "unsubscribe": true}, "clients": [], "groups": [], "roles": []}"#;
        let rules = dir.write("rules.json", rules);
        format!("allow_anonymous true\nplugin {plugin}\nplugin_opt_config_file {}\n", rules.display())
    });
    let rig = Rig::start(options(&broker.url()));
    rig.inbox.wait_trouble(NoAccess, "the broker refuses the subscription to floor/v1/acme/main/state");
}

#[test]
fn what_may_not_be_read_is_told_after_a_while() {
    if !is_there("what_may_not_be_read_is_told_after_a_while") {
        return;
    }
    let broker = Broker::start(|dir| {
        let rules = dir.write("acl", "user hub\ntopic readwrite floor/#\nuser tv\ntopic read floor/v1/other/#\n");
        format!("{}acl_file {}\n", passwords(dir), rules.display())
    });
    Peer::connect(broker.port, "hub", Some(("hub", "hub-secret"))).state(board(1));
    let rig = Rig::start(as_tv(&broker));
    rig.inbox.wait_trouble(NoAnswer, "or this user may not read it");
    assert!(rig.inbox.boards().is_empty());
}
