//! A virtual X server without a window manager, whose screen can be looked at and whose keys can be pressed.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use image::RgbaImage;

use crate::program::{Program, command, have, signal, until};
use crate::support::TempDir;
use crate::support::rig::board;

/// The server; it ends with the test.
pub struct Server {
    child: Child,
    pub display: String,
    /// Where its screen lies as a file.
    folder: TempDir,
}

impl Server {
    /// A screen of this size.
    pub fn start(size: &str) -> Option<Server> {
        if !have("Xvfb") {
            return None;
        }
        let folder = TempDir::new();
        let mut child = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", &format!("{size}x24"), "-nolisten", "tcp", "-noreset", "-fbdir"])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut number = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut number).unwrap();
        Some(Server { child, display: format!(":{}", number.trim()), folder })
    }

    pub fn program(&self, args: &[&str]) -> Program {
        Program::on_display(&self.display, args)
    }

    /// A program with a board and settings in a folder, once its first picture is up; the settings' file and text with it.
    pub fn wall(&self, folder: &TempDir) -> (Program, PathBuf, String) {
        let feed = folder.write("board.json", board(1));
        let text = format!("[feed]\nurl = {feed:?}\n");
        let file = folder.write("kiosk.toml", &text);
        let mut program = self.program(&["--config", file.to_str().unwrap()]);
        program.wait_for("first picture");
        (program, file, text)
    }

    /// Stops it and lets it go on.
    pub fn signal(&self, name: &str) {
        signal(name, self.child.id());
    }

    /// Ends it as a crash would.
    pub fn kill(&mut self) {
        signal("-KILL", self.child.id());
        let _ = self.child.wait();
    }

    /// Moves the pointer, presses keys, resizes windows.
    pub fn xdotool(&self, args: &[&str]) -> String {
        let out = Command::new("xdotool").args(args).env("DISPLAY", &self.display).output().unwrap();
        assert!(out.status.success(), "xdotool {args:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap().trim().to_owned()
    }

    /// What is on the screen.
    pub fn screen(&self) -> RgbaImage {
        let bytes = std::fs::read(self.file()).unwrap();
        let Dump { start, width, height, row } = Dump::of(&bytes);
        let rows = bytes[start..].chunks_exact(row).take(height);
        let pixels = rows.flat_map(|row| row[..width * 4].chunks_exact(4));
        let pixels = pixels.flat_map(|p| [p[2], p[1], p[0], 255]).collect();
        RgbaImage::from_raw(width as u32, height as u32, pixels).unwrap()
    }

    /// Looks at the screen all the time, several times in each frame.
    pub fn watch(&self) -> Watch {
        let (over, file) = (Arc::new(AtomicBool::new(false)), self.file());
        let ends = over.clone();
        let look = move || {
            let (mut least, mut looks) = (usize::MAX, 0);
            while !ends.load(Ordering::SeqCst) {
                least = least.min(lit(&std::fs::read(&file).unwrap()));
                looks += 1;
                std::thread::sleep(Duration::from_millis(1));
            }
            (least, looks)
        };
        let thread = std::thread::Builder::new().name("watch".into()).spawn(look).unwrap();
        Watch { over, thread }
    }

    /// How many of a sample of its pixels are lit.
    pub fn lit(&self) -> usize {
        lit(&std::fs::read(self.file()).unwrap())
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("Xvfb_screen0")
    }

    /// Waits until the upper left of the screen shows this picture. Windows and pictures have their bytes in another
    /// order, and what is mixed may be rounded otherwise: by one level, two where two such meet.
    #[track_caller]
    pub fn wait_for(&self, program: &mut Program, what: &str, picture: &RgbaImage) {
        let (w, h) = picture.dimensions();
        let mut screen = self.screen();
        let shown = until(Duration::from_secs(30), || {
            screen = self.screen();
            let rows = screen.rows().zip(picture.rows()).take(h as usize);
            let near = |(a, b): (&image::Rgba<u8>, &image::Rgba<u8>)| (0..3).all(|i| a[i].abs_diff(b[i]) <= 2);
            screen.width() >= w && screen.height() >= h && rows.into_iter().all(|(a, b)| a.zip(b).all(near))
        });
        if !shown {
            let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
            picture.save(folder.join(format!("{what}-wanted.png"))).unwrap();
            screen.save(folder.join(format!("{what}-screen.png"))).unwrap();
            panic!("{what}: other pixels, see {}; log:\n{}", folder.display(), program.log());
        }
    }
}

/// Someone who looks at the screen.
pub struct Watch {
    over: Arc<AtomicBool>,
    thread: JoinHandle<(usize, usize)>,
}

impl Watch {
    /// The least that was lit at any time, and how many looks there were.
    pub fn end(self) -> (usize, usize) {
        self.over.store(true, Ordering::SeqCst);
        self.thread.join().unwrap()
    }
}

/// How many of a sample of pixels are lit: what is written on the dark theme, and nearly everything on the light one.
fn lit(bytes: &[u8]) -> usize {
    const SAMPLE: usize = 7;
    let Dump { start, width, height, row } = Dump::of(bytes);
    let rows = bytes[start..].chunks_exact(row).take(height);
    let pixels = rows.flat_map(|row| row[..width * 4].chunks_exact(4).step_by(SAMPLE));
    pixels.filter(|pixel| pixel[..3].iter().any(|level| *level > 96)).count()
}

/// Where the pixels of a screen lie in an XWD file: big-endian numbers, a name, a palette, then rows of BGRX.
struct Dump {
    start: usize,
    width: usize,
    height: usize,
    row: usize,
}

impl Dump {
    fn of(bytes: &[u8]) -> Dump {
        let field = |index: usize| u32::from_be_bytes(bytes[index * 4..][..4].try_into().unwrap()) as usize;
        assert_eq!((field(1), field(11)), (7, 32), "an XWD file with 32 bits for each pixel");
        Dump { start: field(0) + field(19) * 12, width: field(4), height: field(5), row: field(12) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What `floorcast shot` draws with these arguments.
pub fn shot(args: &[&str]) -> RgbaImage {
    let folder = TempDir::new();
    let path = folder.path().join("shot.png");
    let out = command(folder.path()).arg("shot").args(args).arg("-o").arg(&path).output().unwrap();
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    image::open(&path).unwrap().to_rgba8()
}
