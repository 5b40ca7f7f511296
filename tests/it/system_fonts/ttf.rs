//! A font made by hand: one filled box for each of some characters, and nothing else.

fn be16(values: &[i32]) -> Vec<u8> {
    values.iter().flat_map(|v| (*v as u16).to_be_bytes()).collect()
}

fn be32(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|v| v.to_be_bytes()).collect()
}

/// Family, style, full and PostScript name, as Windows has them.
fn name(family: &str) -> Vec<u8> {
    let names: [(i32, String); 4] =
        [(1, family.into()), (2, "Regular".into()), (4, family.into()), (6, family.replace(' ', ""))];
    let (mut records, mut texts) = (Vec::new(), Vec::new());
    for (id, text) in names {
        let text: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        records.extend(be16(&[3, 1, 0x409, id, text.len() as i32, texts.len() as i32]));
        texts.extend(text);
    }
    [be16(&[0, 4, 6 + 48]), records, texts].concat()
}

/// Every character leads to glyph 1.
fn cmap(chars: &[char]) -> Vec<u8> {
    let mut chars: Vec<u32> = chars.iter().map(|c| u32::from(*c)).collect();
    chars.sort_unstable();
    let groups: Vec<u32> = chars.iter().flat_map(|c| [*c, *c, 1]).collect();
    let subtable =
        [be16(&[12, 0]), be32(&[16 + 12 * chars.len() as u32, 0, chars.len() as u32]), be32(&groups)].concat();
    [be16(&[0, 1, 3, 10]), be32(&[12]), subtable].concat()
}

/// A box of 800 by 700 of 1000 units.
fn boxed() -> Vec<u8> {
    let corners = be16(&[100, 800, 0, -800, 0, 0, 700, 0]);
    let head = be16(&[1, 100, 0, 900, 700, 3, 0]);
    // All points are on the curve, their distances are words.
    [head, vec![1; 4], corners].concat()
}

/// A TrueType font of one family that has these characters.
pub fn font(family: &str, chars: &[char]) -> Vec<u8> {
    let glyph = boxed();
    let os2 = [
        be16(&[4, 1000, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 300, 0]),
        vec![0; 10 + 16],
        b"TEST".to_vec(),
        be16(&[0x40, 0x20, 0xFFFF, 800, -200, 0, 800, 200]),
        vec![0; 8],
        be16(&[500, 700, 0, 32, 1]),
    ]
    .concat();
    let head = [
        be32(&[0x0001_0000, 0x0001_0000, 0, 0x5F0F_3CF5]),
        be16(&[0, 1000]),
        vec![0; 16],
        be16(&[100, 0, 900, 700, 0, 8, 2, 1, 0]),
    ]
    .concat();
    let hhea = [be32(&[0x0001_0000]), be16(&[800, -200, 0, 1000, 100, 100, 900, 1]), vec![0; 14], be16(&[2])].concat();
    let mut tables: Vec<(&[u8; 4], Vec<u8>)> = vec![
        (b"OS/2", os2),
        (b"cmap", cmap(chars)),
        (b"glyf", glyph.clone()),
        (b"head", head),
        (b"hhea", hhea),
        (b"hmtx", be16(&[1000, 0, 1000, 100])),
        (b"loca", be32(&[0, 0, glyph.len() as u32])),
        (b"maxp", [be32(&[0x0001_0000]), be16(&[2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])].concat()),
        (b"name", name(family)),
        (b"post", [be32(&[0x0003_0000]), vec![0; 28]].concat()),
    ];
    let mut file = [be32(&[0x0001_0000]), be16(&[tables.len() as i32, 128, 3, 32])].concat();
    let mut at = 12 + 16 * tables.len();
    for (tag, table) in &mut tables {
        file.extend(tag.iter());
        file.extend(be32(&[0, at as u32, table.len() as u32]));
        table.resize(table.len().next_multiple_of(4), 0);
        at += table.len();
    }
    tables.into_iter().for_each(|(_, table)| file.extend(table));
    file
}
