//! The words of single sign-on.

#[rustfmt::skip]
words! {
    button: "Sign in with {label}" / "{label}でサインイン";
    unavailable: "{label} does not answer now. Try again, or sign in with your password." / "{label}が応答しません。もう一度試すか、パスワードでサインインしてください。";
    stale: "This sign-in took too long, or began in another browser. Begin it again." / "時間切れか、別のブラウザで始めたサインインです。もう一度お試しください。";
    refused: "{label} did not sign you in: {why}" / "{label}でサインインできませんでした: {why}";
    unverified: "{label} does not vouch for your mail address. Whoever runs it can confirm the address." / "{label}でメールアドレスが確認されていません。管理者に確認を依頼してください。";
    unknown: "There is no account for {email} here. Whoever runs floorcast in your office can invite you." / "{email}のアカウントはありません。社内の floorcast 担当者が招待できます。";
    closed: "This account is closed. Whoever runs floorcast in your office can open it again." / "このアカウントは停止中です。社内の floorcast 担当者にお尋ねください。";
}
