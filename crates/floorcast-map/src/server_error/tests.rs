//! Error bodies of servers in their usual shapes, and data that only looks like them.

use super::*;

#[test]
fn the_usual_shapes_are_one_line() {
    for (body, message) in [
        (r#"{"error":"NOT_FOUND"}"#, "NOT_FOUND"),
        (
            r#"{"error":{"type":"INVALID_PERMISSIONS","message":"You are not permitted"}}"#,
            "INVALID_PERMISSIONS: You are not permitted",
        ),
        (
            r#"{"error":{"code":"ItemNotFound","message":"The resource\n could not be found."}}"#,
            "ItemNotFound: The resource could not be found.",
        ),
        (r#"{"error":{"code":403,"message":"API key not valid","errors":[{"reason":"x"}]}}"#, "API key not valid"),
        (r#"{"message":"Bad credentials","documentation_url":"https://x.example"}"#, "Bad credentials"),
        (r#"{"Message":"Authorization has been denied"}"#, "Authorization has been denied"),
        (
            r#"{"status":"error","message":"This app hasn't been granted all required scopes","category":"MISSING_SCOPES"}"#,
            "This app hasn't been granted all required scopes",
        ),
        (
            r#"{"errors":[{"message":"Field 'x' doesn't exist"},{"message":"b"},{"message":"c"}]}"#,
            "Field 'x' doesn't exist; b",
        ),
        (r#"{"errors":["one","two"]}"#, "one; two"),
        (r#"{"errors":{"amount":["is not a number"]}}"#, "amount: is not a number"),
        (
            r#"[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]"#,
            "INVALID_SESSION_ID: Session expired or invalid",
        ),
        (
            r#"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret"}"#,
            "invalid_client: AADSTS7000215: Invalid client secret",
        ),
        (
            r#"{"type":"about:blank","title":"Forbidden","status":403,"detail":"No scope deals.read"}"#,
            "Forbidden: No scope deals.read",
        ),
        (r#"{"type":"https://x.example/probs/quota","title":"Over quota"}"#, "Over quota"),
        (
            r#"{"success":false,"error":"unauthorized access","error_info":"Please check the documentation"}"#,
            "unauthorized access: Please check the documentation",
        ),
        (
            r#"{"code":"INVALID_TOKEN","details":{},"message":"invalid oauth token","status":"error"}"#,
            "INVALID_TOKEN: invalid oauth token",
        ),
        (
            r#"{"odata.error":{"code":"-1","message":{"lang":"en-US","value":"List does not exist."}}}"#,
            "-1: List does not exist.",
        ),
        (r#"{"fault":{"faultstring":"Rate limit quota violation"}}"#, "Rate limit quota violation"),
        (r#"{"detail":[{"loc":["query"],"msg":"field required"}]}"#, "field required"),
    ] {
        assert_eq!(words(body.as_bytes()).as_deref(), Some(message), "{body}");
    }
    for nothing in ["", "<html>Bad</html>", "{}", "7", r#"{"id":7}"#, r#"{"error":"<html>"}"#, r#"{"error":null}"#] {
        assert_eq!(words(nothing.as_bytes()), None, "{nothing}");
    }
    let long = format!(r#"{{"error":"{}"}}"#, "x".repeat(5000));
    assert_eq!(words(long.as_bytes()).unwrap().chars().count(), MAX_CHARS + 1);
}

#[test]
fn data_is_no_refusal() {
    let refused = |text: &str| refusal(&serde_json::from_str(text).unwrap());
    for body in [
        r#"{"success":false,"error":"unauthorized access","data":null,"additional_data":null}"#,
        r#"{"status":"error","message":"no scope","correlationId":"7"}"#,
        r#"{"errors":[{"message":"no such field"}],"data":null}"#,
        r#"[{"message":"Session expired","errorCode":"INVALID_SESSION_ID"}]"#,
        r#"{"error":{"code":"x","message":"y"}}"#,
        r#"{"ok":false,"error":"invalid_auth"}"#,
    ] {
        assert!(refused(body).is_some(), "{body}");
    }
    for body in [
        r#"{"error":null,"results":[]}"#,
        r#"{"errors":[],"data":{"a":1}}"#,
        r#"{"message":"Good morning"}"#,
        r#"{"status":"error","count":3}"#,
        r#"{"error":{"message":"partly"},"data":{"a":[1]}}"#,
        r#"[{"message":"hi","name":"Ana"}]"#,
        "[]",
        "7",
    ] {
        assert_eq!(refused(body), None, "{body}");
    }
    let partly = serde_json::from_str(r#"{"errors":[{"message":"one field is gone"}],"data":{"a":[1]}}"#).unwrap();
    assert_eq!(complaint(&partly).as_deref(), Some("one field is gone"));
}
