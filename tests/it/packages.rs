//! What the Debian package installs: it is all there, and belongs together.

use std::path::Path;
use std::process::Command;

use clap::CommandFactory as _;
use floorcast::cli::Cli;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The settings of cargo-deb.
fn settings() -> toml::Table {
    let text = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let cargo: toml::Table = text.parse().unwrap();
    cargo["package"]["metadata"]["deb"].as_table().unwrap().clone()
}

/// Where each file comes from and where it goes.
fn assets() -> Vec<(String, String)> {
    let settings = settings();
    let word = |value: &toml::Value| value.as_str().unwrap().to_owned();
    settings["assets"].as_array().unwrap().iter().map(|asset| (word(&asset[0]), word(&asset[1]))).collect()
}

/// Whether a path of the settings, which may end in `*` or `*.end`, names a file of the tree.
fn is_there(pattern: &str) -> bool {
    let Some((folder, end)) = pattern.split_once('*') else { return root().join(pattern).is_file() };
    let files = std::fs::read_dir(root().join(folder)).into_iter().flatten().flatten();
    files.into_iter().any(|file| file.path().is_file() && file.file_name().to_string_lossy().ends_with(end))
}

#[test]
fn all_that_it_installs_is_there() {
    for (from, _) in assets().iter().filter(|(from, _)| !from.starts_with("target/")) {
        assert!(is_there(from), "Cargo.toml, package.metadata.deb: {from} is not there");
    }
    assert!(!is_there("systemd/*.nothing") && !is_there("systemd/nothing"), "the check can fail");
}

#[test]
fn each_unit_is_installed() {
    let assets = assets();
    for file in std::fs::read_dir(root().join("systemd")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let end = name.rsplit('.').next().unwrap();
        let by = [format!("systemd/{name}"), format!("systemd/*.{end}")];
        assert!(assets.iter().any(|(from, _)| by.contains(from)), "{name} is not in the package");
    }
}

#[test]
fn settings_are_a_conffile_and_scripts_know_every_service() {
    let settings = settings();
    assert!(assets().iter().any(|(_, to)| to == "etc/floorcast/kiosk.toml"));
    assert_eq!(settings["conf-files"].as_array().unwrap(), &["/etc/floorcast/kiosk.toml".into()]);
    let script = |name: &str| std::fs::read_to_string(root().join("packaging/deb").join(name)).unwrap();
    for file in std::fs::read_dir(root().join("systemd")).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let lasts = name.ends_with(".service") && std::fs::read_to_string(&path).unwrap().contains("Restart=always");
        assert!(!lasts || script("prerm").contains(name), "prerm leaves {name} running without its program");
    }
}

#[test]
fn each_command_has_a_manual_page_and_the_shells_their_completions() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("manual");
    let _ = std::fs::remove_dir_all(&folder);
    let output = Command::new(env!("CARGO_BIN_EXE_floorcast")).arg("manual").arg(&folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let cli = Cli::command();
    let names = cli.get_subcommands().filter(|command| !command.is_hide_set()).map(|command| command.get_name());
    for name in names {
        let page = std::fs::read_to_string(folder.join(format!("man1/floorcast-{name}.1"))).unwrap();
        assert!(page.contains(".SH SYNOPSIS") && page.contains("Example"), "floorcast-{name}.1: {page}");
        for shell in ["bash/floorcast", "zsh/_floorcast", "fish/floorcast.fish"] {
            assert!(std::fs::read_to_string(folder.join(shell)).unwrap().contains(name), "{shell} knows no {name}");
        }
    }
    assert!(!folder.join("man1/floorcast-map-child.1").exists(), "a hidden command has a page");
}

#[test]
fn a_manual_that_cannot_be_written_is_said() {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("manual.file");
    std::fs::write(&place, "").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_floorcast")).arg("manual").arg(&place).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(74) && said.contains("manual.file"), "{said}");
}
