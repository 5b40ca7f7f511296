//! Slides as pictures, drawn by the program that draws walls.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value as Json, json};
use tokio::process::Command;
use tokio::sync::Semaphore;

use crate::store::boards::Published;

/// Pictures that are kept; each is some hundred kilobytes.
const KEPT: usize = 64;

/// No picture is larger.
const MAX_BYTES: u64 = 64 << 20;

/// The clock on a picture is at most so many seconds behind.
pub const CLOCK_S: i64 = 300;

/// How long a picture may take.
const SECONDS: u64 = 60;

/// Which picture of which board.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Picture {
    pub etag: String,
    pub slide: String,
    pub width: u32,
    pub height: u32,
}

/// One slide of a document alone on its board. Its `etag` changes when something on this slide does, and not with every fact.
pub fn one_slide(document: &Json, slide: &Json) -> Published {
    let mut alone = document.clone();
    alone["slides"] = json!([slide]);
    (alone["epoch"], alone["rev"]) = (json!("picture"), json!(1));
    let body = alone.to_string();
    Published { rev: 1, epoch: "picture".into(), etag: crate::random::hash(&body)[..32].to_owned(), body }
}

/// Starts `PROGRAM shot`, one at a time: each takes a processor.
pub struct Renderer {
    program: Option<PathBuf>,
    one: Semaphore,
    kept: Mutex<HashMap<Picture, Arc<Vec<u8>>>>,
}

impl Renderer {
    pub fn new(program: Option<PathBuf>) -> Renderer {
        Renderer { program, one: Semaphore::new(1), kept: Mutex::default() }
    }

    /// # Errors
    /// There is no renderer, or it failed; in words.
    pub async fn draw(&self, board: &Published, picture: Picture) -> Result<Arc<Vec<u8>>, String> {
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(&picture).cloned();
        if let Some(png) = kept() {
            return Ok(png);
        }
        let program = self.program.as_ref().ok_or("this hub has no renderer: it was built without the wall")?;
        let _one = self.one.acquire().await.map_err(|error| error.to_string())?;
        // Somebody else may have asked for it meanwhile.
        if let Some(png) = kept() {
            return Ok(png);
        }
        let png = Arc::new(shot(program, board, &picture).await?);
        let mut all = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= KEPT {
            all.clear();
        }
        all.insert(picture, png.clone());
        Ok(png)
    }
}

async fn shot(program: &PathBuf, board: &Published, picture: &Picture) -> Result<Vec<u8>, String> {
    let folder = std::env::temp_dir().join(format!("floorcast-{}", crate::random::id('s')?));
    std::fs::create_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let drawn = shot_in(program, board, picture, &folder).await;
    // It is only scratch.
    std::fs::remove_dir_all(&folder).ok();
    drawn
}

async fn shot_in(
    program: &PathBuf,
    board: &Published,
    picture: &Picture,
    folder: &std::path::Path,
) -> Result<Vec<u8>, String> {
    let (feed, png) = (folder.join("board.json"), folder.join("slide.png"));
    std::fs::write(&feed, &board.body).map_err(|error| format!("{}: {error}", feed.display()))?;
    let mut command = Command::new(program);
    command
        .arg("shot")
        .arg("--feed")
        .arg(&feed)
        .arg("--slide")
        .arg(&picture.slide)
        .args(["--at", "3s", "--size", &format!("{}x{}", picture.width, picture.height), "-o"])
        .arg(&png)
        .kill_on_drop(true)
        .stdin(std::process::Stdio::null());
    let output = tokio::time::timeout(std::time::Duration::from_secs(SECONDS), command.output())
        .await
        .map_err(|_| format!("no picture within {SECONDS} s"))?
        .map_err(|error| format!("{}: {error}", program.display()))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().chars().take(300).collect());
    }
    crate::files::read(&png, MAX_BYTES).map_err(|error| format!("{}: {error}", png.display()))
}
