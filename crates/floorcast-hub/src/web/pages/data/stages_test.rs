//! What a file leaves open and what of it is not read: stages that no word tells, ids that come again, other columns of amounts.

use crate::access::Role;
use crate::web::pages::testing::{Browser, Hub, field};

const DEALS: &str = "Deal ID,Owner,Stage,Amount,Close date\n1,Ana Alves,Umbrella,10,2026-04-13\n2,Ana Alves,Umbrella,20,2026-04-13\n\
                     3,Ana Alves,Phase B,40,2026-04-13\n4,Ana Alves,Won,80,2026-04-13\n5,Ana Alves,Drawer,160,2026-04-13\n";

/// The fields in which a page asks of a stage: that of the answer, and that of the stage.
fn asked(page: &str, stage: &str) -> (String, String) {
    let end = page.find(&format!("value=\"{stage}\">")).unwrap_or_else(|| panic!("{stage} is not asked: {page}"));
    let name = page[..end].rsplit("name=\"").next().unwrap().split('"').next().unwrap();
    (name.replace("stage_name", "stage"), name.to_owned())
}

async fn send(boss: &mut Browser, path: &str, always: &[(&str, &str)], stages: &[(&str, &str, &str)]) -> String {
    let said = stages.iter().flat_map(|(field, stage, outcome)| {
        [(field.replace("stage", "stage_name"), (*stage).to_owned()), ((*field).to_owned(), (*outcome).to_owned())]
    });
    let said: Vec<(String, String)> = said.collect();
    let fields: Vec<(&str, &str)> =
        always.iter().copied().chain(said.iter().map(|(name, text)| (name.as_str(), text.as_str()))).collect();
    let answer = boss.post(path, &fields).await;
    answer.location.unwrap_or(answer.text)
}

#[tokio::test]
async fn each_stage_that_no_word_tells_is_answered_by_itself() {
    let hub = Hub::new();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let page = boss.upload("/data/preview", &csrf, "deals.csv", DEALS).await.text;
    assert!(
        page.contains("5 rows read: 1 won, 4 left out") && page.contains("Umbrella <span class=\"small\">2 rows"),
        "{page}"
    );
    let key = field(&page, "key");
    let always = [("csrf", csrf.as_str()), ("key", key.as_str())];
    let [umbrella, phase, drawer] = ["Umbrella", "Phase B", "Drawer"].map(|stage| asked(&page, stage).0);
    let stages = [(umbrella.as_str(), "Umbrella", "won"), (&phase, "Phase B", "lost"), (&drawer, "Drawer", "open")];
    let page = send(&mut boss, "/data/preview/answers", &always, &stages).await;
    assert!(page.contains("5 rows read: 3 won, 1 open, 1 lost") && page.contains("Won: 110 EUR in 3 deals"), "{page}");
    // What was said can be said otherwise, and be taken back.
    let (field_of, _) = asked(&page, "Umbrella");
    let back = send(&mut boss, "/data/preview/answers", &always, &[(&field_of, "Umbrella", "+files")]).await;
    assert!(back.contains("1 won, 1 open, 1 lost, 2 left out"), "{back}");
    let (field_of, _) = asked(&back, "Umbrella");
    let page = send(&mut boss, "/data/preview/answers", &always, &[(&field_of, "Umbrella", "won")]).await;
    assert!(send(&mut boss, "/data/import", &always, &[]).await.starts_with("/data?imported="), "{page}");
    // The next file of the month is read likewise.
    let next = "Deal ID,Owner,Stage,Amount,Close date\n8,Ana Alves,UMBRELLA,5,2026-05-13\n";
    let page = boss.upload("/data/preview", &csrf, "next.csv", next).await.text;
    assert!(page.contains("1 row read: 1 won"), "{page}");
    let wrong = send(&mut boss, "/data/preview/answers", &always, &[("stage.0", "Umbrella", "perhaps")]).await;
    assert!(wrong.contains("stage.0: &#34;perhaps&#34;") || wrong.contains("choose the files again"), "{wrong}");
}

/// The list of imports says what was not read, long after the preview.
#[tokio::test]
async fn the_list_of_imports_says_what_was_not_read_of_its_files() {
    let hub = Hub::new();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let file = "Deal ID,Owner,Stage,Amount,Revenue,Close date\n7,Ana Alves,Won,10,2,2026-04-13\n7,Ana Alves,Won,20,2,2026-04-14\n7,Ana Alves,Won,30,2,2026-04-15\n";
    let page = boss.upload("/data/preview", &csrf, "deals.csv", file).await.text;
    // No row is left out for an id that all rows have: the column is named, with what comes again.
    let why = "&#34;Deal ID&#34; does not identify the deals, because &#34;7&#34; stands in 3 rows: one whose owner, day, amount or name changes will be a new deal";
    assert!(page.contains(why) && page.contains("3 rows read: 3 won"), "{page}");
    let key = field(&page, "key");
    let done = boss.post("/data/import", &[("csrf", &csrf), ("key", &key)]).await;
    let page = boss.get(&done.location.unwrap()).await.text;
    let list = page.split("deals.csv</b>").nth(1).unwrap().split("</tr>").next().unwrap();
    assert!(list.contains("Revenue"), "{list}");
}

/// Why a file is no table is said in the language of the page, too.
#[tokio::test]
async fn why_a_file_is_not_read_is_said_in_japanese() {
    let hub = Hub::new();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    boss.post("/settings/you", &[("csrf", &csrf), ("lang", "ja"), ("look", "")]).await;
    let unread = "Hunter,Amount,Close date\nAna Alves,7,2026-04-13\n";
    let page = boss.upload("/data/preview", &csrf, "odd.csv", unread).await.text;
    assert!(page.contains("案件の担当者の列がありません") && !page.contains("no column with"), "{page}");
    let page = boss.upload("/data/preview", &csrf, "odd.pdf", "%PDF-1.7 xxx").await.text;
    assert!(page.contains("odd.pdf: このファイルはPDFです。") && !page.contains("this is a PDF"), "{page}");
}
