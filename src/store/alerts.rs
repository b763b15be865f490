//! How often each account is told, what waits for its digest, and which records it wants to hear no more of.

use std::str::FromStr;

use chrono::{DateTime, Utc, Weekday};
use chrono_tz::Tz;
use diesel::prelude::*;

use super::accounts::{self, Alert};
use super::desk::{self, Queue};
use super::schema::{alert_settings, digest_events, mutes};
use super::{Conn, StoreError, known, micros};
use crate::domain::account::{AccountId, Role};
use crate::domain::pace::{Hours, Pace};
use crate::domain::projection::DeskRecord;
use crate::domain::submission::SubmissionId;
use crate::domain::view::{Filter, Heap, View};

/// Most overdue records that one digest names.
const MOST_OVERDUE: i64 = 50;

/// How an account is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    pub pace: Pace,
    pub hours: Hours,
    /// Its reader wanted no more of these mails.
    pub stopped: bool,
}

impl Settings {
    /// As an account begins: who decides is told at once, who looks on has it once a week.
    #[must_use]
    pub fn of_role(role: Role) -> Self {
        let pace = match role {
            Role::Observer => Pace::Weekly,
            Role::Moderator | Role::Admin => Pace::AtOnce,
        };
        Self { pace, hours: Hours::USUAL, stopped: false }
    }
}

type Row = (String, String, String, i32, Option<i64>);

fn read((pace, zone, day, hour, stopped): Row) -> Result<Settings, StoreError> {
    let hours = Tz::from_str(&zone).ok().zip(Weekday::from_str(&day).ok()).zip(u32::try_from(hour).ok());
    let hours = hours.and_then(|((zone, day), hour)| Hours::new(zone, day, hour));
    Ok(Settings {
        pace: known(Pace::read(&pace), &pace)?,
        hours: known(hours, &format!("{zone} {day} {hour}"))?,
        stopped: stopped.is_some(),
    })
}

/// The settings of an account.
///
/// # Errors
/// Where the database fails.
pub fn settings(conn: &mut Conn, account: AccountId) -> Result<Settings, StoreError> {
    use alert_settings as s;
    let row: Option<Row> = s::table
        .find(account.0)
        .select((s::pace, s::zone, s::day, s::hour, s::stopped_at))
        .get_result(conn)
        .optional()?;
    row.map_or(Ok(Settings::of_role(Role::Moderator)), read)
}

/// Keeps the settings of an account.
///
/// # Errors
/// Where the database fails.
pub fn set(conn: &mut Conn, account: AccountId, new: &Settings, now: DateTime<Utc>) -> Result<(), StoreError> {
    use alert_settings as s;
    let values = (
        s::pace.eq(new.pace.as_str()),
        s::zone.eq(new.hours.zone().name()),
        s::day.eq(new.hours.day().to_string()),
        s::hour.eq(i32::try_from(new.hours.hour()).unwrap_or(0)),
        s::stopped_at.eq(new.stopped.then(|| micros(now))),
        s::daily_due_at.eq(micros(new.hours.next(Pace::Daily, now))),
        s::weekly_due_at.eq(micros(new.hours.next(Pace::Weekly, now))),
    );
    let changed = diesel::update(s::table.find(account.0)).set(values.clone()).execute(conn)?;
    if changed == 0 {
        diesel::insert_into(s::table).values((s::account_id.eq(account.0), values)).execute(conn)?;
    }
    Ok(())
}

/// Stops all alerts of an account until it chooses anew; what waits is forgotten.
///
/// # Errors
/// Where the database fails.
pub fn stop(conn: &mut Conn, account: AccountId, now: DateTime<Utc>) -> Result<(), StoreError> {
    let of = alert_settings::table.find(account.0);
    diesel::update(of).set(alert_settings::stopped_at.eq(micros(now))).execute(conn)?;
    diesel::delete(digest_events::table.filter(digest_events::account_id.eq(account.0))).execute(conn)?;
    Ok(())
}

/// Keeps an event for the next digest of an account.
///
/// # Errors
/// Where the database fails.
pub fn wait(conn: &mut Conn, account: AccountId, seq: i64, pace: Pace) -> Result<(), StoreError> {
    diesel::insert_into(digest_events::table)
        .values((
            digest_events::account_id.eq(account.0),
            digest_events::event_seq.eq(seq),
            digest_events::pace.eq(pace.as_str()),
        ))
        .on_conflict_do_nothing()
        .execute(conn)?;
    Ok(())
}

/// Accounts whose time for a digest has come, with the paces it has come for.
///
/// # Errors
/// Where the database fails.
pub fn due(conn: &mut Conn, now: DateTime<Utc>) -> Result<Vec<(AccountId, Vec<Pace>)>, StoreError> {
    use alert_settings as s;
    let now = micros(now);
    let rows: Vec<(i64, i64, i64)> = s::table
        .filter(s::daily_due_at.le(now).or(s::weekly_due_at.le(now)))
        .order(s::account_id)
        .select((s::account_id, s::daily_due_at, s::weekly_due_at))
        .load(conn)?;
    let paces = |daily: i64, weekly: i64| {
        let both = [(Pace::Daily, daily), (Pace::Weekly, weekly)];
        both.into_iter().filter(|(_, due)| *due <= now).map(|(pace, _)| pace).collect()
    };
    Ok(rows.into_iter().map(|(id, daily, weekly)| (AccountId(id), paces(daily, weekly))).collect())
}

/// Takes what waits for an account at these paces, and sets when it is time again; gives the events, oldest first.
///
/// # Errors
/// Where the database fails.
pub fn take(conn: &mut Conn, account: AccountId, paces: &[Pace], now: DateTime<Utc>) -> Result<Vec<i64>, StoreError> {
    use alert_settings as s;
    let hours = settings(conn, account)?.hours;
    let names: Vec<&str> = paces.iter().map(|pace| pace.as_str()).collect();
    let waiting =
        digest_events::table.filter(digest_events::account_id.eq(account.0)).filter(digest_events::pace.eq_any(&names));
    let events: Vec<i64> =
        waiting.clone().order(digest_events::event_seq).select(digest_events::event_seq).load(conn)?;
    diesel::delete(waiting).execute(conn)?;
    for pace in paces {
        let next = micros(hours.next(*pace, now));
        let of = s::table.find(account.0);
        match pace {
            Pace::Daily => diesel::update(of).set(s::daily_due_at.eq(next)).execute(conn)?,
            Pace::Weekly => diesel::update(of).set(s::weekly_due_at.eq(next)).execute(conn)?,
            Pace::AtOnce => 0,
        };
    }
    Ok(events)
}

/// What is overdue among the records that an account follows and has not muted, the longest wait first.
///
/// # Errors
/// Where the database fails.
pub fn overdue(conn: &mut Conn, account: AccountId, now: DateTime<Utc>) -> Result<Vec<DeskRecord>, StoreError> {
    let followed = accounts::alerts_of(conn, account)?;
    let late = Queue { view: View::of(Heap::Overdue), reader: account, now };
    let mut found = Vec::new();
    for record in desk::list(conn, &late, (0, MOST_OVERDUE))? {
        let facets = desk::facets(conn, record.submission)?;
        let meets = |alert: &Alert| {
            let region =
                |code: &String| facets.iter().any(|(facet, value)| facet == Filter::Region.as_str() && value == code);
            alert.form.as_ref().is_none_or(|form| *form == record.form) && alert.region.as_ref().is_none_or(region)
        };
        if followed.iter().any(meets) && !is_muted(conn, account, record.submission)? {
            found.push(record);
        }
    }
    Ok(found)
}

/// Whether an account wants to hear no more of a record.
///
/// # Errors
/// Where the database fails.
pub fn is_muted(conn: &mut Conn, account: AccountId, submission: SubmissionId) -> Result<bool, StoreError> {
    let muted = mutes::table.find((account.0, submission.0));
    Ok(diesel::select(diesel::dsl::exists(muted)).get_result(conn)?)
}

/// Mutes a record for an account, or hears of it again. What waits for its digest of a muted record is forgotten.
///
/// # Errors
/// Where the database fails.
pub fn mute(conn: &mut Conn, account: AccountId, submission: SubmissionId, muted: bool) -> Result<(), StoreError> {
    use super::schema::events;
    if !muted {
        diesel::delete(mutes::table.find((account.0, submission.0))).execute(conn)?;
        return Ok(());
    }
    diesel::insert_into(mutes::table)
        .values((mutes::account_id.eq(account.0), mutes::submission_id.eq(submission.0)))
        .on_conflict_do_nothing()
        .execute(conn)?;
    let of: Vec<i64> = events::table.filter(events::submission_id.eq(submission.0)).select(events::seq).load(conn)?;
    let waiting = digest_events::table
        .filter(digest_events::account_id.eq(account.0))
        .filter(digest_events::event_seq.eq_any(of));
    diesel::delete(waiting).execute(conn)?;
    Ok(())
}
