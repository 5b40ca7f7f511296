//! What a strengths map may tell, and what it may not (FEED §7).

use super::model::{SkillsModel, model};
use crate::board::{Board, Body, Identity, Scale, Skills, SkillsRow};
use crate::scene::{Fonts, Item, Vec2, vec2};
use crate::testing::texts::scene;
use crate::testing::{empty_board, figures, slide};

fn who(name: &str) -> Identity {
    Identity { id: name.to_lowercase(), name: name.to_owned() }
}

fn team(name: &str, now: &[f64], n: Option<u32>) -> SkillsRow {
    SkillsRow { who: who(name), now: now.iter().map(|v| Some(*v)).collect(), before: Vec::new(), n }
}

fn map(rows: Vec<SkillsRow>, ask: &[(usize, &str, Option<f64>)]) -> Skills {
    Skills {
        axes: ["Visits", "Offers", "Follow-ups"].map(str::to_owned).to_vec(),
        scale: Scale { min: 0.0, max: 150.0, par: 100.0, unit: None },
        rows,
        ask: ask.iter().map(|(axis, name, value)| (*axis, who(name), *value)).collect(),
        focus: Vec::new(),
    }
}

fn said(skills: Skills) -> SkillsModel {
    let board = Board { slides: vec![slide(Body::Skills(skills.clone()))], ..empty_board(0) };
    figures::on_screen(&board, |ctx| model(ctx, &skills, &mut Fonts::new(false)))
}

const TEAM: [f64; 3] = [104.0, 88.0, 99.0];

#[test]
fn nothing_of_a_hidden_figure_shows() {
    let of = |b: Option<f64>, c: Option<f64>| {
        let ask = [(1, "Cid", c), (1, "Ben", b), (1, "Ada", Some(121.0)), (1, "Dov", Some(109.0))];
        said(map(vec![team("North", &TEAM, Some(9))], &ask))
    };
    let one = of(Some(96.0), Some(20.0));
    assert_eq!(one, of(Some(20.0), Some(96.0)));
    assert_eq!(one, of(None, Some(5.0)));
    let rows: Vec<_> = one.reps.iter().map(|r| (r.name.as_str(), r.figure.as_ref().map(|f| f.text.as_str()))).collect();
    assert_eq!(rows, [("ADA", Some("121")), ("DOV", Some("109")), ("BEN", None), ("CID", None)]);
    assert_ne!(one, of(Some(97.0), Some(20.0)), "as expected is no weakness");
}

#[test]
fn means_of_few_people_are_not_shown() {
    let m = said(map(vec![team("North", &TEAM, Some(4)), team("South", &TEAM, Some(5))], &[]));
    assert_eq!(m.teams.iter().map(|t| t.name.as_str()).collect::<Vec<_>>(), ["SOUTH"]);
    assert_eq!(said(map(vec![team("North", &TEAM, Some(4))], &[])), said(map(Vec::new(), &[])));
}

#[test]
fn the_weakest_column_is_first_and_its_best_is_asked() {
    let ask = [(0, "Ada", Some(140.0)), (1, "Ben", Some(101.0)), (1, "Cid", Some(117.0))];
    let m = said(map(vec![team("North", &TEAM, Some(9))], &ask));
    let columns: Vec<_> = m.columns.iter().map(|c| (c.axis, c.next)).collect();
    assert_eq!(columns, [(1, true), (2, false), (0, false)]);
    let rows: Vec<_> = m.reps.iter().map(|r| (r.name.as_str(), r.column, r.asked)).collect();
    assert_eq!(rows, [("CID", 0, true), ("BEN", 0, false), ("ADA", 2, false)]);
    assert_eq!(
        (m.footer.axis.as_str(), m.footer.text.as_str(), m.footer.ask.as_str()),
        ("OFFERS", "12 BELOW PAR", "CID")
    );
}

#[test]
fn where_nothing_is_weak_nothing_is_trained() {
    let m = said(map(vec![team("North", &[104.0, 98.0, 120.0], Some(9))], &[]));
    assert_eq!((m.footer.axis.as_str(), m.columns.iter().any(|c| c.next)), ("", false));
}

#[test]
fn figures_of_before_stand_in_the_cells_of_several_teams() {
    use crate::testing::texts::{says, texts};
    let pose = |name: &str| crate::testing::poses::of("skills", name).first_body().to_owned();
    let teams = texts(&pose("teams"), [1920, 1080]);
    says(&teams, &["BEFORE 3.4", "BEFORE 2.2", "BEFORE 3.9"]);
    // East sends none; where it is not known now, what was before says nothing.
    assert_eq!(teams.iter().filter(|t| t.starts_with("BEFORE")).count(), 7, "{teams:?}");
    says(&texts(&pose("teams"), [1080, 1920]), &["BEFORE 2.2"]);
    // Six teams on a page have low cells: the figure stands in front of the present one.
    let mut many: serde_json::Value = serde_json::from_str(&pose("teams")).unwrap();
    let rows: Vec<_> = (0..6)
        .map(|i| {
            serde_json::json!({"name": format!("Team {i}"), "n": 8,
        "now": [3.7, 4.2, 2.5, 3.4], "before": [3.3, 4.1, 2.2, 3.0]})
        })
        .collect();
    many["slides"][0]["rows"] = rows.into();
    let low = texts(&many.to_string(), [1920, 1080]);
    assert_eq!(low.iter().filter(|t| *t == "3.3").count(), 6, "{low:?}");
    // The sign is that of the present figure: it stands ahead of both, never between them.
    let items = || scene(&many.to_string(), [1920, 1080]).layers.into_iter().flat_map(|layer| layer.items);
    let written: Vec<_> = items().filter_map(|i| if let Item::Text(t) = i { Some(t) } else { None }).collect();
    let signs: Vec<Vec2> = items()
        .filter_map(|i| if let Item::Poly(p) = i { Some(p.points) } else { None })
        .filter(|p| p.len() == 3 && p[1].y == p[2].y)
        .map(|p| vec2(p[0].x, p[1].y))
        .collect();
    let mut ahead = 0;
    for (before, now) in [("3.3", "3.7"), ("4.1", "4.2"), ("2.2", "2.5"), ("3.0", "3.4")] {
        for was in written.iter().filter(|t| t.run.text() == before) {
            let is = written.iter().find(|t| t.run.text() == now && (t.y - was.y).abs() < 30).unwrap();
            let beside = |from: f32, to: f32| {
                let y = was.y as f32 - 14.0;
                signs.iter().filter(|at| (from..to).contains(&at.x) && (at.y - y).abs() < 20.0).count()
            };
            assert_eq!(beside(was.x, is.x), 0, "{before} and {now}");
            assert!(was.run.size() <= is.run.size());
            ahead += beside(was.x - 30.0, was.x);
        }
    }
    assert!(ahead >= 6, "{ahead} of {signs:?}");
}

#[test]
fn a_figure_of_before_is_never_larger_than_the_present_one() {
    let rows: Vec<_> = (0..6)
        .map(|i| {
            serde_json::json!({"name": format!("Team {i}"), "n": 8, "now": [1204.0, 1188.0, 1101.0, 1093.0, 1210.0],
            "before": [1311.0, 1097.0, 1255.0, 1142.0, 1209.0]})
        })
        .collect();
    let body = serde_json::json!({"format": "salesboard/1", "locale": "en-GB", "slides": [{"id": "s", "type": "skills",
        "title": "Strengths", "axes": ["Visits", "Offers", "Follow-ups", "Closing", "Upkeep"],
        "scale": {"min": 0, "max": 2000, "par": 1200}, "rows": rows}]});
    let items = scene(&body.to_string(), [1920, 1080]).layers.into_iter().flat_map(|layer| layer.items);
    let size =
        |texts: &[crate::scene::Text], text: &str| texts.iter().find(|t| t.run.text() == text).unwrap().run.size();
    let texts: Vec<_> = items.filter_map(|i| if let Item::Text(t) = i { Some(t) } else { None }).collect();
    for (before, now) in [("1,311", "1,204"), ("1,255", "1,101"), ("1,142", "1,093")] {
        let [was, is] = [before, now].map(|text| size(&texts, text));
        assert!(was <= is, "{before}: {was}, {now}: {is}");
    }
}
