//! The first picture: worth waiting a moment for, and not longer.

use std::net::TcpListener;

use crate::program::Program;
use crate::xserver::Server;

#[test]
fn the_first_picture_is_timed_when_it_is_on_its_way_to_the_screen() {
    let Some(server) = Server::start("1280x720") else { return };
    let mut program = server.program(&["--feed", "demo"]);
    program.wait_for("first picture after ");
    let log = program.log();
    let ms = log.split("first picture after ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap();
    let ms: f64 = ms.parse().unwrap();
    program.wait_frames("its frame", |frames| frames.iter().any(|frame| frame.outcome == "shown"));
    let done = program.frames().into_iter().find(|frame| frame.outcome == "shown").unwrap().done_ms;
    assert!(ms + 0.5 >= done, "said {ms} ms, but it was drawn after {done} ms");
    program.terminate();
    assert_eq!(program.code(), 0, "{}", program.log());
}

/// A board is there, and the slide that is asked for is not on it.
#[test]
fn that_there_is_nothing_to_show_is_said_once() {
    let Some(server) = Server::start("640x360") else { return };
    let mut program = server.program(&["--feed", "demo", "--slide", "nope", "--speed", "50"]);
    program.wait_for("nothing to show: no slide \"nope\" on the board; there is ");
    program.wait_frames("more pictures", |frames| frames.len() > 1);
    program.terminate();
    assert_eq!(program.code(), 0, "{}", program.log());
    assert_eq!(program.log().matches("nothing to show").count(), 1, "{}", program.log());
}

#[test]
fn a_network_that_comes_late_is_found_while_the_wall_counts_down() {
    let Some(server) = Server::start("640x360") else { return };
    let late = "ip link set lo up\n(for i in $(seq 900); do [ -e go ] && break; sleep 0.1; done
        ip addr add 10.9.9.9/32 dev lo; ip route add default dev lo src 10.9.9.9) &";
    let nobody = ["--feed", "http://127.0.0.1:9/board.json"];
    let Some(mut program) = Program::in_own_network(&server.display, late, &nobody) else { return };
    program.wait_frames("its trouble", |frames| frames.len() > 2);
    std::fs::write(program.folder().join("go"), "").unwrap();
    program.wait_for("this machine's address is 10.9.9.9");
    let frames = program.frames();
    let gap = frames.windows(2).map(|two| two[1].done_ms - two[0].done_ms).fold(0.0, f64::max);
    assert!(gap < 9000.0, "nothing was drawn for {gap} ms: on a still wall it is found anyway");
    program.terminate();
    assert_eq!(program.code(), 0, "{}", program.log());
}

#[test]
fn a_feed_that_says_nothing_has_a_quarter_of_a_second_before_the_wall_says_so() {
    let Some(server) = Server::start("640x360") else { return };
    // It takes the connection and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let feed = format!("http://127.0.0.1:{}/board.json", silent.local_addr().unwrap().port());
    let mut program = server.program(&["--feed", &feed]);
    program.wait_frames("a picture all the same", |frames| frames.iter().any(|frame| frame.outcome == "shown"));
    let first = program.frames()[0].wanted_ms;
    // From the window on, which took its own time.
    assert!(first > 250.0, "wanted after {first} ms");
    program.terminate();
    assert_eq!(program.code(), 0, "{}", program.log());
}
