//! Parses the command line: the sub-commands, each with its help.

mod args;
mod desk;
mod values;

pub use args::{
    CheckArgs, ManualArgs, MapArgs, RecordArgs, RunArgs, ShotArgs, SourceArgs, TemplateArgs, WhatIfArgs, WhyArgs,
};
pub use desk::{LookArgs, SayArgs, SoundArgs, WallArgs};
pub use values::{CellValue, Fault, FaultKind, MAX_SIDE_PX, ParseError, Sample, Size, Strict};

use clap::{Parser, Subcommand};

/// The whole command line. Without a sub-command it is `run`.
#[derive(Debug, Parser)]
#[command(
    name = "floorcast",
    version = env!("FLOORCAST_VERSION"),
    about = "Live sales boards for the TV on the wall",
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:\n  floorcast --feed demo                     the built-in show\n  \
                  floorcast --feed board.json --windowed 1280x720\n  \
                  floorcast check --feed https://hub.example/board.json\n\n\
                  Exit codes: 0 fine, 1 no usable board (or `check --strict` found a problem), 2 wrong usage or settings (`run`\n\
                  shows wrong settings and waits for correct ones), 69 no display or graphics adapter, 74 a file cannot\n\
                  be written, 75 the GPU or display was lost (start again)."
)]
pub struct Cli {
    /// What to do; `run` by default.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The arguments of `run`, which may be left out.
    #[command(flatten)]
    pub run: RunArgs,
}

/// The sub-commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show the board on the screen
    #[command(after_help = "Examples:\n  floorcast run --config /etc/floorcast/kiosk.toml\n  \
                            floorcast run --feed demo --windowed 1280x720    Esc or q ends it, arrows change the slide")]
    Run(RunArgs),
    /// Draw the board into PNG files, without a window
    #[command(after_help = "Examples:\n  floorcast shot --feed board.json -o wall.png\n  \
                            floorcast shot --feed demo --at 3.5s --size 3840x2160 -o wall.png\n  \
                            floorcast shot --feed demo --all -o show/\n  \
                            floorcast shot --feed demo --strip 8 --every 100ms -o moments.png")]
    Shot(ShotArgs),
    /// Print what would be on the wall, and everything that is wrong with the feed
    #[command(after_help = "Of a tape, `check` examines every document and reports on the last good one.\n\n\
                            Examples:\n  floorcast check --feed board.json\n  \
                            floorcast check --feed https://hub.example/board.json --json\n  \
                            floorcast check --config /etc/floorcast/kiosk.toml\n\n\
                            Without --feed it also prints the state of the running wall's feeds: when the last good answer\n\
                            came, the last error, the time of the next try. In the JSON these are `kiosk`\n\
                            {running, written, pid, note} and `feeds`, one each: {name, state, since, last_good,\n\
                            last_good_age_s, last_error {at, kind, text}, transport, stream_fails, next_try, board, as_of,\n\
                            sources}. The wall writes them to status.json in $RUNTIME_DIRECTORY, else in\n\
                            $XDG_RUNTIME_DIR/floorcast, else beside its last boards.")]
    Check(CheckArgs),
    /// Run a feed's map once and print what came in, which board came out, what is wrong, how long it took
    #[command(
        after_help = "A sample takes the place of a source, so you can try a map without a network or a token.\n\
                            The JSON is {ok, feed, map, sources, board, problems, timing}; `board` is the document that\n\
                            came out.\n\n\
                            Examples:\n  floorcast map kiosk.toml\n  \
                            floorcast map kiosk.toml --with deals.csv\n  \
                            floorcast map kiosk.toml --feed crm --with deals=deals.json --with owners=owners.json --json"
    )]
    Map(MapArgs),
    /// Write every accepted document of a feed onto a tape, until Ctrl+C
    #[command(
        after_help = "A tape has at most 64 MiB, and `record` never overwrites a file. When a celebration arrives on its own,\n\
                            `record` writes the last document again with it. While nothing changes, it writes the last\n\
                            document again every ten minutes, so that a replay does not look stale.\n\n\
                            Example:\n  floorcast record --feed https://hub.example/board.json -o day.tape\n  \
                            floorcast run --feed day.tape --speed 60"
    )]
    Record(RecordArgs),
    /// Write a starter workbook: people, deals, goals, contests and all other sheets, with examples
    #[command(after_help = "Show it with --feed FILE. Replace the examples with your own rows.\n\n\
                            Examples:\n  floorcast template floor.xlsx\n  \
                            floorcast template --language de floor.xlsx\n  \
                            floorcast template --from deals.csv floor.xlsx\n  \
                            floorcast --feed floor.xlsx")]
    Template(TemplateArgs),
    /// Run the system behind the wall: facts in, boards, an API and pages out
    #[cfg(feature = "hub")]
    #[command(after_help = "Examples:\n  floorcast hub --db floor                 serve\n  \
                            floorcast hub import --db floor deals.csv teams.csv\n  \
                            floorcast --feed http://127.0.0.1:8271/boards/main    a wall beside it")]
    Hub(floorcast_hub::cli::HubArgs),
    /// Print why a figure on a slide is what it is: its formula, and each fact with sheet, row, day and value
    #[command(after_help = "Of a floor in a workbook, a folder of tables, or several tables.\n\n\
                            Examples:\n  floorcast why --feed floor.xlsx --slide goals --who Osaka\n  \
                            floorcast why --feed floor.xlsx --slide scorecard --who \"Mara Quill\"\n  \
                            floorcast why --feed floor.xlsx --slide ranking --who company --json")]
    Why(WhyArgs),
    /// Print what would change if cells of a workbook had other values: scores, places, goals
    #[command(after_help = "The file stays as it is.\n\n\
                            Examples:\n  floorcast what-if --feed floor.xlsx --set \"Scorecard!B3=40\"\n  \
                            floorcast what-if --feed floor.xlsx --set Goals!F2=90000 --set Scorecard!C4=5")]
    WhatIf(WhatIfArgs),
    /// Put a message up on a running wall
    #[command(
        after_help = "The wall needs `listen` in [remote] of its settings. It is asked where the settings say that it listens;\n\
                            --at names another one.\n\n\
                            Examples:\n  floorcast say \"Pipeline review 16:00\" --for 20m\n  \
                            floorcast say \"Lunch\" --at 192.168.1.20:8270 --token-file token"
    )]
    Say(SayArgs),
    /// Say what is on a running wall, and save its picture
    #[command(after_help = "The wall needs `listen` in [remote] of its settings.\n\n\
                            Examples:\n  floorcast look\n  \
                            floorcast look -o wall.png\n  \
                            floorcast look --at 192.168.1.20:8270 --token-file token --json")]
    Look(LookArgs),
    /// Mute a running wall, or let its celebrations be heard again
    #[command(
        after_help = "The wall needs `listen` in [remote] of its settings. It stays muted until `floorcast sound on`, also after a restart.\n\n\
                            Examples:\n  floorcast sound off\n  \
                            floorcast sound on --at 192.168.1.20:8270 --token-file token"
    )]
    Sound(SoundArgs),
    /// Print the JSON Schema of a feed document
    #[command(after_help = "Example:\n  floorcast schema > salesboard-1.schema.json")]
    Schema,
    /// Write the manual pages and the completions of the shells into a folder
    #[command(hide = true, after_help = "Example:\n  floorcast manual share    a package installs what stands there")]
    Manual(ManualArgs),
    /// Watch the compositor from inside its unit, and feed its watchdog while it answers and draws
    #[command(
        hide = true,
        after_help = "Example:\n  cage -s -- floorcast watch-compositor    what floorcast-compositor.service runs"
    )]
    WatchCompositor,
    /// Read one request of a map from the standard input and answer it, under limits
    #[command(hide = true, after_help = "Example:\n  floorcast map-child < request    the program starts it by itself")]
    MapChild,
}

impl Cli {
    /// The sub-command, with `run` filled in.
    pub fn into_command(self) -> Command {
        self.command.unwrap_or(Command::Run(self.run))
    }
}

impl Command {
    /// Where settings and boards come from; `None` for a command that needs neither.
    pub fn source(&self) -> Option<SourceArgs> {
        match self {
            Command::Run(args) => Some(args.source.clone()),
            Command::Shot(args) => Some(args.source.clone()),
            Command::Check(args) => Some(args.source.clone()),
            Command::Record(args) => Some(args.source.clone()),
            Command::Map(args) => Some(SourceArgs { config: args.settings.clone(), feed: Vec::new() }),
            Command::Why(args) => Some(args.source.clone()),
            Command::WhatIf(args) => Some(args.source.clone()),
            #[cfg(feature = "hub")]
            Command::Hub(_) => None,
            Command::Say(SayArgs { wall, .. })
            | Command::Look(LookArgs { wall, .. })
            | Command::Sound(SoundArgs { wall, .. }) => {
                Some(SourceArgs { config: wall.config.clone(), feed: Vec::new() })
            }
            Command::Schema
            | Command::Template(_)
            | Command::Manual(_)
            | Command::MapChild
            | Command::WatchCompositor => None,
        }
    }

    /// Whether it goes on until it is told to end.
    pub fn lasts(&self) -> bool {
        match self {
            Command::Run(_) | Command::Record(_) | Command::WatchCompositor => true,
            #[cfg(feature = "hub")]
            Command::Hub(args) => args.command.is_none(),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::time::Duration;

    use super::*;
    use crate::config::FeedSource;

    fn parse(line: &str) -> Result<Command, clap::Error> {
        Cli::try_parse_from(line.split_whitespace()).map(Cli::into_command)
    }

    #[test]
    fn the_definition_holds() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }

    #[test]
    fn run_is_what_happens_when_nothing_is_said() {
        let bare = parse("floorcast --feed demo --windowed 1280x720").unwrap();
        let said = parse("floorcast run --feed demo --windowed 1280x720").unwrap();
        let (Command::Run(bare), Command::Run(said)) = (bare, said) else { panic!("expected run twice") };
        assert_eq!(bare, said);
        assert_eq!(bare.source.feed, [FeedSource::Demo]);
        assert_eq!(bare.windowed, Some(Size { width: 1280, height: 720 }));
    }

    #[test]
    fn a_path_need_not_be_utf_8() {
        use std::os::unix::ffi::OsStrExt as _;
        let path = std::ffi::OsStr::from_bytes(b"/srv/b\xE9b\xE9.json");
        let args = [std::ffi::OsStr::new("floorcast"), std::ffi::OsStr::new("--feed"), path];
        let Ok(Command::Run(run)) = Cli::try_parse_from(args).map(Cli::into_command) else { panic!("expected run") };
        assert_eq!(run.source.feed, [FeedSource::File(path.into())]);
    }

    #[test]
    fn a_shot_has_its_moment() {
        let line = "floorcast shot --at 3.5s --now 2026-11-04T14:32:00+09:00 --strip 8 --every 100ms -o out.png";
        let Ok(Command::Shot(shot)) = parse(line) else { panic!("expected shot") };
        assert_eq!((shot.at, shot.every), (Duration::from_millis(3500), Some(Duration::from_millis(100))));
        assert_eq!((shot.strip, shot.size), (Some(8), Size { width: 1920, height: 1080 }));
        assert_eq!(shot.now, Some("2026-11-04T05:32:00Z".parse().unwrap()));
        assert_eq!(shot.output, PathBuf::from("out.png"));
    }

    #[test]
    fn senseless_lines_are_refused() {
        for line in [
            "floorcast --nonsense",
            "floorcast shot",
            "floorcast shot --all --slide x -o d",
            "floorcast shot --strip 8 -o x.png",
            "floorcast shot --every 1s -o x.png",
            "floorcast shot --strip 0 --every 1s -o x.png",
            "floorcast shot --size 0x5 -o x.png",
            "floorcast shot --now yesterday -o x.png",
            "floorcast --feed ftp://x",
            "floorcast --fault sneeze@3",
            "floorcast --feed demo check",
            "floorcast schema --json",
        ] {
            let error = parse(line).unwrap_err();
            assert_eq!(error.exit_code(), 2, "{line}: {error}");
        }
    }

    #[test]
    fn every_sub_command_has_an_example_and_faults_stay_hidden() {
        use clap::CommandFactory;
        let mut cli = Cli::command();
        let help = cli.render_long_help().to_string();
        assert!(help.contains("Examples:") && !help.contains("--fault") && !help.contains("--frame-log"), "{help}");
        for command in cli.get_subcommands_mut().filter(|command| command.get_name() != "help") {
            let help = command.render_long_help().to_string();
            let hidden = ["--fault", "--frame-log"].iter().all(|name| !help.contains(name));
            assert!(help.contains("Example") && hidden, "{help}");
        }
    }
}
