//! The one question asked of the desk: which records are in a view. Lists, counts, neighbours and batches all ask it here.

use chrono::{DateTime, Utc};
use diesel::dsl::{case_when, count_star, sum};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer};
use diesel::sqlite::Sqlite;

use super::Row;
use crate::domain::account::AccountId;
use crate::domain::projection::DeskRecord;
use crate::domain::submission::{ReviewState, SubmissionId};
use crate::domain::view::{Assignee, Heap, View};
use crate::store::schema::{accounts, desk_facets, desk_records};
use crate::store::sqlite::search;
use crate::store::{Conn, StoreError, micros};

/// A view with those who ask for it: what is theirs, and what is late, depends on it.
#[derive(Debug, Clone)]
pub struct Queue {
    pub view: View,
    pub reader: AccountId,
    pub now: DateTime<Utc>,
}

type Condition = Box<dyn BoxableExpression<desk_records::table, Sqlite, SqlType = Bool>>;

/// One more condition.
fn and(
    all: Condition,
    one: impl BoxableExpression<desk_records::table, Sqlite, SqlType = Bool> + 'static,
) -> Condition {
    let one: Condition = Box::new(one);
    Box::new(all.and(one))
}

impl Queue {
    /// Whether a record is in the view.
    pub(in crate::store) fn matching(&self) -> Condition {
        let mut all = and(self.heap(), self.assigned());
        if let Some(form) = self.view.form() {
            all = and(all, desk_records::form.eq(form.to_owned()));
        }
        if let Some(status) = self.view.status() {
            all = and(all, desk_records::state.eq(status.as_str()));
        }
        if let Some(language) = self.view.language() {
            all = and(all, desk_records::language.eq(language.code()));
        }
        if let Some(before) = self.view.waiting_before(self.now) {
            all = and(all, desk_records::waiting_since.le(micros(before)));
        }
        for (facet, value) in self.view.facets() {
            let having = desk_facets::table
                .filter(desk_facets::facet.eq(facet.as_str()))
                .filter(desk_facets::value.eq(value.to_owned()))
                .select(desk_facets::submission_id);
            all = and(all, desk_records::submission_id.eq_any(having));
        }
        match search::in_desk(self.view.words()) {
            Some(found) => and(all, desk_records::submission_id.eq_any(found)),
            None => all,
        }
    }

    fn heap(&self) -> Condition {
        let waiting = || {
            let held = desk_records::state.ne(ReviewState::Held.as_str());
            desk_records::waits_for.eq("network").and(held)
        };
        match self.view.heap() {
            Heap::Waiting => Box::new(waiting()),
            Heap::Mine => Box::new(waiting().and(desk_records::assignee.eq(self.reader.0).assume_not_null())),
            Heap::Unassigned => and(Box::new(waiting()), unassigned()),
            Heap::Overdue => Box::new(waiting().and(desk_records::due_at.lt(micros(self.now)).assume_not_null())),
            Heap::Submitter => Box::new(desk_records::waits_for.eq("submitter")),
            Heap::Held => Box::new(desk_records::state.eq(ReviewState::Held.as_str())),
            Heap::Done => Box::new(desk_records::waits_for.eq("nobody")),
            Heap::All => anything(),
        }
    }

    fn assigned(&self) -> Condition {
        match self.view.assignee() {
            None => anything(),
            Some(Assignee::Nobody) => unassigned(),
            Some(Assignee::Account(AccountId(id))) => Box::new(desk_records::assignee.eq(id).assume_not_null()),
        }
    }
}

/// 1 where a condition holds, else 0: summed up, it counts what is apart from the rest of the rows.
macro_rules! one_if {
    ($condition:expr) => {
        case_when($condition, 1.into_sql::<Integer>()).otherwise(0.into_sql::<Integer>())
    };
}

fn anything() -> Condition {
    Box::new(desk_records::submission_id.is_not_null())
}

/// Nobody who can still sign in looks after it.
fn unassigned() -> Condition {
    let gone = accounts::table.filter(accounts::disabled_at.is_not_null()).select(accounts::id.nullable());
    Box::new(desk_records::assignee.is_null().or(desk_records::assignee.eq_any(gone).assume_not_null()))
}

/// The lines of a view from `offset` on, `limit` at most, the oldest wait first.
///
/// # Errors
/// Where the database fails.
pub fn list(conn: &mut Conn, wanted: &Queue, (offset, limit): (i64, i64)) -> Result<Vec<DeskRecord>, StoreError> {
    let rows: Vec<Row> = desk_records::table
        .filter(wanted.matching())
        .order((desk_records::waiting_since, desk_records::submission_id))
        .limit(limit)
        .offset(offset)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(DeskRecord::try_from).collect()
}

/// How many records are in a view.
///
/// # Errors
/// Where the database fails.
pub fn count(conn: &mut Conn, wanted: &Queue) -> Result<i64, StoreError> {
    Ok(desk_records::table.filter(wanted.matching()).count().get_result(conn)?)
}

/// The submissions of all records in a view, in the order of [`list`].
///
/// # Errors
/// Where the database fails.
pub fn ids(conn: &mut Conn, wanted: &Queue) -> Result<Vec<SubmissionId>, StoreError> {
    let ids: Vec<i64> = desk_records::table
        .filter(wanted.matching())
        .order((desk_records::waiting_since, desk_records::submission_id))
        .select(desk_records::submission_id)
        .load(conn)?;
    Ok(ids.into_iter().map(SubmissionId).collect())
}

/// The forms that records of a view were given to, by name.
///
/// # Errors
/// Where the database fails.
pub fn forms(conn: &mut Conn, wanted: &Queue) -> Result<Vec<String>, StoreError> {
    let all = desk_records::table.filter(wanted.matching());
    Ok(all.select(desk_records::form).distinct().order(desk_records::form).load(conn)?)
}

/// How many records each heap has, and each form in the view's own one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    heaps: Vec<(Heap, i64)>,
    forms: Vec<(String, i64)>,
}

impl Counts {
    #[must_use]
    pub fn of(&self, heap: Heap) -> i64 {
        self.heaps.iter().find(|(known, _)| *known == heap).map_or(0, |(_, count)| *count)
    }

    /// Records of the forms that `belongs` picks.
    pub fn of_forms(&self, belongs: impl Fn(&str) -> bool) -> i64 {
        self.forms.iter().filter(|(form, _)| belongs(form)).map(|(_, count)| count).sum()
    }
}

/// Records that stand alike: who must act, status, form, who looks after them; how many, and how many of them are late.
type Group = (String, String, String, Option<i64>, i64, Option<i64>);

/// Counts all heaps under the filters of a view in one pass.
///
/// # Errors
/// Where the database fails.
pub fn counts(conn: &mut Conn, wanted: &Queue) -> Result<Counts, StoreError> {
    let all = Queue { view: wanted.view.clone().on(Heap::All), ..wanted.clone() };
    let columns = (desk_records::waits_for, desk_records::state, desk_records::form, desk_records::assignee);
    let late = sum(one_if!(desk_records::due_at.lt(micros(wanted.now)).assume_not_null()));
    let groups: Vec<Group> = desk_records::table
        .filter(all.matching())
        .group_by(columns)
        .select((columns.0, columns.1, columns.2, columns.3, count_star(), late))
        .load(conn)?;
    let gone: Vec<i64> = accounts::table.filter(accounts::disabled_at.is_not_null()).select(accounts::id).load(conn)?;
    let forms = |heap: Heap| {
        let counted = groups.iter().map(|group| (group, count_in(heap, group, (wanted.reader, &gone))));
        counted.filter(|(_, count)| *count > 0).map(|(group, count)| (group.2.clone(), count)).collect::<Vec<_>>()
    };
    let total = |heap: Heap| (heap, forms(heap).iter().map(|(_, count)| count).sum());
    Ok(Counts { heaps: Heap::ALL.iter().map(|heap| total(*heap)).collect(), forms: forms(wanted.view.heap()) })
}

/// How many of a group lie in a heap.
fn count_in(heap: Heap, group: &Group, (reader, gone): (AccountId, &[i64])) -> i64 {
    let (waits, state, _, assignee, count, late) = group;
    let held = state == ReviewState::Held.as_str();
    let waiting = waits == "network" && !held;
    let inside = match heap {
        Heap::Waiting => waiting,
        Heap::Mine => waiting && *assignee == Some(reader.0),
        Heap::Unassigned => waiting && assignee.is_none_or(|id| gone.contains(&id)),
        Heap::Overdue if waiting => return late.unwrap_or(0),
        Heap::Overdue => false,
        Heap::Submitter => waits == "submitter",
        Heap::Held => held,
        Heap::Done => waits == "nobody",
        Heap::All => true,
    };
    if inside { *count } else { 0 }
}

/// Where a record stands in a view.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// From 1, with how many there are; `None` where the record is not in the view.
    pub place: Option<(i64, i64)>,
    /// References.
    pub previous: Option<String>,
    /// What follows; after the last one, the first.
    pub next: Option<String>,
}

/// Looks around a record in a view.
///
/// # Errors
/// Where the database fails.
pub fn neighbours(conn: &mut Conn, wanted: &Queue, id: SubmissionId) -> Result<Neighbours, StoreError> {
    let since: Option<i64> =
        desk_records::table.find(id.0).select(desk_records::waiting_since).get_result(conn).optional()?;
    let Some(since) = since else { return Ok(Neighbours::default()) };
    let at = (desk_records::waiting_since, desk_records::submission_id);
    // The first comparison alone is what an index can begin at.
    let before = || at.0.le(since).and(at.0.lt(since).or(at.1.lt(id.0)));
    let after = || at.0.ge(since).and(at.0.gt(since).or(at.1.gt(id.0)));
    let all = || desk_records::table.filter(wanted.matching());
    let (total, earlier, inside): (i64, Option<i64>, Option<i64>) =
        all().select((count_star(), sum(one_if!(before())), sum(one_if!(at.1.eq(id.0))))).get_result(conn)?;
    let previous: Vec<String> =
        all().filter(before()).order((at.0.desc(), at.1.desc())).limit(1).select(desk_records::reference).load(conn)?;
    let following: Vec<String> = all().filter(after()).order(at).limit(1).select(desk_records::reference).load(conn)?;
    let mut next = following.into_iter().next();
    if next.is_none() {
        let first: Vec<String> =
            all().filter(before()).order(at).limit(1).select(desk_records::reference).load(conn)?;
        next = first.into_iter().next();
    }
    let place = inside.filter(|inside| *inside > 0).map(|_| (earlier.unwrap_or(0) + 1, total));
    Ok(Neighbours { place, previous: previous.into_iter().next(), next })
}
