//! Tells which letters there is a font for, among the shipped ones and those of the machine.

use std::sync::Arc;

use glyphon::fontdb::{self, Style as Slope};
use glyphon::{Family, FontSystem};
use hashbrown::HashMap;
use unicode_normalization::char::decompose_canonical;

use super::faces;
use super::script::Script;

/// Families that have a letter: a bit for each shipped one by its place, and one for any font of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Families(u8);

impl Families {
    const MACHINE: Families = Families(1 << 7);
    const NONE: Families = Families(0);
    /// Every shipped family.
    const SHIPPED: Families = Families((1 << 5) - 1);

    /// Whether there is any.
    pub fn any(self) -> bool {
        self.0 != 0
    }

    /// Whether a shipped family is in both sets.
    pub fn share(self, other: Families) -> bool {
        self.0 & other.0 & Families::SHIPPED.0 != 0
    }

    /// Whether the family of a script is in the set.
    pub fn draw(self, script: Script) -> bool {
        self.0 & 1 << faces::place(script) != 0
    }
}

/// A face of the machine, as shaping asks for it.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    family: Arc<str>,
    weight: fontdb::Weight,
    stretch: fontdb::Stretch,
}

impl Chosen {
    fn shipped(place: usize, weight: u16) -> Chosen {
        let (weight, stretch) = (fontdb::Weight(weight), fontdb::Stretch::Normal);
        Chosen { family: faces::family(place).into(), weight, stretch }
    }

    /// The attributes that lead to it.
    pub fn attrs(&self) -> glyphon::Attrs<'_> {
        glyphon::Attrs::new().family(Family::Name(&self.family)).weight(self.weight).stretch(self.stretch)
    }
}

/// What is known about letters and fonts.
pub(super) struct Coverage {
    shipped: [fontdb::ID; 5],
    known: HashMap<char, Families>,
    /// Whether the machine's fonts have been loaded; `None`: they never are.
    machine: Option<bool>,
}

impl Coverage {
    /// Of the shipped faces and, if `machine`, of those of the machine once a letter is met that ours lack.
    pub fn new(shipped: [fontdb::ID; 5], machine: bool) -> Coverage {
        Coverage { shipped, known: HashMap::new(), machine: machine.then_some(false) }
    }

    /// The families that have a letter, whole or as its parts: a font without Ǧ but with G and the mark draws it.
    pub fn families(&mut self, system: &mut FontSystem, c: char) -> Families {
        if let Some(known) = self.known.get(&c) {
            return *known;
        }
        let mut found = Families::NONE;
        for (place, id) in self.shipped.into_iter().enumerate() {
            if has(system, id, c) {
                found.0 |= 1 << place;
            }
        }
        if found == Families::NONE && self.on_machine(system, |system, id| has(system, id, c)) {
            found = Families::MACHINE;
        }
        self.known.insert(c, found);
        found
    }

    /// Remembers that no font draws a letter although one lists it.
    pub fn lacks(&mut self, c: char) -> bool {
        self.known.insert(c, Families::NONE) != Some(Families::NONE)
    }

    /// Another font for a text of a script, where that script's own lacks letters of it and another one has all: letters
    /// of two fonts in one name look like a fault. Signs alone are worth no other font.
    pub fn whole(&mut self, system: &mut FontSystem, text: &str, script: Script, weight: u16) -> Option<Chosen> {
        let letters = || text.chars().filter(|c| !c.is_whitespace() && !super::script::invisible(*c));
        let (mut own, mut lacks, mut common) = (false, false, u8::MAX);
        for c in letters() {
            let of = self.families(system, c);
            common &= of.0;
            own |= c.is_alphabetic() && of.draw(script);
            lacks |= c.is_alphabetic() && !of.draw(script);
        }
        if !lacks {
            return None;
        }
        // Where it has some of the letters, the other shipped ones draw those for other eyes: as wide as kanji.
        if !own && common & Families::SHIPPED.0 != 0 {
            return Some(Chosen::shipped(common.trailing_zeros() as usize, weight));
        }
        if !letters().any(|c| self.families(system, c) == Families::MACHINE) {
            return None;
        }
        let mut found = Vec::new();
        let ids: Vec<fontdb::ID> = self.others(system).collect();
        for id in ids {
            if !letters().all(|c| has(system, id, c)) {
                continue;
            }
            let Some(face) = system.db().face(id) else { continue };
            let Some((family, _)) = face.families.first() else { continue };
            // Upright and without serifs, as near to the weight as there is; Chinese as it is written in China.
            let chinese = matches!(script, Script::Cjk { kana: false }) && !family.ends_with(" SC");
            let serifs = !["Sans", "Gothic"].iter().any(|plain| family.contains(plain));
            let odd = (face.style != Slope::Normal, face.monospaced, serifs, chinese);
            let rank = (odd, face.weight.0.abs_diff(weight), family.clone());
            let (family, weight, stretch) = (family.as_str().into(), face.weight, face.stretch);
            found.push((rank, Chosen { family, weight, stretch }));
        }
        found.into_iter().min_by(|(a, _), (b, _)| a.cmp(b)).map(|(_, chosen)| chosen)
    }

    /// Whether a font of the machine answers with yes; they are loaded first where they may be.
    fn on_machine(
        &mut self,
        system: &mut FontSystem,
        mut has: impl FnMut(&mut FontSystem, fontdb::ID) -> bool,
    ) -> bool {
        match self.machine {
            None => return false,
            Some(true) => {}
            Some(false) => {
                self.machine = Some(true);
                system.db_mut().load_system_fonts();
            }
        }
        let ids: Vec<fontdb::ID> = self.others(system).collect();
        ids.into_iter().any(|id| has(system, id))
    }

    fn others<'s>(&self, system: &'s FontSystem) -> impl Iterator<Item = fontdb::ID> + use<'s> {
        system.db().faces().skip(faces::COUNT).map(|face| face.id)
    }
}

/// Whether a face has a letter, or all of its parts.
fn has(system: &mut FontSystem, id: fontdb::ID, c: char) -> bool {
    let weight = system.db().face(id).map_or(fontdb::Weight::NORMAL, |face| face.weight);
    let Some(font) = system.get_font(id, weight) else { return false };
    let charmap = font.as_swash().charmap();
    if charmap.map(c) != 0 {
        return true;
    }
    let (mut parts, mut all) = (0, true);
    decompose_canonical(c, |part| {
        parts += 1;
        all &= part != c && charmap.map(part) != 0;
    });
    parts > 0 && all
}
