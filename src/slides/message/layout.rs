//! Lays out a message (DESIGN 6.15), in units.

use crate::slides::widgets::lines::Room;
use crate::slides::widgets::slab::Band;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Layout {
    pub band: Band,
    /// Left end, top and height of the tag.
    pub tag: [f32; 3],
    /// Size of the tag's text.
    pub tag_size: f32,
    /// Left end of title and text.
    pub x: f32,
    /// Width of a line.
    pub w: f32,
    /// First capitals' head and last baseline of title and text together.
    pub block: [f32; 2],
    /// Middle of a title in one line over a text in one line.
    pub title_mid: f32,
    /// Middle of a text in one line.
    pub text_mid: f32,
    /// Largest size of a text.
    pub text_size: f32,
    /// Lines of title and text.
    pub lines: [usize; 2],
    /// Top, height and pitch of the cards; the pitch is 0 where they stand beside each other.
    pub cards: [f32; 3],
    /// Left and right end of the cards.
    pub cards_x: [f32; 2],
    /// Baseline of the footer.
    pub footer: f32,
    /// Left end, top and side of the code that a phone reads.
    pub code: Option<[f32; 3]>,
}

/// Sides of the code, and the air between it and what stands over or beside it.
const CODE_WIDE: f32 = 476.0;
const CODE_TALL: f32 = 500.0;
const CODE_AIR: f32 = 64.0;

/// Between a title and several lines of text.
const LEAST_GAP: f32 = 44.0;

impl Layout {
    /// The layout on a stage, with so many cards, and with a code or without.
    pub fn new(portrait: bool, cards: usize, code: bool) -> Layout {
        let plain = Layout::without_code(portrait, cards);
        if !code {
            return plain;
        }
        let right = plain.cards_x[1];
        if portrait {
            // Between the slab and the stat lines.
            let Band { y, h, right: edge } = plain.band;
            let h = h - CODE_TALL - CODE_AIR;
            let x = (plain.cards_x[0] + right - CODE_TALL) / 2.0;
            return Layout {
                code: Some([x, y + h + CODE_AIR, CODE_TALL]),
                ..Layout::tall(plain, Band { y, h, right: edge })
            };
        }
        // On the right of the slab, which ends before it.
        let x = right - CODE_WIDE;
        let band = Band { right: x - CODE_AIR, ..plain.band };
        Layout {
            w: band.right - band.h * crate::scene::SLANT - plain.x - 24.0,
            code: Some([x, band.y + (band.h - CODE_WIDE) / 2.0, CODE_WIDE]),
            band,
            ..plain
        }
    }

    /// A layout of a portrait screen with another slab.
    fn tall(of: Layout, band: Band) -> Layout {
        let Band { y, h, right } = band;
        // A low slab over a code has less air.
        let [head, foot] = if h < 600.0 { [100.0, 64.0] } else { [140.0, 90.0] };
        Layout {
            band,
            w: (right - h * crate::scene::SLANT - of.x - 24.0).clamp(600.0, 780.0),
            block: [y + head, y + h - foot],
            title_mid: y + h * 0.36,
            text_mid: y + h * 0.75,
            ..of
        }
    }

    fn without_code(portrait: bool, cards: usize) -> Layout {
        match (portrait, cards) {
            (false, 0) => Layout {
                band: Band { y: 250.0, h: 610.0, right: 1754.8 },
                tag: [96.0, 210.0, 92.0],
                tag_size: 70.0,
                x: 136.0,
                w: 1420.0,
                block: [352.0, 800.0],
                title_mid: 472.0,
                text_mid: 702.0,
                text_size: 100.0,
                lines: [2, 2],
                cards: [0.0; 3],
                cards_x: [96.0, 1824.0],
                footer: 1015.4,
                code: None,
            },
            (false, _) => Layout {
                band: Band { y: 224.0, h: 476.0, right: 1750.6 },
                tag: [96.0, 188.0, 88.0],
                tag_size: 68.0,
                x: 136.0,
                w: 1440.0,
                block: [310.0, 662.0],
                title_mid: 410.0,
                text_mid: 598.0,
                text_size: 92.0,
                lines: [2, 2],
                cards: [736.0, 190.0, 0.0],
                cards_x: [96.0, 1824.0],
                footer: 1015.4,
                code: None,
            },
            (true, n) => {
                // Stat lines stand on the body's bottom; the slab takes what they leave.
                let cards_y = 1694.0 - 184.0 * n as f32 + 26.0;
                let bottom = if n == 0 { 1500.0 } else { cards_y - 64.0 };
                let y = 368.0;
                let plain = Layout {
                    band: Band { y, h: 0.0, right: 0.0 },
                    tag: [54.0, 316.0, 104.0],
                    tag_size: 78.0,
                    x: 96.0,
                    w: 0.0,
                    block: [0.0; 2],
                    title_mid: 0.0,
                    text_mid: 0.0,
                    text_size: 100.0,
                    lines: [3, 4],
                    cards: [cards_y, 158.0, 184.0],
                    cards_x: [54.0, 1026.0],
                    footer: 1794.0,
                    code: None,
                };
                Layout::tall(plain, Band { y, h: bottom - y, right: 1010.0 })
            }
        }
    }

    /// How high so many lines are, from the head of the first to the foot of the last.
    pub fn height(room: &Room, lines: usize, size: f32) -> f32 {
        if lines == 0 { 0.0 } else { size * (0.7 + room.pitch * (lines - 1) as f32) }
    }

    /// Room for the text.
    pub fn text(&self) -> Room {
        let h = self.block[1] - self.block[0];
        let share = if self.lines[1] > 2 { 0.42 } else { 0.34 };
        Room { w: self.w, h: h * share, lines: self.lines[1], sizes: [56.0, self.text_size], pitch: 1.12 }
    }

    /// Room for the title over a text of so many lines in a size.
    pub fn title(&self, (text_lines, text_size): (usize, f32)) -> Room {
        let h = self.block[1] - self.block[0];
        let share = match text_lines {
            0 => 1.0,
            1 => 0.62,
            2 => 0.5,
            _ => 0.46,
        };
        // A text in its smallest size may need more than its share.
        let left = if text_lines < 2 { h } else { h - Layout::height(&self.text(), text_lines, text_size) - LEAST_GAP };
        Room { w: self.w, h: (h * share).min(left), lines: self.lines[0], sizes: [84.0, 250.0], pitch: 0.98 }
    }

    /// Cap heads of title and text, from the heights of their blocks: one line each stands where the design has it, more
    /// share the room out.
    pub fn tops(&self, title: f32, text: f32, single: bool) -> [f32; 2] {
        let [head, bottom] = self.block;
        if text <= 0.0 {
            return [(head + bottom - title) / 2.0 - (bottom - head) * 0.02, bottom];
        }
        if single {
            return [self.title_mid - title / 2.0, self.text_mid - text / 2.0];
        }
        let free = (bottom - head - title - text).max(0.0);
        let gap = (free * 0.8).min(120.0);
        let top = head + (free - gap) * 0.5;
        [top, top + title + gap]
    }
}
