//! Says in Japanese why a file is no table, and what is noted of one as a whole, for whoever reads the hub's pages in Japanese.

/// Sentences in English and in Japanese; `{0}` is what stands in the place of it.
const REASONS: &[(&str, &str)] = &[
    ("it is empty", "中身がありません"),
    (
        "this is {0}; a table is expected: CSV, XLSX or ODS",
        "このファイルは{0}です。CSV・XLSX・ODS の表を選んでください",
    ),
    (
        "an old .xls workbook, or one with a password; save it as .xlsx without one",
        "古い .xls 形式か、パスワード付きのブックです。パスワードなしの .xlsx で保存してください",
    ),
    (
        "a web page came instead of data (a login page, or a wrong address?)",
        "データではなくウェブページです（ログイン画面、またはアドレスの間違いかもしれません）",
    ),
    ("not an OpenDocument spreadsheet", "OpenDocument の表計算ファイルではありません"),
    ("JSON came, not a table", "表ではなく JSON です"),
    ("binary data, no table: expected CSV, XLSX or ODS", "表ではないデータです。CSV・XLSX・ODS の表を選んでください"),
    ("a workbook without a sheet that can be seen", "表示できるシートのないブックです"),
    ("not a readable workbook: it is damaged", "ブックが壊れていて読めません"),
    ("not a readable workbook: {0}", "ブックを読めません（{0}）"),
    ("not a readable spreadsheet: {0}", "表計算ファイルを読めません（{0}）"),
    ("more than {0} rows", "{0}行を超えています"),
    ("more than {0} columns", "{0}列を超えています"),
    ("sheet {0}: {1}", "シート{0}: {1}"),
    (
        "line {0}: a quoted cell that never ends (is the file whole?)",
        "{0}行目: 引用符が閉じられていません（ファイルが途中で切れていませんか）",
    ),
    ("it begins like {0} and is not", "先頭は{0}ですが、中身は違います"),
    ("read as {0}, a guess", "文字コードを{0}と推定して読み込みました"),
    (
        "no column with the person who made the deal: expected one like {0}; found {1}",
        "案件の担当者の列がありません。「担当者」や「Owner」のような列が必要です。ファイルの列: {1}",
    ),
    (
        "no column with the day of the deal: expected one like {0}",
        "案件の日付の列がありません。「受注日」や「Close date」のような列が必要です",
    ),
    ("no column with the names of people", "人の名前の列がありません"),
    (
        "neither a list of deals nor one of people: expected a column with amounts, stages or dates of sales, or one with teams; found {0}",
        "案件の一覧でもメンバーの一覧でもありません。金額・ステージ・成約日、またはチームの列が必要です。ファイルの列: {0}",
    ),
    ("the sheet is left out: {0}", "シートを読み込みません: {0}"),
    ("the sheet is not read: its name is none of {0}", "シートを読み込みません。名前が次のどれでもありません: {0}"),
    (
        "the sources have {0} bytes together, more than the {1} allowed",
        "ファイルは合わせて{0}バイトで、上限の{1}バイトを超えています",
    ),
    ("the map needs more than {0} MiB of memory", "読み込みに{0} MiB を超えるメモリが必要です"),
    ("the map needs more than {0} s of processor time", "読み込みに{0}秒を超える処理時間が必要です"),
    ("the map took longer than {0} s and was ended", "読み込みが{0}秒を超えたため中止しました"),
    ("a PDF", "PDF"),
    ("a picture ({0})", "画像（{0}）"),
    ("a text document ({0})", "文書（{0}）"),
    ("a presentation ({0})", "プレゼンテーション（{0}）"),
    ("a database ({0})", "データベース（{0}）"),
    ("a compressed file ({0}): unpack it first", "圧縮ファイル（{0}、先に展開が必要）"),
    (
        "a Numbers or Pages file: export it as CSV or XLSX first",
        "Numbers か Pages のファイル（先に CSV か XLSX への書き出しが必要）",
    ),
    ("no texts", "なし"),
];

/// A reason in Japanese; `None`: it is not one of those that are known.
pub fn japanese(why: &str) -> Option<String> {
    let (ja, found) = REASONS.iter().find_map(|(en, ja)| Some((*ja, parts(en, why)?)))?;
    let mut out = ja.to_owned();
    for (at, part) in found.iter().enumerate() {
        // A reason may stand within another one.
        out = out.replace(&format!("{{{at}}}"), &japanese(part).unwrap_or_else(|| (*part).to_owned()));
    }
    Some(out)
}

/// What stands in the places of a sentence, where the text is this sentence.
fn parts<'t>(sentence: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let mut fixed = sentence.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
    let mut rest = text.strip_prefix(fixed.next()?)?;
    let mut found = Vec::new();
    let fixed: Vec<&str> = fixed.collect();
    for (at, part) in fixed.iter().enumerate() {
        let end = match (at + 1 == fixed.len(), part.is_empty()) {
            (true, true) => rest.len(),
            (true, false) => rest.ends_with(part).then(|| rest.len() - part.len())?,
            _ => rest.find(part)?,
        };
        found.push(&rest[..end]);
        rest = &rest[end + part.len()..];
    }
    (rest.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Question, Request, SourceBody, TableSettings};

    /// Why a file is no table, as an import is told.
    fn refused(name: &str, body: &[u8]) -> String {
        let source = SourceBody { name: name.into(), pages: vec![body.to_vec()], ..SourceBody::default() };
        let request = Request {
            program: crate::DEALS.into(),
            now: "2026-11-18T10:00:00Z".into(),
            tz: "UTC".into(),
            question: Question::Records,
            table: TableSettings { locale: "ja".into(), ..TableSettings::default() },
            sources: vec![source],
            ..Request::default()
        };
        match crate::child::answer(&request) {
            Err(why) => why.strip_prefix(&format!("{name}: ")).unwrap().to_owned(),
            Ok(answer) => {
                let all: Vec<crate::records::Records> = serde_json::from_slice(&answer.board).unwrap();
                match &all[0].table {
                    crate::records::Table::Unread(why) => why.clone(),
                    other => panic!("{name} is read: {other:?}"),
                }
            }
        }
    }

    #[test]
    fn each_reason_of_a_file_is_said_in_japanese() {
        let zip = [&b"PK\x03\x04...."[..], b"word/document.xml"].concat();
        for (name, body) in [
            ("a.csv", &b""[..]),
            ("a.pdf", b"%PDF-1.7\n"),
            ("a.png", b"\x89PNG"),
            ("a.gz", b"\x1f\x8b"),
            ("a.docx", &zip),
            ("a.xls", b"\xd0\xcf\x11\xe0.."),
            ("a.html", b"<html>"),
            ("a.json", b"[]"),
            ("a.bin", b"a;b\n\0;1\n"),
            ("a.xlsx", b"PK\x03\x04xl/workbook.xml"),
            ("a.csv", b"Owner;Amount\nAna;\"12"),
            ("a.csv", b"Fruit;Colour\nApple;red\n"),
            ("a.csv", b"Owner;Amount\nAna;12\n"),
            ("a.csv", b"Name;Hobby\nAna;Chess\n"),
        ] {
            let why = refused(name, body);
            let ja = japanese(&why).unwrap_or_else(|| panic!("{name}: {why}"));
            assert!(ja.chars().any(|c| ('\u{3040}'..'\u{30ff}').contains(&c)), "{why}: {ja}");
            assert!(!ja.contains('{') && !ja.contains(" is ") && !ja.contains("expected"), "{why}: {ja}");
        }
        let sheet = japanese("sheet \"Q3\": more than 100000 rows").unwrap();
        assert_eq!(sheet, "シート\"Q3\": 100000行を超えています");
        assert_eq!(japanese("read as gbk, a guess").as_deref(), Some("文字コードをgbkと推定して読み込みました"));
        assert_eq!(japanese("something that nobody has translated"), None);
    }
}
