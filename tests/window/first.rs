//! The first picture: worth waiting a moment for, and not longer.

use std::net::TcpListener;

use crate::xserver::Server;

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
