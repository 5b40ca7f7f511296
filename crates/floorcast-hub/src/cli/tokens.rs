//! `hub token` and `hub webhook`.

use super::{Failure, TokenArgs, WebhookArgs, open, print};
use crate::access::{TokenRole, Viewer};
use crate::random;
use crate::store::audit::{self, AuditAction};
use crate::store::sources::{self, SourceRow};
use crate::store::tokens::{self, NewToken};

pub fn run(args: &TokenArgs) -> Result<(), Failure> {
    let role = TokenRole::of(&args.role).ok_or_else(|| Failure::Refused(format!("{:?} is no role", args.role)))?;
    let store = open(&args.db)?;
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
    let secret = random::secret("fcw").map_err(Failure::CannotWrite)?;
    let row =
        SourceRow { id: args.name.clone(), kind: "webhook".into(), settings: secret.clone(), ..SourceRow::default() };
    let now = crate::clock::now().as_microsecond();
    open(&args.db)?.write(|tx| {
        sources::put(tx, &row)?;
        audit::record(tx, &Viewer::Owner.name(), AuditAction::WebhookAdd, &row.id, now)
    })?;
    print(&format!("{secret}\n"))
}
