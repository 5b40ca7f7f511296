//! Where the parts of a big goal lie and how large they are: three stand under each other, two have more room each, and
//! one has the stage.

use super::FULL;
use crate::scene::{Vec2, vec2};
use crate::slides::widgets::bar::Scale;
use crate::slides::widgets::panel::PanelRect;

/// So many panels fill the stage; of more rows the first one is as high as one of these.
pub const FULL_STAGE: usize = 3;

/// How a panel is laid out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    pub panel: PanelRect,
    pub bar: Scale,
    /// How much larger its type is than on a panel of three: the small lines, the name, the figure, the attainment.
    pub lines: f32,
    pub names: f32,
    pub figures: f32,
    pub shares: f32,
    pub kind: Vec2,
    pub name: Vec2,
    pub name_w: f32,
    /// Left end, or right end where the verdict stands at the right.
    pub verdict: Vec2,
    pub verdict_w: f32,
    pub verdict_at_right: bool,
    pub value: Vec2,
    /// Baseline and room of what is under the bar.
    pub under: f32,
    pub under_w: f32,
    /// Whether the label of the pace may stand beside the line under the bar.
    pub label_under: bool,
    /// Right end and baseline of the attainment, and its room.
    pub percent: [f32; 3],
}

/// The numbers of a plan, from the corner of its panel.
struct Numbers {
    /// Height of the panel, and from one panel to the next.
    h: f32,
    pitch: f32,
    /// Type: small lines, name, figure, attainment.
    sizes: [f32; 4],
    kind: f32,
    name: [f32; 2],
    /// Baseline, room.
    verdict: [f32; 2],
    value: f32,
    /// Top and height of the bar.
    bar: [f32; 2],
    under: [f32; 2],
    /// Baseline and room of the attainment.
    percent: [f32; 2],
}

const WIDE: [Numbers; 2] = [
    Numbers {
        h: 246.0,
        pitch: 274.0,
        sizes: [1.0; 4],
        kind: 66.8,
        name: [153.2, 440.0],
        verdict: [226.6, 440.0],
        value: 90.2,
        bar: [111.0, 50.0],
        under: [231.4, 730.0],
        percent: [184.6, 388.0],
    },
    Numbers {
        h: 383.0,
        pitch: 411.0,
        sizes: [1.22, 1.25, 1.0, 1.2],
        kind: 104.0,
        name: [234.0, 440.0],
        verdict: [342.0, 440.0],
        value: 142.0,
        bar: [174.0, 84.0],
        under: [352.0, 730.0],
        percent: [265.4, 388.0],
    },
];

/// The whole stage of a wide screen is laid out as the panels of an upright one.
const WIDE_ALONE: Numbers = Numbers {
    h: 794.0,
    pitch: 0.0,
    sizes: [1.55, 1.75, 1.95, 1.9],
    kind: 104.0,
    name: [262.0, 900.0],
    verdict: [726.0, 760.0],
    value: 462.0,
    bar: [500.0, 106.0],
    under: [726.0, 800.0],
    percent: [318.0, 700.0],
};

const UPRIGHT: [Numbers; 3] = [
    Numbers {
        h: 464.0,
        pitch: 492.0,
        sizes: [1.0; 4],
        kind: 66.8,
        name: [156.0, 470.0],
        verdict: [424.0, 380.0],
        value: 270.0,
        bar: [292.0, 50.0],
        under: [424.0, 500.0],
        percent: [156.0, 390.0],
    },
    Numbers {
        h: 710.0,
        pitch: 738.0,
        sizes: [1.1, 1.3, 1.08, 1.2],
        kind: 100.0,
        name: [224.0, 470.0],
        verdict: [640.0, 380.0],
        value: 404.0,
        bar: [436.0, 84.0],
        under: [640.0, 500.0],
        percent: [224.0, 390.0],
    },
    Numbers {
        h: 1448.0,
        pitch: 0.0,
        sizes: [1.4, 1.6, 1.3, 2.1],
        kind: 120.0,
        name: [272.0, 876.0],
        verdict: [1352.0, 876.0],
        value: 880.0,
        bar: [924.0, 130.0],
        under: [1212.0, 876.0],
        percent: [646.0, 876.0],
    },
];

impl Plan {
    /// The plan of the panel `i` of `count`.
    pub fn of(portrait: bool, count: usize, i: usize) -> Plan {
        let fewer = FULL_STAGE.saturating_sub(count.max(1));
        let alone = !portrait && fewer == 2;
        let n = match (portrait, alone) {
            (true, _) => &UPRIGHT[fewer.min(2)],
            (false, true) => &WIDE_ALONE,
            (false, false) => &WIDE[fewer.min(1)],
        };
        let [x, y, w] = if portrait { [54.0, 246.0, 972.0] } else { [96.0, 160.0, 1728.0] };
        let y = y + n.pitch * i as f32;
        let at = |dx: f32, dy: f32| vec2(x + dx, y + dy);
        let stacked = portrait || alone;
        let [lines, names, figures, shares] = n.sizes;
        // What stands at the right, from the left of the panel.
        let right = if portrait { 928.0 } else { 1690.0 };
        let [bar_x, bar_w] = if stacked { [48.0, w - 92.0] } else { [556.0, 730.0] };
        Plan {
            panel: PanelRect { x, y, w, h: n.h, base_y: y + n.h },
            bar: Scale { x: x + bar_x, y: y + n.bar[0], w: bar_w, h: n.bar[1], full: FULL },
            lines,
            names,
            figures,
            shares,
            kind: at(48.0, n.kind),
            name: at(48.0, n.name[0]),
            name_w: n.name[1],
            verdict: if stacked {
                at(right - if alone { 10.0 } else { 0.0 }, n.verdict[0])
            } else {
                at(48.0 + 46.0 * lines, n.verdict[0])
            },
            verdict_w: n.verdict[1],
            verdict_at_right: stacked,
            value: at(bar_x, n.value),
            under: y + n.under[0],
            under_w: n.under[1],
            label_under: !stacked,
            percent: [x + right, y + n.percent[0], n.percent[1]],
        }
    }

    /// Half the length of the marks on the bar.
    pub fn mark(&self) -> f32 {
        self.bar.h / 2.0 + 17.0 * self.lines
    }
}
