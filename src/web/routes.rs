//! Every URL, with the act it is. A test walks this table.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use actix_web::dev::ResourceDef;
use actix_web::http::Method;
use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};

use super::pages::{alert_end, demo, health, home, mine, parties, public, sitting, staff, submit, subscriptions};
use super::{api, guard, statics};
use crate::domain::policy::Act;

/// One line of the table.
#[derive(Debug, Clone)]
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub act: Act,
}

macro_rules! routes {
    ($($method:ident $path:literal $act:ident $handler:path;)+) => {
        /// The table.
        #[must_use]
        pub fn table() -> Vec<Route> {
            vec![$(Route { method: Method::$method, path: $path, act: Act::$act }),+]
        }

        /// Registers all of it.
        pub fn configure(config: &mut ServiceConfig) {
            $(config.service(
                web::resource($path)
                    .guard(method_guard(Method::$method))
                    .wrap(from_fn(|req, next| guard::authorize(Act::$act, req, next)))
                    .to($handler),
            );)+
        }
    };
}

/// The methods a path takes; none where there is nothing. The two last rows match almost any path, and count only where there
/// is such a collection.
pub fn methods_of(path: &str, is_collection: impl Fn(&str) -> bool) -> Vec<&'static str> {
    static TABLE: LazyLock<Vec<(ResourceDef, Route)>> =
        LazyLock::new(|| table().into_iter().map(|route| (ResourceDef::new(route.path), route)).collect());
    let first = path.split('/').nth(1).unwrap_or_default();
    let fits = |(def, route): &&(ResourceDef, Route)| {
        def.is_match(path) && (!route.path.starts_with("/{collection}") || is_collection(first))
    };
    let mut methods = BTreeSet::new();
    for (_, route) in TABLE.iter().filter(fits) {
        let names: &[&'static str] = if route.method == Method::GET { &["GET", "HEAD"] } else { &["POST"] };
        methods.extend(names);
    }
    methods.into_iter().collect()
}

/// GET answers HEAD too.
fn method_guard(method: Method) -> impl actix_web::guard::Guard {
    actix_web::guard::fn_guard(move |ctx| {
        let asked = &ctx.head().method;
        *asked == method || (method == Method::GET && *asked == Method::HEAD)
    })
}

routes! {
    // Everybody
    GET "/" ReadPublic home::home;
    GET "/help" ReadPublic home::help;
    GET "/privacy" ReadPublic home::privacy;
    GET "/accessibility" ReadPublic home::accessibility;
    GET "/need-help" ReadPublic home::need_help;
    GET "/language/{code}" ReadPublic home::language;
    GET "/find" ReadPublic mine::find;
    POST "/find" Submit mine::ask_for_link;
    GET "/find/address" ReadPublic mine::find_address;
    POST "/find/address" Submit mine::ask_for_address;
    GET "/subscribe" ReadPublic subscriptions::start;
    POST "/subscribe" Subscribe subscriptions::ask;
    GET "/subscriptions/{subscription}" Subscribe subscriptions::page;
    POST "/subscriptions/{subscription}" Subscribe subscriptions::change;
    POST "/subscriptions/{subscription}/confirmation" Subscribe subscriptions::confirm;
    GET "/subscriptions/{subscription}/end" Subscribe subscriptions::end_page;
    POST "/subscriptions/{subscription}/end" Subscribe subscriptions::end;
    GET "/alerts/{reader}/end" Subscribe alert_end::page;
    POST "/alerts/{reader}/end" Subscribe alert_end::end;
    GET "/static/{digest}/{name}" ReadPublic statics::serve;
    GET "/healthz" ReadPublic health::alive;
    GET "/readyz" ReadPublic health::ready;
    GET "/robots.txt" ReadPublic health::robots;
    GET "/attachments/{id}" ReadPublic public::attachment;

    // Stakeholders: a form, step by step
    GET "/forms/{form}" Submit submit::start::start;
    GET "/forms/{form}/questions" Submit submit::start::questions;
    GET "/forms/{form}/scope" Submit submit::start::scope;
    GET "/forms/{form}/begin" Submit submit::steps::begin;
    POST "/forms/{form}/begin" Submit submit::steps::begin_sent;
    GET "/drafts/{draft}/steps/{step}" Submit submit::steps::step;
    POST "/drafts/{draft}/steps/{step}" Submit submit::steps::step_sent;
    GET "/drafts/{draft}/attachments/{id}" Submit submit::steps::attachment;
    GET "/drafts/{draft}" Submit submit::door::door;
    POST "/drafts/{draft}" Submit submit::door::enter;
    GET "/drafts/{draft}/saved" Submit submit::later::saved;
    POST "/drafts/{draft}/link" Submit submit::later::mail_link;
    POST "/drafts/{draft}/revocation" Submit submit::later::revoke;
    GET "/drafts/{draft}/print" Submit submit::print::print;
    GET "/drafts/{draft}/read" Submit submit::print::read;
    GET "/drafts/{draft}/points" Submit submit::points::points;
    POST "/drafts/{draft}/points" Submit submit::points::points_sent;
    GET "/drafts/{draft}/check" Submit submit::check::check;
    POST "/drafts/{draft}/submission" Submit submit::check::submit;

    // Submitters: their own submission, by its link
    GET "/submissions/{reference}" OpenOwn mine::page;
    GET "/submissions/{reference}/confirmation" OpenOwn mine::confirmation;
    GET "/submissions/{reference}/address" OpenOwn mine::address;
    POST "/submissions/{reference}/address" OpenOwn mine::confirm_address;
    GET "/submissions/{reference}/new-address" OpenOwn mine::new_address;
    POST "/submissions/{reference}/new-address" OpenOwn mine::settle_address;
    POST "/submissions/{reference}/contact" OpenOwn mine::correct_address;
    POST "/submissions/{reference}/edit" OpenOwn mine::edit;
    POST "/submissions/{reference}/notes" OpenOwn mine::note;
    POST "/submissions/{reference}/edits" OpenOwn mine::answer;
    POST "/submissions/{reference}/withdrawal" OpenOwn mine::withdraw;
    GET "/submissions/{reference}/appointment.ics" OpenOwn mine::appointment;
    GET "/submissions/{reference}/attachments/{id}" OpenOwn mine::attachment;
    POST "/submissions/{reference}/parties" OpenOwn parties::ask_again;

    // Those who are named as taking part, by the link of each
    GET "/parties/{reference}" SpeakForParty parties::page;
    POST "/parties/{reference}" SpeakForParty parties::speak;

    // Contacts of published pledges: all of them reported on at once
    GET "/pledges/sitting" Submit sitting::start;
    POST "/pledges/sitting" Submit sitting::ask;
    GET "/pledges/sitting/open" Submit sitting::show_link;
    POST "/pledges/sitting/open" Submit sitting::open;
    GET "/pledges/sitting/table" Submit sitting::table;
    POST "/pledges/sitting/table" Submit sitting::send;
    GET "/pledges/sitting/received" Submit sitting::received;

    // Staff
    GET "/staff/login" SignIn staff::session::login;
    POST "/staff/login" SignIn staff::session::sign_in;
    POST "/staff/code" SignIn staff::session::code;
    POST "/staff/logout" SignIn staff::session::sign_out;
    GET "/staff/password" SignIn staff::session::password;
    POST "/staff/password" SignIn staff::session::set_password;
    GET "/staff" ReadDesk staff::queue::queue;
    GET "/staff/export.{format}" ReadDesk staff::export::export;
    POST "/staff/views" KeepAlerts staff::views::save;
    POST "/staff/views/{id}" KeepAlerts staff::views::change;
    POST "/staff/views/{id}/removal" KeepAlerts staff::views::remove;
    GET "/staff/clock" ReadDesk staff::clock::show;
    GET "/staff/submissions/{reference}" ReadDesk staff::record::record;
    GET "/staff/submissions/{reference}/difference" ReadDesk staff::comparison::difference;
    GET "/staff/submissions/{reference}/print" ReadDesk staff::print::print;
    POST "/staff/submissions/{reference}/decisions" Decide staff::decision::decide;
    POST "/staff/batches" Decide staff::batch::choose;
    GET "/staff/batches/{id}" Decide staff::batch::show;
    POST "/staff/batches/{id}" Decide staff::batch::run;
    POST "/staff/submissions/{reference}/assignee" Decide staff::assignee::assign;
    POST "/staff/submissions/{reference}/decisions/{seq}/undo" Decide staff::undo::undo;
    POST "/staff/submissions/{reference}/decisions/{seq}/mails" Decide staff::undo::send_now;
    POST "/staff/submissions/{reference}/notes" Decide staff::note::write;
    POST "/staff/submissions/{reference}/duplicates" Decide staff::beside::duplicate;
    POST "/staff/submissions/{reference}/refilings" Decide staff::beside::refile;
    POST "/staff/submissions/{reference}/redactions" Decide staff::beside::redact;
    POST "/staff/submissions/{reference}/address" Decide staff::address::settle;
    POST "/staff/submissions/{reference}/contact" Decide staff::unreached::put_right;
    POST "/staff/submissions/{reference}/points/{point}" Decide staff::points::accept;
    GET "/staff/submissions/{reference}/authority" Decide staff::authority::ask;
    POST "/staff/submissions/{reference}/authority" Decide staff::authority::confirm;
    GET "/staff/attachments/{id}" ReadDesk staff::record::attachment;
    GET "/staff/records" KeepRecords staff::records::all;
    GET "/staff/records/{form}" KeepRecords staff::records::of_form;
    GET "/staff/submissions/{reference}/edit" KeepRecords staff::edit::edit;
    POST "/staff/submissions/{reference}/revisions" KeepRecords staff::edit::save;
    GET "/staff/new/{form}" KeepRecords staff::behalf::ask;
    POST "/staff/new/{form}" KeepRecords staff::behalf::begin;
    GET "/staff/submissions/{reference}/review" Decide staff::review::ask;
    POST "/staff/submissions/{reference}/review" Decide staff::review::keep;
    GET "/staff/submissions/{reference}/translations" KeepRecords staff::translation::ask;
    POST "/staff/submissions/{reference}/translations" KeepRecords staff::translation::keep;
    GET "/staff/forms/{form}/begin" KeepRecords submit::steps::begin;
    POST "/staff/forms/{form}/begin" KeepRecords submit::steps::begin_sent;
    GET "/staff/drafts/{draft}/steps/{step}" KeepRecords submit::steps::step;
    POST "/staff/drafts/{draft}/steps/{step}" KeepRecords submit::steps::step_sent;
    GET "/staff/drafts/{draft}/attachments/{id}" KeepRecords submit::steps::attachment;
    GET "/staff/drafts/{draft}/check" KeepRecords submit::check::check;
    POST "/staff/drafts/{draft}/submission" KeepRecords submit::check::submit;
    GET "/staff/mail" ReadDesk staff::mail::list;
    POST "/staff/mail/now" TendMail staff::mail::try_now;
    GET "/staff/mail/suppressions" ReadDesk staff::suppressions::list;
    POST "/staff/mail/suppressions" TendMail staff::suppressions::lift;
    GET "/staff/mail/kinds" Decide staff::kinds::all;
    GET "/staff/mail/kinds/{kind}" Decide staff::kinds::one;
    GET "/staff/mail/kinds/{kind}/html" Decide staff::kinds::html;
    GET "/staff/mail/{id}" ReadDesk staff::mail::show;
    POST "/staff/mail/{id}/retry" TendMail staff::mail::retry;
    POST "/staff/mail/{id}/drop" TendMail staff::mail::drop_mail;
    POST "/staff/submissions/{reference}/mute" KeepAlerts staff::mute::mute;
    POST "/staff/submissions/{reference}/milestones" Decide staff::case::note;
    POST "/staff/submissions/{reference}/record" KeepRecords staff::case::become_record;
    GET "/staff/calendar" ReadDesk staff::calendar::show;
    POST "/staff/calendar/link" KeepAlerts staff::calendar::renew;
    GET "/calendar/{token}.ics" ReadPublic staff::calendar::feed;
    GET "/staff/alerts" KeepAlerts staff::alerts::show;
    POST "/staff/alerts" KeepAlerts staff::alerts::save;
    GET "/staff/routing" RouteAlerts staff::routing::list;
    POST "/staff/routing" RouteAlerts staff::routing::add;
    POST "/staff/routing/{id}/removal" RouteAlerts staff::routing::remove;
    GET "/staff/me" KeepAlerts staff::me::show;
    POST "/staff/me" KeepAlerts staff::me::save;
    GET "/staff/accounts" KeepAccounts staff::accounts::list;
    POST "/staff/accounts" KeepAccounts staff::accounts::add;
    POST "/staff/accounts/{id}/disable" KeepAccounts staff::accounts::disable;
    POST "/staff/accounts/{id}/reset" KeepAccounts staff::accounts::reset;
    GET "/staff/audit" ReadDesk staff::audit::list;

    // The demonstration
    GET "/demo/mail" ReadPublic demo::list;
    GET "/demo/mail/{id}" ReadPublic demo::show;

    // Programs
    GET "/api/openapi.json" ReadPublic api::openapi::document;
    GET "/api/v1/forms" ReadPublic api::forms::list;
    GET "/api/v1/forms/{form}" ReadPublic api::forms::show;
    POST "/api/v1/uploads" Submit api::submissions::upload;
    POST "/api/v1/forms/{form}/submissions" Submit api::submissions::create;
    GET "/api/v1/export/{file}" ReadPublic api::published::export;
    GET "/api/v1/{collection}" ReadPublic api::published::list;
    GET "/api/v1/{collection}/{reference}" ReadPublic api::published::show;

    // What is published, last: any collection a form names
    GET "/{collection}/calendar.ics" ReadPublic public::calendar::feed;
    GET "/{collection}/{reference}.ics" ReadPublic public::calendar::entry;
    GET "/{collection}" ReadPublic public::list;
    GET "/{collection}/{reference}" ReadPublic public::item;
}
