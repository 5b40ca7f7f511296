//! Makes the JSON Schema of `salesboard/1` from the types that documents are read into.

use serde_json::Value;

use super::wire::Document;

/// JSON Schema (draft 2020-12) of a document. It is what a source should send; `accept` forgives more.
pub fn schema() -> Value {
    schemars::schema_for!(Document).to_value()
}
