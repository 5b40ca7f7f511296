//! Writes manual pages and completions of the command line, for packages.

use std::path::Path;

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::cli::{Cli, ManualArgs};
use crate::exit::{Exit, Failure};

/// The name that manual pages and completions are found by.
const NAME: &str = "floorcast";

/// Writes `man1/floorcast*.1`, one page for each command, and the completions of bash, zsh and fish under the names that
/// these shells look for.
///
/// # Errors
/// A folder or file cannot be written.
pub fn write(args: &ManualArgs) -> Result<(), Failure> {
    let folder = &args.folder;
    let man = folder.join("man1");
    make(&man)?;
    let cli = Cli::command();
    clap_mangen::generate_to(cli.clone(), &man).map_err(|error| cannot_write(&man, error))?;
    for (shell, place) in
        [(Shell::Bash, "bash/floorcast"), (Shell::Zsh, "zsh/_floorcast"), (Shell::Fish, "fish/floorcast.fish")]
    {
        let path = folder.join(place);
        path.parent().map_or(Ok(()), make)?;
        let mut text = Vec::new();
        clap_complete::generate(shell, &mut cli.clone(), NAME, &mut text);
        std::fs::write(&path, text).map_err(|error| cannot_write(&path, error))?;
    }
    Ok(())
}

fn make(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| cannot_write(folder, error))
}

fn cannot_write(path: &Path, error: std::io::Error) -> Failure {
    Failure::new(Exit::CannotWrite, format!("{}: {error}", path.display()))
}
