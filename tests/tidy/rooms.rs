//! The walls between the rooms: who may know whom, and which room may use which library.

use crate::code::{code, names, root};

/// Every room and the rooms of its own crate that it may know; `*`: all. Which crate may know which stands in Cargo.toml.
pub const MAY_KNOW: &[(&str, &[&str])] = &[
    ("salesboard/board", &[]),
    ("salesboard/suggest", &[]),
    ("salesboard/accept", &["board", "suggest"]),
    ("salesboard/locale", &["board"]),
    ("salesboard/lib", &["*"]),
    (
        "floorcast-map/child",
        &["cpu", "decode", "limits", "natives", "program", "records", "sandbox", "table", "value", "wire", "workbook"],
    ),
    ("floorcast-map/cpu", &[]),
    ("floorcast-map/decode", &["limits", "reading", "table", "text", "value"]),
    ("floorcast-map/limits", &[]),
    ("floorcast-map/natives", &["notes", "program", "reading", "server_error", "table", "text", "value"]),
    ("floorcast-map/notes", &[]),
    ("floorcast-map/parent", &["limits", "text", "wire"]),
    ("floorcast-map/program", &["cpu", "limits", "natives", "notes", "table", "text", "value"]),
    ("floorcast-map/reading", &["value"]),
    ("floorcast-map/reasons", &[]),
    ("floorcast-map/records", &["decode", "table", "text", "workbook"]),
    ("floorcast-map/sandbox", &[]),
    ("floorcast-map/server_error", &["text"]),
    ("floorcast-map/table", &["reading", "text", "value"]),
    ("floorcast-map/text", &[]),
    ("floorcast-map/value", &["text"]),
    ("floorcast-map/wire", &["limits"]),
    ("floorcast-map/workbook", &["reading", "table", "text"]),
    ("floorcast-map/lib", &["*"]),
    ("floorcast-mdns/find", &[]),
    ("floorcast-mdns/lib", &["*"]),
    ("salesfloor/facts", &["calendar", "period"]),
    ("salesfloor/calendar", &["facts", "period"]),
    ("salesfloor/period", &["facts"]),
    ("salesfloor/ledger", &["facts", "period"]),
    ("salesfloor/figures", &["facts", "ledger", "period"]),
    ("salesfloor/board", &["facts", "figures", "ledger", "period"]),
    ("salesfloor/lib", &["*"]),
    ("floorcast-hub/access", &[]),
    ("floorcast-hub/clock", &[]),
    ("floorcast-hub/files", &[]),
    ("floorcast-hub/http", &[]),
    ("floorcast-hub/random", &[]),
    ("floorcast-hub/store", &["access", "clock", "random"]),
    ("floorcast-hub/sources", &["access", "files", "random", "store"]),
    ("floorcast-hub/standings", &["access", "store"]),
    ("floorcast-hub/screens", &["access", "publish", "random", "store"]),
    ("floorcast-hub/ops", &["access", "files", "publish", "random", "sources", "store"]),
    ("floorcast-hub/publish", &["access", "clock", "files", "random", "store"]),
    ("floorcast-hub/jobs", &["access", "clock", "http", "ops", "random", "sources", "store", "web"]),
    (
        "floorcast-hub/web",
        &["access", "clock", "http", "ops", "publish", "random", "screens", "sources", "standings", "store"],
    ),
    ("floorcast-hub/cli", &["*"]),
    ("floorcast-hub/lib", &["*"]),
    ("board", &[]),
    ("motion", &[]),
    ("config", &["files", "suggest", "redact"]),
    ("redact", &[]),
    ("scene", &["motion"]),
    ("theme", &["motion", "scene"]),
    ("words", &["board"]),
    ("sound", &[]),
    ("store", &["board", "files"]),
    ("slides", &["board", "motion", "scene", "theme", "words"]),
    ("testing", &["*"]),
    ("director", &["board", "config", "motion", "scene", "slides", "theme", "words"]),
    ("feed", &["board", "config", "demo", "files", "map", "suggest", "redact", "routes", "sound", "store"]),
    ("gpu", &["scene"]),
    ("cli", &["config"]),
    ("log", &["clock", "exit", "redact"]),
    ("clock", &[]),
    ("files", &[]),
    ("routes", &[]),
    ("host", &["board", "config", "feed", "gpu", "routes"]),
    ("exit", &["config"]),
    ("stdout", &["exit"]),
    ("demo", &[]),
    ("remote", &["cli", "clock", "config", "exit", "stdout", "store"]),
    ("template", &["cli", "clock", "config", "exit", "feed", "map"]),
    ("manual", &["cli", "exit"]),
    ("compositor", &["clock", "exit", "watchdog"]),
    ("watchdog", &[]),
    // The shells: each drives what it needs, and none drives another.
    ("app", SHELL),
    ("shot", SHELL),
    ("check", SHELL),
    ("explain", SHELL),
    ("main", &["*"]),
    ("lib", &["*"]),
];

/// What a shell may know: every room but the other shells.
pub const SHELL: &[&str] = &[
    "board", "cli", "clock", "config", "demo", "director", "exit", "feed", "files", "gpu", "host", "log", "map",
    "motion", "remote", "scene", "slides", "sound", "stdout", "store", "theme", "watchdog", "words",
];

/// Libraries and the only places that may name them.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("wgpu::", &["src/gpu"]),
    ("winit::", &["src/app"]),
    ("wayland_client::", &["src/compositor"]),
    ("x11_dl::", &["src/app/x11.rs"]),
    (
        "tokio::",
        &[
            "src/feed",
            "src/remote",
            "crates/floorcast-hub/src/jobs",
            "crates/floorcast-hub/src/publish",
            "crates/floorcast-hub/src/web",
            "crates/floorcast-hub/src/cli",
        ],
    ),
    (
        "reqwest::",
        &[
            "src/feed",
            "src/remote/client.rs",
            "crates/floorcast-hub/src/http.rs",
            "crates/floorcast-hub/src/jobs/hooks.rs",
            "crates/floorcast-hub/src/web/oidc",
        ],
    ),
    ("jsonwebtoken::", &["crates/floorcast-hub/src/web/oidc"]),
    (
        "use ring::",
        &[
            "crates/floorcast-hub/src/ops/age.rs",
            "crates/floorcast-hub/src/web/api/sealed.rs",
            "crates/floorcast-hub/src/web/oidc",
            "crates/floorcast-hub/src/web/pages/sign_in/single_sign_on",
        ],
    ),
    ("scrypt::", &["crates/floorcast-hub/src/ops/age.rs"]),
    ("lettre::", &["crates/floorcast-hub/src/jobs/mailer.rs"]),
    ("floorcast_mdns::", &["src/feed/transport/found_hub.rs", "src/remote", "crates/floorcast-hub/src/cli"]),
    ("mdns_sd::", &["crates/floorcast-mdns/src"]),
    ("symphonia::", &["src/sound/clip.rs"]),
    ("std::process::exit", &["src/main.rs", "src/app/x11.rs"]),
    ("low_level::exit", &["src/exit.rs"]),
    // What lies there may be a pipe or a device: `files` asks first.
    (
        "File::open(",
        &["src/files.rs", "src/store/disk.rs", "src/feed/transport/file.rs", "crates/floorcast-hub/src/files.rs"],
    ),
    ("fs::read(", &["src/files.rs"]),
    // They panic where nobody reads, or wait for whoever reads slowly: the log does neither.
    ("eprintln!", &[]),
    ("eprint!", &[]),
    ("println!", &[]),
    ("print!", &[]),
    (
        "salesboard::",
        &[
            "src/lib.rs",
            "src/board",
            "src/feed",
            "src/words",
            // What is a language tag.
            "src/config/parse.rs",
            "crates/floorcast-hub/src/ops/config.rs",
            "crates/floorcast-map/src",
            "crates/floorcast-hub/src/publish",
            // Amounts have the decimals of their currency.
            "crates/floorcast-hub/src/store/metrics.rs",
            // Pages write figures as the wall does.
            "crates/floorcast-hub/src/web/pages",
        ],
    ),
    ("floorcast_map::", &["src/lib.rs", "crates/floorcast-hub/src/sources", "crates/floorcast-hub/src/cli"]),
    ("floorcast_hub::", &["src/cli", "src/main.rs"]),
    // What only a person and their coaches read is opened by their pages, and by whoever starts the hub.
    (
        "PrivateTx",
        &[
            // Invents it.
            "crates/floorcast-hub/src/ops/demo",
            "crates/floorcast-hub/src/store/private",
            "crates/floorcast-hub/src/web/state.rs",
            "crates/floorcast-hub/src/web/pages/coaching",
            "crates/floorcast-hub/src/web/pages/training",
        ],
    ),
    (
        "read_private",
        &[
            "crates/floorcast-hub/src/web/state.rs",
            "crates/floorcast-hub/src/web/pages/coaching",
            "crates/floorcast-hub/src/web/pages/training",
        ],
    ),
    (
        "private::Private",
        &[
            "crates/floorcast-hub/src/store",
            "crates/floorcast-hub/src/web",
            // Whom to tell that something was sent: who and when, no text.
            "crates/floorcast-hub/src/jobs",
            // Invents it.
            "crates/floorcast-hub/src/ops/demo",
            // Copied as it is, encrypted.
            "crates/floorcast-hub/src/ops/backup.rs",
            "crates/floorcast-hub/src/ops/nightly.rs",
            "crates/floorcast-hub/src/ops/private_backup.rs",
            "crates/floorcast-hub/src/cli",
            "crates/floorcast-hub/tests",
        ],
    ),
    // SQL stands under the store and nowhere else.
    ("rusqlite::", &["crates/floorcast-hub/src/store"]),
    ("axum::", &["src/remote", "crates/floorcast-hub/src/web", "crates/floorcast-hub/src/cli"]),
];

/// The folders of `src/slides` that are no kind of slide.
const NO_KIND: &[&str] = &["widgets", "standby"];

/// Literal colours and the only places for them. Nobody sees what warms up.
const COLOUR_PLACES: &[&str] = &["src/theme", "src/scene", "src/gpu/warm_up"];

/// A file's crate, empty for the program itself, and its path within the crate's sources.
fn place(path: &str) -> (&str, &str) {
    let of_crate = path.strip_prefix("crates/").and_then(|path| path.split_once("/src/"));
    of_crate.unwrap_or(("", path.strip_prefix("src/").unwrap_or(path)))
}

/// The room that a file belongs to: `slides`, `salesboard/accept`.
fn room(path: &str) -> String {
    let (krate, inner) = place(path);
    let name = inner.split('/').next().unwrap_or(inner).trim_end_matches(".rs");
    in_crate(krate, name)
}

fn in_crate(krate: &str, name: &str) -> String {
    if krate.is_empty() { name.to_owned() } else { format!("{krate}/{name}") }
}

/// Whether a file lies at one of these places: `src/app` is `src/app.rs` and everything in `src/app/`.
fn lies_in(path: &str, places: &[&str]) -> bool {
    places.iter().any(|place| {
        path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest == ".rs" || rest.starts_with('/'))
    })
}

/// The rooms that stripped code names, as `crate::room`, in `crate::{…}`, or as `super::room` in a room's first file.
fn known(path: &str, code: &str) -> Vec<String> {
    let (krate, inner) = place(path);
    let first = inner.ends_with("/mod.rs") && inner.matches('/').count() == 1 || !inner.contains('/');
    let mut out = Vec::new();
    for prefix in ["crate::", "super::"] {
        if prefix == "super::" && !first {
            continue;
        }
        for (at, _) in code.match_indices(prefix) {
            let before = code[..at].chars().next_back().unwrap_or(' ');
            if before.is_alphanumeric() || "_:".contains(before) {
                continue;
            }
            let rest = code[at + prefix.len()..].trim_start();
            let heads = match rest.strip_prefix('{') {
                Some(group) => heads(group),
                None => vec![ident(rest)],
            };
            let is_room = |name: &&str| MAY_KNOW.iter().any(|(room, _)| *room == in_crate(krate, name));
            // `super::` mostly names something of the room's own tests; only rooms count there.
            out.extend(heads.iter().filter(|name| prefix == "crate::" || is_room(name)).map(|name| (*name).to_owned()));
        }
    }
    out.sort();
    out.dedup();
    out
}

fn ident(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

/// The first names inside a `{a::x, b::{c, d}, e}`, after its opening brace.
fn heads(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut out) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                out.push(ident(group[start..at].trim_start()));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                out.push(ident(group[start..at].trim_start()));
                start = at + 1;
            }
            _ => {}
        }
    }
    out.retain(|name| !name.is_empty());
    out
}

/// What a file breaks of the laws between rooms.
fn trespasses(path: &str, code: &str) -> Vec<String> {
    let own = room(path);
    let Some((_, may)) = MAY_KNOW.iter().find(|(room, _)| *room == own) else {
        return vec![format!("{path}: the room {own:?} is not in the list of tests/tidy/rooms.rs")];
    };
    if may.contains(&"*") {
        return Vec::new();
    }
    let names_items_of_the_root = |name: &str| name.starts_with(char::is_uppercase);
    known(path, code)
        .into_iter()
        .filter(|name| {
            in_crate(place(path).0, name) != own && !may.contains(&name.as_str()) && !names_items_of_the_root(name)
        })
        .map(|name| format!("{path}: {own} may not know {name}"))
        .collect()
}

/// The rooms inside `slides` that a file there must not name: a widget knows no kind, a kind knows no other kind.
fn kinds_named(path: &str, code: &str, kinds: &[String]) -> Vec<String> {
    let own = |kind: &str| path.starts_with(&format!("src/slides/{kind}/"));
    if !path.starts_with("src/slides/widgets/") && !kinds.iter().any(|kind| own(kind)) {
        return Vec::new();
    }
    let above = if path.matches('/').count() == 3 { "super::" } else { "super::super::" };
    let names_kind = |kind: &str| {
        let relative = path.ends_with("/mod.rs") && names(code, &format!("{above}{kind}::"));
        names(code, &format!("slides::{kind}::")) || relative
    };
    let others = kinds.iter().filter(|kind| !own(kind) && names_kind(kind));
    others.map(|kind| format!("{path}: may not know the kind {kind}")).collect()
}

/// The kinds of slide: the folders of `src/slides` but for the shared ones.
fn kinds() -> Vec<String> {
    let folders = std::fs::read_dir(root().join("src/slides")).unwrap().map(|entry| entry.unwrap());
    let folders = folders.filter(|entry| entry.path().is_dir()).map(|entry| entry.file_name().into_string().unwrap());
    folders.filter(|name| !NO_KIND.contains(&name.as_str())).collect()
}

/// What a file breaks of the laws about libraries and literals.
fn strangers(path: &str, code: &str) -> Vec<String> {
    let libraries = LIBRARIES.iter().filter(|(library, places)| names(code, library) && !lies_in(path, places));
    let mut out: Vec<String> =
        libraries.map(|(library, places)| format!("{path}: {library} belongs into {places:?}")).collect();
    let literal = ["Color::hex(", "Color(["].into_iter().any(|literal| names(code, literal));
    if literal && !lies_in(path, COLOUR_PLACES) {
        out.push(format!("{path}: a literal colour; take it from the theme"));
    }
    out
}

#[test]
fn rooms_know_only_whom_they_may() {
    let broken: Vec<String> = code().iter().flat_map(|file| trespasses(&file.path, &file.text)).collect();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn widgets_know_no_kind_and_kinds_not_each_other() {
    let kinds = kinds();
    assert!(kinds.contains(&"ranking".to_owned()), "{kinds:?}");
    let broken: Vec<String> = code().iter().flat_map(|file| kinds_named(&file.path, &file.text, &kinds)).collect();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn arrows_between_kinds_are_caught() {
    let kinds = ["ranking", "contest"].map(str::to_owned);
    for (path, code) in [
        ("src/slides/contest/model.rs", "use crate::slides::ranking::model;"),
        ("src/slides/contest/mod.rs", "use super::ranking::model;"),
        ("src/slides/widgets/bar.rs", "crate::slides::ranking::x()"),
    ] {
        assert_eq!(kinds_named(path, code, &kinds), [format!("{path}: may not know the kind ranking")]);
    }
    for (path, code) in [
        ("src/slides/ranking/teams/mod.rs", "use crate::slides::ranking::model;"),
        ("src/slides/mod.rs", "ranking::build(x)"),
        ("src/slides/contest/mod.rs", "use crate::slides::widgets::ranking_bar;"),
    ] {
        assert_eq!(kinds_named(path, code, &kinds), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn libraries_and_colours_stay_in_their_rooms() {
    let broken: Vec<String> = code().iter().flat_map(|file| strangers(&file.path, &file.text)).collect();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn trespassers_are_caught() {
    for (path, code, says) in [
        ("src/board/rank.rs", "use crate::scene::Canvas;", "board may not know scene"),
        ("src/board/mod.rs", "use super::scene::Canvas;", "board may not know scene"),
        ("src/store.rs", "fn f(x: &crate::feed::Report) {}", "store may not know feed"),
        ("src/gpu/text.rs", "use crate::{\n scene::{Item, Text},\n board::Board};", "gpu may not know board"),
        ("src/slides/ranking.rs", "use crate::{words, config};", "slides may not know config"),
        ("src/app/mod.rs", "use crate::shot;", "app may not know shot"),
        ("src/attic/mod.rs", "", "\"attic\" is not in the list"),
        ("crates/salesboard/src/board/rank.rs", "use crate::accept::clean;", "salesboard/board may not know accept"),
        ("crates/salesboard/src/board/mod.rs", "use super::locale::Locale;", "salesboard/board may not know locale"),
        ("crates/salesboard/src/attic.rs", "", "\"salesboard/attic\" is not in the list"),
    ] {
        let found = trespasses(path, code);
        assert!(found.len() == 1 && found[0].contains(says), "{path}: {found:?}");
    }
    for (path, code) in [
        ("src/board/rank.rs", "use crate::board::Board; use super::Metric;"),
        ("src/board/deep/x.rs", "use super::scene::X;"),
        ("src/scene/canvas/mod.rs", "use crate::{motion::Anim, scene::Item};"),
        ("src/app.rs", "use crate::{gpu, feed, director};"),
        ("crates/salesboard/src/accept/mod.rs", "use crate::board::Board; use super::suggest::nearest;"),
        ("crates/salesboard/src/board/deep/x.rs", "use super::locale::X;"),
    ] {
        assert_eq!(trespasses(path, code), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn strangers_are_caught() {
    for (path, code, says) in [
        ("src/slides/mod.rs", "fn f(d: &wgpu::Device) {}", "wgpu::"),
        ("src/shot.rs", "winit::event::Event", "winit::"),
        ("src/director.rs", "tokio::spawn(x)", "tokio::"),
        ("src/apple.rs", "winit::x", "winit::"),
        ("src/check.rs", "std::process::exit(1)", "process::exit"),
        ("src/cli/mod.rs", "println!(x)", "println!"),
        ("src/config/find.rs", "std::fs::File::open(path)", "File::open("),
        ("src/feed/tls.rs", "let bytes = fs::read(path)?;", "fs::read("),
        ("crates/floorcast-map/src/child.rs", "std::eprintln!(x)", "eprintln!"),
        ("src/gpu/mod.rs", "use salesboard::Board;", "salesboard::"),
        ("crates/salesboard/src/lib.rs", "tokio::spawn(x)", "tokio::"),
        ("src/slides/hero.rs", "Color::hex(0xFF0000)", "colour"),
        ("src/slides/hero.rs", "Color([1, 2, 3, 4])", "colour"),
    ] {
        let found = strangers(path, code);
        assert!(found.len() == 1 && found[0].contains(says), "{path}: {found:?}");
    }
    for (path, code) in [
        ("src/gpu/mod.rs", "wgpu::Device"),
        ("src/app.rs", "winit::x"),
        ("src/app/window.rs", "winit::x"),
        ("src/theme/mod.rs", "Color::hex(0x111111)"),
    ] {
        assert_eq!(strangers(path, code), Vec::<String>::new(), "{path}");
    }
}
