//! The words of single sign-on.

#[rustfmt::skip]
words! {
    button: "Sign in with {label}" / "{label}でサインイン";
    unavailable: "{label} does not answer now. Try again, or sign in with your password." / "{label}が応答しません。もう一度試すか、パスワードでサインインしてください。";
    stale: "This sign-in took too long, or began in another browser. Begin it again." / "時間切れか、別のブラウザで始めたサインインです。もう一度お試しください。";
    refused: "{label} did not sign you in: {why}" / "{label}でサインインできませんでした: {why}";
    unverified: "{label} has not confirmed your mail address. Its administrator can confirm it." / "{label}でメールアドレスが確認されていません。そちらの管理者に確認を依頼してください。";
    unknown: "There is no account for {email} here. An administrator of floorcast in your office can invite you." / "{email}のアカウントはありません。社内の floorcast のシステム管理者が招待できます。";
    closed: "This account is closed. An administrator of floorcast in your office can open it again." / "このアカウントは停止中です。社内の floorcast のシステム管理者が再開できます。";
}
