//! The public projection: publications and public fields, nothing else (DESIGN 8). The public side reads only this.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::{public_attachments, public_facets, public_links, public_records};
use super::sqlite::search;
use super::{Conn, StoreError, instant, known, micros};
use crate::domain::facets::Values;
use crate::domain::projection::PublicRecord;
use crate::domain::submission::SubmissionId;
use crate::forms::answer::PublicationRef;
use crate::locale::Language;

/// Replaces a record. A facet that other records decide moves with them by [`set_facet`].
///
/// # Errors
/// Where the database fails.
pub fn write(conn: &mut Conn, record: &PublicRecord) -> Result<(), StoreError> {
    remove(conn, record.submission)?;
    let id = record.submission.0;
    diesel::insert_into(public_records::table)
        .values((
            public_records::submission_id.eq(id),
            public_records::publication_id.eq(record.publication),
            public_records::reference.eq(&record.reference),
            public_records::form.eq(&record.form),
            public_records::form_version.eq(&record.form_version),
            public_records::title.eq(&record.title),
            public_records::organization.eq(&record.organization),
            public_records::language.eq(record.language.code()),
            public_records::first_published_at.eq(micros(record.first_published_at)),
            public_records::published_at.eq(micros(record.published_at)),
            public_records::public_json.eq(&record.public_json),
        ))
        .execute(conn)?;
    for (facet, value) in &record.facets {
        diesel::insert_into(public_facets::table)
            .values((
                public_facets::submission_id.eq(id),
                public_facets::facet.eq(facet),
                public_facets::value.eq(value),
            ))
            .execute(conn)?;
    }
    for target in &record.links {
        diesel::insert_into(public_links::table)
            .values((public_links::submission_id.eq(id), public_links::target.eq(target)))
            .execute(conn)?;
    }
    for attachment in &record.attachments {
        diesel::insert_into(public_attachments::table)
            .values((public_attachments::attachment_id.eq(attachment), public_attachments::submission_id.eq(id)))
            .execute(conn)?;
    }
    search::write_public(conn, id, &record.search)
}

/// Takes a record off the public side.
///
/// # Errors
/// Where the database fails.
pub fn remove(conn: &mut Conn, id: SubmissionId) -> Result<(), StoreError> {
    diesel::delete(public_facets::table.filter(public_facets::submission_id.eq(id.0))).execute(conn)?;
    diesel::delete(public_links::table.filter(public_links::submission_id.eq(id.0))).execute(conn)?;
    diesel::delete(public_attachments::table.filter(public_attachments::submission_id.eq(id.0))).execute(conn)?;
    diesel::delete(public_records::table.find(id.0)).execute(conn)?;
    search::remove_public(conn, id.0)
}

/// References a published record points to.
///
/// # Errors
/// Where the database fails.
pub fn links_of(conn: &mut Conn, id: SubmissionId) -> Result<BTreeSet<String>, StoreError> {
    let links: Vec<String> =
        public_links::table.filter(public_links::submission_id.eq(id.0)).select(public_links::target).load(conn)?;
    Ok(links.into_iter().collect())
}

/// Sets the one value of a facet that other records decide.
///
/// # Errors
/// Where the database fails.
pub fn set_facet(conn: &mut Conn, id: SubmissionId, facet: &str, value: &str) -> Result<(), StoreError> {
    diesel::delete(
        public_facets::table.filter(public_facets::submission_id.eq(id.0)).filter(public_facets::facet.eq(facet)),
    )
    .execute(conn)?;
    diesel::insert_into(public_facets::table)
        .values((public_facets::submission_id.eq(id.0), public_facets::facet.eq(facet), public_facets::value.eq(value)))
        .execute(conn)?;
    Ok(())
}

/// A published record as a page shows it.
#[derive(Debug, Clone)]
pub struct Item {
    pub id: SubmissionId,
    pub reference: String,
    pub form: String,
    pub form_version: String,
    pub title: String,
    pub organization: String,
    pub language: Language,
    pub first_published_at: DateTime<Utc>,
    pub published_at: DateTime<Utc>,
    pub public_json: String,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = public_records)]
struct Row {
    submission_id: i64,
    reference: String,
    form: String,
    form_version: String,
    title: String,
    organization: String,
    language: String,
    first_published_at: i64,
    published_at: i64,
    public_json: String,
}

impl TryFrom<Row> for Item {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: SubmissionId(row.submission_id),
            language: known(Language::read(&row.language), &row.language)?,
            first_published_at: instant(row.first_published_at),
            published_at: instant(row.published_at),
            reference: row.reference,
            form: row.form,
            form_version: row.form_version,
            title: row.title,
            organization: row.organization,
            public_json: row.public_json,
        })
    }
}

/// One published record of a form.
///
/// # Errors
/// Where the database fails.
pub fn find(conn: &mut Conn, form: &str, reference: &str) -> Result<Option<Item>, StoreError> {
    let row = public_records::table
        .filter(public_records::form.eq(form))
        .filter(public_records::reference.eq(reference))
        .select(Row::as_select())
        .get_result::<Row>(conn)
        .optional()?;
    row.map(Item::try_from).transpose()
}

/// Published records of a form that point to a reference, newest first.
///
/// # Errors
/// Where the database fails.
pub fn pointing_to(conn: &mut Conn, form: &str, target: &str) -> Result<Vec<Item>, StoreError> {
    let pointing = public_links::table.filter(public_links::target.eq(target)).select(public_links::submission_id);
    let rows: Vec<Row> = public_records::table
        .filter(public_records::submission_id.eq_any(pointing))
        .filter(public_records::form.eq(form))
        .order((public_records::first_published_at.desc(), public_records::submission_id.desc()))
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Item::try_from).collect()
}

/// When each reference was last pointed to by a published record of these forms.
///
/// # Errors
/// Where the database fails.
pub fn last_pointed_to(conn: &mut Conn, forms: &[String]) -> Result<HashMap<String, DateTime<Utc>>, StoreError> {
    let pointing: Vec<(String, Option<i64>)> = public_links::table
        .inner_join(public_records::table.on(public_records::submission_id.eq(public_links::submission_id)))
        .filter(public_records::form.eq_any(forms))
        .group_by(public_links::target)
        .select((public_links::target, diesel::dsl::max(public_records::first_published_at)))
        .load(conn)?;
    Ok(pointing.into_iter().filter_map(|(target, at)| Some((target, instant(at?)))).collect())
}

/// Published records by reference, as answers point to them.
///
/// # Errors
/// Where the database fails.
pub fn refs(conn: &mut Conn, form: &str, references: &[String]) -> Result<HashMap<String, PublicationRef>, StoreError> {
    let rows: Vec<(String, String)> = public_records::table
        .filter(public_records::form.eq(form))
        .filter(public_records::reference.eq_any(references))
        .select((public_records::reference, public_records::title))
        .load(conn)?;
    Ok(rows.into_iter().map(|(reference, title)| (reference.clone(), PublicationRef { reference, title })).collect())
}

/// A published record with its facets, by its submission; `None` once it is public no more.
///
/// # Errors
/// Where the database fails.
pub fn get(conn: &mut Conn, id: SubmissionId) -> Result<Option<(Item, Values)>, StoreError> {
    let row: Option<Row> = public_records::table.find(id.0).select(Row::as_select()).get_result(conn).optional()?;
    let Some(row) = row else { return Ok(None) };
    let facets: Vec<(String, String)> = public_facets::table
        .filter(public_facets::submission_id.eq(id.0))
        .select((public_facets::facet, public_facets::value))
        .load(conn)?;
    let mut values = Values::new();
    for (facet, value) in facets {
        values.entry(facet).or_default().insert(value);
    }
    Ok(Some((row.try_into()?, values)))
}

/// Up to `limit` published records of a form for these words, best first; the newest where there are no words.
///
/// # Errors
/// Where the database fails.
pub fn lookup(conn: &mut Conn, form: &str, words: &str, limit: usize) -> Result<Vec<Item>, StoreError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let Some(ids) = search::best_public(conn, form, words, limit)? else {
        let rows: Vec<Row> = public_records::table
            .filter(public_records::form.eq(form))
            .order((public_records::first_published_at.desc(), public_records::submission_id.desc()))
            .limit(limit)
            .select(Row::as_select())
            .load(conn)?;
        return rows.into_iter().map(Item::try_from).collect();
    };
    let rows: Vec<Row> =
        public_records::table.filter(public_records::submission_id.eq_any(&ids)).select(Row::as_select()).load(conn)?;
    let mut items: Vec<Item> = rows.into_iter().map(Item::try_from).collect::<Result<_, _>>()?;
    items.sort_by_key(|item| ids.iter().position(|id| *id == item.id.0));
    Ok(items)
}

/// All published records of a form with their facets, newest first: what a list is browsed in.
#[derive(Debug)]
pub struct Collection {
    pub items: Vec<Item>,
    /// Beside `items`, by position.
    pub values: Vec<Values>,
}

/// Loads a collection.
///
/// # Errors
/// Where the database fails.
pub fn collection(conn: &mut Conn, form: &str) -> Result<Collection, StoreError> {
    let rows: Vec<Row> = public_records::table
        .filter(public_records::form.eq(form))
        .order((public_records::first_published_at.desc(), public_records::submission_id.desc()))
        .select(Row::as_select())
        .load(conn)?;
    let items: Vec<Item> = rows.into_iter().map(Item::try_from).collect::<Result<_, _>>()?;
    let of_form = public_records::table.filter(public_records::form.eq(form)).select(public_records::submission_id);
    let facets: Vec<(i64, String, String)> =
        public_facets::table.filter(public_facets::submission_id.eq_any(of_form)).load(conn)?;
    let mut by_id: HashMap<i64, Values> = HashMap::new();
    for (id, facet, value) in facets {
        by_id.entry(id).or_default().entry(facet).or_default().insert(value);
    }
    let values = items.iter().map(|item| by_id.remove(&item.id.0).unwrap_or_default()).collect();
    Ok(Collection { items, values })
}

/// Ids of published records that hold these words, best first; `None` where there are no words.
///
/// # Errors
/// Where the database fails.
pub fn search(conn: &mut Conn, words: &str) -> Result<Option<Vec<i64>>, StoreError> {
    search::find_public(conn, words)
}

/// How many records of a form are published.
///
/// # Errors
/// Where the database fails.
pub fn count(conn: &mut Conn, form: &str) -> Result<i64, StoreError> {
    Ok(public_records::table.filter(public_records::form.eq(form)).count().get_result(conn)?)
}

/// What the projection holds of each record, for `verify`.
#[derive(Debug, PartialEq, Eq)]
pub struct Held {
    pub submission: i64,
    pub publication: i64,
    pub public_json: String,
    pub facets: BTreeSet<(String, String)>,
    pub links: BTreeSet<String>,
    pub attachments: BTreeSet<String>,
}

/// All of the projection, in order.
///
/// # Errors
/// Where the database fails.
pub fn held(conn: &mut Conn) -> Result<Vec<Held>, StoreError> {
    let rows: Vec<(i64, i64, String)> = public_records::table
        .order(public_records::submission_id)
        .select((public_records::submission_id, public_records::publication_id, public_records::public_json))
        .load(conn)?;
    rows.into_iter()
        .map(|(submission, publication, public_json)| held_of(conn, submission, publication, public_json))
        .collect()
}

fn held_of(conn: &mut Conn, submission: i64, publication: i64, public_json: String) -> Result<Held, StoreError> {
    let facets: Vec<(String, String)> = public_facets::table
        .filter(public_facets::submission_id.eq(submission))
        .select((public_facets::facet, public_facets::value))
        .load(conn)?;
    let links: Vec<String> = public_links::table
        .filter(public_links::submission_id.eq(submission))
        .select(public_links::target)
        .load(conn)?;
    let attachments: Vec<String> = public_attachments::table
        .filter(public_attachments::submission_id.eq(submission))
        .select(public_attachments::attachment_id)
        .load(conn)?;
    Ok(Held {
        submission,
        publication,
        public_json,
        facets: facets.into_iter().collect(),
        links: links.into_iter().collect(),
        attachments: attachments.into_iter().collect(),
    })
}
