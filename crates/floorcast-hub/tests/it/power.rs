//! The power goes at any moment: whatever the disk had by then, in whatever order, what was answered is there afterwards.
//!
//! A shim takes down each write and each sync of a hub. A cut is played back from that: of what was synced all is on the disk,
//! of what was not any part, down to sectors of 512 bytes.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use floorcast_hub::ops::backup;
use floorcast_hub::ops::private_backup::KeyPlace;
use floorcast_hub::store::{Store, hash, runs};

use crate::crash::{FOLDER, WORK, WORK_ROUNDS};
use crate::support::{Dice, Folder, now};

const SECTOR: usize = 512;

#[derive(Debug)]
enum Step {
    Opened(u64, String),
    Wrote(u64, usize, Vec<u8>),
    Cut(u64, usize),
    Synced(u64),
    Folder(String),
    Renamed(String, String),
    /// A second name.
    Linked(String, String),
    Removed(String),
    Said(String),
}

/// What the shim took down.
fn steps(log: &[u8]) -> Vec<Step> {
    let number = |at: usize| u64::from_le_bytes(log[at..at + 8].try_into().unwrap());
    let (mut steps, mut at, mut from) = (Vec::new(), 0, String::new());
    while at < log.len() {
        let (kind, inode, place, n) = (log[at], number(at + 1), number(at + 9) as usize, number(at + 17) as usize);
        let data = &log[at + 25..at + 25 + n];
        let text = || String::from_utf8_lossy(data).into_owned();
        at += 25 + n;
        steps.push(match kind {
            b'o' => Step::Opened(inode, text()),
            b'w' => Step::Wrote(inode, place, data.to_vec()),
            b't' => Step::Cut(inode, place),
            b'f' => Step::Synced(inode),
            b'm' => Step::Folder(text()),
            b'u' | b'x' => Step::Removed(text()),
            b's' => Step::Said(text()),
            b'n' => {
                from = text();
                continue;
            }
            b'l' => Step::Linked(std::mem::take(&mut from), text()),
            b'r' => Step::Renamed(std::mem::take(&mut from), text()),
            other => panic!("the shim writes no {other}"),
        });
    }
    steps
}

/// A file: what is on the disk for sure, and what was done to it since.
#[derive(Debug, Default, Clone)]
struct File {
    synced: Vec<u8>,
    since: Vec<(usize, Option<Vec<u8>>)>,
}

impl File {
    /// Its bytes, where each sector of what was not synced is there or not.
    fn bytes(&self, mut is_there: impl FnMut() -> bool) -> Vec<u8> {
        let mut bytes = self.synced.clone();
        for (place, data) in &self.since {
            let Some(data) = data else {
                if is_there() {
                    bytes.resize(*place, 0);
                }
                continue;
            };
            let mut at = 0;
            while at < data.len() {
                let end = data.len().min(at + SECTOR - (place + at) % SECTOR);
                if is_there() {
                    bytes.resize(bytes.len().max(place + end), 0);
                    bytes[place + at..place + end].copy_from_slice(&data[at..end]);
                }
                at = end;
            }
        }
        bytes
    }
}

/// A change of names, which is on the disk for sure once its folder was synced.
#[derive(Debug, Clone)]
enum Naming {
    Made(String, usize),
    Renamed(String, String),
    Removed(String),
}

/// The disk as of a step of the recording.
#[derive(Default)]
struct Disk {
    files: Vec<File>,
    /// Which file an inode is now.
    inodes: HashMap<u64, usize>,
    folders: BTreeSet<String>,
    folder_inodes: HashMap<u64, String>,
    names: BTreeMap<String, usize>,
    namings: Vec<(Naming, bool)>,
    said: String,
}

impl Disk {
    fn take(&mut self, step: &Step) {
        match step {
            Step::Said(text) => self.said += text,
            Step::Folder(path) => _ = self.folders.insert(path.clone()),
            Step::Opened(inode, path) if self.folders.contains(path) => {
                self.folder_inodes.insert(*inode, path.clone());
            }
            Step::Opened(inode, path) => {
                if self.names.get(path).is_some_and(|file| self.inodes.get(inode) == Some(file)) {
                    return;
                }
                // Inodes are used again.
                self.folder_inodes.remove(inode);
                let file = self.files.len();
                self.files.push(File::default());
                self.inodes.insert(*inode, file);
                self.names.insert(path.clone(), file);
                self.namings.push((Naming::Made(path.clone(), file), false));
            }
            Step::Wrote(inode, place, data) => {
                let file = self.inodes[inode];
                self.files[file].since.push((*place, Some(data.clone())));
            }
            Step::Cut(inode, len) => {
                let file = self.inodes[inode];
                self.files[file].since.push((*len, None));
            }
            Step::Synced(inode) => self.synced(*inode),
            Step::Renamed(from, to) => {
                if let Some(file) = self.names.remove(from) {
                    self.names.insert(to.clone(), file);
                }
                self.namings.push((Naming::Renamed(from.clone(), to.clone()), false));
            }
            Step::Linked(from, to) => {
                let file = self.names[from];
                self.names.insert(to.clone(), file);
                self.namings.push((Naming::Made(to.clone(), file), false));
            }
            Step::Removed(path) => {
                self.names.remove(path);
                self.namings.push((Naming::Removed(path.clone()), false));
            }
        }
    }

    fn synced(&mut self, inode: u64) {
        if let Some(folder) = self.folder_inodes.get(&inode) {
            for (naming, is_sure) in &mut self.namings {
                let (Naming::Made(path, _) | Naming::Renamed(_, path) | Naming::Removed(path)) = naming;
                *is_sure |= Path::new(path).parent() == Some(Path::new(folder));
            }
        } else {
            let file = self.inodes[&inode];
            let bytes = self.files[file].bytes(|| true);
            self.files[file] = File { synced: bytes, since: Vec::new() };
            // File systems with a journal keep the name of a new file with it.
            for (naming, is_sure) in &mut self.namings {
                *is_sure |= matches!(naming, Naming::Made(_, made) if *made == file);
            }
        }
    }

    /// What stands on the disk after a cut, as one draw of the dice decides.
    fn after(&self, mut is_there: impl FnMut() -> bool) -> BTreeMap<String, Vec<u8>> {
        let (mut names, mut goes_on) = (BTreeMap::new(), true);
        for (naming, is_sure) in &self.namings {
            // Changes of names reach the disk in their order.
            goes_on &= *is_sure || is_there();
            if !is_sure && !goes_on {
                continue;
            }
            match naming {
                Naming::Made(path, file) => _ = names.insert(path.clone(), *file),
                Naming::Removed(path) => _ = names.remove(path),
                Naming::Renamed(from, to) => {
                    if let Some(file) = names.remove(from) {
                        names.insert(to.clone(), file);
                    }
                }
            }
        }
        names.into_iter().map(|(path, file)| (path, self.files[file].bytes(&mut is_there))).collect()
    }

    fn done(&self) -> Vec<String> {
        let (whole, _) = self.said.rsplit_once('\n').unwrap_or_default();
        whole.lines().filter_map(|line| line.strip_prefix("done ")).map(str::to_owned).collect()
    }
}

fn shim(folder: &Path) -> Option<PathBuf> {
    let out = folder.join("recording.so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/shim/recording.c");
    let mut cc = Command::new("cc");
    cc.args(["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o"]).arg(&out).arg(source).args(["-ldl", "-lpthread"]);
    match cc.status() {
        Ok(status) => assert!(status.success()),
        Err(_) => return None,
    }
    Some(out)
}

/// Lets a hub do some rounds of a kind of work, and cuts the power after each answer and at so many other moments.
fn cut(work: &str, (rounds, moments): (usize, u64), check: impl Fn(&Path, &Store, &[String])) {
    let (folder, logs) = (Folder::new(), Folder::new());
    let Some(shim) = shim(&logs.0) else { return println!("skipped: there is no C compiler for the shim") };
    let log = logs.0.join("log");
    let mut worker = Command::new(std::env::current_exe().unwrap());
    worker.args(["--exact", "crash::worker", "--ignored", "--nocapture"]).stdout(Stdio::null());
    worker.env(FOLDER, &folder.0).env(WORK, work).env(WORK_ROUNDS, rounds.to_string());
    worker.env("LD_PRELOAD", shim).env("RECORD_LOG", &log).env("RECORD_FOLDER", &folder.0);
    assert!(worker.status().unwrap().success());

    let steps = steps(&std::fs::read(&log).unwrap());
    let (mut disk, mut dice, mut answers) = (Disk::default(), Dice(work.len() as u64), 0);
    disk.folders.insert(folder.0.display().to_string());
    let (mut cuts, mut with_answers) = (0, 0);
    for step in &steps {
        disk.take(step);
        let done = disk.done();
        let is_answer = matches!(step, Step::Said(_)) && done.len() > answers;
        answers = done.len();
        if !is_answer && dice.roll(steps.len() as u64) >= moments {
            continue;
        }
        // Nothing that was not synced, all of it, half of it.
        for share in [0, 100, 50, 90] {
            let files = disk.after(|| dice.roll(100) < share);
            let scratch = Folder::new();
            for (path, bytes) in files {
                let path = scratch.0.join(Path::new(&path).strip_prefix(&folder.0).unwrap());
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, bytes).unwrap();
            }
            let store = Store::open(&scratch.0.join("db"), now())
                .unwrap_or_else(|error| panic!("after {} answers, {share} % of the rest: {error}", done.len()));
            store.check().unwrap();
            check(&scratch.0, &store, &done);
            (cuts, with_answers) = (cuts + 1, with_answers + usize::from(!done.is_empty()));
        }
    }
    assert_eq!(answers, rounds, "{}", disk.said);
    assert!(with_answers > rounds * 3, "of {cuts} cuts {with_answers} came after an answer");
    // The recording is complete: it ends as the folder does.
    for (path, bytes) in disk.after(|| true) {
        assert!(
            path.ends_with("-shm") || std::fs::read(&path).unwrap() == bytes,
            "{path} was written in another way too"
        );
    }
}

#[test]
fn facts_that_were_answered_outlive_a_power_cut() {
    cut("facts", (60, 60), |_, store, done| {
        let facts = store.read(hash::floor).unwrap().facts;
        assert!(facts % 20 == 0 && facts >= done.len() * 20, "{facts} facts of {} calls", done.len());
    });
}

#[test]
fn imports_that_were_answered_outlive_a_power_cut() {
    cut("import", (6, 60), |_, store, done| {
        let held = store.read(|tx| runs::list(tx, 100_000)).unwrap();
        assert!(done.iter().all(|run| held.iter().any(|of| of.id == *run)), "a run is lost");
        assert_eq!(store.read(hash::floor).unwrap().facts, held.len() * 600, "half a run is there");
    });
}

#[test]
fn a_backup_that_was_answered_outlives_a_power_cut() {
    cut("backup", (4, 20), |folder, _, done| {
        let db = folder.join("db");
        let Some(last) = done.last() else { return };
        let last = folder.join("backups").join(Path::new(last).file_name().unwrap());
        assert!(backup::verify(&last, &db, &KeyPlace::Usual(db.clone()), now()).unwrap().private.is_some());
    });
}
