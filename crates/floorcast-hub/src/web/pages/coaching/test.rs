//! Coaching: for the two whom it is between, for nobody else, and nowhere else.

use jiff::ToSpan as _;

use crate::access::Role;
use crate::clock;
use crate::store::people::{self, Membership};
use crate::web::pages::testing::{Browser, Hub, field};

/// What is private: each stands in another column.
const CANARIES: [&str; 4] = ["canary-note-7391", "canary-action-7392", "canary-answer-7393", "canary-second-7394"];

/// A day so many days from now.
fn day(days: i64) -> String {
    jiff::tz::TimeZone::UTC.to_datetime(clock::now()).date().saturating_add(days.days()).to_string()
}

/// Begins a session with Ana, writes it and sends it; its address.
async fn sent(coach: &mut Browser, csrf: &str) -> String {
    let begun = coach.post("/coaching/new", &[("csrf", csrf), ("person", "p1")]).await;
    let address = begun.location.expect("a session begins");
    let draft = coach.get(&address).await;
    assert!(draft.status == 200 && draft.text.contains("Only you, until you send it"), "{}", draft.text);
    let action = field_name(&draft.text, "action-4-");
    let due = day(20);
    let fields = [
        ("csrf", csrf),
        ("do", "save"),
        ("note-2", CANARIES[0]),
        ("note-3", CANARIES[3]),
        (action.as_str(), CANARIES[1]),
        ("due-4-3001", due.as_str()),
    ];
    let save = format!("{address}/save");
    coach.post(&save, &fields).await;
    // A page that saves by itself names the same action again.
    coach.post(&save, &fields).await;
    let kept = coach.get(&address).await.text;
    assert_eq!(kept.matches(CANARIES[1]).count(), 1, "{kept}");
    assert!(kept.contains(&format!("value=\"{due}\"")));
    let fields =
        [("csrf", csrf), ("do", "send"), ("note-2", CANARIES[0]), ("note-3", CANARIES[3]), (&action, CANARIES[1])];
    assert_eq!(coach.post(&save, &fields).await.location.unwrap(), format!("{address}?sent=1"));
    address
}

fn field_name(html: &str, start: &str) -> String {
    let rest = html.split(&format!("name=\"{start}")).nth(1).unwrap_or_else(|| panic!("no field {start}: {html}"));
    format!("{start}{}", rest.split('"').next().unwrap())
}

#[tokio::test]
async fn a_session_is_written_sent_read_answered_and_followed_up() {
    let hub = Hub::demo();
    let mut coach = hub.signed_in(Role::Manager, Some("p2"));
    let csrf = hub.csrf(&coach);
    let address = sent(&mut coach, &csrf).await;
    let waits = coach.get(&address).await.text;
    assert!(
        waits.contains("Ana Alves cannot sign in yet") && waits.contains("An administrator invites people."),
        "{waits}"
    );
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    let hers = hub.csrf(&ana);
    // It is on her page, and on her day, until she opens it; the menu counts it.
    let (new, counted) = ("Ben Brand sent you a coaching session", "<b class=\"waits\">1</b>");
    assert!(ana.get("/coaching").await.text.contains(&address));
    let hers_today = ana.get("/me").await.text;
    assert!(hers_today.contains(CANARIES[1]) && hers_today.contains(new), "{hers_today}");
    assert!(hers_today.contains(counted) && !coach.get("/me").await.text.contains(counted), "{hers_today}");
    assert!(coach.get(&address).await.text.contains(">Sent<") && !coach.get(&address).await.text.contains("I agree"));
    let page = ana.get(&address).await.text;
    assert!(page.contains(CANARIES[0]) && page.contains("Only you and Ben Brand"), "{page}");
    // Who read it when stands on her page, and she is the first of them.
    assert!(page.contains("Who read this, and when") && page.contains("Ana Alves ·"), "{page}");
    assert!(!ana.get("/me").await.text.contains(new));
    // It is not closed before she answers; while she wants to talk first nobody closes it for her.
    let close = format!("{address}/close");
    assert_eq!(ana.post(&close, &[("csrf", &hers)]).await.status, 422);
    ana.post(&format!("{address}/answer"), &[("csrf", &hers), ("do", "talk")]).await;
    assert_eq!(coach.post(&close, &[("csrf", &csrf)]).await.status, 422);
    let answer = [("csrf", hers.as_str()), ("answer", CANARIES[2]), ("do", "agree")];
    ana.post(&format!("{address}/answer"), &answer).await;
    let told = "Ana Alves agreed to the coaching session";
    assert!(coach.get("/me").await.text.contains(told));
    // Closing has no way back, and asks first.
    let asks = coach.get(&address).await.text;
    let asks = asks.split("<details class=\"ask\">").nth(1).unwrap().split("</details>").next().unwrap();
    assert!(asks.contains("Nobody can answer or open it again.") && asks.contains(&close), "{asks}");
    let seq = field(&page, "seq");
    ana.post(&format!("{address}/tick"), &[("csrf", &hers), ("seq", &seq), ("back", "me")]).await;
    let answered = coach.get(&address).await.text;
    assert!(
        answered.contains(CANARIES[2]) && answered.contains("Done ") && answered.contains(">agreed<"),
        "{answered}"
    );
    assert!(!coach.get("/me").await.text.contains(told), "it was opened");
    // Her coach cannot change what she answered, nor write into what is sent.
    let forged = coach.post(&format!("{address}/answer"), &[("csrf", &csrf), ("answer", "x"), ("do", "talk")]).await;
    assert_eq!(forged.status, 404);
    let late = coach.post(&format!("{address}/save"), &[("csrf", &csrf), ("do", "send"), ("note-2", "x")]).await;
    assert_eq!(late.status, 404);
    ana.post(&format!("{address}/tick"), &[("csrf", &hers), ("seq", &seq)]).await;
    coach.post(&format!("{address}/close"), &[("csrf", &csrf)]).await;
    assert_eq!(ana.post(&format!("{address}/answer"), &answer).await.status, 404);
    // What is open comes up the next time, and goes over once.
    let next = coach.post("/coaching/new", &[("csrf", &csrf), ("person", "p1")]).await.location.unwrap();
    let draft = coach.get(&next).await.text;
    assert!(next != address && draft.contains(CANARIES[1]) && draft.contains("Carry over"), "{draft}");
    assert!(!ana.get("/coaching").await.text.contains(&next) && ana.get(&next).await.status == 404);
    let save = format!("{next}/save");
    coach.post(&save, &[("csrf", &csrf), ("do", &format!("carry:{seq}"))]).await;
    let carried = coach.get(&next).await.text;
    assert!(carried.contains(&format!("value=\"{}\"", CANARIES[1])) && !carried.contains("Carry over"), "{carried}");
    assert_eq!(coach.post(&save, &[("csrf", &csrf), ("do", &format!("carry:{seq}"))]).await.status, 404);
}

#[tokio::test]
async fn nobody_else_reads_a_session_and_nothing_of_it_is_anywhere_else() {
    let hub = Hub::demo();
    let mut coach = hub.signed_in(Role::Manager, Some("p2"));
    let csrf = hub.csrf(&coach);
    let address = sent(&mut coach, &csrf).await;
    let ana = hub.signed_in(Role::Rep, Some("p1"));
    let hers = hub.csrf(&ana);
    let mut ana = ana;
    ana.post(&format!("{address}/answer"), &[("csrf", &hers), ("answer", CANARIES[2]), ("do", "talk")]).await;
    // Another manager of the same team, an administrator with and without a person, a colleague, a stranger.
    let boss = [(Role::Manager, Some("p3")), (Role::Admin, None), (Role::Admin, Some("p3")), (Role::Rep, Some("p3"))];
    for (role, person) in boss {
        let mut other = hub.signed_in(role, person);
        let csrf = hub.csrf(&other);
        for page in [address.as_str(), "/coaching/c0000000000000"] {
            let answer = other.get(page).await;
            assert_eq!(answer.status, 404, "{role:?} {page}");
            assert_eq!(answer.text, other.get("/nothing").await.text);
        }
        for form in ["save", "answer", "tick", "close"] {
            let answer =
                other.post(&format!("{address}/{form}"), &[("csrf", &csrf), ("seq", "3001"), ("do", "send")]).await;
            assert_eq!(answer.status, 404, "{role:?} {form}");
        }
        for page in
            ["/coaching", "/me", "/team", "/people", "/people/p1", "/data", "/goals", "/wall", "/coaching/templates"]
        {
            let text = other.get(page).await.text;
            assert!(CANARIES.iter().all(|canary| !text.contains(canary)) && !text.contains(&address), "{page}");
        }
    }
    // Whoever comes to manage the team later coaches from then on, and reads nothing of before.
    let mut later = hub.signed_in(Role::Manager, Some("p3"));
    let theirs = hub.csrf(&later);
    assert!(later.post("/coaching/new", &[("csrf", &theirs), ("person", "p1")]).await.location.is_some());
    assert_eq!(later.get(&address).await.status, 404);
    // An administrator who manages nobody coaches nobody, and nobody coaches themselves or strangers.
    let mut admin = hub.signed_in(Role::Admin, Some("p3"));
    hub.store.write(|tx| crate::store::logins::set_managed(tx, "p3", &[])).unwrap();
    let theirs = hub.csrf(&admin);
    assert_eq!(admin.post("/coaching/new", &[("csrf", &theirs), ("person", "p1")]).await.status, 404);
    for person in ["p2", "p3", "nobody"] {
        assert_eq!(coach.post("/coaching/new", &[("csrf", &csrf), ("person", person)]).await.status, 404, "{person}");
    }
    // Boards, the file of the floor, its log beside it and a backup know nothing of it.
    hub.publisher.rebuild().unwrap();
    let board = hub.publisher.board("main").unwrap().borrow().clone().unwrap();
    let mut bytes = vec![("board".to_owned(), board.body.clone().into_bytes())];
    let copy = hub.folder().join("copy.db");
    hub.store.copy_to(&copy).unwrap();
    for entry in std::fs::read_dir(hub.folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_file() {
            bytes.push((name, std::fs::read(path).unwrap()));
        }
    }
    let has = |bytes: &[u8], canary: &str| bytes.windows(canary.len()).any(|part| part == canary.as_bytes());
    assert!(bytes.iter().any(|(name, _)| name == "floor.db") && bytes.iter().any(|(name, _)| name == "copy.db"));
    for canary in CANARIES {
        let found: Vec<&str> = bytes.iter().filter(|(_, of)| has(of, canary)).map(|(name, _)| name.as_str()).collect();
        assert!(!found.is_empty() && found.iter().all(|name| name.starts_with("private.db")), "{canary}: {found:?}");
    }
}

#[tokio::test]
async fn a_template_has_versions_and_an_old_session_keeps_its_own() {
    let hub = Hub::demo();
    let away =
        Membership { person: "p1".into(), team: "t2".into(), since: String::new(), until: Some("2001-01-01".into()) };
    hub.store.write(|tx| people::put_membership(tx, &away)).unwrap();
    let mut coach = hub.signed_in(Role::Manager, Some("p2"));
    let csrf = hub.csrf(&coach);
    let address = coach.post("/coaching/new", &[("csrf", &csrf), ("person", "p1")]).await.location.unwrap();
    let template = coach.get("/coaching/templates").await.text;
    let id = field(&template, "id");
    let fields = [
        ("csrf", csrf.as_str()),
        ("id", &id),
        ("title", "Weekly"),
        ("section-0", "Only this"),
        ("fill-0", "nothing"),
        ("locked", "1"),
    ];
    assert_eq!(coach.post("/coaching/templates", &fields).await.status, 303);
    let empty = coach.post("/coaching/templates", &[("csrf", csrf.as_str()), ("id", &id), ("title", "None")]).await;
    assert_eq!(empty.status, 422);
    let old = coach.get(&address).await.text;
    assert!(old.contains("Monthly one-to-one, version 1") && old.contains("What goes well"), "{old}");
    // Nothing of their own, and a day that is over, are not sent; what was typed stays.
    let save = format!("{address}/save");
    let empty = coach.post(&save, &[("csrf", &csrf), ("do", "send")]).await.location.unwrap();
    assert!(coach.get(&empty).await.text.contains("The session has no text of yours yet"));
    let past = day(-3);
    let late = [("csrf", csrf.as_str()), ("do", "send"), ("action-4-3001", "Two calls"), ("due-4-3001", &past)];
    let refused = coach.post(&save, &late).await.location.unwrap();
    let draft = coach.get(&refused).await.text;
    assert!(draft.contains(" is in the past. Choose") && draft.contains("value=\"Two calls\""), "{draft}");
    assert!(draft.contains(">Send to Ana Alves…<") && !draft.contains(&past), "{draft}");
    // A section that was left out comes back with what stands in it.
    coach.post(&save, &[("csrf", &csrf), ("do", "leave:3"), ("note-3", "stays too")]).await;
    assert!(!coach.get(&address).await.text.contains("stays too"));
    coach.post(&save, &[("csrf", &csrf), ("do", "back:3")]).await;
    assert!(coach.get(&address).await.text.contains("stays too"));
    // A free session may leave a section out, a locked one keeps to what it has.
    coach.post(&format!("{address}/save"), &[("csrf", &csrf), ("do", "leave:2"), ("note-3", "stays")]).await;
    let left = coach.get(&address).await.text;
    assert!(left.contains("left out") && !left.contains("name=\"note-2\"") && left.contains("stays"), "{left}");
    coach.post(&format!("{address}/save"), &[("csrf", &csrf), ("do", "discard")]).await;
    let address = coach.post("/coaching/new", &[("csrf", &csrf), ("person", "p1")]).await.location.unwrap();
    coach.post(&format!("{address}/save"), &[("csrf", &csrf), ("do", "leave:0")]).await;
    let new = coach.get(&address).await.text;
    assert!(new.contains("Weekly, version 2") && new.contains("Only this") && !new.contains("Leave this section out"));
}

#[tokio::test]
async fn two_pages_of_one_draft_keep_what_the_other_wrote() {
    let hub = Hub::demo();
    let mut coach = hub.signed_in(Role::Manager, Some("p2"));
    let csrf = hub.csrf(&coach);
    let address = coach.post("/coaching/new", &[("csrf", &csrf), ("person", "p1")]).await.location.unwrap();
    let save = format!("{address}/save");
    let page = coach.get(&address).await.text;
    assert_eq!((field(&page, "was-note-2"), field(&page, "was-note-3")), (String::new(), String::new()));
    let keep = |words: [(&'static str, &'static str); 2]| {
        let [(note_2, was_1), (note_3, was_2)] = words;
        [("do", "save"), ("note-2", note_2), ("was-note-2", was_1), ("note-3", note_3), ("was-note-3", was_2)]
    };
    for words in
        [[("one,\r\ntwo", ""), ("", "")], [("", ""), ("other words", "")], [("one,\r\ntwo", "one,\ntwo"), ("", "")]]
    {
        let fields: Vec<(&str, &str)> = [("csrf", csrf.as_str())].into_iter().chain(keep(words)).collect();
        assert_eq!(coach.post(&save, &fields).await.status, 303);
    }
    let page = coach.get(&address).await.text;
    assert!(page.contains("one,\r\ntwo</textarea>") && page.contains("other words</textarea>"), "{page}");
    // What somebody empties on their page is empty.
    let fields =
        [("csrf", csrf.as_str()), ("do", "save"), ("note-3", ""), ("was-note-3", "other words"), ("note-2", "x")];
    coach.post(&save, &fields).await;
    let page = coach.get(&address).await.text;
    assert!(page.contains(">x</textarea>") && !page.contains("other words"), "{page}");
}

#[tokio::test]
async fn nobody_who_was_erased_is_proposed_for_coaching() {
    let hub = Hub::demo();
    let mut coach = hub.signed_in(Role::Manager, Some("p2"));
    let csrf = hub.csrf(&coach);
    assert!(coach.get("/coaching").await.text.contains("name=\"person\" value=\"p1\""));
    hub.store.write(|tx| crate::store::person_data::erase(tx, "p1", crate::clock::now())).unwrap();
    let nameless = hub.store.read(crate::store::erased::ids).unwrap();
    let [id] = Vec::from_iter(nameless).try_into().unwrap();
    assert!(!coach.get("/coaching").await.text.contains(&id), "the row without a name is still in the team");
    assert_eq!(coach.post("/coaching/new", &[("csrf", &csrf), ("person", &id)]).await.status, 404);
}
