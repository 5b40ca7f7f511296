//! Mails to a server: plain text and HTML in one, with the way to turn them off in the head.

use std::time::Duration;

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{Address, Message, SmtpTransport, Transport as _};

use super::Outcome;
use crate::ops::outgoing::{Encryption, MailSettings};
use crate::random;
use crate::web::pages::mails::Mail;

/// A server has so long for each answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Answers of a server to whom a mail is for, by which it will never take it: no such mailbox, too large, refused for good.
const NEVER: [u16; 4] = [550, 551, 552, 553];

pub struct Mailer {
    transport: SmtpTransport,
    from: Mailbox,
}

impl Mailer {
    /// # Errors
    /// The settings are wrong, or the password cannot be read.
    pub fn new(settings: &MailSettings) -> Result<Mailer, String> {
        let from: Mailbox = settings.from.parse().map_err(|error| {
            format!(
                "[hub.mail] from = {:?}: expected an address like \"Sales floor <floor@example.com>\": {error}",
                settings.from
            )
        })?;
        let server = settings.server()?;
        let builder = match server.encryption {
            Encryption::Tls => SmtpTransport::relay(&server.host),
            Encryption::StartTls => SmtpTransport::starttls_relay(&server.host),
            Encryption::None => Ok(SmtpTransport::builder_dangerous(server.host.as_str())),
        };
        let builder = builder.map_err(|error| format!("[hub.mail] server = {:?}: {error}", settings.server))?;
        let mut builder = builder.port(server.port).timeout(Some(PATIENCE));
        if let Some((user, password)) = settings.credentials()? {
            builder = builder.credentials(Credentials::new(user, password));
        }
        Ok(Mailer { transport: builder.build(), from })
    }

    /// Sends a mail; the id of its job is its own, so that a mailbox that gets it twice can tell.
    pub fn send(&self, id: &str, mail: &Mail) -> Outcome {
        let message = match self.message(id, mail) {
            Ok(message) => message,
            Err(why) => return Outcome::Never(without_addresses(&why)),
        };
        match self.transport.send(&message) {
            Ok(_) => Outcome::Sent,
            Err(error) => {
                let mut why = error.to_string();
                let mut source = std::error::Error::source(&error);
                while let Some(cause) = source {
                    why += &format!(": {cause}");
                    source = cause.source();
                }
                let code = error.status().map(u16::from);
                let why = without_addresses(&why);
                match code {
                    Some(code) if NEVER.contains(&code) => Outcome::Never(why),
                    Some(_) => Outcome::Later(why),
                    None => Outcome::Away(why),
                }
            }
        }
    }

    fn message(&self, id: &str, mail: &Mail) -> Result<Message, String> {
        let address: Address = mail.address.parse().map_err(|error| format!("the address: {error}"))?;
        // A break in a head would begin another one; whoever writes messages refuses it by a panic.
        let line = |text: &str| text.replace(char::is_control, " ");
        let name = (mail.name != mail.address).then(|| line(&mail.name));
        let own = format!("<{}@{}>", random::hash(id).get(..32).unwrap_or_default(), self.from.email.domain());
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(name, address))
            .subject(line(&mail.subject))
            .message_id(Some(own))
            .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))
            .map_err(|error| error.to_string())?;
        for (name, value) in [
            ("List-Unsubscribe", format!("<{}>", mail.off)),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()),
            // Nobody's absence is answered to it.
            ("Auto-Submitted", "auto-generated".to_owned()),
        ] {
            let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|error| error.to_string())?;
            // A header of this kind is one line: what reads it joins no parts.
            message.headers_mut().insert_raw(HeaderValue::dangerous_new_pre_encoded(name, value.clone(), value));
        }
        Ok(message)
    }
}

/// What a server says may name whom the mail was for; that somebody is coached is nobody's business.
fn without_addresses(text: &str) -> String {
    let word = |word: &str| if word.contains('@') { "…".to_owned() } else { word.to_owned() };
    text.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mailer() -> Mailer {
        let settings = "server = \"smtp://127.0.0.1:1\"\nfrom = \"Floor <floor@x.example>\"";
        Mailer::new(&toml::from_str(settings).unwrap()).unwrap()
    }

    #[test]
    fn the_way_to_turn_it_off_is_one_line_however_long() {
        let off = format!("https://hub.example/mail/off?key=off_{}&kind=weekly", "k".repeat(120));
        let mail = Mail {
            name: "山田 花子".into(),
            address: "hanako@x.example".into(),
            subject: "11月23日からの数字".into(),
            text: "こんにちは".into(),
            html: "<p>こんにちは</p>".into(),
            off: off.clone(),
        };
        let said = String::from_utf8(mailer().message("week-l1", &mail).unwrap().formatted()).unwrap();
        assert!(said.contains(&format!("\r\nList-Unsubscribe: <{off}>\r\n")), "{said}");
        assert!(said.contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
        let id = |said: &str| said.lines().find(|line| line.starts_with("Message-ID")).map(str::to_owned);
        let again = String::from_utf8(mailer().message("week-l1", &mail).unwrap().formatted()).unwrap();
        assert!(id(&said).is_some() && id(&said) == id(&again));
    }

    #[test]
    fn a_name_with_a_line_break_begins_no_head() {
        let mail = Mail {
            name: "Diogo\r\nBcc: evil@x.example\r\n\r\nBody".into(),
            address: "diogo@x.example".into(),
            subject: "A\nB".into(),
            text: "t".into(),
            html: "h".into(),
            off: "o".into(),
        };
        let said = String::from_utf8(mailer().message("j", &mail).unwrap().formatted()).unwrap();
        assert!(!said.lines().any(|line| line.starts_with("Bcc")) && said.contains("Subject: A B"), "{said}");
    }

    #[test]
    fn nobody_is_named_by_an_error() {
        assert_eq!(without_addresses("550 <ana@x.example>: no such user"), "550 … no such user");
        assert!(matches!(
            mailer().send(
                "j",
                &Mail {
                    name: "A".into(),
                    address: "none".into(),
                    subject: "s".into(),
                    text: "t".into(),
                    html: "h".into(),
                    off: "o".into()
                }
            ),
            Outcome::Never(_)
        ));
    }
}
