//! A virtual X server without a window manager, whose screen can be looked at and whose keys can be pressed.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use image::RgbaImage;

use crate::program::{Program, command, have, signal, until};
use crate::support::TempDir;

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
        let bytes = std::fs::read(self.folder.path().join("Xvfb_screen0")).unwrap();
        // An XWD file: big-endian numbers, a name, a palette, then rows of BGRX.
        let field = |index: usize| u32::from_be_bytes(bytes[index * 4..][..4].try_into().unwrap()) as usize;
        let (width, height, bits, row) = (field(4), field(5), field(11), field(12));
        assert_eq!((field(1), bits), (7, 32), "an XWD file with 32 bits for each pixel");
        let start = field(0) + field(19) * 12;
        let rows = bytes[start..].chunks_exact(row).take(height);
        let pixels = rows.flat_map(|row| row[..width * 4].chunks_exact(4));
        let pixels = pixels.flat_map(|p| [p[2], p[1], p[0], 255]).collect();
        RgbaImage::from_raw(width as u32, height as u32, pixels).unwrap()
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
