//! What a mail says, before it is text or HTML.

use askama::Template;

use crate::web::words::{Words, fill, mails};

pub struct Letter {
    pub subject: String,
    pub lead: String,
    pub blocks: Vec<Block>,
    /// What the button says, and the path that it opens.
    pub button: (&'static str, &'static str),
}

#[derive(Default)]
pub struct Block {
    pub title: String,
    /// Of the columns behind the first.
    pub heads: Vec<String>,
    pub rows: Vec<Row>,
    pub lines: Vec<String>,
}

pub struct Row {
    pub name: String,
    pub cells: Vec<String>,
}

/// What stands around every letter.
pub struct Frame<'f> {
    pub words: &'static Words,
    pub name: &'f str,
    pub floor: &'f str,
    /// Address of the hub.
    pub here: &'f str,
    pub off: &'f str,
}

#[derive(Template)]
#[template(path = "mails/letter.html")]
struct Html<'l> {
    letter: &'l Letter,
    frame: &'l Frame<'l>,
    w: &'static mails::Words,
    hello: String,
    why: String,
}

impl Letter {
    pub fn text(&self, frame: &Frame<'_>) -> String {
        let w = frame.words.of_mails();
        let mut out = format!("{}\n\n{}\n", fill(w.hello, &[("name", frame.name)]), self.lead);
        for block in &self.blocks {
            out += &format!("\n{}\n", block.title);
            for row in &block.rows {
                let cells: Vec<String> = row.cells.iter().enumerate().map(|(at, cell)| block.cell(at, cell)).collect();
                let cells: Vec<String> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
                out += &match cells.is_empty() {
                    true => format!("- {}\n", row.name),
                    false => format!("- {}: {}\n", row.name, cells.join(" · ")),
                };
            }
            for line in &block.lines {
                out += &format!("- {line}\n");
            }
        }
        let (label, path) = self.button;
        out += &format!("\n{label}: {}{path}\n\n-- \n", frame.here);
        out += &format!("{}\n", fill(w.why_you, &[("floor", frame.floor)]));
        out + &format!("{}: {}\n{}: {}/settings\n", w.off, frame.off, w.settings, frame.here)
    }

    /// # Errors
    /// The template fails.
    pub fn html(&self, frame: &Frame<'_>) -> Result<String, askama::Error> {
        let w = frame.words.of_mails();
        let hello = fill(w.hello, &[("name", frame.name)]);
        let why = fill(w.why_you, &[("floor", frame.floor)]);
        Html { letter: self, frame, w, hello, why }.render()
    }
}

impl Block {
    /// A cell with what stands above it: `the week before 48`.
    fn cell(&self, at: usize, cell: &str) -> String {
        match self.heads.get(at) {
            _ if cell.is_empty() => String::new(),
            Some(head) if !head.is_empty() => format!("{head} {cell}"),
            _ => cell.to_owned(),
        }
    }
}
