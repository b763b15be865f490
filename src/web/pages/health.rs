//! For those who watch the server.

use actix_web::HttpResponse;

use crate::store::publications;
use crate::web::respond::State;

/// `GET /healthz`: the process answers.
pub async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

/// `GET /readyz`: the database can be read and written, and its tables are there. Mail that waits is said
/// besides: the site serves without it.
pub async fn ready(app: State) -> HttpResponse {
    let read = app.db.read(publications::generation).await;
    if read.is_ok() && app.db.is_writable().await {
        let mail = app.mail_pause().map(|pause| {
            let since = pause.since.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
            format!("mail waits since {since}: the mail server takes none\n")
        });
        let words = format!("ready\n{}", mail.unwrap_or_default());
        return HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(words);
    }
    HttpResponse::ServiceUnavailable().content_type("text/plain; charset=utf-8").body("not ready\n")
}

/// `GET /robots.txt`: the desk, drafts and submissions are nobody's to index; a demonstration is not either.
pub async fn robots(app: State) -> HttpResponse {
    let rules = if app.config.service.demo {
        "Disallow: /"
    } else {
        "Disallow: /staff\nDisallow: /drafts\nDisallow: /submissions"
    };
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(format!("User-agent: *\n{rules}\n"))
}
