//! Places by value alone, until the board room ranks by the contract.
use crate::board::*;
pub struct Place {
    pub row: usize,
    pub rank: Option<u32>,
    pub tied: bool,
    pub value: Option<f64>,
}
pub fn places(_b: &Board, d: &SlideData) -> Vec<Place> {
    let r = super::model::ranking(d);
    let mut v: Vec<Place> =
        r.rows.iter().enumerate().map(|(i, row)| Place { row: i, rank: None, tied: false, value: row.value }).collect();
    v.sort_by(|a, b| b.value.unwrap_or(-1.0).total_cmp(&a.value.unwrap_or(-1.0)));
    for (i, p) in v.iter_mut().enumerate() {
        p.rank = p.value.map(|_| i as u32 + 1);
    }
    v
}
pub fn shown_top(p: &[Place], _r: &Ranking, cap: usize) -> usize {
    p.len().min(cap)
}
