//! Defines the protocol between parent and child: one line of JSON, then the bodies it announces.

use std::io::{BufRead, Read, Write};

use serde::{Deserialize, Serialize};

use super::{Answer, Format, Note, Question, Request, Shape, SourceBody, TableSettings, limits};

/// Longest line of JSON in front of the bodies.
pub const HEAD: usize = limits::PROGRAM * 2 + (64 << 10);

#[derive(Serialize, Deserialize)]
struct RequestHead {
    program_name: String,
    program: String,
    now: String,
    tz: String,
    date_order: String,
    table: TableSettings,
    #[serde(default)]
    question: Question,
    sources: Vec<SourceHead>,
    #[serde(default)]
    look: usize,
}

#[derive(Serialize, Deserialize)]
struct SourceHead {
    name: String,
    format: Format,
    sheet: Option<String>,
    charset: Option<String>,
    paged: bool,
    pages: Vec<usize>,
    #[serde(default)]
    files: Vec<String>,
}

/// The child's first line: an answer whose look and board follow, or an error.
#[derive(Default, Serialize, Deserialize)]
struct AnswerHead {
    error: Option<String>,
    #[serde(default)]
    look: usize,
    summary: Vec<String>,
    notes: Vec<Note>,
    sources: Vec<Shape>,
    decode_ms: f64,
    program_ms: f64,
    #[serde(default)]
    unconfined: Vec<String>,
}

/// Writes a request.
pub fn write_request(out: &mut impl Write, request: &Request) -> std::io::Result<()> {
    let source = |body: &SourceBody| SourceHead {
        name: body.name.clone(),
        format: body.format,
        sheet: body.sheet.clone(),
        charset: body.charset.clone(),
        paged: body.paged,
        pages: body.pages.iter().map(Vec::len).collect(),
        files: body.files.clone(),
    };
    let head = RequestHead {
        program_name: request.program_name.clone(),
        program: request.program.clone(),
        now: request.now.clone(),
        tz: request.tz.clone(),
        date_order: request.date_order.clone(),
        table: request.table.clone(),
        question: request.question.clone(),
        sources: request.sources.iter().map(source).collect(),
        look: request.look.len(),
    };
    serde_json::to_writer(&mut *out, &head)?;
    out.write_all(b"\n")?;
    for page in request.sources.iter().flat_map(|source| &source.pages) {
        out.write_all(page)?;
    }
    out.write_all(&request.look)?;
    out.flush()
}

/// Reads a request.
pub fn read_request(input: &mut impl BufRead) -> Result<Request, String> {
    let mut line = Vec::new();
    input.by_ref().take(HEAD as u64).read_until(b'\n', &mut line).map_err(|error| error.to_string())?;
    let head: RequestHead = serde_json::from_slice(&line).map_err(|error| format!("no request: {error}"))?;
    let mut left = limits::INPUT;
    let mut sources = Vec::new();
    for source in head.sources {
        let mut pages = Vec::new();
        for length in source.pages {
            left = left.checked_sub(length).ok_or("the sources are larger than 16 MiB together")?;
            let mut page = vec![0; length];
            input.read_exact(&mut page).map_err(|error| format!("the request is cut off: {error}"))?;
            pages.push(page);
        }
        sources.push(SourceBody {
            name: source.name,
            format: source.format,
            sheet: source.sheet,
            charset: source.charset,
            paged: source.paged,
            pages,
            files: source.files,
        });
    }
    if head.look > limits::LOOK {
        return Err("more is kept of the last run than is allowed".into());
    }
    let mut look = vec![0; head.look];
    input.read_exact(&mut look).map_err(|error| format!("the request is cut off: {error}"))?;
    let RequestHead { program_name, program, now, tz, date_order, table, question, .. } = head;
    Ok(Request { program_name, program, now, tz, date_order, table, question, sources, look })
}

/// Writes an answer, or the one line that says why there is none.
pub fn write_answer(out: &mut impl Write, answer: Result<Answer, String>) -> std::io::Result<()> {
    let (head, bodies) = match answer {
        Ok(Answer { board, look, summary, notes, sources, decode_ms, program_ms, unconfined }) => {
            let (error, length) = (None, look.len());
            let head = AnswerHead { error, look: length, summary, notes, sources, decode_ms, program_ms, unconfined };
            (head, [look, board])
        }
        Err(error) => (AnswerHead { error: Some(error), ..AnswerHead::default() }, Default::default()),
    };
    serde_json::to_writer(&mut *out, &head)?;
    out.write_all(b"\n")?;
    bodies.iter().try_for_each(|body| out.write_all(body))?;
    out.flush()
}

/// Reads an answer; `None` when these bytes are none.
pub fn read_answer(bytes: &[u8]) -> Option<Result<Answer, String>> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let AnswerHead { error, look, summary, notes, sources, decode_ms, program_ms, unconfined } =
        serde_json::from_slice(&bytes[..end]).ok()?;
    let (look, board) = bytes[end + 1..].split_at_checked(look)?;
    let (look, board) = (look.to_vec(), board.to_vec());
    let answer = Answer { board, look, summary, notes, sources, decode_ms, program_ms, unconfined };
    Some(error.map_or(Ok(answer), Err))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_read_what_the_other_writes() {
        let request = Request {
            program_name: "a.jq".into(),
            program: ".\n".into(),
            now: "2026-11-04T12:00:00Z".into(),
            tz: "Europe/Berlin".into(),
            date_order: "dmy".into(),
            question: Question::Why { slide: "goals".into(), who: "Osaka".into() },
            table: TableSettings { target: Some(5e4), fiscal_month: 4, ..TableSettings::default() },
            sources: vec![
                SourceBody {
                    name: "a".into(),
                    format: Format::Csv,
                    sheet: None,
                    charset: Some("utf-8".into()),
                    pages: vec![b"x\ny".to_vec()],
                    files: vec!["deals.csv".into()],
                    paged: false,
                },
                SourceBody {
                    name: "b".into(),
                    format: Format::Auto,
                    sheet: Some("S".into()),
                    charset: None,
                    pages: vec![vec![], b"{}".to_vec()],
                    files: vec![],
                    paged: true,
                },
            ],
            look: b"[1]".to_vec(),
        };
        let mut bytes = Vec::new();
        write_request(&mut bytes, &request).unwrap();
        assert_eq!(read_request(&mut bytes.as_slice()), Ok(request));
        let cut = &bytes[..bytes.len() - 1];
        assert!(read_request(&mut &cut[..]).unwrap_err().contains("cut off"));

        let answer = Answer {
            board: b"{\n}".to_vec(),
            look: b"[2]".to_vec(),
            summary: vec!["s".into()],
            notes: vec!["n".to_owned().into()],
            unconfined: vec!["landlock".into()],
            ..Answer::default()
        };
        for answer in [Ok(answer), Err("no".to_owned())] {
            let mut bytes = Vec::new();
            write_answer(&mut bytes, answer.clone()).unwrap();
            assert_eq!(read_answer(&bytes), Some(answer));
        }
        assert_eq!(read_answer(b"panicked"), None);
    }

    #[test]
    fn more_than_the_limit_is_not_even_read() {
        let head = r#"{"program_name":"","program":"","now":"","tz":"","date_order":"","table":{"columns":{},"won":[],"period":null,"target":null,"title":null,"locale":""},"sources":[{"name":"a","format":"csv","sheet":null,"charset":null,"paged":false,"pages":[16777217]}]}"#;
        let error = read_request(&mut format!("{head}\n").as_bytes()).unwrap_err();
        assert!(error.contains("16 MiB"), "{error}");
    }
}
