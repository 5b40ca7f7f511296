//! Every route of walls and programs, asked by everybody: a route that is not in the list fails.

use std::collections::BTreeSet;
use std::path::Path;

use floorcast_hub::access::TokenRole;

use crate::api::Hub;

/// Method, route, an address of it, and what each gets: stranger, program on this machine, screen, read, ingest.
const ROUTES: &[(&str, &str, &str, [u16; 5])] = &[
    ("GET", "/healthz", "/healthz", [200, 200, 200, 200, 200]),
    ("GET", "/metrics", "/metrics", [401, 200, 403, 200, 403]),
    ("GET", "/boards/{id}", "/boards/main", [401, 200, 200, 200, 403]),
    // There is no slide of this name: whoever may look is told so.
    ("GET", "/boards/{id}/{slide}", "/boards/main/none.png", [401, 404, 404, 404, 403]),
    ("GET", "/boards/{id}/stream", "/boards/none/stream", [401, 404, 404, 404, 403]),
    // Only the wall of this machine says here what is on it, and it says something else.
    ("POST", "/boards/{id}/showing", "/boards/main/showing", [403, 400, 403, 403, 403]),
    ("POST", "/api/v1/activities", "/api/v1/activities", [401, 401, 403, 403, 200]),
    ("GET", "/api/v1/activities", "/api/v1/activities", [401, 401, 403, 200, 403]),
    (
        "GET",
        "/api/v1/standings",
        "/api/v1/standings?metric=won&from=2026-01-01&to=2026-02-01",
        [401, 401, 403, 200, 403],
    ),
    ("GET", "/api/v1/people", "/api/v1/people", [401, 401, 403, 200, 403]),
    ("GET", "/api/v1/teams", "/api/v1/teams", [401, 401, 403, 200, 403]),
    ("GET", "/api/v1/metrics", "/api/v1/metrics", [401, 401, 403, 200, 403]),
    ("GET", "/api/v1/openapi.json", "/api/v1/openapi.json", [200, 200, 200, 200, 200]),
    // A screen is known by a secret of its own; whoever has one gets letters.
    ("GET", "/screen", "/screen", [401, 401, 401, 401, 401]),
    ("GET", "/screen/stream", "/screen/stream", [401, 401, 401, 401, 401]),
    // A delivery is known by its signature, whoever brings it.
    ("POST", "/hooks/{source}", "/hooks/crm", [401, 401, 401, 401, 401]),
];

/// What only a token of the role admin may: everybody else is told so before anything is read.
const OF_ADMIN: &[(&str, &str, &str)] = &[
    ("DELETE", "/api/v1/activities/{source}/{metric}/{ext_id}", "/api/v1/activities/hand/calls/none"),
    ("POST", "/api/v1/people", "/api/v1/people"),
    ("PATCH", "/api/v1/people/{id}", "/api/v1/people/none"),
    ("DELETE", "/api/v1/people/{id}", "/api/v1/people/none"),
    ("POST", "/api/v1/teams", "/api/v1/teams"),
    ("PUT", "/api/v1/teams/{id}", "/api/v1/teams/none"),
    ("DELETE", "/api/v1/teams/{id}", "/api/v1/teams/none"),
    ("POST", "/api/v1/metrics", "/api/v1/metrics"),
    ("PUT", "/api/v1/metrics/{id}", "/api/v1/metrics/none"),
    ("DELETE", "/api/v1/metrics/{id}", "/api/v1/metrics/none"),
    ("GET", "/api/v1/goals", "/api/v1/goals"),
    ("POST", "/api/v1/goals", "/api/v1/goals"),
    ("DELETE", "/api/v1/goals/{id}", "/api/v1/goals/none"),
    ("GET", "/api/v1/scorecards", "/api/v1/scorecards"),
    ("POST", "/api/v1/scorecards", "/api/v1/scorecards"),
    ("PUT", "/api/v1/scorecards/{id}", "/api/v1/scorecards/none"),
    ("DELETE", "/api/v1/scorecards/{id}", "/api/v1/scorecards/none"),
    ("GET", "/api/v1/contests", "/api/v1/contests"),
    ("POST", "/api/v1/contests", "/api/v1/contests"),
    ("PUT", "/api/v1/contests/{id}", "/api/v1/contests/none"),
    ("DELETE", "/api/v1/contests/{id}", "/api/v1/contests/none"),
    ("GET", "/api/v1/recognitions", "/api/v1/recognitions"),
    ("POST", "/api/v1/recognitions", "/api/v1/recognitions"),
    ("DELETE", "/api/v1/recognitions/{id}", "/api/v1/recognitions/none"),
    ("GET", "/api/v1/notices", "/api/v1/notices"),
    ("POST", "/api/v1/notices", "/api/v1/notices"),
    ("DELETE", "/api/v1/notices/{id}", "/api/v1/notices/none"),
    ("GET", "/api/v1/screens", "/api/v1/screens"),
    ("POST", "/api/v1/screens", "/api/v1/screens"),
    ("PATCH", "/api/v1/screens/{id}", "/api/v1/screens/none"),
    ("DELETE", "/api/v1/screens/{id}", "/api/v1/screens/none"),
    ("POST", "/api/v1/screens/{id}/commands", "/api/v1/screens/none/commands"),
    ("GET", "/api/v1/owners", "/api/v1/owners"),
    ("POST", "/api/v1/owners", "/api/v1/owners"),
    ("GET", "/api/v1/unnamed", "/api/v1/unnamed"),
    ("POST", "/api/v1/unnamed", "/api/v1/unnamed"),
    ("GET", "/api/v1/tokens", "/api/v1/tokens"),
    ("POST", "/api/v1/tokens", "/api/v1/tokens"),
    ("DELETE", "/api/v1/tokens/{id}", "/api/v1/tokens/none"),
    ("GET", "/api/v1/imports", "/api/v1/imports"),
    ("POST", "/api/v1/imports", "/api/v1/imports"),
    ("POST", "/api/v1/imports/{id}/undo", "/api/v1/imports/none/undo"),
    ("GET", "/api/v1/audit", "/api/v1/audit"),
];

/// The routes of the sources, but for those of pages for people, which have a walk of their own.
fn routes(folder: &Path, into: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "pages") {
            routes(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let found =
                text.split(".route(").skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next());
            into.extend(found.map(str::to_owned));
        }
    }
}

#[test]
fn everybody_gets_what_the_list_says_on_every_route() {
    let mut there = BTreeSet::new();
    routes(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web"), &mut there);
    let all = ROUTES.iter().map(|(_, route, _, _)| *route).chain(OF_ADMIN.iter().map(|(_, route, _)| *route));
    let listed: BTreeSet<String> = all.map(str::to_owned).collect();
    let unlisted: Vec<&String> =
        there.iter().filter(|route| route.starts_with("/api") && !listed.contains(*route)).collect();
    assert!(unlisted.is_empty() && listed.is_subset(&there), "{unlisted:?} {there:?}");
    let hub = Hub::start();
    let bearers =
        [TokenRole::Screen, TokenRole::Read, TokenRole::Ingest].map(|role| format!("Bearer {}", hub.token(role)));
    for (method, _, address, expected) in ROUTES {
        let body = if *method == "POST" { "{\"activities\":[]}" } else { "" };
        let ask = |headers: &[(&str, &str)]| {
            let all: Vec<(&str, &str)> =
                headers.iter().copied().chain([("content-type", "application/json")]).collect();
            hub.ask(method, address, &all, body).status
        };
        let found = [
            ask(&[("x-forwarded-for", "203.0.113.9")]),
            ask(&[]),
            ask(&[("authorization", &bearers[0])]),
            ask(&[("authorization", &bearers[1])]),
            ask(&[("authorization", &bearers[2])]),
        ];
        assert_eq!(found, *expected, "{method} {address}");
    }
    let admin = format!("Bearer {}", hub.token(TokenRole::Admin));
    for (method, _, address) in OF_ADMIN {
        let ask = |headers: &[(&str, &str)]| {
            let all: Vec<(&str, &str)> =
                headers.iter().copied().chain([("content-type", "application/json")]).collect();
            hub.ask(method, address, &all, "{}").status
        };
        let found = [ask(&[("x-forwarded-for", "203.0.113.9")]), ask(&[])];
        assert_eq!(found, [401, 401], "{method} {address}");
        for bearer in &bearers {
            assert_eq!(ask(&[("authorization", bearer)]), 403, "{method} {address}");
        }
        let found = ask(&[("authorization", &admin)]);
        assert!([200, 404, 422].contains(&found), "{method} {address}: {found}");
    }
}
