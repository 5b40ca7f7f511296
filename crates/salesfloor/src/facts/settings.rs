//! Settings of the whole floor.

/// What holds for the whole floor.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Shown as the company's name where a goal is the company's.
    pub name: String,
    /// IANA name of the floor's time zone.
    pub tz: String,
    /// BCP 47 tag.
    pub locale: String,
    /// ISO 4217 code of the reporting currency.
    pub currency: String,
    /// First day of the week, 1 (Monday) to 7.
    pub week_start: i8,
    /// Month in which the fiscal year begins, 1 to 12.
    pub fiscal_month: i8,
    /// The fewest people of whom a mean is shown.
    pub fewest_of_a_mean: u32,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            name: String::new(),
            tz: "UTC".into(),
            locale: "en".into(),
            currency: "EUR".into(),
            week_start: 1,
            fiscal_month: 1,
            fewest_of_a_mean: 5,
        }
    }
}
