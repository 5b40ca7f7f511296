//! Tests the pictures of a feed: fetched within their limits, only from where they may come, cached on disk.

use std::fs;
use std::io::Cursor;
use std::os::unix::fs::symlink;
use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

use floorcast::board::{Photo, Update};
use floorcast::config::TokenSource;
use floorcast::feed::{FeedOptions, Fetched, fetch_once, fetch_photos, unseen_photos};
use floorcast::store::{Store, sha256};
use image::{ImageFormat, Rgba, RgbaImage};

use super::disk::wait_until;
use crate::support::rig::{NOON, Rig, Watch, options};
use crate::support::server::{Reply, Server, Step, http, ok};
use crate::support::{Log, TempDir};

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    let image = RgbaImage::from_pixel(width, height, Rgba([200, 40, 40, 255]));
    let image = image::DynamicImage::from(image);
    let image = if format == ImageFormat::Jpeg { image.into_rgb8().into() } else { image };
    image.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

pub fn png() -> Vec<u8> {
    picture(8, 8, ImageFormat::Png)
}

/// A small PNG whose header promises `width` × `height`.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png();
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let mut crc = flate2::Crc::new();
    crc.update(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.sum().to_be_bytes());
    bytes
}

/// A board whose people, in this order, have these pictures: address and hash.
fn board(photos: &[(&str, Option<&str>)]) -> String {
    let mut people = serde_json::Map::new();
    let mut rows = Vec::new();
    for (at, (url, sha256)) in photos.iter().enumerate() {
        let id = format!("p{at}");
        people.insert(id.clone(), serde_json::json!({"name": id, "photo": {"url": url, "sha256": sha256}}));
        rows.push(serde_json::json!({"who": id, "value": photos.len() - at}));
    }
    let slide = serde_json::json!({"type": "ranking", "title": "Deals", "rows": rows});
    serde_json::json!({"format": "salesboard/1", "people": people, "slides": [slide]}).to_string()
}

fn serve(photos: &[(&str, Option<&str>)], answer: impl Fn(&str) -> Reply + Send + 'static) -> Server {
    let board = board(photos);
    Server::start(move |request| match request.split(' ').nth(1) {
        Some("/floor/board.json") => ok(&board),
        path => answer(path.unwrap_or_default()),
    })
}

/// The pictures of a feed as a shell that ends would get them, and what was logged about the others.
fn once(options: &FeedOptions) -> (Vec<Photo>, Log) {
    let (log, clock) = (Log::default(), Watch::at(NOON).clock());
    let Fetched { board, .. } = fetch_once(options, &clock).unwrap();
    let photos = tracing::subscriber::with_default(log.subscriber(), || {
        fetch_photos(vec![(options.clone(), vec![Arc::new(board)], clock)], Duration::from_secs(4)).remove(0)
    });
    (photos_of(photos), log)
}

fn photos_of(updates: Vec<Update>) -> Vec<Photo> {
    let photo = |update| if let Update::Photo(photo) = update { Some(photo) } else { None };
    updates.into_iter().filter_map(photo).collect()
}

fn keys(photos: &[Photo]) -> Vec<&str> {
    photos.iter().map(|photo| photo.key.as_str()).collect()
}

fn feed(server: &Server) -> FeedOptions {
    options(&server.url("/floor/board.json"))
}

#[test]
fn pictures_come_in_three_formats_and_from_three_places() {
    let inline = format!("data:image/png;base64,{}", base64(&png()));
    let hash = sha256(&picture(1024, 1024, ImageFormat::Png));
    let photos =
        [("img/a.png", None), ("/b.jpg", None), ("c.webp", None), (inline.as_str(), None), ("d", Some(&*hash))];
    let server = serve(&photos, |path| match path {
        "/floor/img/a.png" => http("200 OK", &[], png()),
        "/b.jpg" => http("200 OK", &[], picture(20, 10, ImageFormat::Jpeg)),
        "/floor/c.webp" => http("302 Found", &[("Location", "c2.webp")], ""),
        "/floor/c2.webp" => http("200 OK", &[], picture(10, 20, ImageFormat::WebP)),
        "/floor/d" => http("200 OK", &[], picture(1024, 1024, ImageFormat::Png)),
        _ => http("404 Not Found", &[], ""),
    });
    let (came, log) = once(&feed(&server));
    assert_eq!(keys(&came), ["img/a.png", "/b.jpg", "c.webp", &inline, &hash], "{:?}", log.lines());
    assert_eq!(came[1].image.dimensions(), (20, 10));
    assert_eq!(came[0].image.get_pixel(3, 3).0, [200, 40, 40, 255], "its colour: a plain picture is not graded");

    let rig = Rig::start(feed(&server));
    wait_until(|| rig.inbox.photos().len() == 5);
    sleep(Duration::from_millis(150));
    assert_eq!(rig.inbox.photos().len(), 5, "each once");
    assert_eq!(server.count("/b.jpg"), 2);
}

#[test]
fn crests_come_in_their_own_colours_and_no_larger_than_they_are_drawn() {
    let floor = serde_json::json!({"format": "salesboard/1",
        "teams": {"n": {"name": "North", "logo": {"url": "n.png"}}, "s": {"name": "South", "logo": {"url": "s.png"}}},
        "people": {"a": {"name": "A", "team": "n", "photo": {"url": "n.png"}}},
        "slides": [{"type": "ranking", "title": "Deals", "rows": [{"who": "a", "value": 1}]}]})
    .to_string();
    let server = Server::start(move |request| match request.split(' ').nth(1) {
        Some("/floor/board.json") => ok(&floor),
        Some("/floor/n.png") => http("200 OK", &[], picture(400, 200, ImageFormat::Png)),
        _ => http("404 Not Found", &[], ""),
    });
    let options = feed(&server);
    let crests = |updates: &[Update]| -> Vec<(String, [u32; 2])> {
        let crest = |update: &Update| match update {
            Update::Crest(crest) => Some((crest.key.clone(), crest.image.dimensions().into())),
            _ => None,
        };
        updates.iter().filter_map(crest).collect()
    };
    let clock = Watch::at(NOON).clock();
    let board = fetch_once(&options, &clock).unwrap().board;
    let wait = Duration::from_secs(4);
    let came = fetch_photos(vec![(options.clone(), vec![Arc::new(board.clone())], clock.clone())], wait).remove(0);
    assert_eq!(crests(&came), [("n.png".to_owned(), [192, 96])]);
    assert_eq!(keys(&photos_of(came)), ["n.png"], "the same file is somebody's photo too");
    let told = unseen_photos(&options, &board, &clock, wait);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].to_string().contains("teams.s.logo") && told[0].to_string().contains("the crest of South"),
        "{told:?}"
    );

    let rig = Rig::start(feed(&server));
    wait_until(|| !crests(&rig.inbox.updates()).is_empty());
}

#[test]
fn all_boards_of_a_show_wait_once_for_a_picture_that_does_not_come() {
    let photos = [("slow.png", None), ("good.png", None)];
    let server = serve(&photos, |path| match path {
        "/floor/slow.png" => vec![Step::Hold],
        _ => http("200 OK", &[], png()),
    });
    let options = feed(&server);
    let (log, clock) = (Log::default(), Watch::at(NOON).clock());
    let bodies = (0..3).map(|_| Arc::new(fetch_once(&options, &clock).unwrap().board)).collect();
    let came = tracing::subscriber::with_default(log.subscriber(), || {
        fetch_photos(
            vec![(options.clone(), bodies, clock.clone()), (options.clone(), Vec::new(), clock)],
            Duration::from_millis(300),
        )
    });
    let came: Vec<Vec<Photo>> = came.into_iter().map(photos_of).collect();
    assert_eq!((keys(&came[0]), keys(&came[1])), (vec!["good.png"], vec![]));
    assert_eq!((server.count("/floor/slow.png"), server.count("/floor/good.png")), (1, 1), "one try for each");
    assert_eq!(log.count("1 pictures did not come within 0.3 s"), 1, "{:#?}", log.lines());
}

#[test]
fn hostile_pictures_are_monograms_and_the_log_says_why() {
    let wrong = sha256(b"something else");
    let large = {
        let mut bytes = png();
        bytes.resize((512 << 10) + 1, 0);
        bytes
    };
    let table: Vec<(&str, Reply, &str)> = vec![
        (
            "wide.png",
            http("200 OK", &[], picture(30_000, 1, ImageFormat::Png)),
            "30000×1 px, expected at most 1024×1024",
        ),
        ("bomb.png", http("200 OK", &[], bomb(60_000, 60_000)), "60000×60000 px"),
        ("lie.png", http("200 OK", &[], bomb(1024, 1024)), "damaged"),
        ("large.png", http("200 OK", &[], large), "larger than 512 KiB"),
        ("page.png", http("200 OK", &[], "<html>"), "not a PNG, JPEG or WebP"),
        ("anim.gif", http("200 OK", &[], b"GIF89a\x01\0\x01\0\0\0\0;"), "not a PNG, JPEG or WebP"),
        ("half.png", http("200 OK", &[], &png()[..40]), "damaged"),
        ("empty.png", http("200 OK", &[], ""), "not a PNG"),
        ("gone.png", http("404 Not Found", &[], png()), "HTTP 404"),
        ("hash.png", http("200 OK", &[], png()), "sha256"),
        ("hold.png", vec![Step::Hold], "the answer was not complete"),
        ("file.png", http("302 Found", &[("Location", "file:///etc/hostname")], ""), "is refused"),
    ];
    let mut photos: Vec<(&str, Option<&str>)> =
        table.iter().map(|(name, ..)| (*name, (*name == "hash.png").then_some(&*wrong))).collect();
    photos.push(("good.png", None));
    photos.push(("http://192.0.2.1/other.png", None));
    photos.push(("file:///etc/hostname", None));
    let replies: Vec<(String, Reply)> =
        table.iter().map(|(name, reply, _)| (format!("/floor/{name}"), reply.clone())).collect();
    let server = serve(&photos, move |path| {
        let reply = replies.iter().find(|(name, _)| name == path).map(|(_, reply)| reply.clone());
        reply.unwrap_or_else(|| http("200 OK", &[], png()))
    });
    let (came, log) = once(&feed(&server));
    assert_eq!(keys(&came), ["good.png"]);
    for (name, _, words) in &table {
        assert!(
            log.lines().iter().any(|line| line.contains(name) && line.contains(words)),
            "{name}: {:#?}",
            log.lines()
        );
    }
    // `accept` has dropped the file: address already.
    assert_eq!(log.count("neither https nor the feed's own origin"), 1, "{:#?}", log.lines());
}

#[test]
fn a_file_feed_reads_below_its_folder_only() {
    let dir = TempDir::new();
    dir.write("outside.png", png());
    dir.write("floor/img/in.png", png());
    symlink(dir.path().join("outside.png"), dir.path().join("floor/link.png")).unwrap();
    symlink(dir.path().join("floor/img"), dir.path().join("floor/pictures")).unwrap();
    let outside = dir.path().join("outside.png");
    let photos = [
        ("img/in.png", None),
        ("pictures/in.png", None),
        ("../outside.png", None),
        ("img/../../outside.png", None),
        ("link.png", None),
        (outside.to_str().unwrap(), None),
        ("img", None),
        ("none.png", None),
    ];
    let path = dir.write("floor/board.json", board(&photos));
    let (came, log) = once(&options(path.to_str().unwrap()));
    assert_eq!(keys(&came), ["img/in.png", "pictures/in.png"]);
    // `accept` has dropped the paths with dots already.
    assert_eq!(log.count("outside the folder of the feed"), 2, "{:#?}", log.lines());
    assert_eq!(log.count("not a file"), 1);
}

#[test]
fn a_feed_that_is_not_from_here_cannot_make_the_screen_ask_here() {
    let dir = TempDir::new();
    let server = Server::start(|_| http("200 OK", &[], png()));
    let here =
        [format!("https://127.0.0.1:{}/a.png", server.port()), format!("https://localhost:{}/a.png", server.port())];
    let path =
        dir.write("board.json", board(&[(&here[0], None), (&here[1], None), ("https://169.254.169.254/", None)]));
    let (came, log) = once(&options(path.to_str().unwrap()));
    assert!(came.is_empty());
    assert_eq!(log.count("a private address; allowed only when the feed comes from one too"), 3, "{:#?}", log.lines());
    assert_eq!(server.connections(), 0, "not even a connection");
}

#[test]
fn a_failed_picture_is_tried_again_but_not_hammered() {
    let server = serve(&[("a.png", None)], |_| http("500 Oops", &[], ""));
    let rig = Rig::start(feed(&server));
    wait_until(|| server.count("/floor/a.png") == 1);
    // The shortest wait in these tests is 150 ms; the board is asked for every 30 ms meanwhile.
    wait_until(|| server.count("/floor/board.json") >= 10);
    let tries = server.count("/floor/a.png");
    assert!((1..=4).contains(&tries), "{tries} tries");
    let board = board(&[("a.png", None)]);
    server.answer(move |request| if request.contains("board.json") { ok(&board) } else { http("200 OK", &[], png()) });
    wait_until(|| rig.inbox.photos().len() == 1);
}

#[test]
fn pictures_are_kept_on_disk_and_shown_without_a_network() {
    let dir = TempDir::new();
    let hash = sha256(&picture(9, 9, ImageFormat::Png));
    let photos = [("a.png", None), ("b.png", Some(&*hash))];
    let server = serve(&photos, |path| {
        http("200 OK", &[], if path.ends_with("b.png") { picture(9, 9, ImageFormat::Png) } else { png() })
    });
    let with_store = || FeedOptions { store: Some(Store::open(&dir.path().join("state"))), ..feed(&server) };
    let rig = Rig::start(with_store());
    wait_until(|| rig.inbox.photos().len() == 2);
    wait_until(|| fs::read_dir(dir.path().join("state/photos")).is_ok_and(|files| files.count() == 2));
    rig.handle.stop();

    server.answer(|_| vec![Step::Hold]);
    let rig = Rig::start(with_store());
    wait_until(|| rig.inbox.photos().len() == 2);
    rig.handle.stop();

    // Damaged on disk: dropped, and fetched again once there is a network.
    for file in fs::read_dir(dir.path().join("state/photos")).unwrap() {
        fs::write(file.unwrap().path(), "garbled").unwrap();
    }
    let again = board(&photos);
    server.answer(move |request| match request.split(' ').nth(1) {
        Some("/floor/board.json") => ok(&again),
        Some("/floor/b.png") => http("200 OK", &[], picture(9, 9, ImageFormat::Png)),
        _ => http("200 OK", &[], png()),
    });
    let rig = Rig::start(with_store());
    wait_until(|| rig.inbox.photos().len() == 2);
}

#[test]
fn two_feeds_may_call_other_pictures_by_the_same_path() {
    let dir = TempDir::new();
    let photos = [("a.png", None)];
    let sizes = [9, 11].map(|width| {
        let server = serve(&photos, move |_| http("200 OK", &[], picture(width, 9, ImageFormat::Png)));
        let store = Some(Store::open(&dir.path().join("state")));
        let rig = Rig::start(FeedOptions { store, ..feed(&server) });
        wait_until(|| rig.inbox.photos().len() == 1);
        rig.inbox.photos()[0].image.width()
    });
    assert_eq!(sizes, [9, 11], "each its own");
}

#[test]
fn the_cache_stays_within_its_limit() {
    let dir = TempDir::new();
    let names: Vec<String> = (0..12).map(|at| format!("{at}.png")).collect();
    let photos: Vec<(&str, Option<&str>)> = names.iter().map(|name| (name.as_str(), None)).collect();
    let server = serve(&photos, |_| http("200 OK", &[], png()));
    let mut options = FeedOptions { store: Some(Store::open(&dir.path().join("state"))), ..feed(&server) };
    options.limits.photo.cache_bytes = 1000;
    let rig = Rig::start(options);
    wait_until(|| rig.inbox.photos().len() == 12);
    rig.handle.stop();
    let files: Vec<u64> = fs::read_dir(dir.path().join("state/photos"))
        .unwrap()
        .map(|file| file.unwrap().metadata().unwrap().len())
        .collect();
    assert!(!files.is_empty() && files.iter().sum::<u64>() <= 1000, "{files:?}");
}

#[test]
fn all_pictures_together_have_a_limit() {
    let server =
        serve(&[("a", None), ("b", None), ("c", None)], |_| http("200 OK", &[], picture(100, 100, ImageFormat::Png)));
    let mut options = feed(&server);
    options.limits.photo.decoded_bytes = 2 * 100 * 100 * 4;
    options.limits.photo.at_once = 1;
    let (came, log) = once(&options);
    assert_eq!(keys(&came), ["a", "b"], "the leaders have theirs");
    assert_eq!(log.count("together take more than 80000 bytes"), 1, "{:?}", log.lines());
}

#[test]
fn the_token_goes_with_pictures_of_the_feeds_own_host_only() {
    let dir = TempDir::new();
    let token = dir.write("token", "s3cret");
    let other = Server::start(|_| http("200 OK", &[], png()));
    let target = other.url("/a.png");
    let server = serve(&[("own.png", None), ("away.png", None)], move |path| match path {
        "/floor/away.png" => http("302 Found", &[("Location", &target)], ""),
        _ => http("200 OK", &[], png()),
    });
    let mut options = feed(&server);
    options.token = Some(TokenSource::File(token));
    let (came, log) = once(&options);
    assert_eq!(keys(&came), ["own.png"], "another plain http host is no origin of the feed's");
    assert_eq!(log.count("neither https nor the feed's own origin"), 1, "{:?}", log.lines());
    assert!(server.requests().iter().all(|request| request.contains("s3cret")));
    assert!(other.requests().is_empty());
}

#[test]
fn a_new_board_brings_new_pictures() {
    let server = serve(&[("a.png", None)], |_| http("200 OK", &[], png()));
    let rig = Rig::start(feed(&server));
    wait_until(|| rig.inbox.photos().len() == 1);
    let second = board(&[("b.png", None), ("a.png", None)]);
    server.answer(move |request| if request.contains("board.json") { ok(&second) } else { http("200 OK", &[], png()) });
    wait_until(|| rig.inbox.photos().len() == 2);
    assert_eq!(keys(&rig.inbox.photos()), ["a.png", "b.png"], "nobody's picture twice");
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
