//! Guesses what was meant by the path of a file that does not exist.

use std::path::{Component, Path};

/// The reason for a file that does not exist.
pub(super) fn no_such_file(path: &Path) -> String {
    match meant(path) {
        Some(meant) => format!("no such file; {meant}"),
        None => "no such file".to_owned(),
    }
}

/// An address without its scheme, or a home folder as only a shell knows it. Settings make a path absolute, so what was
/// written may stand behind their folder.
fn meant(path: &Path) -> Option<String> {
    let parts: Vec<&str> = path
        .components()
        .filter_map(|part| match part {
            Component::Normal(part) => part.to_str(),
            _ => None,
        })
        .collect();
    if let Some(home) = parts.iter().position(|part| part.starts_with('~') && part.len() < 33) {
        let rest = parts[home + 1..].join("/");
        return Some(format!("only a shell understands {}: write the whole path, /home/NAME/{rest}", parts[home]));
    }
    let last = parts.len().checked_sub(1)?;
    let host = parts.iter().enumerate().position(|(i, part)| {
        let is_www = part.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("www."));
        is_www || (i < last && is_host(part) && !path.ancestors().nth(last - i).is_some_and(Path::exists))
    })?;
    let (name, port) = parts[host].split_once(':').unwrap_or((parts[host], ""));
    let is_near = name == "localhost" || !port.is_empty() || name.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let scheme = if is_near { "http" } else { "https" };
    // A query may hold a key.
    let address = parts[host..].join("/");
    Some(format!("did you mean {scheme}://{}?", address.split('?').next().unwrap_or_default()))
}

/// Whether a folder's name looks like a host: `hub.example`, `localhost:8080`, `10.0.0.5`.
fn is_host(part: &str) -> bool {
    let (name, port) = part.split_once(':').unwrap_or((part, ""));
    let is_port = part.len() == name.len() || (!port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()));
    let labels: Vec<&str> = name.split('.').collect();
    let is_label = |label: &&str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let top = labels.last().copied().unwrap_or_default();
    let is_address = labels.len() == 4 && labels.iter().all(|label| label.parse::<u8>().is_ok());
    // A folder like conf.d has one letter behind its point.
    let is_name = labels.len() > 1 && top.len() > 1 && top.bytes().all(|b| b.is_ascii_alphabetic());
    is_port && labels.iter().all(is_label) && (is_address || is_name || (name == "localhost" && !port.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_its_scheme_is_known() {
        for (path, meant) in [
            ("www.hub.example/board.json", Some("did you mean https://www.hub.example/board.json?")),
            ("/etc/floorcast/hub.example/b/board.json", Some("did you mean https://hub.example/b/board.json?")),
            ("localhost:8080/board.json", Some("did you mean http://localhost:8080/board.json?")),
            ("10.0.0.5:8000/board.json", Some("did you mean http://10.0.0.5:8000/board.json?")),
            ("www.hub.example", Some("did you mean https://www.hub.example?")),
            ("board.json", None),
            ("data/board.v2.json", None),
            ("conf.d/board.json", None),
            ("..", None),
            ("", None),
        ] {
            assert_eq!(super::meant(Path::new(path)).as_deref(), meant, "{path}");
        }
    }

    #[test]
    fn a_home_folder_of_a_shell_is_known() {
        for path in ["~/board.json", "/etc/floorcast/~/board.json"] {
            let reason = no_such_file(Path::new(path));
            assert_eq!(reason, "no such file; only a shell understands ~: write the whole path, /home/NAME/board.json");
        }
        assert_eq!(no_such_file(Path::new("/none/board.json")), "no such file");
    }
}
