//! The shipped units: what a wall depends on is in them, and systemd itself takes them.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A unit as its sections' keys in order.
struct Unit(Vec<(String, String, String)>);

impl Unit {
    fn read(name: &str) -> Unit {
        Unit::parse(&std::fs::read_to_string(folder().join(name)).unwrap())
    }

    fn parse(text: &str) -> Unit {
        let mut section = String::new();
        let mut entries = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(['#', ';'])) {
            match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                Some(name) => section = name.to_owned(),
                None => {
                    let (key, value) = line.split_once('=').unwrap_or_else(|| panic!("no key in {line:?}"));
                    entries.push((section.clone(), key.trim().to_owned(), value.trim().to_owned()));
                }
            }
        }
        Unit(entries)
    }

    fn get(&self, section: &str, key: &str) -> Option<&str> {
        self.0.iter().rev().find(|(s, k, _)| s == section && k == key).map(|(_, _, value)| value.as_str())
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("systemd")
}

/// Seconds of a plain number or one with `s`.
fn seconds(value: &str) -> f64 {
    value.trim_end_matches('s').parse().unwrap()
}

const SERVICES: [&str; 2] = ["floorcast-compositor.service", "floorcast.service"];
/// What stands around them.
const HELPERS: [&str; 3] = ["floorcast-kernel.service", "floorcast-reboot.path", "floorcast-reboot.service"];

#[test]
fn a_service_is_started_again_for_ever() {
    for name in SERVICES {
        let unit = Unit::read(name);
        assert_eq!(unit.get("Unit", "StartLimitIntervalSec"), Some("0"), "{name}");
        assert_eq!(unit.get("Service", "Restart"), Some("always"), "{name}");
        assert!(unit.get("Service", "RestartSec").is_some_and(|value| seconds(value) >= 2.0), "{name}");
        assert_eq!(unit.get("Service", "StartLimitIntervalSec"), None, "{name}: it belongs into [Unit]");
    }
}

#[test]
fn the_board_tells_when_it_is_ready_and_has_a_watchdog() {
    let unit = Unit::read("floorcast.service");
    assert_eq!(unit.get("Service", "Type"), Some("notify"));
    assert_eq!(unit.get("Service", "NotifyAccess"), Some("main"));
    assert_eq!(unit.get("Service", "WatchdogSec"), Some("60"));
    // The watchdog's own way to end it is an end without a word, and that is started again like any other.
    assert_eq!(unit.get("Service", "WatchdogSignal"), None);
    assert_eq!(unit.get("Service", "RuntimeDirectoryPreserve"), Some("restart"), "it remembers how it ended");
    assert_eq!(unit.get("Unit", "Requires"), Some("floorcast-compositor.service"));
    assert_eq!(unit.get("Unit", "After"), Some("floorcast-compositor.service"));
}

/// What cage runs speaks for it: one that hangs is ended after 10 s of silence and these 30.
#[test]
fn the_compositor_has_a_watchdog_that_a_client_of_it_feeds() {
    let unit = Unit::read("floorcast-compositor.service");
    for (key, value) in [
        // With notify a start that fails would fail the board's for good, which requires it.
        ("Type", "simple"),
        ("NotifyAccess", "all"),
        ("WatchdogSec", "30"),
        ("WatchdogSignal", "SIGKILL"),
    ] {
        assert_eq!(unit.get("Service", key), Some(value), "{key}");
    }
    let command = unit.get("Service", "ExecStart").unwrap();
    let (_, words) = command.split_once(" -- floorcast ").unwrap();
    let args = std::iter::once("floorcast").chain(words.split(' '));
    let parsed = <floorcast::cli::Cli as clap::Parser>::try_parse_from(args).unwrap().into_command();
    assert!(matches!(parsed, floorcast::cli::Command::WatchCompositor));
}

#[test]
fn the_board_runs_without_privileges() {
    let unit = Unit::read("floorcast.service");
    for (key, value) in [
        ("User", "kiosk"),
        ("NoNewPrivileges", "yes"),
        ("ProtectSystem", "strict"),
        ("ProtectHome", "yes"),
        ("RestrictSUIDSGID", "yes"),
        ("DevicePolicy", "closed"),
        ("DeviceAllow", "char-drm rw"),
        ("CapabilityBoundingSet", ""),
        ("StateDirectory", "floorcast"),
        ("RuntimeDirectory", "floorcast"),
    ] {
        assert_eq!(unit.get("Service", key), Some(value), "{key}");
    }
}

/// Bytes of `870M`.
fn bytes(value: &str) -> u64 {
    value.strip_suffix('M').unwrap_or_else(|| panic!("{value}: expected mebibytes")).parse::<u64>().unwrap() << 20
}

#[test]
fn a_map_that_takes_all_it_may_costs_the_board_nothing() {
    let unit = Unit::read("floorcast.service");
    let own = 350 << 20;
    let limit = |key: &str| bytes(unit.get("Service", key).unwrap());
    assert!(limit("MemoryHigh") >= own + floorcast::map::CHILD_MEMORY, "the board is not slowed down with the child");
    assert!(limit("MemoryMax") > limit("MemoryHigh"));
    // The kernel ends the child, which says itself that it goes first; the board goes on.
    assert_eq!(unit.get("Service", "OOMPolicy"), Some("continue"));
}

#[test]
fn both_meet_at_one_socket() {
    let (screen, board) = (Unit::read("floorcast-compositor.service"), Unit::read("floorcast.service"));
    assert_eq!(screen.get("Service", "RuntimeDirectory"), Some("kiosk"));
    assert_eq!(screen.get("Service", "User"), board.get("Service", "User"));
    assert!(screen.get("Service", "ExecStart").unwrap().contains("XDG_RUNTIME_DIR=/run/kiosk "));
    assert!(board.get("Service", "Environment").unwrap().contains("XDG_RUNTIME_DIR=/run/kiosk"));
}

#[test]
fn the_target_brings_up_both() {
    let target = Unit::read("floorcast.target");
    let wants = target.get("Unit", "Wants").unwrap();
    for name in SERVICES {
        assert!(wants.split(' ').any(|unit| unit == name), "{name}");
        assert_eq!(Unit::read(name).get("Unit", "PartOf"), Some("floorcast.target"), "{name}");
    }
    for name in HELPERS[..2].iter() {
        assert!(wants.split(' ').any(|unit| unit == *name), "{name}");
        assert_eq!(Unit::read(name).get("Unit", "PartOf"), Some("floorcast.target"), "{name}");
    }
    assert_eq!(target.get("Install", "WantedBy"), Some("multi-user.target"));
}

/// The ladder (KIOSK rule 22): the board leaves a file where it may write, and a unit of the system reboots.
#[test]
fn a_reboot_is_asked_for_where_a_unit_looks() {
    let board = Unit::read("floorcast.service");
    let path = format!("/run/{}/reboot-wanted", board.get("Service", "RuntimeDirectory").unwrap());
    assert_eq!(Unit::read("floorcast-reboot.path").get("Path", "PathExists"), Some(&*path));
    let reboot = Unit::read("floorcast-reboot.service");
    assert_eq!(reboot.get("Service", "ExecStart"), Some("/usr/bin/systemctl reboot"));
    assert_eq!(reboot.get("Service", "Type"), Some("oneshot"));
}

#[test]
fn the_hardware_starts_a_system_that_hangs_again() {
    let manager = Unit::read("hardware-watchdog.conf");
    assert_eq!(manager.get("Manager", "RuntimeWatchdogSec"), Some("15"));
    assert!(manager.get("Manager", "RebootWatchdogSec").is_some());
}

/// The board has no right to read the kernel's log (`ProtectKernelLogs`), and reads what another unit takes out of it.
#[test]
fn what_the_kernel_says_lies_where_the_board_reads() {
    let unit = Unit::read("floorcast-kernel.service");
    assert_eq!(unit.get("Service", "StandardOutput"), Some("truncate:/run/floorcast-kernel/log"));
    assert_eq!(unit.get("Service", "RuntimeDirectoryMode"), Some("0755"));
    assert!(unit.get("Service", "ExecStart").unwrap().contains("short-monotonic"));
    assert_eq!(Unit::read("floorcast.service").get("Service", "ProtectKernelLogs"), Some("yes"));
}

#[test]
fn systemd_takes_them() {
    let version = Command::new("systemd-analyze").arg("--version").output();
    if version.is_err() {
        assert!(std::env::var_os("CI").is_none(), "systemd-analyze is missing: apt-get install systemd");
        eprintln!("SKIPPED: systemd-analyze is not installed");
        return;
    }
    let copies = Path::new(env!("CARGO_TARGET_TMPDIR")).join("units");
    let _ = std::fs::remove_dir_all(&copies);
    std::fs::create_dir_all(&copies).unwrap();
    let mut paths = Vec::new();
    for name in SERVICES.into_iter().chain(HELPERS).chain(["floorcast.target"]) {
        let text = std::fs::read_to_string(folder().join(name)).unwrap();
        // Programs that this machine need not have.
        let text = text.replace("ExecStart=floorcast", "ExecStart=/bin/true");
        let programs = ["/usr/bin/cage", "/usr/bin/chvt", "/usr/bin/journalctl"];
        let text = programs.iter().fold(text, |text, program| text.replace(program, "/bin/true"));
        let path = copies.join(name);
        std::fs::write(&path, text).unwrap();
        paths.push(path);
    }
    let output = Command::new("systemd-analyze").args(["verify", "--man=no"]).args(&paths).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    // Other units of the machine may have faults of their own; ours may not.
    let ours: Vec<&str> = said.lines().filter(|line| line.contains("floorcast")).collect();
    assert!(output.status.success() && ours.is_empty(), "{said}");
}

#[test]
fn the_verifier_would_notice() {
    if Command::new("systemd-analyze").arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "systemd-analyze is missing: apt-get install systemd");
        return;
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("floorcast-broken.service");
    std::fs::write(&path, "[Service]\nExecStart=/bin/true\nRestartSecs=3\n").unwrap();
    let output = Command::new("systemd-analyze").args(["verify", "--man=no"]).arg(&path).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("RestartSecs"));
}

#[test]
fn a_key_in_the_wrong_section_is_another_key() {
    let unit = Unit::parse("[Unit]\n# Restart=no\nA=1\n[Service]\nA=2\nA=3=4\n");
    assert_eq!((unit.get("Unit", "A"), unit.get("Service", "A")), (Some("1"), Some("3=4")));
    assert_eq!(unit.get("Unit", "Restart"), None);
}
