//! Records with words of a title in theirs: those the public sees, and those on the desk. Never joined (DESIGN 8).

use std::collections::HashMap;

use diesel::prelude::*;

use super::schema::{desk_facets, desk_records, public_facets, public_records};
use super::sqlite::search::{self, Index};
use super::{Conn, StoreError};
use crate::domain::facets::Values;
use crate::domain::similar::{Candidate, Likeness};
use crate::domain::submission::SubmissionId;

/// Published records of a form.
///
/// # Errors
/// Where the database fails.
pub fn published(conn: &mut Conn, form: &str, title: &str) -> Result<Vec<Candidate>, StoreError> {
    let ids = search::alike(conn, Index::Public, title)?;
    let rows: Vec<Line> = public_records::table
        .filter(public_records::submission_id.eq_any(&ids))
        .filter(public_records::form.eq(form))
        .select((
            public_records::submission_id,
            public_records::reference,
            public_records::title,
            public_records::organization,
        ))
        .load(conn)?;
    let facets = public_facets::table.filter(public_facets::submission_id.eq_any(&ids)).load(conn)?;
    Ok(candidates(rows, facets))
}

/// Records of a form on the desk, whatever became of them; for staff only.
///
/// # Errors
/// Where the database fails.
pub fn on_desk(conn: &mut Conn, form: &str, title: &str) -> Result<Vec<Candidate>, StoreError> {
    let ids = search::alike(conn, Index::Desk, title)?;
    let rows: Vec<Line> = desk_records::table
        .filter(desk_records::submission_id.eq_any(&ids))
        .filter(desk_records::form.eq(form))
        .select((desk_records::submission_id, desk_records::reference, desk_records::title, desk_records::organization))
        .load(conn)?;
    let facets = desk_facets::table.filter(desk_facets::submission_id.eq_any(&ids)).load(conn)?;
    Ok(candidates(rows, facets))
}

/// Id, reference, title, organization.
type Line = (i64, String, String, String);

fn candidates(rows: Vec<Line>, facets: Vec<(i64, String, String)>) -> Vec<Candidate> {
    let mut by_id: HashMap<i64, Values> = HashMap::new();
    for (id, facet, value) in facets {
        by_id.entry(id).or_default().entry(facet).or_default().insert(value);
    }
    rows.into_iter()
        .map(|(id, reference, title, organization)| Candidate {
            id: SubmissionId(id),
            reference,
            likeness: Likeness { title, organization, values: by_id.remove(&id).unwrap_or_default() },
        })
        .collect()
}
