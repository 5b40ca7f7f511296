//! Finds the noun that an English label counts, in singular and plural, and writes ordinals.

/// What is done with the things that a label counts: "DEMOS HELD" are demos.
const DONE: [&str; 19] = [
    "HELD",
    "WON",
    "BOOKED",
    "MADE",
    "DONE",
    "CLOSED",
    "SENT",
    "SET",
    "SIGNED",
    "SOLD",
    "LOGGED",
    "CREATED",
    "OPENED",
    "DELIVERED",
    "COMPLETED",
    "QUALIFIED",
    "RECEIVED",
    "GIVEN",
    "FILED",
];

/// What a label counts, one or many: "Demos held" → "DEMO", "DEMOS".
pub(super) fn thing(label: &str, one: bool) -> String {
    let mut words: Vec<&str> = label.split_whitespace().collect();
    if words.len() > 1 && words.last().is_some_and(|last| DONE.contains(&last.to_uppercase().as_str())) {
        words.pop();
    }
    let many = words.join(" ");
    let upper = many.to_uppercase();
    let cut = |n: usize| many.get(..many.len() - n).unwrap_or(&many).to_owned();
    let ends = |ends: &[&str]| ends.iter().any(|end| upper.ends_with(end));
    if !one {
        many
    } else if ends(&["IES"]) && upper.len() > 4 {
        cut(3) + if many.ends_with(char::is_lowercase) { "y" } else { "Y" }
    } else if ends(&["SSES", "CHES", "XES"]) {
        cut(2)
    } else if ends(&["S"]) && !ends(&["SS"]) {
        cut(1)
    } else {
        many
    }
}

/// "2ND"
pub(super) fn ordinal(n: u32) -> String {
    let end = match (n % 10, n % 100) {
        (_, 11..=13) => "TH",
        (1, _) => "ST",
        (2, _) => "ND",
        (3, _) => "RD",
        _ => "TH",
    };
    format!("{n}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_name_what_they_count() {
        for (label, many, one) in [
            ("DEMOS HELD", "DEMOS", "DEMO"),
            ("Demos booked", "Demos", "Demo"),
            ("CALLS", "CALLS", "CALL"),
            ("NEW CUSTOMERS", "NEW CUSTOMERS", "NEW CUSTOMER"),
            ("OPPORTUNITIES WON", "OPPORTUNITIES", "OPPORTUNITY"),
            ("PITCHES", "PITCHES", "PITCH"),
            ("WON", "WON", "WON"),
            ("BUSINESS", "BUSINESS", "BUSINESS"),
            ("ВСТРЕЧИ", "ВСТРЕЧИ", "ВСТРЕЧИ"),
            ("", "", ""),
        ] {
            assert_eq!((thing(label, false).as_str(), thing(label, true).as_str()), (many, one));
        }
        let contest = &super::super::WORDS.contest;
        assert_eq!((contest.count)("1", true, "DEMOS HELD"), "1 DEMO");
        assert_eq!((contest.next_leads)(""), ["THE NEXT ONE", "LEADS"]);
    }

    #[test]
    fn ordinals() {
        let said: Vec<String> = [1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111].map(ordinal).to_vec();
        assert_eq!(said.join(" "), "1ST 2ND 3RD 4TH 11TH 12TH 13TH 21ST 22ND 103RD 111TH");
    }
}
