//! Full-text search by FTS5. Readers' words never reach it as query syntax: each is a quoted phrase.
//!
//! Chinese, Japanese and Korean have no spaces, so each of their characters is indexed as a word of its own and a run of
//! them is asked for as a phrase.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Double, Text};
use diesel::sqlite::Sqlite;

use crate::forms::words::{is_token, is_wordless, terms, words};
use crate::store::schema::{desk_records, public_records};
use crate::store::{Conn, StoreError};

/// Longest query that is read, in characters, and most words.
const QUERY: usize = 200;
const WORDS: usize = 20;

/// What a word counts in each column of the public index.
const TITLE: f64 = 10.0;
const SUMMARY: f64 = 4.0;
const BODY: f64 = 1.0;

// FTS5 has a hidden column by the name of the table: what MATCH and bm25 are about.
diesel::table! {
    desk_search (rowid) {
        rowid -> BigInt, title -> Text, body -> Text,
        #[sql_name = "desk_search"]
        all -> Text,
    }
}
diesel::table! {
    public_search (rowid) {
        rowid -> BigInt, title -> Text, summary -> Text, body -> Text,
        #[sql_name = "public_search"]
        all -> Text,
    }
}
diesel::allow_tables_to_appear_in_same_query!(desk_records, desk_search);
diesel::allow_tables_to_appear_in_same_query!(public_records, public_search);
diesel::infix_operator!(Matches, " MATCH ", backend: Sqlite);
diesel::define_sql_function! {
    /// How well a record fits, the best least, with a weight for each column.
    fn bm25(index: Text, title: Double, summary: Double, body: Double) -> Double;
}

/// Which index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Index {
    Desk,
    Public,
}

/// The desk's records that hold all the words, for a query to be limited to. `None`: there are no words to look for.
pub(in crate::store) fn in_desk(words: &str) -> Option<desk_search::BoxedQuery<'static, Sqlite, BigInt>> {
    let matches = Matches::new(desk_search::all, quote(words)?.into_sql::<Text>());
    Some(desk_search::table.filter(matches).select(desk_search::rowid).into_boxed())
}

/// Ids of the published records that hold all the words, best first. `None`: there are no words to look for.
///
/// # Errors
/// Where the database fails.
pub fn find_public(conn: &mut Conn, words: &str) -> Result<Option<Vec<i64>>, StoreError> {
    let Some(query) = quote(words) else { return Ok(None) };
    let matches = Matches::new(public_search::all, query.into_sql::<Text>());
    let best = bm25(public_search::all, TITLE, SUMMARY, BODY);
    Ok(Some(public_search::table.filter(matches).order(best).select(public_search::rowid).load(conn)?))
}

/// Most records that are compared with a title.
const ALIKE: usize = 40;

/// Ids of records with words of this title in theirs, the most likely first; of characters written without spaces two
/// together count as a word.
///
/// # Errors
/// Where the database fails.
pub fn alike(conn: &mut Conn, index: Index, title: &str) -> Result<Vec<i64>, StoreError> {
    let Some(query) = any_of(title) else { return Ok(Vec::new()) };
    let sql = match index {
        Index::Desk => "SELECT rowid FROM desk_search WHERE desk_search MATCH ? ORDER BY rank LIMIT ?",
        Index::Public => "SELECT rowid FROM public_search WHERE public_search MATCH ? ORDER BY rank LIMIT ?",
    };
    let limit = i64::try_from(ALIKE).unwrap_or(i64::MAX);
    let hits: Vec<Hit> = sql_query(sql).bind::<Text, _>(query).bind::<BigInt, _>(limit).load(conn)?;
    Ok(hits.into_iter().map(|hit| hit.rowid).collect())
}

/// `title : ("help" OR "desk" OR "数 据")`.
fn any_of(title: &str) -> Option<String> {
    let short: String = title.chars().take(QUERY).collect();
    let terms = terms(&words(&short), |word| word.raw.to_owned());
    let quoted: Vec<String> = terms.iter().map(|term| format!("\"{term}\"")).collect();
    if quoted.is_empty() { None } else { Some(format!("title : ({})", quoted.join(" OR "))) }
}

#[derive(QueryableByName)]
struct Hit {
    #[diesel(sql_type = BigInt)]
    rowid: i64,
}

/// The published records of one form that hold all the words, best first, up to `limit` of them.
///
/// # Errors
/// Where the database fails.
pub fn best_public(conn: &mut Conn, form: &str, words: &str, limit: i64) -> Result<Option<Vec<i64>>, StoreError> {
    let Some(query) = quote(words) else { return Ok(None) };
    let ids = public_search::table
        .inner_join(public_records::table.on(public_records::submission_id.eq(public_search::rowid)))
        .filter(Matches::new(public_search::all, query.into_sql::<Text>()))
        .filter(public_records::form.eq(form))
        .order(bm25(public_search::all, TITLE, SUMMARY, BODY))
        .limit(limit)
        .select(public_search::rowid);
    Ok(Some(ids.load(conn)?))
}

/// Adds a record to the desk's index.
///
/// # Errors
/// Where the database fails.
pub fn add_desk(conn: &mut Conn, id: i64, title: &str, body: &str) -> Result<(), StoreError> {
    diesel::insert_into(desk_search::table)
        .values((desk_search::rowid.eq(id), desk_search::title.eq(spread(title)), desk_search::body.eq(spread(body))))
        .execute(conn)?;
    Ok(())
}

/// Takes a record out of the desk's index.
///
/// # Errors
/// Where the database fails.
pub fn remove_desk(conn: &mut Conn, id: i64) -> Result<(), StoreError> {
    diesel::delete(desk_search::table.find(id)).execute(conn)?;
    Ok(())
}

/// Replaces a record of the public index.
///
/// # Errors
/// Where the database fails.
pub fn write_public(conn: &mut Conn, id: i64, texts: &[String; 3]) -> Result<(), StoreError> {
    remove_public(conn, id)?;
    let [title, summary, body] = texts;
    diesel::insert_into(public_search::table)
        .values((
            public_search::rowid.eq(id),
            public_search::title.eq(spread(title)),
            public_search::summary.eq(spread(summary)),
            public_search::body.eq(spread(body)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Takes a record out of the public index.
///
/// # Errors
/// Where the database fails.
pub fn remove_public(conn: &mut Conn, id: i64) -> Result<(), StoreError> {
    diesel::delete(public_search::table.find(id)).execute(conn)?;
    Ok(())
}

#[derive(QueryableByName)]
struct Indexed {
    #[diesel(sql_type = BigInt)]
    rowid: i64,
    #[diesel(sql_type = Text)]
    texts: String,
}

/// All indexed texts by record, for `verify`: columns joined by a line break.
///
/// # Errors
/// Where the database fails.
pub fn indexed(conn: &mut Conn, index: Index) -> Result<Vec<(i64, String)>, StoreError> {
    let sql = match index {
        Index::Desk => "SELECT rowid, title || char(10) || body AS texts FROM desk_search ORDER BY rowid",
        Index::Public => {
            "SELECT rowid, title || char(10) || summary || char(10) || body AS texts FROM public_search ORDER BY rowid"
        }
    };
    let rows: Vec<Indexed> = sql_query(sql).load(conn)?;
    Ok(rows.into_iter().map(|row| (row.rowid, row.texts)).collect())
}

/// The text as it is indexed.
#[must_use]
pub fn spread(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_wordless(letter) {
            out.push(' ');
            out.push(letter);
            out.push(' ');
        } else {
            out.push(letter);
        }
    }
    out
}

/// The reader's words as FTS5 phrases, the last one as a beginning: `"multi agency"*`.
fn quote(words: &str) -> Option<String> {
    let short: String = words.chars().filter(|c| *c != '\0').take(QUERY).collect();
    let phrases: Vec<String> = short.split_whitespace().filter_map(phrase).take(WORDS).collect();
    if phrases.is_empty() { None } else { Some(phrases.join(" ")) }
}

/// One word as a phrase of its letters and digits; punctuation parts it, as the tokenizer does.
fn phrase(word: &str) -> Option<String> {
    let spread = spread(word);
    let parts: Vec<&str> = spread.split(|c: char| !is_token(c)).filter(|part| !part.is_empty()).collect();
    let last = parts.last()?;
    // A beginning of one letter would match nearly everything.
    let open = last.chars().count() > 1 && !last.chars().any(is_wordless);
    Some(format!("\"{}\"{}", parts.join(" "), if open { "*" } else { "" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_phrases_and_syntax_becomes_nothing() {
        assert_eq!(quote("multi-agency").as_deref(), Some("\"multi agency\"*"));
        assert_eq!(quote("l'accueil a").as_deref(), Some("\"l accueil\"* \"a\""));
        assert_eq!(quote("\"unclosed AND (x").as_deref(), Some("\"unclosed\"* \"AND\"* \"x\""));
        assert_eq!(quote("数据收集").as_deref(), Some("\"数 据 收 集\""));
        for nothing in ["", "   ", "*", "(", "\"", "-- ++", "؟"] {
            assert_eq!(quote(nothing), None, "{nothing}");
        }
    }
}
