//! What can be done from a desk, read from a form.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::form::Form;

/// Longest message in characters: what a message slide shows.
const TEXT: usize = 280;
/// A message is on for at most so many minutes.
const MINUTES: f64 = 24.0 * 60.0;
/// Slides that a playlist may order.
const SLIDES: usize = 100;

/// What the wall is to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    Next,
    Back,
    /// Shows only this slide; `None`: all again.
    Pin(Option<String>),
    Say {
        text: String,
        for_s: f64,
    },
    /// Takes the message away.
    Unsay,
    /// In this order; `None`: that of the settings.
    Playlist(Option<Vec<Turn>>),
    /// In percent.
    Brightness(u8),
    /// Between these times of day nothing fills the screen.
    Quiet(Option<[Time; 2]>),
    /// Celebrations are not heard, or as the settings say again.
    Mute(bool),
    Reload,
    Identify,
    Restart,
}

/// A slide's turn in the playlist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// The slide's id, with the feed's name and a slash in front where feeds have names.
    pub slide: String,
    /// `None`: by how much there is to read.
    pub dwell_s: Option<f64>,
    pub hide: bool,
}

/// Why something is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It is none of the actions.
    Unknown,
    Text,
    Minutes,
    Percent,
    Times,
    Seconds,
    NoSlide,
    /// The wall does not answer.
    Silent,
}

impl Action {
    /// Reads a form: `do` names the action.
    pub(super) fn read(form: &Form) -> Result<Action, Wrong> {
        match form.text("do") {
            "next" => Ok(Action::Next),
            "back" => Ok(Action::Back),
            "pin" if form.text("slide").is_empty() => Err(Wrong::NoSlide),
            "pin" => Ok(Action::Pin(Some(form.text("slide").to_owned()))),
            "unpin" => Ok(Action::Pin(None)),
            "say" => say(form),
            "unsay" => Ok(Action::Unsay),
            "playlist" => playlist(form).map(|turns| Action::Playlist(Some(turns))),
            "playlist-reset" => Ok(Action::Playlist(None)),
            "brightness" => {
                let percent = form.text("percent").parse().ok().filter(|percent| (10..=100).contains(percent));
                percent.map(Action::Brightness).ok_or(Wrong::Percent)
            }
            "quiet" => quiet(form),
            "quiet-off" => Ok(Action::Quiet(None)),
            "mute" => Ok(Action::Mute(true)),
            "unmute" => Ok(Action::Mute(false)),
            "reload" => Ok(Action::Reload),
            "identify" => Ok(Action::Identify),
            "restart" => Ok(Action::Restart),
            _ => Err(Wrong::Unknown),
        }
    }
}

fn say(form: &Form) -> Result<Action, Wrong> {
    let text: String = form.text("text").chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.trim().is_empty() || text.chars().count() > TEXT {
        return Err(Wrong::Text);
    }
    let minutes = form.text("minutes").parse::<f64>().ok().filter(|minutes| *minutes > 0.0 && *minutes <= MINUTES);
    minutes.map(|minutes| Action::Say { text, for_s: minutes * 60.0 }).ok_or(Wrong::Minutes)
}

fn quiet(form: &Form) -> Result<Action, Wrong> {
    let time = |name: &str| {
        let text = form.text(name);
        (text.len() == 5).then(|| format!("{text}:00").parse::<Time>().ok())?
    };
    match (time("from"), time("to")) {
        (Some(from), Some(to)) if from != to => Ok(Action::Quiet(Some([from, to]))),
        _ => Err(Wrong::Times),
    }
}

/// Fields `slide_0`, `place_0`, `seconds_0`, `hide_0` and so on: in the order of the places, then of the form.
fn playlist(form: &Form) -> Result<Vec<Turn>, Wrong> {
    let mut turns = Vec::new();
    for n in 0..SLIDES {
        let slide = form.text(&format!("slide_{n}"));
        if slide.is_empty() {
            break;
        }
        let seconds = form.text(&format!("seconds_{n}"));
        let dwell_s = match seconds {
            "" => None,
            text => Some(text.parse::<f64>().ok().filter(|s| (3.0..=600.0).contains(s)).ok_or(Wrong::Seconds)?),
        };
        let place = form.text(&format!("place_{n}")).parse::<f64>().ok().filter(|place| place.is_finite());
        let hide = !form.text(&format!("hide_{n}")).is_empty();
        turns.push((place.unwrap_or(f64::MAX), Turn { slide: slide.to_owned(), dwell_s, hide }));
    }
    turns.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    if turns.is_empty() { Err(Wrong::NoSlide) } else { Ok(turns.into_iter().map(|(_, turn)| turn).collect()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Result<Action, Wrong> {
        Action::read(&Form::read(body.as_bytes()))
    }

    #[test]
    fn a_form_says_what_is_to_be_done() {
        for (body, action) in [
            ("do=next", Action::Next),
            ("do=pin&slide=crm%2Fdeals", Action::Pin(Some("crm/deals".into()))),
            ("do=unpin", Action::Pin(None)),
            ("do=say&text=+Review+16%3A00+&minutes=20", Action::Say { text: "Review 16:00".into(), for_s: 1200.0 }),
            ("do=say&text=a%1Bb%0Ac&minutes=0.5", Action::Say { text: "a b c".into(), for_s: 30.0 }),
            ("do=brightness&percent=40", Action::Brightness(40)),
            ("do=quiet-off", Action::Quiet(None)),
            ("do=mute", Action::Mute(true)),
            ("do=unmute", Action::Mute(false)),
        ] {
            assert_eq!(read(body), Ok(action), "{body}");
        }
        let Ok(Action::Quiet(Some([from, to]))) = read("do=quiet&from=18%3A00&to=08%3A00") else { panic!("no hours") };
        assert_eq!((from.hour(), to.hour()), (18, 8));
    }

    #[test]
    fn a_playlist_is_ordered_by_its_places() {
        let body =
            "do=playlist&slide_0=a&place_0=3&seconds_0=&slide_1=b&place_1=1&seconds_1=20&slide_2=c&place_2=2&hide_2=on";
        let turn = |slide: &str, dwell_s, hide| Turn { slide: slide.into(), dwell_s, hide };
        let turns = vec![turn("b", Some(20.0), false), turn("c", None, true), turn("a", None, false)];
        assert_eq!(read(body), Ok(Action::Playlist(Some(turns))));
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let long = format!("do=say&minutes=5&text={}", "x".repeat(281));
        for (body, wrong) in [
            ("", Wrong::Unknown),
            ("do=explode", Wrong::Unknown),
            ("do=say&text=&minutes=5", Wrong::Text),
            (long.as_str(), Wrong::Text),
            ("do=say&text=a&minutes=0", Wrong::Minutes),
            ("do=say&text=a&minutes=NaN", Wrong::Minutes),
            ("do=say&text=a&minutes=1441", Wrong::Minutes),
            ("do=brightness&percent=9", Wrong::Percent),
            ("do=brightness&percent=101", Wrong::Percent),
            ("do=quiet&from=18:00&to=18:00", Wrong::Times),
            ("do=quiet&from=25:00&to=18:00", Wrong::Times),
            ("do=playlist", Wrong::NoSlide),
            ("do=playlist&slide_0=a&seconds_0=2", Wrong::Seconds),
            ("do=pin", Wrong::NoSlide),
        ] {
            assert_eq!(read(body), Err(wrong), "{body}");
        }
    }
}
