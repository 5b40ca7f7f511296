//! Holds what a podium says, in plain words, so that every kind that knows a winner can show one.

/// What a podium says. Texts are as they are drawn, not yet fitted; an empty one is not drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Podium {
    /// "WINNER"; when the data is old (`Band::Grey`), its time instead.
    pub kicker: String,
    /// At most three, the first place first.
    pub columns: Vec<Column>,
    /// "WON BY" and "1 DEMO".
    pub margin: Option<[String; 2]>,
    /// "DECIDED" and "30 NOV 17:48".
    pub decided: Option<[String; 2]>,
    /// "PRIZE" and what it is.
    pub prize: Option<[String; 2]>,
    /// "318 DEMOS IN ALL"
    pub total: String,
}

/// One of the winners.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Column {
    /// "1", "=1"; may be empty.
    pub place: String,
    pub name: String,
    /// "47"
    pub score: String,
    /// "DEMOS"
    pub unit: String,
}
