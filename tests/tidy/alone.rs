//! The wall without the hub: nothing of the hub is built into it.

use std::collections::BTreeSet;
use std::process::Command;

/// Crates that only the hub needs: its own, its stores, its passwords, its mails, its tokens, its forms, its API document.
const OF_THE_HUB: [&str; 16] = [
    "floorcast-hub",
    "rusqlite",
    "libsqlite3-sys",
    "postgres",
    "tokio-postgres",
    "argon2",
    "scrypt",
    "chacha20",
    "hmac",
    "jsonwebtoken",
    "lettre",
    "multer",
    "phf",
    "serde_urlencoded",
    "utoipa",
    "utoipa-gen",
];

/// The names of the crates that the program is built of.
fn crates(features: &[&str]) -> BTreeSet<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let said = Command::new(cargo)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["tree", "--locked", "--offline", "--package", "floorcast"])
        .args(["--edges", "normal,build", "--prefix", "none"])
        .args(features)
        .output()
        .unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let text = String::from_utf8(said.stdout).unwrap();
    text.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn a_wall_without_the_hub_has_none_of_its_crates() {
    let (alone, whole) = (crates(&["--no-default-features"]), crates(&[]));
    assert!(alone.len() > 100 && alone.contains("salesboard"), "{alone:?}");
    let found: Vec<&str> = OF_THE_HUB.into_iter().filter(|name| alone.contains(*name)).collect();
    assert!(found.is_empty(), "the wall alone is built of {found:?}");
    // A name that is in neither would never be found.
    let stale: Vec<&str> = OF_THE_HUB.into_iter().filter(|name| !whole.contains(*name)).collect();
    assert!(stale.is_empty(), "not in the program with the hub either: {stale:?}");
}
