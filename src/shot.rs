//! Pictures without a window: a feed or tape, an instant, a PNG. The real clock never changes one.

mod animation;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use image::{RgbaImage, imageops};
use jiff::{SignedDuration, Timestamp};

use crate::board::chronicle::Chronicle;
use crate::board::{Board, Logo, Update};
use crate::cli::ShotArgs;
use crate::clock::{picture_time, wall_clock};
use crate::config::{Config, Loaded};
use crate::director::{Director, HostInfo, SlideInfo, settings_note};
use crate::exit::{Exit, Failure};
use crate::feed::tape::{Applied, wall_at};
use crate::feed::{Clock, FeedOptions, Fetched, OpenSource, bodies, days_before, fetch_once_on, fetch_photos};
use crate::gpu::{Gpu, GpuError};
use crate::host;
use crate::motion::{Now, Time};
use crate::scene::{Fonts, Scene};

/// How long the pictures of people are waited for, all together.
const PHOTOS: Duration = Duration::from_secs(5);
/// Most moments of a strip in one line, and the longest side of the whole.
const STRIP_COLUMNS: u32 = 4;
/// An animated picture stays on its last moment for so long before it begins anew.
const LAST: Duration = Duration::from_secs(3);
const SHEET_COLUMNS: u32 = 3;
const SHEET_CELL_PX: u32 = 640;
/// A page that was turned to has come in after so long.
const PAGE_IN_S: f64 = 3.0;

/// A show: boards at their instants, and everything that is needed to draw them.
pub struct Show {
    config: Config,
    settings: String,
    /// With the index of the feed, in the order of time.
    boards: Vec<(i64, usize, Arc<Board>)>,
    applied: Vec<Applied>,
    /// Pictures and crests, by feed.
    pictures: Vec<(usize, Update)>,
    /// The days before the first board, by feed.
    days: Vec<(usize, Chronicle)>,
    logo: Option<Logo>,
    now: Option<Timestamp>,
    /// The wall clock where no board says when it was true and nobody asked for one.
    received: Timestamp,
}

impl Show {
    /// A show of one feed: accepted boards at milliseconds from the first one on.
    pub fn new(config: Config, boards: Vec<(i64, Arc<Board>)>, now: Option<Timestamp>) -> Show {
        let applied = boards.iter().map(|(ms, b)| Applied { ms: ms.unsigned_abs(), as_of: b.as_of }).collect();
        let boards = boards.into_iter().map(|(ms, board)| (ms, 0, board)).collect();
        let settings = crate::config::SYSTEM_FILE.to_owned();
        let received = picture_time();
        Show {
            logo: host::logo(&config),
            config,
            settings,
            boards,
            applied,
            pictures: Vec::new(),
            days: Vec::new(),
            now,
            received,
        }
    }

    /// The wall clock `t_ms` after the first board.
    fn wall(&self, t_ms: i64) -> Timestamp {
        let since = |at: Timestamp| at.checked_add(SignedDuration::from_millis(t_ms)).unwrap_or(at);
        match self.now {
            Some(now) => since(now),
            None => {
                let so_far = self.applied.iter().take_while(|a| i64::try_from(a.ms).is_ok_and(|ms| ms <= t_ms));
                let so_far: Vec<Applied> = so_far.copied().collect();
                wall_at(&so_far, t_ms.unsigned_abs()).unwrap_or_else(|| since(self.received))
            }
        }
    }

    /// Both clocks at an instant of the show.
    pub fn at(&self, t: Time) -> Now {
        let whole_ms = t.0.div_euclid(1000);
        Now { t, wall_us: self.wall(whole_ms).as_microsecond() + t.0.rem_euclid(1000) }
    }

    /// The director as it stands at `t`: every board up to then was applied at its own instant.
    pub fn director(&self, size: [u32; 2], pinned: Option<&str>, dither: bool, t: Time, fonts: &mut Fonts) -> Director {
        let host_info = HostInfo {
            size: self.config.rotation.oriented(size),
            pinned: pinned.map(str::to_owned),
            dither,
            orbit: false,
            settings: self.settings.clone(),
            network: None,
            address: None,
            logo: self.logo.clone(),
        };
        let mut director = Director::new(self.config.clone(), host_info);
        for (feed, days) in &self.days {
            director.bring_days(*feed, days.clone());
        }
        for (feed, picture) in &self.pictures {
            director.apply_from(*feed, picture.clone(), self.at(Time::ZERO), fonts);
        }
        for (ms, feed, board) in self.boards.iter().filter(|(ms, ..)| Time::from_ms(*ms) <= t) {
            director.apply_from(*feed, Update::Board(board.clone()), self.at(Time::from_ms(*ms)), fonts);
        }
        director.advance(self.at(t), fonts);
        director
    }

    /// The picture at `t`.
    pub fn scene(&self, size: [u32; 2], pinned: Option<&str>, dither: bool, t: Time, fonts: &mut Fonts) -> Scene {
        self.director(size, pinned, dither, t, fonts).frame(self.at(t), fonts)
    }
}

/// Reads the feeds of the settings as a show. Of several, one that cannot be had is a warning.
///
/// # Errors
/// No feed can be had, or their first documents are all refused.
pub fn open(args_now: Option<Timestamp>, loaded: &Loaded, photos: bool) -> Result<Show, Failure> {
    let mut show = Show::new(loaded.config.clone(), Vec::new(), args_now);
    show.settings = loaded.place_to_edit();
    // Certificates and messages ask for the machine's clock, maps and tables for the day of the picture.
    let clock = wall_clock();
    let day: Clock = args_now.map_or_else(|| clock.clone(), |at| Arc::new(move || at));
    let mut failed = None;
    let mut galleries = Vec::new();
    for (feed, settings) in loaded.config.feeds.iter().enumerate() {
        let Some(source) = &settings.source else { continue };
        let boards = OpenSource::open(source, crate::demo::tape()).map_err(|t| t.reason).and_then(|source| {
            let clock = if matches!(source, OpenSource::Map(_)) { &day } else { &clock };
            let options =
                FeedOptions::of(settings, source).on_floor(loaded.config.tz.as_deref(), &loaded.config.locale);
            boards(&options, clock, &day).map(|boards| (options, boards, clock.clone()))
        });
        match boards {
            Ok((options, boards, clock)) => {
                if let (true, Some(received)) = (show.boards.is_empty(), received(&options.source, &clock)) {
                    show.received = received;
                }
                galleries.push((feed, (options, boards.iter().map(|(_, board)| board.clone()).collect(), clock)));
                show.applied.extend(boards.iter().map(|(ms, b)| Applied { ms: ms.unsigned_abs(), as_of: b.as_of }));
                show.days.push((feed, days_before(settings.source.as_ref())));
                show.boards.extend(boards.into_iter().map(|(ms, board)| (ms, feed, board)));
            }
            Err(reason) => {
                if loaded.config.feeds.len() > 1 {
                    tracing::warn!("{}: {reason}", settings.name.as_deref().unwrap_or_default());
                }
                failed.get_or_insert(reason);
            }
        }
    }
    if let (true, Some(reason)) = (show.boards.is_empty(), failed) {
        return Err(Failure::new(Exit::Feed, reason));
    }
    if photos {
        let (feeds, galleries): (Vec<usize>, Vec<_>) = galleries.into_iter().unzip();
        let came = feeds.into_iter().zip(fetch_photos(galleries, PHOTOS));
        show.pictures = came.flat_map(|(feed, pictures)| pictures.into_iter().map(move |p| (feed, p))).collect();
    }
    show.boards.sort_by_key(|(ms, ..)| *ms);
    show.applied.sort_by_key(|applied| applied.ms);
    Ok(show)
}

/// The boards of one feed at milliseconds from its first one on.
fn boards(options: &FeedOptions, clock: &Clock, day: &Clock) -> Result<Vec<(i64, Arc<Board>)>, String> {
    let OpenSource::Tape(tape) = &options.source else {
        let Fetched { board, report, .. } = fetch_once_on(options, clock, day).map_err(|e| e.to_string())?;
        for problem in &report.problems {
            tracing::warn!("{}: {problem}", options.label());
        }
        return Ok(vec![(0, Arc::new(board))]);
    };
    let mut boards: Vec<(i64, Arc<Board>)> = Vec::new();
    let read = bodies(tape, |board, frame| {
        boards.push((i64::try_from(frame.ms).unwrap_or(i64::MAX), Arc::new(board)));
    });
    if boards.is_empty() {
        return Err(format!("{}: no board on the tape is accepted: {}", tape.name, read.report));
    }
    for problem in &options.redact(&read.report).problems {
        tracing::warn!("{}: {problem}", tape.name);
    }
    // T = 0 is the first accepted board.
    let first = boards.first().map_or(0, |(ms, _)| *ms);
    boards.iter_mut().for_each(|(ms, _)| *ms -= first);
    Ok(boards)
}

/// When a board came that does not say when it was true: of a file when it was written, so that the same command draws
/// the same picture. A tape has its own clock.
fn received(source: &OpenSource, clock: &Clock) -> Option<Timestamp> {
    match source {
        OpenSource::Tape(_) => None,
        OpenSource::File(path) => std::fs::metadata(path).and_then(|meta| meta.modified()).ok()?.try_into().ok(),
        _ => Some(clock()),
    }
}

/// The sub-command `shot`.
///
/// # Errors
/// The feed cannot be had (1), a slide is not on the board (2), there is no adapter (69), a file cannot be written (74).
pub fn run(args: &ShotArgs, loaded: &Loaded) -> Result<(), Failure> {
    let show = open(args.now, loaded, true)?;
    let size = [args.size.width, args.size.height];
    let gpu = |e: GpuError| Failure::new(Exit::NoDisplay, e);
    let mut renderer = Renderer {
        gpu: Gpu::offscreen(&host::adapter_choice(&show.config, true), size).map_err(gpu)?,
        fonts: Fonts::new(true),
        size,
    };
    tracing::info!("drawing with {}", renderer.gpu.describe());
    let at = Time(i64::try_from(args.at.as_micros()).unwrap_or(i64::MAX / 4));
    let director = show.director(size, None, true, at, &mut renderer.fonts);
    let hidden = director.hidden(show.at(at)).iter().filter(|(_, why)| why.is_by_settings()).count();
    if let Some(line) = settings_note(loaded, args.source.config.is_some(), hidden) {
        tracing::warn!("{line}");
    }
    let picture = if args.all {
        return all(&show, &mut renderer, at, &args.output);
    } else if let (Some(n), Some(every)) = (args.strip.or(args.animate), args.every) {
        let step = i64::try_from(every.as_micros()).unwrap_or(i64::MAX / 100);
        let moments: Result<Vec<RgbaImage>, Failure> = (0..i64::from(n))
            .map(|i| renderer.picture(&show, args.slide.as_deref(), Time(at.0.saturating_add(i.saturating_mul(step)))))
            .collect();
        let moments = moments?;
        if args.animate.is_some() {
            return animation::write(&moments, every, LAST, &args.output).map_err(|e| cannot_write(&args.output, &e));
        }
        sheet(&moments, STRIP_COLUMNS, 4096 / STRIP_COLUMNS.min(n))
    } else {
        renderer.picture(&show, args.slide.as_deref(), at)?
    };
    write(&picture, &args.output)
}

/// Draws one picture after the other with one device.
struct Renderer {
    gpu: Gpu,
    fonts: Fonts,
    size: [u32; 2],
}

impl Renderer {
    fn picture(&mut self, show: &Show, slide: Option<&str>, at: Time) -> Result<RgbaImage, Failure> {
        self.page(show, slide, None, at)
    }

    /// The same of one page of a slide; where it has to be turned to, the picture is taken when it has come in.
    fn page(&mut self, show: &Show, slide: Option<&str>, page: Option<usize>, at: Time) -> Result<RgbaImage, Failure> {
        let mut director = show.director(self.size, slide, true, at, &mut self.fonts);
        if let Some(slide) = slide.filter(|slide| director.board().is_some() && !director.has(slide)) {
            return Err(Failure::new(Exit::Usage, director.describe_missing(slide)));
        }
        if let Some(why) = director.nothing_to_show(show.at(at)) {
            tracing::warn!("{why}");
        }
        let turned = page.is_some_and(|page| director.turn_to(page, show.at(at)));
        let at = if turned { at.after(PAGE_IN_S) } else { at };
        let scene = director.frame(show.at(at), &mut self.fonts);
        let drawn = self.gpu.picture(&scene, &mut self.fonts).map_err(|e| Failure::new(Exit::TempFail, e))?;
        for missing in self.fonts.diagnostics.take_newly_missing() {
            tracing::warn!("{missing}");
        }
        Ok(match show.config.rotation.degrees() {
            // As the panel gets it: turned back by as much as the panel is turned.
            90 => imageops::rotate270(&drawn),
            180 => imageops::rotate180(&drawn),
            270 => imageops::rotate90(&drawn),
            _ => drawn,
        })
    }
}

/// Every slide into a folder, and one sheet with all of them.
fn all(show: &Show, renderer: &mut Renderer, at: Time, folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|e| cannot_write(folder, &e))?;
    let programme = show.director(renderer.size, None, true, at, &mut renderer.fonts).programme();
    let mut pictures = Vec::new();
    for (i, listed) in programme.iter().enumerate() {
        let SlideInfo { id, kind, pages, .. } = listed;
        let name: String =
            id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).take(40).collect();
        for page in 0..*pages {
            let picture = renderer.page(show, Some(&listed.pin()), Some(page), at)?;
            let number = if page > 0 { format!("-{}", page + 1) } else { String::new() };
            write(&picture, &folder.join(format!("{:02}-{kind}-{name}{number}.png", i + 1)))?;
            pictures.push(picture);
        }
    }
    if pictures.is_empty() {
        let picture = renderer.picture(show, None, at)?;
        write(&picture, &folder.join("01-standby.png"))?;
        pictures.push(picture);
    }
    write(&sheet(&pictures, SHEET_COLUMNS, SHEET_CELL_PX), &folder.join("contact-sheet.png"))
}

/// Pictures side by side, each `cell` pixels wide and as high as the first, in lines of at most `columns`.
pub fn sheet(pictures: &[RgbaImage], columns: u32, cell: u32) -> RgbaImage {
    let columns = columns.min(pictures.len() as u32).max(1);
    let (w, h) = pictures.first().map_or((16, 9), |p| p.dimensions());
    let cell = cell.min(w);
    let cell_h = (cell * h / w.max(1)).max(1);
    let lines = (pictures.len() as u32).div_ceil(columns).max(1);
    let mut sheet = RgbaImage::from_pixel(columns * cell, lines * cell_h, image::Rgba([0, 0, 0, 255]));
    for (i, picture) in pictures.iter().enumerate() {
        let small = imageops::resize(picture, cell, cell_h, imageops::FilterType::Triangle);
        let (x, y) = (i as u32 % columns * cell, i as u32 / columns * cell_h);
        imageops::replace(&mut sheet, &small, i64::from(x), i64::from(y));
    }
    sheet
}

fn write(picture: &RgbaImage, path: &Path) -> Result<(), Failure> {
    picture.save_with_format(path, image::ImageFormat::Png).map_err(|e| cannot_write(path, &e))
}

fn cannot_write(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::new(Exit::CannotWrite, format!("cannot write {}: {error}", path.display()))
}
