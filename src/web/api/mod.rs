//! The interface for programs, under `/api/v1`: takes JSON and reads no session, so that it needs no proof of origin
//! (DESIGN 16). What it answers is described by `/api/openapi.json`.

mod export;
mod fields;
pub mod forms;
pub mod openapi;
mod problems;
pub mod published;
mod records;
pub mod submissions;
mod uploads;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE};
use serde_json::Value;

/// A JSON answer for whoever asked.
fn json(status: StatusCode, body: &Value) -> HttpResponse {
    HttpResponse::build(status).insert_header((CONTENT_TYPE, "application/json")).body(body.to_string())
}

/// A JSON answer that pages of other sites may read too: it is public anyway.
fn open(body: &Value) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/json"))
        .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .body(body.to_string())
}
