//! `hub token` and `hub webhook`.

use super::{Failure, TokenArgs, WebhookArgs, open, print};
use crate::access::TokenRole;
use crate::random;
use crate::store::sources::{self, SourceRow};
use crate::store::tokens::{self, TokenRow};

pub fn run(args: &TokenArgs) -> Result<(), Failure> {
    let role = TokenRole::of(&args.role).ok_or_else(|| Failure::Refused(format!("{:?} is no role", args.role)))?;
    let store = open(&args.db)?;
    let now = crate::clock::now().as_microsecond();
    let secret = random::secret("fch").map_err(Failure::CannotWrite)?;
    let row = TokenRow {
        id: random::id('k').map_err(Failure::CannotWrite)?,
        role,
        scope: args.scope.clone(),
        label: if args.label.is_empty() { role.name().to_owned() } else { args.label.clone() },
        made: now,
        expires: args.days.map(|days| now + i64::from(days) * 86_400_000_000),
        used: None,
    };
    store.write(|tx| tokens::put(tx, &random::hash(&secret), &row))?;
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
    open(&args.db)?.write(|tx| sources::put(tx, &row))?;
    print(&format!("{secret}\n"))
}
