//! Where a floor's file may lie: in a folder of a disk of this machine.

use std::path::Path;

use super::error::{Error, Result};

/// File systems of other machines, by the number that the kernel gives them. Their locks do not hold what SQLite needs.
const OF_OTHERS: &[(u64, &str)] = &[
    (0x6969, "NFS"),
    (0x517b, "SMB"),
    (0xff53_4d42, "CIFS"),
    (0xfe53_4d42, "SMB 2"),
    (0x5346_414f, "AFS"),
    (0x00c3_6400, "Ceph"),
    (0x0bd0_0bd0, "Lustre"),
    (0x0102_1997, "9P"),
    (0x7461_636f, "OCFS2"),
    (0x0116_1970, "GFS2"),
    (0x6573_5546, "FUSE"),
];

/// Makes the folder of a floor where it is missing.
///
/// # Errors
/// It cannot be made, is no folder, or lies on another machine.
pub fn prepare(folder: &Path) -> Result<()> {
    let named = |error: std::io::Error| Error::Refused(format!("{}: {error}", folder.display()));
    if folder.is_file() {
        return Err(Error::Refused(format!("{} is a file: --db names the folder of the floor", folder.display())));
    }
    std::fs::create_dir_all(folder).map_err(named)?;
    // Only whoever runs the hub reads it: there are names in it.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        if folder.read_dir().map_err(named)?.next().is_none() {
            std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)).map_err(named)?;
        }
    }
    let kind = rustix::fs::statfs(folder).map_err(|error| named(error.into()))?.f_type as u64;
    match of_others(kind) {
        Some(name) => Err(Error::Refused(format!(
            "{} lies on a network file system ({name}): there a floor would be damaged sooner or later; choose a folder on a disk of this \
             machine, or a PostgreSQL server (--db postgres://…)",
            folder.display()
        ))),
        None => Ok(()),
    }
}

/// Makes a folder that nobody but whoever runs the hub reads. One that is there stays as it is.
///
/// # Errors
/// The system refuses.
pub fn own_folder(folder: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder).map_err(|error| Error::Refused(format!("{}: {error}", folder.display())))
}

/// Lets nobody but whoever runs the hub read a file.
///
/// # Errors
/// The system refuses.
pub fn only_ours(file: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600))
            .map_err(|error| Error::Refused(format!("{}: {error}", file.display())))?;
    }
    Ok(())
}

fn of_others(kind: u64) -> Option<&'static str> {
    // Some platforms widen the number with its sign.
    let kind = kind & 0xffff_ffff;
    OF_OTHERS.iter().find(|(number, _)| *number == kind).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn network_file_systems_are_known_by_name() {
        assert_eq!(
            [0x6969, 0xff53_4d42, 0xffff_ffff_ff53_4d42, 0xef53, 0x0102_1994].map(of_others),
            [Some("NFS"), Some("CIFS"), Some("CIFS"), None, None]
        );
    }

    #[test]
    fn a_file_is_no_folder() {
        let held = tempfile::tempdir().unwrap();
        let file = held.path().join("place");
        std::fs::write(&file, "x").unwrap();
        let said = prepare(&file).unwrap_err().to_string();
        std::fs::remove_file(&file).unwrap();
        assert!(said.contains("--db names the folder"), "{said}");
    }
}
