//! A plan for programs.

use serde_json::{Value as Json, json};

use super::{FilePlan, Plan, Remark, Sum};

impl Plan {
    /// The plan for programs: what the command line prints and the API answers. `run`: as which it was written.
    pub fn as_json(&self, run: Option<&str>) -> Json {
        let remarks = |all: &[Remark]| all.iter().map(|remark| remark.text("en")).collect::<Vec<_>>();
        let file = |file: &FilePlan| {
            json!({
                "name": file.name,
                "rows": file.rows,
                "won": file.won,
                "open": file.open,
                "lost": file.lost,
                "unwanted": file.unwanted,
                "people": file.people,
                "columns": file.columns.iter().map(|column| json!({"name": column.name, "meaning": column.meaning, "filled": column.filled})).collect::<Vec<_>>(),
                "left_out": file.left_out.iter().map(|of| json!({"line": of.line, "why": of.why, "cells": of.cells})).collect::<Vec<_>>(),
                "doubts": file.doubts,
                "remarks": remarks(&file.remarks),
                "notes": file.notes,
            })
        };
        let sum = |(code, of): (&String, &Sum)| json!({"currency": code, "deals": of.deals, "amount": of.amount});
        json!({
            "run": run,
            "dry_run": run.is_none(),
            "created": self.counts.created,
            "updated": self.counts.updated,
            "unchanged": self.counts.unchanged,
            "skipped": self.counts.skipped,
            "deals": {"won": self.won, "lost": self.lost, "open": self.open, "without_person": self.without_person, "unnamed": self.unnamed, "left_out": self.left_out},
            "unknown_names": self.unknown,
            "won": self.sums.iter().map(sum).collect::<Vec<_>>(),
            "days": self.days.map(|(first, last)| json!({"first": first, "last": last})),
            "people": {"created": self.new_people.len()},
            "teams": {"created": self.new_teams.len()},
            "others": self.others,
            "currency": self.adopted,
            "remarks": remarks(&self.remarks),
            "choices": self.choices,
            "files": self.files.iter().map(file).collect::<Vec<_>>(),
        })
    }
}
