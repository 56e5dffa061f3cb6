//! The OCI distribution protocol, said as `docker` says it.

use std::net::SocketAddr;

use anyhow::{Context, Result, ensure};

use crate::content::{Image, Layer, MANIFEST_MEDIA_TYPE};
use crate::http::{Connection, Head};

/// Bodies up to this size leave in the same write as their head.
const JOINED_BODY_BYTES_MAX: usize = 128 * 1024;

/// The address of a registry, and its credentials.
#[derive(Clone)]
pub(crate) struct Entrance {
    pub(crate) address: SocketAddr,
    /// The value of the header.
    pub(crate) authorization: Option<String>,
    pub(crate) speech: Speech,
}

/// How to push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Speech {
    /// As to every registry.
    Registry,
    /// The limit program makes the bytes itself, so it is told how many.
    Limit,
}

/// One connection that speaks to `/v2`.
pub(crate) struct Client {
    connection: Connection,
    entrance: Entrance,
    /// The store that the registry redirected us to.
    store: Option<(String, Connection)>,
    /// Kept between requests for its memory.
    request: Vec<u8>,
}

/// The body of a request.
#[derive(Clone, Copy)]
enum Body<'a> {
    None,
    Whole(&'a [u8]),
    Chunked(&'a Layer),
}

impl Entrance {
    pub(crate) async fn open(&self) -> Result<Client> {
        let connection = Connection::open(self.address).await?;
        Ok(Client { connection, entrance: self.clone(), store: None, request: Vec::new() })
    }

    /// A request without a body, to be sent many times.
    pub(crate) fn prepared(&self, method: &str, path: &str) -> Vec<u8> {
        let mut request = Vec::new();
        self.write_head(&mut request, method, path, Body::None);
        request
    }

    fn write_head(&self, request: &mut Vec<u8>, method: &str, path: &str, body: Body<'_>) {
        let mut line = |parts: &[&str]| {
            for part in parts {
                request.extend_from_slice(part.as_bytes());
            }
            request.extend_from_slice(b"\r\n");
        };
        line(&[method, " ", path, " HTTP/1.1"]);
        line(&["Host: ", &self.address.to_string()]);
        if let Some(authorization) = &self.authorization {
            line(&["Authorization: ", authorization]);
        }
        match body {
            Body::None if method == "GET" || method == "HEAD" => {
                line(&["Accept: ", MANIFEST_MEDIA_TYPE, ", */*"]);
            }
            Body::None => line(&["Content-Length: 0"]),
            Body::Whole(bytes) => {
                line(&["Content-Type: ", content_type(path)]);
                line(&["Content-Length: ", &bytes.len().to_string()]);
            }
            Body::Chunked(_) => {
                line(&["Content-Type: ", content_type(path)]);
                line(&["Transfer-Encoding: chunked"]);
            }
        }
        line(&[]);
    }
}

impl Client {
    /// Sends a prepared request, discards the body and returns its length.
    pub(crate) async fn fetch(&mut self, prepared: &[u8]) -> Result<u64> {
        self.connection.send(prepared).await?;
        let head = self.connection.head().await?;
        let length = self.connection.discard(head.framing).await?;
        ensure!(head.status == 200, "status {}", head.status);
        Ok(length)
    }

    /// The same, following a redirect.
    pub(crate) async fn fetch_wherever(&mut self, prepared: &[u8]) -> Result<u64> {
        self.connection.send(prepared).await?;
        let head = self.connection.head().await?;
        let length = self.connection.discard(head.framing).await?;
        if head.status != 307 {
            ensure!(head.status == 200, "status {}", head.status);
            return Ok(length);
        }
        let elsewhere = head.location.context("sent away without a location")?;
        let rest = elsewhere.strip_prefix("http://").context("a location that is not http")?;
        let (host, path) = rest.split_at(rest.find('/').context("a location without a path")?);
        let store = match &mut self.store {
            Some((known, connection)) if known == host => connection,
            other => {
                let address = host.parse().context("a store without an address")?;
                &mut other.insert((host.to_owned(), Connection::open(address).await?)).1
            }
        };
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        store.send(request.as_bytes()).await?;
        let head = store.head().await?;
        let length = store.discard(head.framing).await?;
        ensure!(head.status == 200, "status {} of the store", head.status);
        Ok(length)
    }

    /// The bytes that the registry itself has sent on this connection.
    pub(crate) fn received_bytes(&self) -> u64 {
        self.connection.received_bytes()
    }

    /// `GET` of a page.
    pub(crate) async fn read(&mut self, path: &str) -> Result<Vec<u8>> {
        let request = self.entrance.prepared("GET", path);
        self.connection.send(&request).await?;
        let head = self.connection.head().await?;
        let body = self.connection.collect(head.framing).await?;
        ensure!(head.status == 200, "GET {path}: status {}", head.status);
        Ok(body)
    }

    /// Sends a prepared `HEAD` and returns its status.
    pub(crate) async fn ask(&mut self, prepared: &[u8]) -> Result<u16> {
        self.connection.send(prepared).await?;
        Ok(self.connection.head().await?.status)
    }

    /// `GET` of anything, thrown away.
    pub(crate) async fn get(&mut self, path: &str) -> Result<u64> {
        let request = self.entrance.prepared("GET", path);
        self.fetch(&request).await.with_context(|| format!("GET {path}"))
    }

    /// `HEAD` first, then everything that is missing, then the manifest.
    pub(crate) async fn push_image(
        &mut self,
        repository: &str,
        tag: &str,
        image: &Image,
    ) -> Result<()> {
        if self.entrance.speech == Speech::Limit {
            return self.order_object(&image.config_digest, image.size_bytes()).await;
        }
        for layer in &image.layers {
            self.expect_absent(repository, &layer.digest).await?;
            self.push_layer(repository, layer).await?;
        }
        self.expect_absent(repository, &image.config_digest).await?;
        self.push_blob(repository, Body::Whole(&image.config), &image.config_digest).await?;
        self.put_manifest(repository, tag, &image.manifest).await
    }

    /// `POST`, one streaming `PATCH`, `PUT`.
    pub(crate) async fn push_layer(&mut self, repository: &str, layer: &Layer) -> Result<()> {
        if self.entrance.speech == Speech::Limit {
            return self.order_object(&layer.digest, layer.size_bytes()).await;
        }
        self.push_blob(repository, Body::Chunked(layer), &layer.digest).await
    }

    pub(crate) async fn put_manifest(
        &mut self,
        repository: &str,
        tag: &str,
        manifest: &[u8],
    ) -> Result<()> {
        let path = format!("/v2/{repository}/manifests/{tag}");
        self.exchange("PUT", &path, Body::Whole(manifest), 201).await.map(drop)
    }

    /// Has the limit program make so many bytes durable.
    async fn order_object(&mut self, name: &str, size_bytes: u64) -> Result<()> {
        let path = format!("/objects/{size_bytes}/{name}");
        self.exchange("PUT", &path, Body::None, 201).await.map(drop)
    }

    async fn expect_absent(&mut self, repository: &str, digest: &str) -> Result<()> {
        let request = self.entrance.prepared("HEAD", &format!("/v2/{repository}/blobs/{digest}"));
        let status = self.ask(&request).await?;
        ensure!(status == 404, "status {status} to HEAD of a blob that was never pushed");
        Ok(())
    }

    async fn push_blob(&mut self, repository: &str, body: Body<'_>, digest: &str) -> Result<()> {
        let upload = self.begin_upload(repository).await?;
        let upload = self.exchange("PATCH", &upload, body, 202).await?;
        self.end_upload(location(upload)?, digest).await
    }

    /// Returns the path that takes the content.
    pub(crate) async fn begin_upload(&mut self, repository: &str) -> Result<String> {
        let path = format!("/v2/{repository}/blobs/uploads/");
        location(self.exchange("POST", &path, Body::None, 202).await?)
    }

    /// Returns the path that ends the upload.
    pub(crate) async fn upload_layer(&mut self, upload: &str, layer: &Layer) -> Result<String> {
        location(self.exchange("PATCH", upload, Body::Chunked(layer), 202).await?)
    }

    pub(crate) async fn end_upload(&mut self, mut upload: String, digest: &str) -> Result<()> {
        upload.push(if upload.contains('?') { '&' } else { '?' });
        upload.push_str("digest=");
        upload.push_str(digest);
        self.exchange("PUT", &upload, Body::None, 201).await.map(drop)
    }

    async fn exchange(
        &mut self,
        method: &str,
        path: &str,
        body: Body<'_>,
        expected: u16,
    ) -> Result<Head> {
        self.send(method, path, body).await.with_context(|| format!("{method} {path}"))?;
        let head = self.connection.head().await.with_context(|| format!("{method} {path}"))?;
        let answer = self.connection.collect(head.framing).await?;
        ensure!(
            head.status == expected,
            "{method} {path}: status {} {}",
            head.status,
            String::from_utf8_lossy(&answer)
        );
        Ok(head)
    }

    async fn send(&mut self, method: &str, path: &str, body: Body<'_>) -> Result<()> {
        let mut request = std::mem::take(&mut self.request);
        request.clear();
        self.entrance.write_head(&mut request, method, path, body);
        let (long, tail) = match body {
            Body::None => (&[][..], Vec::new()),
            Body::Whole(bytes) => (bytes, Vec::new()),
            Body::Chunked(layer) => (layer.framed_body(), layer.framed_tail()),
        };
        if long.len() <= JOINED_BODY_BYTES_MAX {
            request.extend_from_slice(long);
            request.extend_from_slice(&tail);
            self.connection.send(&request).await?;
        } else {
            self.connection.send(&request).await?;
            self.connection.send(long).await?;
            self.connection.send(&tail).await?;
        }
        self.request = request;
        Ok(())
    }
}

fn content_type(path: &str) -> &'static str {
    if path.contains("/manifests/") { MANIFEST_MEDIA_TYPE } else { "application/octet-stream" }
}

/// Where an upload continues, as a path on this connection.
fn location(head: Head) -> Result<String> {
    let location = head.location.context("an upload without a location")?;
    match location.split_once("://") {
        None => Ok(location),
        Some((_, rest)) => {
            let path = rest.find('/').context("a location without a path")?;
            Ok(rest[path..].to_owned())
        }
    }
}
