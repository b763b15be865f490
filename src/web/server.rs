//! The HTTP service: the same in `serve` and in the tests.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::middleware::from_fn;
use actix_web::{Error, HttpRequest, HttpResponse, web};

use super::errors::{WebError, dress};
use super::network::Limits;
use super::{guard, routes};
use crate::app::App;
use crate::locale::Language;

/// The service with its routes and guards.
pub fn service(
    app: App,
    limits: web::Data<Limits>,
) -> actix_web::App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    actix_web::App::new()
        .app_data(web::Data::new(app))
        .app_data(limits)
        .configure(routes::configure)
        .default_service(web::to(nothing_here))
        .wrap(from_fn(guard::speak))
        .wrap(actix_web::middleware::Compress::default())
        .wrap(from_fn(guard::protect))
}

/// What no route takes: "method not allowed" where the path takes others, else "not found".
async fn nothing_here(req: HttpRequest, app: web::Data<App>) -> HttpResponse {
    let allowed =
        routes::methods_of(req.path(), |collection| app.catalog.by_collection(collection, Language::En).is_some());
    if allowed.is_empty() {
        return dress(&app, &req, &WebError::NotFound);
    }
    let mut response = dress(&app, &req, &WebError::Method);
    if let Ok(value) = HeaderValue::from_str(&allowed.join(", ")) {
        response.headers_mut().insert(ALLOW, value);
    }
    response
}
