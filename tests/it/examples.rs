//! The wall takes everything in `examples/`: a board of each slide kind, a server to poll and one that pushes.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use floorcast::feed::{AcceptContext, accept};
use floorcast::slides::kind_names;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

#[test]
fn there_is_a_board_of_each_kind_without_a_problem() {
    let mut kinds = kind_names();
    kinds.sort_unstable();
    let mut found = Vec::new();
    for file in std::fs::read_dir(folder().join("boards")).unwrap() {
        let path = file.unwrap().path();
        let kind = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let body = std::fs::read(&path).unwrap();
        let (board, report) = accept(&body, &AcceptContext::default()).unwrap_or_else(|e| panic!("{kind}: {e}"));
        assert_eq!(report.problems, vec![], "{kind}");
        assert_eq!(board.slides.iter().map(|slide| slide.body.kind()).collect::<Vec<_>>(), [&kind]);
        found.push(kind);
    }
    found.sort_unstable();
    assert_eq!(found, kinds);
}

/// A server of the examples on a free port, ended with the test.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// `None`: there is no Python here. In CI that is a failure.
    fn start(script: &str) -> Option<Server> {
        let mut command = Command::new("python3");
        command.arg(folder().join(script)).arg("0").stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = match command.spawn() {
            Ok(child) => child,
            Err(why) => {
                assert!(std::env::var_os("CI").is_none(), "no python3 for the examples: {why}");
                eprintln!("SKIPPED, {script} was not started: {why}");
                return None;
            }
        };
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Some(Server { child, address: address.trim().to_owned() })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn checks_without_a_problem(script: &str) {
    let Some(server) = Server::start(script) else { return };
    let output = Command::new(env!("CARGO_BIN_EXE_floorcast"))
        .args(["check", "--strict", "--feed", &server.address])
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("Ana"), "{}: {output:?}", server.address);
}

#[test]
fn the_board_server_is_a_feed() {
    checks_without_a_problem("board_server.py");
}

#[test]
fn the_push_server_is_a_feed() {
    checks_without_a_problem("push_server.py");
}
