//! Defines what the filters of a run can reach besides their arguments.

use std::cell::RefCell;
use std::collections::HashMap;

use jaq_core::Lut;
use jaq_core::data::{DataT, HasLut};
use jaq_json::Val;

use super::place::Place;
use crate::TableSettings;
use crate::notes::Notes;
use crate::table::{Grid, Report};
use crate::value::Error;

/// What filters work on: JSON values, and the context of the run.
pub(crate) struct Data;

impl DataT for Data {
    type V<'a> = Val;
    type Data<'a> = RunData<'a>;
}

/// What native filters can reach besides their arguments.
#[derive(Clone, Copy)]
pub(crate) struct RunData<'a> {
    pub(crate) lut: &'a Lut<Data>,
    pub(crate) context: &'a Context,
}

impl<'a> HasLut<'a, Data> for RunData<'a> {
    fn lut(&self) -> &'a Lut<Data> {
        self.lut
    }
}

/// What a run knows besides its input and variables.
#[derive(Default)]
pub struct Context {
    /// The sources that are tables, by name.
    pub tables: HashMap<String, Grid>,
    /// How tables are read.
    pub settings: TableSettings,
    /// What the tables said of themselves.
    pub report: RefCell<Report>,
    /// What the map noted.
    pub notes: RefCell<Notes>,
    /// The last error, and where it arose.
    pub fault: RefCell<Option<(Error, Place)>>,
}
