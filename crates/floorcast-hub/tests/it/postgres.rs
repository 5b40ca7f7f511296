//! A PostgreSQL server of a test's own, on a socket in a folder, and databases in it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::support::Folder;

static SERVER: OnceLock<PathBuf> = OnceLock::new();
static NEXT: AtomicU32 = AtomicU32::new(0);

/// The address of a new database.
pub fn database() -> PathBuf {
    let socket = SERVER.get_or_init(start);
    let name = format!("floor{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let made =
        Command::new(program("createdb")).arg("-h").arg(socket).args(["-U", "postgres", &name]).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    format!("postgres://postgres@{}/{name}", socket.to_str().unwrap().replace('/', "%2F")).into()
}

/// Asks a database something.
pub fn ask(place: &Path, sql: &str) -> String {
    let said = Command::new(program("psql")).args(["-X", "-A", "-t", "-c", sql, "-d"]).arg(place).output().unwrap();
    assert!(said.status.success(), "{sql}: {}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8(said.stdout).unwrap().trim().to_owned()
}

/// The files of a database as they are on the disk, with what each is of.
pub fn files(place: &Path) -> Vec<(String, PathBuf)> {
    let of_database = "SELECT current_setting('data_directory') || '/base/' || oid FROM pg_database WHERE datname = current_database()";
    let folder = ask(place, of_database);
    // What is in memory is written, and what was taken away is.
    ask(place, "CHECKPOINT");
    let names = ask(
        place,
        "SELECT pg_relation_filenode(oid) || ' ' || relname FROM pg_class WHERE pg_relation_filenode(oid) IS NOT NULL",
    );
    let names: HashMap<&str, &str> = names.lines().filter_map(|line| line.split_once(' ')).collect();
    let named = |path: PathBuf| {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        (names.get(file.as_str()).map_or(file.clone(), |name| (*name).to_owned()), path)
    };
    std::fs::read_dir(folder).unwrap().flatten().map(|entry| named(entry.path())).collect()
}

/// A program of the server: from PATH, or where Debian puts it.
fn program(name: &str) -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> =
        versions.map(|version| version.path().join("bin").join(name)).filter(|path| path.exists()).collect();
    found.sort();
    found.pop().unwrap_or_else(|| name.into())
}

/// The server refuses to be root: then it is the user that Debian's package makes.
fn user() -> Vec<&'static str> {
    let root = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"];
    if rustix::process::geteuid().is_root() { root.to_vec() } else { vec!["env"] }
}

/// Ends the server and takes its folder away as soon as the standard input ends: when this process does, whatever ends it.
const GUARD: &str =
    "folder=$1; shift; \"$@\" >/dev/null 2>&1 </dev/null & cat >/dev/null; kill -QUIT $!; wait; rm -rf \"$folder\"";

#[expect(clippy::disallowed_methods, reason = "a server gets so long to start")]
fn start() -> PathBuf {
    let folder = Folder::new();
    let (data, socket) = (folder.0.join("data"), folder.0.clone());
    if rustix::process::geteuid().is_root() {
        assert!(Command::new("chown").arg("postgres").arg(&folder.0).status().unwrap().success());
    }
    let initdb = program("initdb");
    let made = Command::new(user()[0])
        .args(&user()[1..])
        .arg(&initdb)
        .args(["-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "-N", "-D"])
        .arg(&data)
        .output()
        .expect("the tests need PostgreSQL: apt install postgresql");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let guard = Command::new("sh")
        .args(["-c", GUARD, "guard"])
        .arg(&folder.0)
        .args(user())
        .arg(program("postgres"))
        .arg("-D")
        .arg(&data)
        .arg("-k")
        .arg(&socket)
        .args(["-c", "listen_addresses=", "-c", "fsync=off", "-c", "shared_buffers=16MB"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    // The pipe stays open until this process ends, and the guard cleans up.
    std::mem::forget((guard, folder));
    let begun = Instant::now();
    let ready =
        || Command::new(program("pg_isready")).arg("-h").arg(&socket).output().is_ok_and(|said| said.status.success());
    while !ready() {
        assert!(begun.elapsed() < Duration::from_secs(60), "the server does not start");
        std::thread::sleep(Duration::from_millis(50));
    }
    socket
}
