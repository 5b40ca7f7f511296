//! Single sign-on against a provider on this machine with real signatures: who was invited comes in, every lie is refused in words.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::access::Role;
use crate::clock;
use crate::ops::config::HubSettings;
use crate::store::{audit, logins};
use crate::web::oidc;
use crate::web::pages::testing::{Answer, Browser, Hub};

/// A key of the provider.
enum Key {
    Elliptic(EcdsaKeyPair),
    Edwards(Ed25519KeyPair),
}

impl Key {
    fn elliptic() -> Key {
        let random = SystemRandom::new();
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        Key::Elliptic(EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, made.as_ref(), &random).unwrap())
    }

    fn edwards() -> Key {
        let made = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Key::Edwards(Ed25519KeyPair::from_pkcs8(made.as_ref()).unwrap())
    }

    fn jwk(&self, id: &str) -> Value {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        match self {
            Key::Elliptic(pair) => {
                let point = pair.public_key().as_ref();
                json!({"kty": "EC", "crv": "P-256", "use": "sig", "kid": id, "x": text(&point[1..33]), "y": text(&point[33..])})
            }
            Key::Edwards(pair) => {
                json!({"kty": "OKP", "crv": "Ed25519", "kid": id, "x": text(pair.public_key().as_ref())})
            }
        }
    }

    fn algorithm(&self) -> &'static str {
        if matches!(self, Key::Elliptic(_)) { "ES256" } else { "EdDSA" }
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Key::Elliptic(pair) => pair.sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec(),
            Key::Edwards(pair) => pair.sign(message).as_ref().to_vec(),
        }
    }
}

/// What the provider answers, and how it lies.
struct Said {
    issuer: String,
    email: &'static str,
    verified: Value,
    subject: &'static str,
    key: Key,
    key_id: &'static str,
    /// A key that signs instead of the one that is published.
    forged_with: Option<Key>,
    /// How it takes the secret of the client.
    method: &'static str,
    /// Claims that stand instead of the true ones.
    lies: HashMap<&'static str, Value>,
    /// Challenge and nonce of codes that were given out.
    codes: HashMap<String, (String, String)>,
    /// How often its keys were asked for.
    asked: usize,
}

type Provider = Arc<Mutex<Said>>;

async fn provider() -> Provider {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let provider = Arc::new(Mutex::new(Said {
        issuer: format!("http://{}", listener.local_addr().unwrap()),
        email: "ana@x.example",
        verified: json!(true),
        subject: "s1",
        key: Key::elliptic(),
        key_id: "k1",
        forged_with: None,
        method: "client_secret_basic",
        lies: HashMap::new(),
        codes: HashMap::new(),
        asked: 0,
    }));
    let router = Router::new()
        .route("/.well-known/openid-configuration", get(document))
        .route("/keys", get(keys))
        .route("/authorize", get(authorize))
        .route("/token", post(token))
        .route("/userinfo", get(userinfo))
        .with_state(provider.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    provider
}

async fn document(State(of): State<Provider>) -> Json<Value> {
    let of = of.lock().unwrap();
    let here = &of.issuer;
    Json(json!({
        "issuer": here, "authorization_endpoint": format!("{here}/authorize"), "token_endpoint": format!("{here}/token"),
        "jwks_uri": format!("{here}/keys"), "userinfo_endpoint": format!("{here}/userinfo"),
        "token_endpoint_auth_methods_supported": [of.method],
    }))
}

async fn keys(State(of): State<Provider>) -> Json<Value> {
    let mut of = of.lock().unwrap();
    of.asked += 1;
    // A key of a kind that nobody here knows does no harm.
    Json(json!({"keys": [{"kty": "new", "kid": "x"}, of.key.jwk(of.key_id)]}))
}

async fn authorize(State(of): State<Provider>, Query(asked): Query<HashMap<String, String>>) -> Redirect {
    assert_eq!((asked["client_id"].as_str(), asked["code_challenge_method"].as_str()), ("floor", "S256"));
    assert_eq!((asked["response_type"].as_str(), asked["scope"].as_str()), ("code", "openid email"));
    let mut of = of.lock().unwrap();
    let code = format!("c{}", of.codes.len());
    of.codes.insert(code.clone(), (asked["code_challenge"].clone(), asked["nonce"].clone()));
    Redirect::to(&format!("{}?code={code}&state={}", asked["redirect_uri"], asked["state"]))
}

/// Gives an ID token for a code, once, to whoever holds what its challenge was made of.
async fn token(State(of): State<Provider>, headers: HeaderMap, Form(asked): Form<HashMap<String, String>>) -> Response {
    let mut of = of.lock().unwrap();
    if of.method == "client_secret_basic" {
        let basic = format!("Basic {}", STANDARD.encode("floor:s3%2Bcret"));
        assert_eq!(headers[header::AUTHORIZATION], basic.as_str());
        assert!(!asked.contains_key("client_secret"));
    } else {
        assert!(!headers.contains_key(header::AUTHORIZATION));
        assert_eq!((asked["client_id"].as_str(), asked["client_secret"].as_str()), ("floor", "s3+cret"));
    }
    assert_eq!(asked["redirect_uri"], format!("https://hub.example{}", oidc::CALLBACK));
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&asked["code_verifier"]));
    let Some((_, nonce)) = of.codes.remove(&asked["code"]).filter(|(known, _)| *known == challenge) else {
        return (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant"}))).into_response();
    };
    let now = clock::now().as_second();
    let mut claims = json!({
        "iss": of.issuer, "aud": "floor", "sub": of.subject, "iat": now, "exp": now + 300, "nonce": nonce,
        "email": of.email, "email_verified": of.verified,
    });
    for (name, value) in &of.lies {
        claims[*name] = value.clone();
    }
    let text = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let key = of.forged_with.as_ref().unwrap_or(&of.key);
    let head = json!({"alg": key.algorithm(), "typ": "JWT", "kid": of.key_id});
    let signed = format!("{}.{}", text(&head), text(&claims));
    let id_token = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(key.sign(signed.as_bytes())));
    Json(json!({"access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": id_token})).into_response()
}

async fn userinfo(State(of): State<Provider>, headers: HeaderMap) -> Json<Value> {
    let of = of.lock().unwrap();
    assert_eq!(headers[header::AUTHORIZATION], "Bearer a");
    Json(
        json!({"sub": of.lies.get("userinfo").unwrap_or(&json!(of.subject)), "email": of.email, "email_verified": of.verified}),
    )
}

fn hub(provider: &Provider) -> Hub {
    let text = format!(
        "[hub]\npublic_url = \"https://hub.example/\"\noidc = {{ issuer = {:?}, client_id = \"floor\", client_secret = \"s3+cret\", label = \"Acme account\" }}",
        provider.lock().unwrap().issuer
    );
    let settings = HubSettings::parse(&text).unwrap();
    let public_url = settings.public_url.as_deref().unwrap();
    Hub::demo().with_sign_on(oidc::Provider::new(settings.oidc.as_ref().unwrap(), public_url).unwrap())
}

/// What the provider says of whoever comes from then on.
fn says(provider: &Provider, email: &'static str, verified: Value) {
    let mut said = provider.lock().unwrap();
    (said.email, said.verified) = (email, verified);
}

/// The way to the provider: the address to which it sends the browser back.
async fn leave(browser: &mut Browser) -> String {
    let there = browser.get("/sign-in/oidc?next=%2Fteam").await;
    assert_eq!(there.status, 303, "{}", there.text);
    let client = crate::http::client().unwrap();
    let back = client.get(there.location.unwrap()).send().await.unwrap();
    let back = back.headers()["location"].to_str().unwrap().to_owned();
    back.strip_prefix("https://hub.example").unwrap().to_owned()
}

async fn round(hub: &Hub) -> (Browser, Answer) {
    let mut browser = hub.browser();
    let back = leave(&mut browser).await;
    let answer = browser.get(&back).await;
    (browser, answer)
}

#[tokio::test]
async fn who_was_invited_comes_in_and_is_known_from_then_on() {
    let provider = provider().await;
    let hub = hub(&provider);
    let mut invited = hub.login("ana@x.example", Role::Manager, Some("p1"));
    invited.password = None;
    hub.store.write(|tx| logins::put(tx, &invited)).unwrap();
    let page = hub.browser().get("/sign-in?next=%2Fteam").await.text;
    assert!(page.contains("Sign in with Acme account") && page.contains("/sign-in/oidc?next=%2Fteam"), "{page}");
    let before = hub.store.read(logins::list).unwrap();
    says(&provider, "Ana@X.example", json!("true"));
    let (mut browser, answer) = round(&hub).await;
    assert_eq!((answer.status, answer.location.as_deref()), (303, Some("/team")), "{}", answer.text);
    assert_eq!(browser.get("/me").await.status, 200);
    assert!(hub.store.read(logins::in_use).unwrap().iter().any(|login| login.id == invited.id), "she gets mails");
    assert!(hub.store.read(|tx| audit::list(tx, 9)).unwrap().iter().any(|row| row.what == "login.identity"));
    // Known by who she is, whatever address the provider has for her now; and no address is trusted that it does not vouch for.
    says(&provider, "new@x.example", json!(false));
    assert_eq!(round(&hub).await.1.status, 303);
    assert_eq!(hub.store.read(logins::list).unwrap(), before, "no account was made, and no role given");
    let mut closed = invited.clone();
    closed.disabled = Some(1);
    hub.store.write(|tx| logins::put(tx, &closed)).unwrap();
    let (_, answer) = round(&hub).await;
    assert!(answer.status == 403 && answer.text.contains("closed"), "{}", answer.text);
}

#[tokio::test]
async fn a_provider_takes_the_secret_in_the_body_and_changes_its_keys() {
    let provider = provider().await;
    provider.lock().unwrap().method = "client_secret_post";
    let hub = hub(&provider);
    hub.login("ana@x.example", Role::Rep, Some("p1"));
    assert_eq!(round(&hub).await.1.status, 303);
    assert_eq!(round(&hub).await.1.status, 303);
    assert_eq!(provider.lock().unwrap().asked, 1, "its keys are known for a while");
    // An address that is not in the ID token is asked for.
    let other = hub.login("ben@x.example", Role::Rep, Some("p2"));
    {
        let mut said = provider.lock().unwrap();
        (said.email, said.subject) = ("ben@x.example", "s2");
        said.lies = HashMap::from([("email", json!(null)), ("userinfo", json!("somebody else"))]);
    }
    let (_, answer) = round(&hub).await;
    assert!(answer.status == 403 && answer.text.contains("answered about another person"), "{}", answer.text);
    provider.lock().unwrap().lies.remove("userinfo");
    assert_eq!(round(&hub).await.1.status, 303);
    let issuer = provider.lock().unwrap().issuer.clone();
    let known = hub.store.read(|tx| logins::by_identity(tx, &issuer, "s2")).unwrap();
    assert_eq!(known.map(|login| login.id), Some(other.id));
    // While somebody is there it changes its key, and the kind of it.
    let mut browser = hub.browser();
    let back = leave(&mut browser).await;
    let old = {
        let mut said = provider.lock().unwrap();
        said.key_id = "k2";
        std::mem::replace(&mut said.key, Key::edwards())
    };
    assert_eq!(browser.get(&back).await.status, 303);
    assert_eq!(provider.lock().unwrap().asked, 2);
    // Whoever has the key of before signs nothing any more, not even under the name of the new one.
    provider.lock().unwrap().forged_with = Some(old);
    let (_, answer) = round(&hub).await;
    assert!(answer.status == 403 && answer.text.contains("none of its keys"), "{}", answer.text);
}

#[tokio::test]
async fn nobody_else_comes_in_and_each_is_told_why() {
    let provider = provider().await;
    let hub = hub(&provider);
    hub.login("ana@x.example", Role::Admin, None);
    let refused = async |text: &str| {
        let (mut browser, answer) = round(&hub).await;
        assert!(answer.status == 403 && answer.text.contains(text), "{text}: {}", answer.text);
        assert_eq!(browser.get("/me").await.status, 303, "{text}");
    };
    says(&provider, "stranger@x.example", json!(true));
    refused("no account for stranger@x.example").await;
    for unverified in [json!(false), json!("false"), json!(null), json!(1)] {
        says(&provider, "ana@x.example", unverified);
        refused("has not confirmed your mail address").await;
    }
    says(&provider, "ana@x.example", json!(true));
    let now = clock::now().as_second();
    for (claim, lie, told) in [
        ("nonce", json!("another"), "answers another sign-in"),
        ("nonce", json!(null), "answers another sign-in"),
        ("aud", json!("another-client"), "for another client"),
        ("aud", json!(["another-client"]), "for another client"),
        ("aud", json!(null), "has no aud"),
        ("azp", json!("another-client"), "for another client"),
        ("iss", json!("https://login.evil.example"), "of another issuer"),
        ("exp", json!(now - 3_600), "has expired"),
        ("exp", json!("never"), "has no exp"),
        ("iat", json!(now + 3_600), "from the future"),
        ("nbf", json!(now + 3_600), "does not hold yet"),
    ] {
        provider.lock().unwrap().lies = HashMap::from([(claim, lie)]);
        refused(told).await;
    }
    // Clocks that differ by half a minute are none.
    for (claim, truth) in [("exp", now - 30), ("iat", now + 30), ("nbf", now + 30)] {
        provider.lock().unwrap().lies = HashMap::from([(claim, json!(truth))]);
        assert_eq!(round(&hub).await.1.status, 303, "{claim}");
    }
    provider.lock().unwrap().lies.clear();
    // The provider refuses by itself; what it calls that is not written into the page as it comes.
    let mut browser = hub.browser();
    leave(&mut browser).await;
    for (error, told) in [("access_denied", "access_denied"), ("Call%20now", "an error without a name")] {
        let answer = browser.get(&format!("/sign-in/oidc/callback?error={error}&state=x")).await;
        assert!(answer.status == 403 && answer.text.contains(told), "{}", answer.text);
    }
    // Another browser's answer, an answer that was used, and none at all.
    let back = leave(&mut browser).await;
    assert!(hub.browser().get(&back).await.text.contains("began in another browser"));
    assert_eq!(browser.get(&back).await.status, 303, "its own browser may");
    assert_eq!(browser.get(&back).await.status, 403);
    assert_eq!(hub.browser().get("/sign-in/oidc/callback").await.status, 403);
    // A code of somebody else in one's own sign-in does not fit its challenge.
    let (mut victim, mut thief) = (hub.browser(), hub.browser());
    let stolen = leave(&mut victim).await;
    let own = leave(&mut thief).await;
    let code = stolen.split("code=").nth(1).unwrap().split('&').next().unwrap();
    let mixed = format!("/sign-in/oidc/callback?code={code}&state={}", own.split("state=").nth(1).unwrap());
    assert_eq!(thief.get(&mixed).await.status, 403);
}

#[tokio::test]
async fn a_provider_that_is_away_or_another_leaves_the_password() {
    let provider = provider().await;
    let true_issuer = provider.lock().unwrap().issuer.clone();
    // A port that nobody listens on.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for issuer in [format!("http://{free}"), format!("{true_issuer}/")] {
        provider.lock().unwrap().issuer = issuer;
        let hub = hub(&provider);
        provider.lock().unwrap().issuer = true_issuer.clone();
        let answer = hub.browser().get("/sign-in/oidc").await;
        assert!(answer.status == 502 && answer.text.contains("does not answer now"), "{}", answer.text);
        assert!(answer.text.contains("type=\"password\""));
    }
    let mut without = Hub::new().browser();
    assert_eq!(without.get("/sign-in/oidc").await.status, 404);
    assert!(!without.get("/sign-in").await.text.contains("/sign-in/oidc"));
}
