//! Stands for systemd: hears what a program says of itself.

use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::program::until;

/// What a supervisor hears.
pub struct Supervisor {
    socket: UnixDatagram,
    pub path: PathBuf,
}

impl Supervisor {
    pub fn new(folder: &Path) -> Supervisor {
        let path = folder.join("notify");
        let socket = UnixDatagram::bind(&path).unwrap();
        socket.set_nonblocking(true).unwrap();
        // Of whatever user it is.
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o777)).unwrap();
        Supervisor { socket, path }
    }

    /// The lines that come within this time, or until one is right.
    pub fn hear(&self, limit: Duration, right: impl Fn(&str) -> bool) -> Vec<String> {
        let (mut lines, mut bytes) = (Vec::new(), [0; 4096]);
        until(limit, || {
            if let Ok(length) = self.socket.recv(&mut bytes) {
                lines.extend(String::from_utf8_lossy(&bytes[..length]).lines().map(str::to_owned));
            }
            lines.iter().any(|line| right(line))
        });
        lines
    }
}
