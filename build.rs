//! Puts the commit into the version of a program that is built for use: `floorcast --version`. Without git, or outside of
//! a clone, the version says no commit. Builds for tests do without: each commit would build everything again.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let version = std::env::var("CARGO_PKG_VERSION").unwrap_or_default();
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let commit = is_release.then(commit).flatten().map(|commit| format!(" ({commit})")).unwrap_or_default();
    println!("cargo:rustc-env=FLOORCAST_VERSION={version}{commit}");
    // A megabyte of addresses that are corrected at the start, packed; the loader of Debian 12 and newer can unpack them.
    if is_release && std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "x86_64") {
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// The commit that is built, where git knows it.
fn commit() -> Option<String> {
    // Written at each commit and at each change of the branch.
    if let Some(log) = git(&["rev-parse", "--git-path", "logs/HEAD"]).filter(|log| Path::new(log).exists()) {
        println!("cargo:rerun-if-changed={log}");
    }
    // A folder inside of another project's clone has no commit of its own.
    let prefix = git(&["rev-parse", "--show-prefix"]);
    if prefix.is_some() {
        return None;
    }
    git(&["rev-parse", "--short=9", "HEAD"]).filter(|commit| commit.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// What git says in one line; `None` where it fails or says nothing.
fn git(args: &[&str]) -> Option<String> {
    let output = Command::new("git").args(args).output().ok().filter(|output| output.status.success())?;
    let line = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (!line.is_empty()).then_some(line)
}
