//! The tables that a submission writes to, with every column, as rows to read and to insert.

use diesel::prelude::*;

/// A table and its row, field by field.
macro_rules! rows {
    ($($row:ident in $table:ident ($key:ident) { $($column:ident: $sql:ty => $rust:ty,)+ })+) => {
        $(
            diesel::table! { $table ($key) { $($column -> $sql,)+ } }

            #[derive(Debug, Clone, Queryable, Insertable)]
            #[diesel(table_name = $table, treat_none_as_default_value = false)]
            pub struct $row { $(pub $column: $rust,)+ }
        )+
    };
}

rows! {
    Submission in submissions (id) {
        id: BigInt => i64,
        reference: Text => String,
        form: Text => String,
        state: Text => String,
        visibility: Text => String,
        head_revision: Integer => i32,
        published_revision: Nullable<Integer> => Option<i32>,
        version: BigInt => i64,
        link_generation: BigInt => i64,
        address_confirmed_at: Nullable<BigInt> => Option<i64>,
        language: Text => String,
        channel: Text => String,
        created_at: BigInt => i64,
        state_since: BigInt => i64,
    }
    Revision in revisions (submission_id) {
        submission_id: BigInt => i64,
        number: Integer => i32,
        form_version: Text => String,
        recorded_at: BigInt => i64,
    }
    Part in revision_parts (submission_id) {
        submission_id: BigInt => i64,
        number: Integer => i32,
        part: Text => String,
        value: Nullable<Text> => Option<String>,
        salt: Nullable<Binary> => Option<Vec<u8>>,
        commitment: Text => String,
    }
    Key in submission_keys (key) {
        key: Text => String,
        answers_digest: Text => String,
        submission_id: BigInt => i64,
        created_at: BigInt => i64,
    }
    Event in events (seq) {
        seq: BigInt => i64,
        submission_id: BigInt => i64,
        kind: Text => String,
        author: Text => String,
        account_id: Nullable<BigInt> => Option<i64>,
        decision: Nullable<Text> => Option<String>,
        reason: Nullable<Text> => Option<String>,
        state: Text => String,
        revision: Integer => i32,
        at: BigInt => i64,
        commitments: Text => String,
        digest: Text => String,
    }
    Mail in outbox (message_id) {
        kind: Text => String,
        occasion: Text => String,
        event_seq: Nullable<BigInt> => Option<i64>,
        submission_id: Nullable<BigInt> => Option<i64>,
        revision: Nullable<Integer> => Option<i32>,
        account_id: Nullable<BigInt> => Option<i64>,
        address: Text => String,
        name: Text => String,
        language: Text => String,
        status: Text => String,
        attempts: Integer => i32,
        due_at: BigInt => i64,
        message_id: Text => String,
        link_generation: BigInt => i64,
        frozen: Nullable<Text> => Option<String>,
        created_at: BigInt => i64,
    }
    DeskRecord in desk_records (submission_id) {
        submission_id: BigInt => i64,
        reference: Text => String,
        form: Text => String,
        title: Text => String,
        organization: Text => String,
        country: Text => String,
        language: Text => String,
        state: Text => String,
        visibility: Text => String,
        waits_for: Text => String,
        resubmitted: Bool => bool,
        address_confirmed: Bool => bool,
        waiting_since: BigInt => i64,
        created_at: BigInt => i64,
    }
    Facet in desk_facets (submission_id) {
        submission_id: BigInt => i64,
        facet: Text => String,
        value: Text => String,
    }
    Searched in desk_search (rowid) {
        rowid: BigInt => i64,
        title: Text => String,
        body: Text => String,
    }
}

impl Mail {
    /// As it was before the worker took it up.
    pub fn make_fresh(&mut self) {
        "queued".clone_into(&mut self.status);
        self.attempts = 0;
        self.frozen = None;
    }
}
