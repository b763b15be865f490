//! What the queue shows, as a file.

use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::stream;

use super::{desk, queue};
use crate::app::App;
use crate::app::export::Export;
use crate::forms::export::Format;
use crate::forms::form::FormId;
use crate::store::desk::{self as records, Queue};
use crate::store::{Conn, StoreError};
use crate::web::errors::WebError;
use crate::web::respond::{self, State};

/// GET `/staff/export.{format}`, with the filters of the queue. It holds contacts, so the log says who took it.
///
/// # Errors
/// Where there is no such format or the database fails.
pub async fn export(req: HttpRequest, app: State, end: web::Path<String>) -> Result<HttpResponse, WebError> {
    let format = Format::read(&end).ok_or(WebError::NotFound)?;
    let by = desk(&req)?.account.id;
    let wanted = queue::asked(&app, &req, req.query_string())?;
    let handle = App::clone(&app);
    let export = app.db.read(move |conn| begin(&handle, conn, format, &wanted)).await?;
    tracing::info!(account = by.0, query = req.query_string(), format = format.as_str(), "submissions were exported");
    let day = app.clock.now().date_naive();
    let name = format!("submissions-{day}");
    let pieces = stream::try_unfold((App::clone(&app), export), |(app, mut export)| async move {
        let read = move |conn: &mut Conn| Ok((export.next(conn)?, export));
        let (piece, export) = app.db.read(read).await?;
        Ok::<_, StoreError>(piece.map(|piece| (web::Bytes::from(piece), (app, export))))
    });
    let mut response = respond::download(format, &name, pieces);
    respond::no_store(&mut response);
    Ok(response)
}

fn begin(app: &App, conn: &mut Conn, format: Format, wanted: &Queue) -> Result<Export, StoreError> {
    let forms: Vec<FormId> = records::forms(conn, wanted)?.iter().map(|id| FormId::new(id)).collect();
    let ids = records::ids(conn, wanted)?;
    Export::begin(app, conn, format, &forms, ids)
}
