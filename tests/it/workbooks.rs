//! Workbooks through the real child of a map: as people have them, and as nobody should.

use std::io::{Cursor, Read as _, Write as _};
use std::time::Duration;

use floorcast::map::{Answer, Child, Format, MapLimits, Request, SourceBody, run};
use rust_xlsxwriter::{ExcelDateTime, Format as Look, Formula, Workbook, XlsxError};
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn ask(bytes: &[u8], sheet: Option<&str>) -> Result<Answer, String> {
    let source = SourceBody {
        name: "crm".into(),
        format: Format::Auto,
        sheet: sheet.map(str::to_owned),
        pages: vec![bytes.to_vec()],
        paged: false,
        ..SourceBody::default()
    };
    let request = Request {
        program_name: "deals.jq".into(),
        program: "{rows: .sources.crm}".into(),
        now: "2026-11-04T12:00:00Z".into(),
        tz: "Europe/Berlin".into(),
        sources: vec![source],
        ..Request::default()
    };
    // Processor time is what the child is limited by; a loaded machine gets all the wall time it needs.
    let limits = MapLimits { wall: Duration::from_secs(120), ..MapLimits::default() };
    run(request, &Child(env!("CARGO_BIN_EXE_floorcast").into()), &limits)
}

fn rows(answer: &Answer) -> Value {
    let board: Value = serde_json::from_slice(&answer.board).unwrap();
    board["rows"].clone()
}

/// One line that names the source.
#[track_caller]
fn refused(what: &str, bytes: &[u8], sheet: Option<&str>) -> String {
    let error = ask(bytes, sheet).map(|answer| rows(&answer)).expect_err(what);
    let named = error.starts_with("source crm: ") || error.starts_with("deals.jq: ");
    assert!(named && !error.contains('\n') && error.len() < 400, "{what}: {error}");
    error
}

fn date(year: u16, month: u8, day: u8) -> ExcelDateTime {
    ExcelDateTime::from_ymd(year, month, day).unwrap()
}

/// Two sheets: a hidden one for the numbers behind, and the deals with a title, merged cells, formulas and dates.
fn deals() -> Vec<u8> {
    written().unwrap()
}

fn written() -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Rates")?.set_hidden(true).write(0, 0, "Currency")?.write(0, 1, "Rate")?;
    let sheet = book.add_worksheet();
    sheet.set_name("Deals")?.set_active(true);
    let plain = Look::new();
    sheet.merge_range(0, 1, 0, 7, "Deals of the quarter", &plain)?;
    for (column, name) in
        ["Owner", "Closed", "Called", "Amount", "Margin", "Won", "Stage", "Talk"].into_iter().enumerate()
    {
        sheet.write(2, 1 + column as u16, name)?;
    }
    let (day, moment) = (Look::new().set_num_format("dd/mm/yyyy"), Look::new().set_num_format("yyyy-mm-dd hh:mm"));
    let (japanese, talk) =
        (Look::new().set_num_format("[$-411]yyyy\"年\"m\"月\"d\"日\""), Look::new().set_num_format("[h]:mm:ss"));
    // One owner over two deals.
    sheet.merge_range(3, 1, 4, 1, "Ana Sousa", &plain)?;
    sheet.write_datetime_with_format(3, 2, date(2026, 11, 4), &day)?;
    sheet.write_datetime_with_format(3, 3, date(2026, 11, 4).and_hms(14, 30, 0)?, &moment)?;
    sheet.write_formula(3, 4, Formula::new("=1200.5*2").set_result("2401"))?;
    sheet.write_with_format(3, 5, 0.25, &Look::new().set_num_format("0%"))?;
    sheet.write(3, 6, true)?;
    sheet.write_formula(3, 7, Formula::new("=IF(TRUE,\"Closed won\",\"\")").set_result("Closed won"))?;
    sheet.write_datetime_with_format(3, 8, ExcelDateTime::from_hms(1, 30, 5)?, &talk)?;
    sheet.write_datetime_with_format(4, 2, date(2026, 12, 31), &japanese)?;
    sheet.write(4, 4, "1.200,50 €")?;
    sheet.write_formula(4, 5, Formula::new("=1/0").set_result("#DIV/0!"))?;
    // Nothing in row 6; a name with spaces around it, and an identifier that is a number.
    sheet.write(6, 1, "  佐藤 美咲 ")?;
    sheet.write(6, 4, 1_234_567_890_123.0)?;
    sheet.write(6, 7, "")?;
    let old = book.add_worksheet();
    old.set_name("Last year")?.write(0, 0, "Owner")?.write(0, 1, "Amount")?.write(1, 0, "Ben")?.write(1, 1, 7)?;
    book.save_to_buffer()
}

/// The same archive with other content in some of its files.
fn changed(bytes: &[u8], change: impl Fn(&str, Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..from.len() {
        let mut file = from.by_index(i).unwrap();
        let (name, mut content) = (file.name().to_owned(), Vec::new());
        file.read_to_end(&mut content).unwrap();
        to.start_file(&name, SimpleFileOptions::default().compression_level(Some(1))).unwrap();
        to.write_all(&change(&name, content)).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_as_people_have_it() {
    let answer = ask(&deals(), None).unwrap();
    assert_eq!(
        rows(&answer),
        json!([
            {"Owner": "Ana Sousa", "Closed": "2026-11-04", "Called": "2026-11-04T14:30:00", "Amount": 2401, "Margin": 0.25,
             "Won": true, "Stage": "Closed won", "Talk": 5405},
            {"Owner": "Ana Sousa", "Closed": "2026-12-31", "Called": null, "Amount": "1.200,50 €", "Margin": null,
             "Won": null, "Stage": null, "Talk": null},
            {"Owner": "佐藤 美咲", "Closed": null, "Called": null, "Amount": 1_234_567_890_123_i64, "Margin": null,
             "Won": null, "Stage": null, "Talk": null},
        ])
    );
    let notes: Vec<&str> = answer.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(notes, ["source crm: 1 cell with a formula error, read as empty (first: #DIV/0! in F5)"]);
}

#[test]
fn a_sheet_is_taken_by_its_name_or_the_first_that_can_be_seen() {
    let book = deals();
    assert_eq!(rows(&ask(&book, Some("Last year")).unwrap()), json!([{"Owner": "Ben", "Amount": 7}]));
    assert_eq!(rows(&ask(&book, Some("Rates")).unwrap()), json!([]), "a hidden one by its name, with a header only");
    let error = refused("no such sheet", &book, Some("deals"));
    assert_eq!(error, "source crm: no sheet \"deals\"; there is \"Rates\", \"Deals\", \"Last year\"");
    let hidden = changed(&book, |name, content| match name {
        "xl/workbook.xml" => {
            let text = String::from_utf8(content).unwrap().replace(" state=\"hidden\"", "");
            text.replace("<sheet ", "<sheet state=\"hidden\" ").into_bytes()
        }
        _ => content,
    });
    assert!(refused("all are hidden", &hidden, None).contains("without a sheet that can be seen"));
}

#[test]
fn days_may_be_counted_from_1904() {
    let mac = changed(&deals(), |name, content| match name {
        "xl/workbook.xml" => {
            let text = String::from_utf8(content).unwrap();
            assert!(text.contains("<workbookPr "));
            text.replace("<workbookPr ", "<workbookPr date1904=\"1\" ").into_bytes()
        }
        _ => content,
    });
    let rows = rows(&ask(&mac, None).unwrap());
    // The same numbers, four years and a day later.
    assert_eq!(rows[0]["Closed"], "2030-11-05");
    assert_eq!((&rows[0]["Called"], &rows[0]["Talk"]), (&json!("2030-11-05T14:30:00"), &json!(5405)));
}

#[test]
fn a_workbook_that_was_cut_is_one_message() {
    let book = deals();
    for part in 1..=20 {
        let cut = &book[..book.len() * part / 21];
        let error = refused(&format!("{} of {} bytes", cut.len(), book.len()), cut, None);
        assert!(error.contains("not a readable workbook"), "{error}");
    }
    // Bits that changed on the way.
    for part in 1..=20 {
        let mut broken = book.clone();
        let at = book.len() * part / 21;
        broken[at..at + 4].iter_mut().for_each(|byte| *byte = !*byte);
        if let Err(error) = ask(&broken, None) {
            assert!(error.starts_with("source crm: ") && !error.contains('\n'), "{error}");
        }
    }
}

#[test]
fn a_workbook_that_bursts_is_one_message() {
    let book = deals();
    let sheet = |inside: &dyn Fn(&mut Vec<u8>)| {
        changed(&book, |name, content| {
            if name != "xl/worksheets/sheet2.xml" {
                return content;
            }
            let start = "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>";
            let mut sheet = start.as_bytes().to_vec();
            inside(&mut sheet);
            sheet.extend(b"</sheetData></worksheet>");
            sheet
        })
    };
    let cell = |name: &str| format!("<row><c r=\"{name}\"><v>1</v></c></row>").into_bytes();
    let strings = changed(&book, |name, content| match name {
        "xl/sharedStrings.xml" => {
            let mut text = b"<sst><si><t>".to_vec();
            text.resize(300 << 20, b'x');
            text.extend(b"</t></si></sst>");
            text
        }
        _ => content,
    });
    let bombs = [
        ("300 MiB of one text", strings, "512 MiB of memory"),
        ("300 MiB of nothing", sheet(&|out| out.resize(300 << 20, b' ')), "512 MiB of memory"),
        (
            "a row beyond all",
            sheet(&|out| (1..=200_100).for_each(|n| out.extend(cell(&format!("A{n}"))))),
            "more than 200000 rows",
        ),
        ("a column beyond all", sheet(&|out| out.extend(cell("XFD1"))), "more than 1000 columns"),
        ("a million brackets", sheet(&|out| (0..1_000_000).for_each(|_| out.extend(b"<a>"))), "it is empty"),
    ];
    for (what, bomb, says) in bombs {
        let error = refused(what, &bomb, Some("Deals"));
        assert!(error.contains(says), "{what}: {error}");
    }
}

/// Found by the fuzzer: merged cells from their end to their beginning.
#[test]
fn a_range_that_runs_backwards_merges_nothing() {
    let backwards = changed(&deals(), |name, content| {
        let text = String::from_utf8_lossy(&content);
        let turned = text.replace("ref=\"B4:B5\"", "ref=\"B5:B4\"");
        if name.starts_with("xl/worksheets/") && turned != text { turned.into_bytes() } else { content }
    });
    assert_ne!(backwards, deals());
    let straight = rows(&ask(&deals(), None).unwrap());
    let read = rows(&ask(&backwards, None).unwrap());
    assert_eq!(straight.as_array().map(Vec::len), read.as_array().map(Vec::len));
    assert_ne!(straight, read, "the merged name stands once");
}

#[test]
fn the_seeds_of_the_fuzzer_are_tables_of_each_kind() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds/table");
    let mut kinds = std::collections::BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let answer = ask(&std::fs::read(&path).unwrap(), None).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        let table = &rows(&answer);
        let filled = table.as_array().map_or_else(|| table["values"].is_array(), |rows| !rows.is_empty());
        assert!(filled, "{path:?}: {table}");
        *kinds.entry(path.extension().unwrap().to_owned()).or_insert(0) += 1;
    }
    assert!(kinds[std::ffi::OsStr::new("xlsx")] >= 2 && kinds[std::ffi::OsStr::new("csv")] >= 4, "{kinds:?}");
}

/// The board of a workbook that is a list of deals without a map: its rows, and what was said.
fn board_of(bytes: &[u8]) -> Result<(Value, Vec<String>), String> {
    let source = SourceBody { name: "deals".into(), pages: vec![bytes.to_vec()], ..SourceBody::default() };
    let request = Request {
        program_name: "deals.xlsx".into(),
        program: floorcast::map::DEALS.into(),
        now: "2026-11-29T12:00:00Z".into(),
        tz: "Europe/Berlin".into(),
        sources: vec![source],
        ..Request::default()
    };
    let limits = MapLimits { wall: Duration::from_secs(120), ..MapLimits::default() };
    let answer = run(request, &Child(env!("CARGO_BIN_EXE_floorcast").into()), &limits)?;
    let board: Value = serde_json::from_slice(&answer.board).unwrap();
    let row = |row: &Value| json!([row["who"], row["value"]]);
    let slide =
        |slide: &Value| json!([slide["id"], slide["rows"].as_array().unwrap().iter().map(row).collect::<Vec<_>>()]);
    let slides = board["slides"].as_array().unwrap().iter().map(slide).collect();
    Ok((slides, answer.summary))
}

#[test]
fn the_format_of_a_cell_is_its_currency() {
    let written = || -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        // A cover in front: the sheet with the deals is found.
        book.add_worksheet().set_name("Cover")?.write(0, 0, "Sales of the year")?.write(2, 0, "Owner")?;
        let sheet = book.add_worksheet();
        sheet.set_name("Deals")?;
        for (column, name) in ["Rep", "Amount", "Close date", "Stage"].into_iter().enumerate() {
            sheet.write(3, column as u16, name)?;
        }
        let [euro, franc] = ["#,##0.00 [$€-407]", "[$CHF] #,##0.00"].map(|format| Look::new().set_num_format(format));
        let day = Look::new().set_num_format("dd/mm/yyyy");
        for (row, (who, amount, format)) in
            [("Ana", 100.5, &euro), ("Ben", 80.0, &franc), ("Ana", 7.0, &euro)].into_iter().enumerate()
        {
            let row = 4 + row as u32;
            sheet.write(row, 0, who)?.write_with_format(row, 1, amount, format)?;
            sheet.write_datetime_with_format(row, 2, date(2026, 11, 4), &day)?.write(row, 3, "Won")?;
        }
        sheet.write(7, 0, "Total")?.write_formula(7, 1, Formula::new("=SUM(B5:B7)").set_result("187.5"))?;
        book.save_to_buffer()
    };
    let (slides, summary) = board_of(&written().unwrap()).unwrap();
    assert_eq!(slides, json!([["peopleEUR", [["Ana", 107.5]]], ["peopleCHF", [["Ben", 80.0]]]]));
    assert_eq!(summary[0], "3 of 4 rows count: won, November 2026; 1 total (row 8)");
    assert!(summary[1].ends_with("the header is row 4 of the sheet \"Deals\""), "{summary:?}");
}

#[test]
fn formulas_without_results_are_told() {
    let written = || -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (column, name) in ["Owner", "Amount", "Won date"].into_iter().enumerate() {
            sheet.write(0, column as u16, name)?;
        }
        sheet.write(1, 0, "Ana")?.write_formula(1, 1, "=2*3")?.write(1, 2, "2026-11-04")?;
        book.save_to_buffer()
    };
    // As scripts write them: a formula and nothing else.
    let bare = changed(&written().unwrap(), |name, content| {
        if !name.starts_with("xl/worksheets/") {
            return content;
        }
        String::from_utf8(content).unwrap().replace("</f><v>0</v>", "</f>").into_bytes()
    });
    let error = board_of(&bare).unwrap_err();
    assert!(
        error.contains("no amount of the column \"Amount\" can be read") && error.contains("let it calculate"),
        "{error}"
    );
}

/// A spreadsheet of OpenDocument as LibreOffice writes it, with the fewest parts.
fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" office:version=\"1.3\"><office:body><office:spreadsheet>\
         <table:table table:name=\"Deals\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let manifest = "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    for (name, content) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", &content),
    ] {
        zip.start_file(name, stored).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_spreadsheet_of_opendocument_is_a_table() {
    let text = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let money = |n: f64, code: &str| {
        format!(
            "<table:table-cell office:value-type=\"currency\" office:currency=\"{code}\" office:value=\"{n}\"><text:p>{n}</text:p></table:table-cell>"
        )
    };
    let day = |day: &str| {
        format!(
            "<table:table-cell office:value-type=\"date\" office:date-value=\"{day}\"><text:p>{day}</text:p></table:table-cell>"
        )
    };
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let rows = [
        row(&[text("Deals of the month")]),
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row>".to_owned(),
        row(&[text("Verkäufer"), text("Betrag"), text("Abschlussdatum"), text("Status")]),
        row(&[text("Ana"), money(100.5, "EUR"), day("2026-11-04"), text("Gewonnen")]),
        row(&[text("Ben"), money(80.0, "CHF"), day("2026-11-05T10:00:00"), text("Gewonnen")]),
        row(&[text("Ana"), money(7.0, "EUR"), day("2026-11-06"), text("Gewonnen")]),
        row(&[text("Ana"), money(9.0, "EUR"), day("2026-10-05"), text("Gewonnen")]),
    ];
    let (slides, summary) = board_of(&ods(&rows.concat())).unwrap();
    assert_eq!(slides, json!([["peopleEUR", [["Ana", 107.5]]], ["peopleCHF", [["Ben", 80.0]]]]), "{summary:?}");
    assert!(summary[1].ends_with("the header is row 4 of the sheet \"Deals\""), "{summary:?}");
}

/// An extension of the format has an element of the same name, which says nothing of days.
#[test]
fn a_workbook_of_an_old_mac_counts_days_from_1904() {
    let written = || -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (column, name) in ["Owner", "Amount", "Won date"].into_iter().enumerate() {
            sheet.write(0, column as u16, name)?;
        }
        let day = Look::new().set_num_format("dd/mm/yyyy");
        // 1462 days are between the two ways to count.
        sheet.write(1, 0, "Ana")?.write(1, 1, 5)?.write_with_format(1, 2, 46_330 - 1_462, &day)?;
        book.save_to_buffer()
    };
    let old = changed(&written().unwrap(), |name, content| {
        if name != "xl/workbook.xml" {
            return content;
        }
        let text = String::from_utf8(content).unwrap();
        let from = text.find("<workbookPr").unwrap();
        let to = from + text[from..].find("/>").unwrap() + 2;
        let more = "<extLst><ext uri=\"x\"><x15:workbookPr xmlns:x15=\"x\" chartTrackingRefBase=\"1\"/></ext></extLst></workbook>";
        format!("{}<workbookPr date1904=\"1\"/>{}", &text[..from], &text[to..])
            .replace("</workbook>", more)
            .into_bytes()
    });
    let (slides, summary) = board_of(&old).unwrap();
    assert_eq!(
        (slides, summary[0].as_str()),
        (json!([["people", [["Ana", 5.0]]]]), "1 of 1 row counts: November 2026")
    );
}
