//! The HTTP service: the same in `serve` and in the tests.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::{Error, HttpRequest, HttpResponse, web};

use super::errors::{WebError, dress};
use super::network::Limits;
use super::{guard, routes};
use crate::app::App;

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

/// What no route takes: the right page for a wrong method, else "not found".
async fn nothing_here(req: HttpRequest, app: web::Data<App>) -> HttpResponse {
    let known = ["GET", "HEAD", "POST"].contains(&req.method().as_str());
    let error = if known { WebError::NotFound } else { WebError::Method };
    dress(&app, &req, &error)
}
