//! Lists the interface words: one field per word, so that a language that lacks one does not compile.

/// A list of words: a struct, and for the tests a sample of every word.
macro_rules! list {
    ($(#[$of:meta])* pub struct $name:ident { $($(#[$doc:meta])* pub $word:ident: $type:ty,)* }) => {
        $(#[$of])*
        #[derive(Debug)]
        pub struct $name { $($(#[$doc])* pub $word: $type,)* }

        #[cfg(test)]
        impl crate::words::list::samples::Sample for $name {
            fn samples(&self, path: &str, out: &mut crate::words::list::samples::Samples) {
                $(self.$word.samples(&format!("{path}.{}", stringify!($word)), out);)*
            }
        }
    };
}

mod bracket;
mod caveats;
mod celebration;
mod coaching;
mod contest;
mod goals;
mod message;
mod ramp;
mod recognition;
#[cfg(test)]
pub(in crate::words) mod samples;
mod scorecard;
mod skills;
mod story;
mod teams;

pub use bracket::Bracket;
pub use caveats::Caveats;
pub use celebration::Celebration;
pub use coaching::Coaching;
pub use contest::Contest;
pub use goals::Goals;
pub use message::Message;
pub use ramp::Ramp;
pub use recognition::Recognition;
pub use scorecard::Scorecard;
pub use skills::Skills;
pub use story::Story;
pub use teams::Teams;

list! {
    /// Interface words of one language. Latin words are in capitals, as they stand on the wall; texts of two lines are
    /// arrays. Functions take figures and times that are already written in the board's locale.
    pub struct Words {
        // Header and captions.
        /// The data is as new as it should be.
        pub live: &'static str,
        /// Working days left in the period.
        pub days_left: fn(u32) -> String,
        /// Which working day of the period it is, and of how many.
        pub day_of: fn(u32, u32) -> String,
        /// Time of old data, with the warning plate.
        pub data_from: fn(&str) -> String,
        /// Measure and unit under the title; the unit may be empty.
        pub caption: fn(label: &str, unit: &str) -> String,
        /// The machine's clock cannot be trusted yet.
        pub clock_not_set: &'static str,
        /// Behind days, hours, minutes and seconds of a countdown.
        pub countdown_units: [&'static str; 4],
        /// A countdown has ended, but nothing new has come from the source.
        pub final_pending: &'static str,

        /// Words in place of [`live`](Words::live) where the board's table lacks something.
        pub caveats: Caveats,

        // Ranking.
        /// Over the leader's name.
        pub leader: &'static str,
        /// Over the names of several who share the first place.
        pub joint_leaders: &'static str,
        /// More people share the first place than can be named: on two lines.
        pub share_lead: fn(i64) -> [String; 2],
        /// Since when a person leads.
        pub since: fn(&str) -> String,
        /// Time of a figure that may be old, in place of [`leader`](Words::leader).
        pub at: fn(&str) -> String,
        /// Head of the column of distances to the next.
        pub gap: &'static str,
        /// Rows that have no room.
        pub and_more: fn(usize) -> String,
        /// A name that was not there before.
        pub new: &'static str,

        // Footer.
        /// Sum of a list of people.
        pub team: &'static str,
        /// Sum of a list of teams.
        pub all: &'static str,
        /// The target behind a figure.
        pub of: fn(&str) -> String,
        /// In front of a percentage of the target; may be empty.
        pub attainment: &'static str,
        /// More than expected by now.
        pub ahead: fn(&str) -> String,
        /// Less than expected by now.
        pub behind: fn(&str) -> String,
        /// As much as expected by now.
        pub on_pace: &'static str,

        // Empty.
        /// Over the ghost numeral.
        pub no_1_is_open: &'static str,
        /// The message of an empty ranking; the second line is the bright one.
        pub first_deal: fn(thing: &str) -> [String; 2],
        /// Over the best of the last period, with its name.
        pub to_beat: fn(Option<&str>) -> String,
        /// The message of a ranking whose period has not begun, with its first day.
        pub starts: fn(&str) -> [String; 2],

        // First boot.
        /// Title.
        pub connect: &'static str,
        /// First step with a set-up address.
        pub scan: &'static str,
        /// Second step with a set-up address.
        pub pick_data: &'static str,
        /// First step without one; the path stands under it.
        pub open_settings: &'static str,
        /// Second step without one; the key stands under it.
        pub set_feed: &'static str,
        /// Last step.
        pub save: &'static str,
        /// Question beside the corner marks.
        pub corners: &'static str,
        /// Version of the program.
        pub version: fn(&str) -> String,
        /// The settings file is not taken: its name, and line and column of the first fault.
        pub settings_refused: fn(&str, Option<(usize, usize)>) -> String,
        /// The picture of a settings file that is wrong at the start.
        pub settings_wrong: [&'static str; 2],
        /// Where in the file it is wrong.
        pub line_column: fn(usize, usize) -> String,
        /// The file is not there or cannot be read.
        pub cannot_be_read: &'static str,
        /// What to do about it: the wall waits for the mended file.
        pub mend_and_save: &'static str,
        /// The feed is set but has not answered since the start.
        pub waiting: [&'static str; 2],
        /// A board is there, but nothing of it is to be shown on this screen now.
        pub idle: [&'static str; 2],

        // Error.
        /// What has happened.
        pub cannot_reach: [&'static str; 2],
        /// Over the seconds to the next attempt.
        pub retry_in: &'static str,
        /// First station of the line.
        pub this_screen: &'static str,
        /// Second station.
        pub network: &'static str,
        /// Third station.
        pub sales_feed: &'static str,
        /// A station that works.
        pub ok: &'static str,
        /// Nothing came back.
        pub no_answer: &'static str,
        /// Access is refused: 401, 403.
        pub no_access: &'static str,
        /// The server answers, but has nothing at this address: 404.
        pub not_found: &'static str,
        /// The server's certificate is out of its time.
        pub certificate_ended: &'static str,
        /// Nobody who is trusted here has signed the server's certificate.
        pub not_trusted: &'static str,
        /// What came was refused.
        pub bad_data: &'static str,
        /// This machine is in no network.
        pub not_connected: &'static str,
        /// This machine's clock was set, but wrongly.
        pub clock_wrong: &'static str,
        /// Footer: what to tell the person who helps, and to look for in the manual.
        pub code: fn(&str) -> String,
        /// Footer: the last good data stays on the wall.
        pub last_data_stays: &'static str,

        // One list per kind of slide, each in a file of its own.
        /// Words of contests.
        pub contest: Contest,
        /// Words of knock-outs.
        pub bracket: Bracket,
        /// Words of goals.
        pub goals: Goals,
        /// Words of scorecards.
        pub scorecard: Scorecard,
        /// Words of recognition.
        pub recognition: Recognition,
        /// Words of onboarding ramps.
        pub ramp: Ramp,
        /// Words of strengths maps.
        pub skills: Skills,
        /// Words of plays of the week.
        pub coaching: Coaching,
        /// Words of messages.
        pub message: Message,
        /// Words of team rankings.
        pub teams: Teams,
        /// Words of takeovers and lower thirds.
        pub celebration: Celebration,
        /// Words of the story line.
        pub story: Story,
    }
}
