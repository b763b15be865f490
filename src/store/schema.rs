//! The tables, as the migrations make them; a test compares the two.

diesel::table! { form_versions (version) { version -> Text, form -> Text, source -> Text, recorded_at -> BigInt, } }
diesel::table! {
    accounts (id) {
        id -> BigInt, email -> Text, name -> Text, role -> Text, language -> Text, password_hash -> Nullable<Text>,
        totp_secret -> Nullable<Text>, totp_step -> BigInt, disabled_at -> Nullable<BigInt>, created_at -> BigInt,
        calendar_generation -> BigInt,
    }
}
diesel::table! {
    sessions (token_hash) { token_hash -> Text, account_id -> BigInt, complete -> Bool, created_at -> BigInt, seen_at -> BigInt, }
}
diesel::table! {
    account_links (token_hash) { token_hash -> Text, account_id -> BigInt, expires_at -> BigInt, used_at -> Nullable<BigInt>, }
}
diesel::table! { alerts (id) { id -> BigInt, account_id -> BigInt, form -> Nullable<Text>, region -> Nullable<Text>, } }
diesel::table! { sign_in_failures (id) { id -> BigInt, account_email -> Text, network -> Text, at -> BigInt, } }
diesel::table! {
    submissions (id) {
        id -> BigInt, reference -> Text, form -> Text, state -> Text, visibility -> Text, head_revision -> Integer,
        published_revision -> Nullable<Integer>, version -> BigInt, link_generation -> BigInt,
        address_confirmed_at -> Nullable<BigInt>, language -> Text, channel -> Text, created_at -> BigInt, state_since -> BigInt,
        mail_language -> Nullable<Text>,
        assignee -> Nullable<BigInt>,
    }
}
diesel::table! {
    revisions (submission_id, number) { submission_id -> BigInt, number -> Integer, form_version -> Text, recorded_at -> BigInt, }
}
diesel::table! {
    revision_parts (submission_id, number, part) {
        submission_id -> BigInt, number -> Integer, part -> Text, value -> Nullable<Text>, salt -> Nullable<Binary>, commitment -> Text,
    }
}
diesel::table! {
    submission_keys (key) { key -> Text, answers_digest -> Text, submission_id -> BigInt, created_at -> BigInt, }
}
diesel::table! {
    events (seq) {
        seq -> BigInt, submission_id -> BigInt, kind -> Text, author -> Text, account_id -> Nullable<BigInt>,
        decision -> Nullable<Text>, reason -> Nullable<Text>, state -> Text, revision -> Integer, at -> BigInt,
        commitments -> Text, digest -> Text, assignee -> Nullable<BigInt>, undoes -> Nullable<BigInt>,
    }
}
diesel::table! { authorities (event_seq) { event_seq -> BigInt, submission_id -> BigInt, means -> Text, } }
diesel::table! {
    handed_over (event_seq) { event_seq -> BigInt, submission_id -> BigInt, way -> Text, received_on -> Text, source -> Nullable<Text>, }
}
diesel::table! {
    translations (event_seq) {
        event_seq -> BigInt, submission_id -> BigInt, language -> Text, made_from -> Text, body -> Nullable<Text>,
        salt -> Nullable<Binary>, commitment -> Text,
    }
}
diesel::table! { reviews (event_seq) { event_seq -> BigInt, submission_id -> BigInt, conflict -> Bool, } }
diesel::table! {
    review_opinions (event_seq, criterion) {
        event_seq -> BigInt, criterion -> Text, opinion -> Text, body -> Nullable<Text>, salt -> Nullable<Binary>, commitment -> Text,
    }
}
diesel::table! { decision_criteria (event_seq, criterion) { event_seq -> BigInt, criterion -> Text, } }
diesel::table! {
    notes (id) {
        id -> BigInt, event_seq -> BigInt, submission_id -> BigInt, body -> Nullable<Text>, salt -> Nullable<Binary>, commitment -> Text,
    }
}
diesel::table! {
    points (id) {
        id -> BigInt, submission_id -> BigInt, asked_seq -> BigInt, base_revision -> Integer, field -> Nullable<Text>,
        required -> Bool, follows -> Nullable<BigInt>, body -> Nullable<Text>, salt -> Nullable<Binary>, commitment -> Text,
        answered_seq -> Nullable<BigInt>, settled_seq -> Nullable<BigInt>,
    }
}
diesel::table! {
    point_replies (point_id) {
        point_id -> BigInt, event_seq -> BigInt, body -> Nullable<Text>, salt -> Nullable<Binary>, commitment -> Text,
    }
}
diesel::table! {
    appointments (event_seq) {
        event_seq -> BigInt, submission_id -> BigInt, sequence -> Integer, starts -> Text, ends -> Text, zone -> Text,
        cancelled -> Bool, details -> Nullable<Text>, salt -> Nullable<Binary>, commitment -> Text,
    }
}
diesel::table! { undone_settlements (point_id, settled_seq) { point_id -> BigInt, settled_seq -> BigInt, } }
diesel::table! {
    drafts (id) {
        id -> Text, form -> Text, submission_id -> Nullable<BigInt>, base_revision -> Nullable<Integer>, pairs -> Text,
        version -> BigInt, link_generation -> BigInt, submission_key -> Text, language -> Text, step -> Text, turns -> Text,
        begun_by -> Nullable<Text>, address -> Nullable<Text>, reminded_for -> Nullable<BigInt>, created_at -> BigInt,
        saved_at -> BigInt, expires_at -> BigInt, mail_language -> Nullable<Text>,
    }
}
diesel::table! {
    attachments (id) {
        id -> Text, name -> Text, media_type -> Text, size -> BigInt, sha256 -> Text, draft_id -> Nullable<Text>, created_at -> BigInt,
        scan -> Text, scanned_at -> Nullable<BigInt>, copy_size -> Nullable<BigInt>, copy_sha256 -> Nullable<Text>,
    }
}
diesel::table! { submission_attachments (attachment_id) { attachment_id -> Text, submission_id -> BigInt, } }
diesel::table! {
    publications (id) {
        id -> BigInt, submission_id -> BigInt, revision -> Integer, public_json -> Text, effective_at -> BigInt, recorded_at -> BigInt,
        restores -> Nullable<BigInt>,
    }
}
diesel::table! {
    publication_endings (publication_id) { publication_id -> BigInt, kind -> Text, effective_at -> BigInt, recorded_at -> BigInt, }
}
diesel::table! { generation (one) { one -> Integer, value -> BigInt, } }
diesel::table! {
    outbox (id) {
        id -> BigInt, kind -> Text, occasion -> Text, event_seq -> Nullable<BigInt>, submission_id -> Nullable<BigInt>,
        revision -> Nullable<Integer>, draft_id -> Nullable<Text>, account_id -> Nullable<BigInt>, address -> Text, name -> Text,
        language -> Text, link_generation -> BigInt, status -> Text, attempts -> Integer, due_at -> BigInt, lease_until -> Nullable<BigInt>, message_id -> Text, frozen -> Nullable<Text>,
        last_reply -> Nullable<Text>, created_at -> BigInt, done_at -> Nullable<BigInt>,
    }
}
diesel::table! { suppressions (address) { address -> Text, reason -> Text, since -> BigInt, account_id -> Nullable<BigInt>, } }
diesel::table! { mail_pause (one) { one -> Integer, reason -> Text, since -> BigInt, tries -> Integer, next_at -> BigInt, } }
diesel::table! {
    desk_records (submission_id) {
        submission_id -> BigInt, reference -> Text, form -> Text, title -> Text, organization -> Text, country -> Text,
        language -> Text, state -> Text, visibility -> Text, waits_for -> Text, resubmitted -> Bool, address_confirmed -> Bool,
        waiting_since -> BigInt, created_at -> BigInt, unanswered -> Bool, assignee -> Nullable<BigInt>,
        due_at -> Nullable<BigInt>, disputed -> Bool,
    }
}
diesel::table! { desk_facets (submission_id, facet, value) { submission_id -> BigInt, facet -> Text, value -> Text, } }
diesel::table! {
    desk_answers (submission_id, number) {
        submission_id -> BigInt, number -> Integer, phase -> Text, waited -> BigInt, at -> BigInt, account_id -> BigInt,
    }
}
diesel::table! {
    public_records (submission_id) {
        submission_id -> BigInt, publication_id -> BigInt, reference -> Text, form -> Text, form_version -> Text, title -> Text,
        organization -> Text, language -> Text, first_published_at -> BigInt, published_at -> BigInt, public_json -> Text,
    }
}
diesel::table! { public_facets (submission_id, facet, value) { submission_id -> BigInt, facet -> Text, value -> Text, } }
diesel::table! { public_links (submission_id, target) { submission_id -> BigInt, target -> Text, } }
diesel::table! { public_attachments (attachment_id, submission_id) { attachment_id -> Text, submission_id -> BigInt, } }
diesel::table! { views (id) { id -> BigInt, account_id -> BigInt, name -> Text, query -> Text, shared -> Bool, created_at -> BigInt, } }
diesel::table! { batches (id) { id -> BigInt, account_id -> BigInt, query -> Text, task -> Nullable<Text>, created_at -> BigInt, } }
diesel::table! {
    batch_items (batch_id, submission_id) { batch_id -> BigInt, submission_id -> BigInt, version -> BigInt, outcome -> Text, }
}
diesel::table! { projections (one) { one -> Integer, made_with -> Text, } }
diesel::table! {
    parties (submission_id, revision, row) { submission_id -> BigInt, revision -> Integer, row -> Integer, party -> Integer, }
}
diesel::table! {
    party_standings (event_seq, party) { event_seq -> BigInt, submission_id -> BigInt, party -> Integer, status -> Text, revision -> Integer, }
}
diesel::table! {
    sittings (id) { id -> Text, address -> Nullable<Text>, language -> Text, created_at -> BigInt, expires_at -> BigInt, }
}
diesel::table! {
    imports (identity) { identity -> Text, digest -> Text, submission_id -> BigInt, at -> BigInt, }
}
diesel::table! { sitting_reports (submission_id) { submission_id -> BigInt, sitting_id -> Text, at -> BigInt, } }
diesel::table! {
    relations (event_seq) {
        event_seq -> BigInt, submission_id -> BigInt, kind -> Text, target_id -> BigInt, ended_seq -> Nullable<BigInt>,
    }
}
diesel::table! { refilings (draft_id) { draft_id -> Text, submission_id -> BigInt, } }
diesel::table! { redactions (attachment_id) { attachment_id -> Text, event_seq -> BigInt, } }
diesel::table! {
    subscriptions (id) {
        id -> Text, address -> Text, interest -> Text, pace -> Text, language -> Text, created_at -> BigInt,
        confirmed_at -> Nullable<BigInt>, told_seq -> BigInt, due_at -> BigInt,
    }
}
diesel::table! {
    alert_settings (account_id) {
        account_id -> BigInt, pace -> Text, zone -> Text, day -> Text, hour -> Integer, stopped_at -> Nullable<BigInt>,
        daily_due_at -> BigInt, weekly_due_at -> BigInt,
    }
}
diesel::table! {
    routings (id) {
        id -> BigInt, form -> Nullable<Text>, region -> Nullable<Text>, language -> Nullable<Text>, account_id -> Nullable<BigInt>,
        address -> Nullable<Text>, stopped_at -> Nullable<BigInt>, created_at -> BigInt,
    }
}
diesel::table! { digest_events (account_id, event_seq) { account_id -> BigInt, event_seq -> BigInt, pace -> Text, } }
diesel::table! { mutes (account_id, submission_id) { account_id -> BigInt, submission_id -> BigInt, } }
diesel::table! { told_events (mail_id, event_seq) { mail_id -> BigInt, event_seq -> BigInt, } }

diesel::allow_tables_to_appear_in_same_query!(accounts, sessions, alerts, account_links);
diesel::allow_tables_to_appear_in_same_query!(
    form_versions,
    submissions,
    submission_keys,
    revisions,
    revision_parts,
    events,
    notes
);
diesel::joinable!(point_replies -> points (point_id));
diesel::allow_tables_to_appear_in_same_query!(points, point_replies);
diesel::allow_tables_to_appear_in_same_query!(appointments, submissions);
diesel::allow_tables_to_appear_in_same_query!(attachments, submission_attachments, drafts, redactions);
diesel::allow_tables_to_appear_in_same_query!(refilings, drafts);
diesel::allow_tables_to_appear_in_same_query!(publications, publication_endings);
diesel::allow_tables_to_appear_in_same_query!(
    desk_records,
    desk_facets,
    desk_answers,
    accounts,
    submissions,
    batch_items
);
diesel::allow_tables_to_appear_in_same_query!(public_records, public_facets, public_links);
