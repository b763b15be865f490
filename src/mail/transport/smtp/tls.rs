//! Encryption: which certificates are trusted, and a socket that is encrypted from its first octet.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::{AsyncTokioStream, Certificate, TlsParameters};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// The certificates of authorities that are trusted besides those everybody trusts.
#[derive(Clone, Default)]
pub(in crate::mail::transport) struct Trust(Vec<CertificateDer<'static>>);

impl Trust {
    /// Reads certificates in PEM; gives what is wrong with them.
    pub(in crate::mail::transport) fn new(pem: Option<&[u8]>) -> Result<Self, String> {
        let Some(pem) = pem else { return Ok(Self::default()) };
        let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
        match read {
            Ok(all) if !all.is_empty() => Ok(Self(all)),
            Ok(_) | Err(_) => Err("name a file of certificates in PEM".to_owned()),
        }
    }

    /// What lettre needs to encrypt an open connection.
    pub(super) fn parameters(&self, host: &str) -> Result<TlsParameters, Error> {
        let mut parameters = TlsParameters::builder(host.to_owned());
        for certificate in &self.0 {
            parameters = parameters.add_root_certificate(Certificate::from_der(certificate.to_vec())?);
        }
        parameters.build()
    }

    /// Encrypts a socket, if the other end proves to be `host`.
    pub(super) async fn encrypt(&self, host: &str, socket: TcpStream) -> io::Result<Encrypted> {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        for certificate in &self.0 {
            roots.add(certificate.clone()).map_err(io::Error::other)?;
        }
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
        Ok(Encrypted(TlsConnector::from(Arc::new(config)).connect(name, socket).await?))
    }
}

/// An encrypted socket that lettre can talk over.
#[derive(Debug)]
pub(super) struct Encrypted(TlsStream<TcpStream>);

impl AsyncTokioStream for Encrypted {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.0.get_ref().0.peer_addr()
    }
}

impl AsyncRead for Encrypted {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, into)
    }
}

impl AsyncWrite for Encrypted {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, from: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, from)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}
