//! `hub token` and `hub webhook`.

use super::{Failure, TokenArgs, WebhookArgs, open, print};
use crate::access::{TokenRole, Viewer};
use crate::publish::FIRST_BOARD;
use crate::sources::webhook::new_secret;
use crate::store::audit::{self, AuditAction};
use crate::store::boards;
use crate::store::sources::{self, SourceRow};
use crate::store::tokens::{self, NewToken};

pub fn run(args: &TokenArgs) -> Result<(), Failure> {
    let role = TokenRole::of(&args.role).ok_or_else(|| Failure::Refused(format!("{:?} is no role", args.role)))?;
    let store = open(&args.db)?;
    let scope: Vec<&str> = args.scope.split(',').filter(|board| !board.is_empty()).collect();
    if role != TokenRole::Screen && !scope.is_empty() {
        let why = format!("--scope: only a token of the role screen has boards, this one is {}", args.role);
        return Err(Failure::Refused(why));
    }
    let known = store.read(boards::list)?;
    let is_known = |board: &str| board == FIRST_BOARD || known.iter().any(|of| of.id == board);
    if let Some(board) = scope.iter().find(|board| !is_known(board)) {
        return Err(Failure::Refused(format!("--scope: there is no board {board:?}")));
    }
    if args.label.chars().count() > tokens::MAX_LABEL {
        return Err(Failure::Refused(format!("--label: at most {} letters", tokens::MAX_LABEL)));
    }
    let now = crate::clock::now().as_microsecond();
    let label = if args.label.is_empty() { role.name().to_owned() } else { args.label.clone() };
    let new = NewToken { role, scope: args.scope.clone(), label, days: args.days.map(i64::from) };
    let secret = store.write(|tx| {
        let (row, secret) = tokens::issue(tx, new.clone(), now)?;
        audit::record(tx, &Viewer::Owner.name(), AuditAction::TokenAdd, &row.id, now)?;
        Ok(secret)
    })?;
    print(&format!("{secret}\n"))
}

pub fn webhook(args: &WebhookArgs) -> Result<(), Failure> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    if args.name.is_empty() || args.name.len() > 60 || !args.name.chars().all(plain) {
        return Err(Failure::Refused(format!("{:?}: a name of letters, digits, - and _ is expected", args.name)));
    }
    let store = open(&args.db)?;
    if let Some(known) = store.read(|tx| sources::get(tx, &args.name))? {
        if known.kind != "webhook" {
            let why = format!("{}: the hub already asks a source of this name; choose another name", args.name);
            return Err(Failure::Refused(why));
        }
        if !args.replace {
            let why = "is there already; --replace makes another secret, and the old one of its sender stops working";
            return Err(Failure::Refused(format!("{} {why}", args.name)));
        }
    }
    let secret = new_secret().map_err(Failure::CannotWrite)?;
    let row =
        SourceRow { id: args.name.clone(), kind: "webhook".into(), settings: secret.clone(), ..SourceRow::default() };
    let now = crate::clock::now().as_microsecond();
    store.write(|tx| {
        sources::put(tx, &row)?;
        audit::record(tx, &Viewer::Owner.name(), AuditAction::WebhookAdd, &row.id, now)
    })?;
    print(&format!("{secret}\n"))
}
