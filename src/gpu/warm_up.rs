//! Builds scenes that make the driver compile shaders: one item of every kind. They are never shown.

use std::sync::Arc;

use image::RgbaImage;
use smallvec::smallvec;

use crate::scene::{
    Color, Fonts, Item, Layer, Picture, PixelRect, Pixels, Points, Poly, Rect, Scene, Style, Text, Weight, vec2,
};

/// In pixels.
const SIDE: u32 = 16;

/// Which shaders to compile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WarmUp {
    /// Those of every first picture: polygons, opaque and translucent, and letters.
    First,
    /// Those that come later: pictures.
    Rest,
}

pub(super) fn scene(what: WarmUp, fonts: &mut Fonts) -> Scene {
    let items = match what {
        WarmUp::First => shapes(fonts),
        WarmUp::Rest => [255, 128].map(picture).to_vec(),
    };
    Scene { size: [SIDE; 2], layers: vec![Layer { name: "warm-up", items }], next: None }
}

fn picture(alpha: u8) -> Item {
    Item::Picture(Picture {
        key: format!("warm-up {alpha}"),
        pixels: Pixels::Colour(Arc::new(RgbaImage::from_pixel(2, 2, image::Rgba([0, 0, 0, alpha])))),
        rect: Rect::new(0.0, 0.0, 2.0, 2.0),
        uv: Rect::new(0.0, 0.0, 1.0, 1.0),
        shape: Points::new(),
        alpha,
    })
}

fn shapes(fonts: &mut Fonts) -> Vec<Item> {
    let mut items = Vec::new();
    for alpha in [255, 128] {
        let color = Color([0, 0, 0, alpha]);
        let points: Points = smallvec![vec2(0.0, 0.0), vec2(8.0, 0.0), vec2(8.0, 8.0), vec2(0.0, 8.0)];
        items.push(Item::Poly(Poly { points, colors: smallvec![color; 4], smooth: 0 }));
    }
    let line = fonts.line("0", Style::new(12.0, Weight::Bold));
    let side = SIDE as i32;
    items.extend(line.runs.iter().map(|(run, ..)| {
        let clip = PixelRect::new(0, 0, side, side);
        Item::Text(Text { run: run.clone(), x: 2.0, y: 12, scale: 1.0, color: Color([255; 4]), clip })
    }));
    items
}
