//! The JSON Schema of `salesboard/1`, made from the types that documents are read into.

use serde_json::Value;

use crate::feed::accept::schema_of_document;

/// JSON Schema (draft 2020-12) of a document. It is what a source should say; `accept` forgives more.
pub fn schema() -> Value {
    schema_of_document()
}
