//! The poses that have a picture, painted and compared with the blessed ones.

#[path = "support/compare.rs"]
mod compare;

use std::sync::Arc;

use floorcast::config::Config;
use floorcast::feed::{AcceptContext, accept};
use floorcast::gpu::{AdapterChoice, Gpu};
use floorcast::motion::Time;
use floorcast::scene::Fonts;
use floorcast::shot::Show;
use floorcast::slides::{KINDS, celebration, kind_names};

#[test]
fn pictures_are_as_blessed() {
    let size = [960, 540];
    let mut gpu = match Gpu::offscreen(&AdapterChoice::default().with_env(), size) {
        Ok(gpu) => gpu,
        Err(why) => {
            assert!(std::env::var_os("CI").is_none(), "no adapter for the goldens: {why}");
            eprintln!("SKIPPED, no picture was compared: {why}");
            return;
        }
    };
    let mut fonts = Fonts::new(false);
    let renderer = gpu.describe().to_owned();
    let mut compared = 0;
    let kinds = KINDS.iter().map(|kind| (kind.name, (kind.poses)()));
    for (name, poses) in kinds.chain([("celebration", celebration::poses())]) {
        for pose in poses.into_iter().filter(|pose| pose.picture) {
            let config = Config::parse(pose.config, &kind_names()).unwrap();
            let context = AcceptContext { feed: "pose".into(), clock: None };
            let accepted = |(ms, body): &(i64, String)| (*ms, Arc::new(accept(body.as_bytes(), &context).unwrap().0));
            let boards = pose.tape.iter().map(accepted).collect();
            let scene = Show::new(config, boards, None).scene(size, None, false, Time::from_ms(pose.at_ms), &mut fonts);
            let picture = gpu.picture(&scene, &mut fonts).unwrap();
            assert_eq!(picture, gpu.picture(&scene, &mut fonts).unwrap(), "the same scene twice");
            compare::golden_on(&format!("{}-{}", name, pose.name), &picture, &renderer);
            compared += 1;
        }
    }
    assert!(compared >= KINDS.len(), "every kind has a picture");
}
