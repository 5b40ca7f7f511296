//! Arguments of the commands that ask something of a running wall.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::values;

/// Which wall is meant, and the token for it.
#[derive(Debug, Clone, Default, PartialEq, Args)]
pub struct WallArgs {
    /// Settings file of the wall; by default the one that `run` would use
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Address and port of the wall; by default where its settings say that it listens
    #[arg(long, value_name = "HOST:PORT")]
    pub at: Option<String>,
    /// File with the wall's token; by default the one in its settings
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
}

/// Arguments of `say`.
#[derive(Debug, Clone, PartialEq, Args)]
pub struct SayArgs {
    /// The message, at most 280 characters; "" takes the one that is up away
    #[arg(value_name = "TEXT")]
    pub text: String,
    /// How long it is up
    #[arg(long = "for", value_name = "TIME", default_value = "10m", value_parser = values::duration)]
    pub time: Duration,
    /// The wall.
    #[command(flatten)]
    pub wall: WallArgs,
}

/// Arguments of `sound`.
#[derive(Debug, Clone, PartialEq, Args)]
pub struct SoundArgs {
    /// on: as its settings say; off: muted
    #[arg(value_name = "on|off", value_parser = ["on", "off"])]
    pub state: String,
    /// The wall.
    #[command(flatten)]
    pub wall: WallArgs,
}

/// Arguments of `look`.
#[derive(Debug, Clone, PartialEq, Args)]
pub struct LookArgs {
    /// Save the picture that is on the wall as this PNG file
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Print JSON instead of text
    #[arg(long)]
    pub json: bool,
    /// The wall.
    #[command(flatten)]
    pub wall: WallArgs,
}
