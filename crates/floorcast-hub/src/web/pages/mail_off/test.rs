//! A mail is turned off by its link: by a person who looks first, and by a mail program that posts at once.

use crate::access::Role;
use crate::store::mail_choices::{self, MailKind};
use crate::web::pages::testing::Hub;

#[tokio::test]
async fn looking_changes_nothing_and_posting_turns_off_that_kind_only() {
    let hub = Hub::demo();
    let login = hub.login("ana@x.example", Role::Rep, Some("p1"));
    let key = hub.store.write(|tx| mail_choices::of_login(tx, &login.id)).unwrap().off_key;
    let wants = |kind| hub.store.read(|tx| mail_choices::get(tx, &login.id)).unwrap().unwrap().wants(kind);
    let mut stranger = hub.browser();
    let address = format!("/mail/off?key={key}&kind=weekly");
    let page = stranger.get(&address).await;
    assert!(page.status == 200 && page.text.contains("Turn off") && !page.text.contains("ana@x"), "{}", page.text);
    assert!(wants(MailKind::Weekly), "mail programs look at every link");
    // As RFC 8058 has it: no cookie, no token, this body.
    let done = stranger.post(&address, &[("List-Unsubscribe", "One-Click")]).await;
    assert!(done.status == 200 && done.text.contains("Turned off"), "{}", done.text);
    assert!(!wants(MailKind::Weekly) && wants(MailKind::Coaching));
    for wrong in ["/mail/off?key=x&kind=weekly", &format!("/mail/off?key={key}&kind=all")] {
        assert_eq!((stranger.get(wrong).await.status, stranger.post(wrong, &[]).await.status), (410, 410), "{wrong}");
    }
    assert!(wants(MailKind::Coaching));
}
