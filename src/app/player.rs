//! Plays samples through a program of the system, `aplay`, which gets them through a pipe that never blocks us.
//!
//! Decision 0019 says why the library of ALSA is not ours.

use std::io::{ErrorKind, Read as _, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use crate::clock::monotonic_now;
use crate::sound::{Blocks, pcm};

/// The program that plays.
pub(super) const PROGRAM: &str = "aplay";
/// What the device holds, in microseconds: a process that is not run for so long leaves a gap.
const BUFFER_US: u32 = 200_000;
/// A device that has taken nothing for so long hangs.
const HANGS_AFTER: Duration = Duration::from_secs(3);
/// Bytes of what it says.
const MAX_BYTES: u64 = 4 << 10;

/// One sound that is played. Dropped, it falls silent.
pub(super) struct Player {
    child: Child,
    /// `None`: everything is written.
    pipe: Option<ChildStdin>,
    blocks: Box<dyn Blocks>,
    gain: f32,
    waiting: Vec<u8>,
    /// Bytes that were written, and bytes of a second.
    written: f64,
    per_s: f64,
    began: Instant,
    took_at: Instant,
    output: String,
}

/// Whether it is over.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ended {
    Yes,
    NotYet,
}

impl Player {
    /// Begins to play.
    ///
    /// # Errors
    /// One line: the program is missing, or cannot be started.
    pub fn start(program: &str, blocks: Box<dyn Blocks>, output: &str, gain: f32) -> Result<Player, String> {
        let format = blocks.format();
        let mut command = Command::new(program);
        command
            .args(["--quiet", "--file-type=raw", "--format=S16_LE"])
            .arg(format!("--rate={}", format.rate))
            .arg(format!("--channels={}", format.channels))
            .arg(format!("--buffer-time={BUFFER_US}"))
            .arg(format!("--device={}", device(output)));
        // What it needs to find a device, and nothing of what is ours: no token, no watchdog.
        command.env_clear();
        let kept = ["PATH", "HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "ALSA_CONFIG_PATH", "PULSE_SERVER"];
        command.envs(kept.iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
        let child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
        let mut child = child.map_err(|error| match error.kind() {
            ErrorKind::NotFound => format!("{program} is missing (the package alsa-utils)"),
            _ => format!("{program}: {error}"),
        })?;
        let pipe = child.stdin.take();
        let now = monotonic_now();
        let player = Player {
            child,
            pipe,
            blocks,
            gain,
            waiting: Vec::new(),
            written: 0.0,
            per_s: f64::from(format.rate) * f64::from(format.channels) * 2.0,
            began: now,
            took_at: now,
            output: output.to_owned(),
        };
        if let Some(pipe) = &player.pipe {
            rustix::io::ioctl_fionbio(pipe, true).map_err(|error| format!("{program}: {error}"))?;
        }
        Ok(player)
    }

    /// Hands on as much as is taken now.
    ///
    /// # Errors
    /// One line: the device cannot be had, or hangs.
    pub fn go_on(&mut self) -> Result<Ended, String> {
        while let Some(pipe) = &mut self.pipe {
            if self.waiting.is_empty() {
                match self.blocks.next() {
                    Some(samples) => self.waiting = pcm(&samples, self.gain),
                    None => self.pipe = None,
                }
                continue;
            }
            match pipe.write(&self.waiting) {
                Ok(bytes) => {
                    self.waiting.drain(..bytes);
                    self.written += bytes as f64;
                    self.took_at = monotonic_now();
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                // It is gone, and says why.
                Err(_) => self.pipe = None,
            }
        }
        let status = self.child.try_wait().map_err(|error| error.to_string())?;
        match status {
            Some(status) if status.success() => Ok(Ended::Yes),
            Some(_) => Err(self.reason()),
            // What was taken may still be heard; the pipe holds less than the rest of the limit.
            None if self.took_at.max(self.heard_at()).elapsed() > HANGS_AFTER => {
                Err(format!("the output {:?} accepts no sound", self.output))
            }
            None => Ok(Ended::NotYet),
        }
    }

    /// When everything that was written will have been heard.
    fn heard_at(&self) -> Instant {
        let at = self.began.checked_add(Duration::from_secs_f64(self.written / self.per_s));
        at.filter(|_| self.pipe.is_none()).map_or(self.took_at, |at| at.max(self.took_at))
    }

    /// Why the program has ended, in its own words.
    fn reason(&mut self) -> String {
        let mut said = Vec::new();
        if let Some(stderr) = self.child.stderr.take() {
            // What cannot be read is not said.
            let _ = stderr.take(MAX_BYTES).read_to_end(&mut said);
        }
        let said = String::from_utf8_lossy(&said).into_owned();
        // "aplay: main:852: audio open error: No such file or directory" behind lines of the library.
        let line = said.lines().rev().find(|line| line.contains("error")).or(said.lines().next_back());
        let words = line.map_or("it ended without a word", |line| line.rsplit(": ").next().unwrap_or(line)).trim();
        let words: String = words.chars().filter(|c| !c.is_control()).take(200).collect();
        format!("the output {:?}: {words}", self.output)
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        // One that has ended by itself cannot be killed; either way it is waited for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The device as ALSA is asked for it: one that converts, since most take one rate and two channels only.
fn device(output: &str) -> String {
    let converts = ["default", "plug", "sysdefault", "pulse", "pipewire", "dmix"];
    match converts.iter().any(|name| output.starts_with(name)) {
        true => output.to_owned(),
        false => format!("plug:'{output}'"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::Sound;
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::PathBuf;

    /// A program in the place of the one that plays, and a file beside it.
    fn program(script: &str) -> (PathBuf, PathBuf) {
        let dir = tempfile::tempdir().unwrap().keep();
        let (program, heard) = (dir.join("aplay"), dir.join("heard"));
        std::fs::write(&program, format!("#!/bin/sh\nheard={}\n{script}\n", heard.display())).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        (program, heard)
    }

    fn play(program: &std::path::Path, sound: &Sound) -> Result<(), String> {
        let mut player = Player::start(&program.display().to_string(), sound.blocks()?, "hdmi:CARD=tv", 0.25)?;
        while player.go_on()? == Ended::NotYet {
            std::thread::sleep(Duration::from_millis(2));
        }
        Ok(())
    }

    #[test]
    fn every_sample_arrives_and_nothing_of_our_environment_does() {
        let (program, heard) = program("echo \"$@\" >$heard.args\nenv >$heard.env\nexec cat >$heard");
        assert_eq!(play(&program, &Sound::GreatGong), Ok(()));
        let mut blocks = Sound::GreatGong.blocks().unwrap();
        let all: Vec<u8> = std::iter::from_fn(|| blocks.next()).flat_map(|block| pcm(&block, 0.25)).collect();
        assert!(std::fs::read(&heard).unwrap() == all, "{} bytes", all.len());
        let text = |end: &str| std::fs::read_to_string(format!("{}.{end}", heard.display())).unwrap();
        let args = text("args");
        let asked = "--rate=48000 --channels=1 --buffer-time=200000 --device=plug:'hdmi:CARD=tv'";
        assert!(args.trim_end().ends_with(asked), "{args}");
        assert!(!text("env").contains("CARGO"), "{}", text("env"));
        std::fs::remove_dir_all(program.parent().unwrap()).unwrap();
    }

    #[test]
    fn what_is_missing_busy_or_hangs_is_one_line() {
        let none = play("/nowhere/aplay".as_ref(), &Sound::Chime).unwrap_err();
        assert_eq!(none, "/nowhere/aplay is missing (the package alsa-utils)");
        let busy = "echo 'ALSA lib pcm.c:2660: unknown' >&2\n\
                    echo 'aplay: main:852: audio open error: Device or resource busy' >&2\nexit 1";
        let (program, _) = self::program(busy);
        assert_eq!(
            play(&program, &Sound::GreatGong).unwrap_err(),
            "the output \"hdmi:CARD=tv\": Device or resource busy"
        );
        std::fs::remove_dir_all(program.parent().unwrap()).unwrap();
        let (program, _) = self::program("exec sleep 60");
        let began = monotonic_now();
        assert_eq!(play(&program, &Sound::GreatGong).unwrap_err(), "the output \"hdmi:CARD=tv\" accepts no sound");
        assert!(began.elapsed() < Duration::from_secs(30), "and it is ended");
        std::fs::remove_dir_all(program.parent().unwrap()).unwrap();
    }

    #[test]
    fn a_bare_device_is_asked_through_one_that_converts() {
        for (output, asked) in [
            ("default", "default"),
            ("hdmi:CARD=vc4hdmi0,DEV=0", "plug:'hdmi:CARD=vc4hdmi0,DEV=0'"),
            ("plughw:1,0", "plughw:1,0"),
            ("sysdefault:CARD=PCH", "sysdefault:CARD=PCH"),
        ] {
            assert_eq!(device(output), asked);
        }
    }
}
