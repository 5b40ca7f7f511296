//! Prints a scene as text: what the text goldens hold.

use std::fmt::{self, Display, Formatter};

use super::{Item, Layer, Rect, Scene, Tone};

impl Display for Scene {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}x{}", self.size[0], self.size[1])?;
        match self.next {
            Some(t) => writeln!(f, "next {:.3} s", t.as_s())?,
            None => writeln!(f, "next never")?,
        }
        for layer in &self.layers {
            write!(f, "{layer}")?;
        }
        Ok(())
    }
}

impl Display for Layer {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "[{}]", self.name)?;
        for item in &self.items {
            write!(f, "  {item}")?;
        }
        Ok(())
    }
}

impl Display for Item {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Item::Backdrop(b) => {
                writeln!(f, "backdrop {:?} glow {:?} beams {} dither {}", b.gradient, b.glow, b.beams.len(), b.dither)
            }
            Item::Poly(p) => {
                write!(f, "poly")?;
                for point in &p.points {
                    write!(f, " {:.1},{:.1}", point.x, point.y)?;
                }
                let mut colors = p.colors.clone();
                colors.dedup();
                write!(f, " ")?;
                for (i, c) in colors.iter().enumerate() {
                    write!(f, "{}{c:?}", if i > 0 { "→" } else { "" })?;
                }
                writeln!(f)
            }
            Item::SoftBox(b) => {
                let Rect { x0, y0, x1, y1 } = b.shape;
                write!(f, "bloom {x0:.1},{y0:.1} {x1:.1},{y1:.1} σ {:.1} {:?}", b.sigma, b.color)?;
                let Rect { x0, y0, x1, y1 } = b.cover;
                writeln!(f, " around {x0:.1},{y0:.1} {x1:.1},{y1:.1}")
            }
            Item::Picture(p) => {
                let Rect { x0, y0, x1, y1 } = p.rect;
                let uv = [p.uv.x0, p.uv.y0, p.uv.x1, p.uv.y1];
                write!(f, "picture {x0:.0},{y0:.0} {x1:.0},{y1:.0} uv {uv:.3?} alpha {} {}", p.alpha, p.key)?;
                for (i, point) in p.shape.iter().enumerate() {
                    write!(f, "{}{:.1},{:.1}", if i == 0 { " through " } else { " " }, point.x, point.y)?;
                }
                if let Some(tone) = p.pixels.tone() {
                    let Tone { ground, rim, reach, vignette, chroma } = tone;
                    write!(f, " face in {ground:?} {vignette} rim {rim:?} {reach:.1} chroma {chroma}")?;
                }
                writeln!(f)
            }
            Item::Text(t) => {
                let style = format_args!("{}/{}", t.run.size(), t.run.weight());
                write!(f, "text {:?} at {:.1},{} {style} ×{:.3} {:?}", t.run.text(), t.x, t.y, t.scale, t.color)?;
                writeln!(f, " clip {},{} {},{}", t.clip.x0, t.clip.y0, t.clip.x1, t.clip.y1)
            }
            Item::Snapshot(frozen) => {
                write!(f, "frozen {} layers through", frozen.layers.len())?;
                for p in &frozen.window {
                    write!(f, " {:.1},{:.1}", p.x, p.y)?;
                }
                writeln!(f)
            }
        }
    }
}
