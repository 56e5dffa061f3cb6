use bytes::Bytes;
use http::header::{AUTHORIZATION, LOCATION};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri};
use tokio::time::Instant;

use super::challenge::Challenge;
use super::error::UpstreamError;
use super::registries::{STEP_PATIENCE, Upstream, UpstreamClient};
use crate::Answer;

/// Redirects that are followed, one after the other.
const REDIRECTS_MAX: u32 = 5;

/// A request to a registry.
#[derive(Clone)]
pub(super) struct Wanted<'a> {
    pub(super) method: Method,
    pub(super) path: &'a str,
    pub(super) headers: HeaderMap,
}

impl UpstreamClient {
    /// Sends a request, authorised as the registry demands, and follows its redirects. The answer
    /// is a success.
    pub(super) async fn call(
        &self,
        upstream: &Upstream,
        repository: Option<&str>,
        wanted: Wanted<'_>,
        deadline: Instant,
    ) -> Result<Answer, UpstreamError> {
        let registry = upstream.counted_as();
        if let Some(left) = self.pauses.left(&registry, Instant::now()) {
            return Err(UpstreamError::TooManyRequests(left));
        }
        let known = self.known_authorization(upstream, repository);
        let mut answer = self.follow(upstream, &wanted, known.as_ref(), deadline).await?;
        if answer.0.status() == StatusCode::UNAUTHORIZED {
            let challenge = Challenge::of(answer.0.headers())
                .ok_or_else(|| UpstreamError::Denied("no challenge is understood".to_owned()))?;
            self.forget_authorization(upstream, repository);
            let header = self.authorize(upstream, repository, challenge, deadline).await?;
            answer = self.follow(upstream, &wanted, Some(&header), deadline).await?;
        }
        let (answer, is_elsewhere) = answer;
        self.judge(&registry, answer, is_elsewhere)
    }

    fn judge(
        &self,
        registry: &str,
        answer: Answer,
        is_elsewhere: bool,
    ) -> Result<Answer, UpstreamError> {
        let (status, now) = (answer.status(), Instant::now());
        self.pauses.note(registry, answer.headers(), now);
        match status {
            StatusCode::OK | StatusCode::PARTIAL_CONTENT => Ok(answer),
            StatusCode::NOT_FOUND if !is_elsewhere => Err(UpstreamError::NotFound),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN if !is_elsewhere => {
                Err(UpstreamError::Denied(status.to_string()))
            }
            StatusCode::TOO_MANY_REQUESTS => {
                let pause = self.pauses.begin(registry, answer.headers(), now);
                Err(UpstreamError::TooManyRequests(pause))
            }
            status => Err(UpstreamError::Failed(status)),
        }
    }

    /// Sends a request, and follows redirects. Says whether the answer came from another host.
    async fn follow(
        &self,
        upstream: &Upstream,
        wanted: &Wanted<'_>,
        authorization: Option<&HeaderValue>,
        deadline: Instant,
    ) -> Result<(Answer, bool), UpstreamError> {
        let mut url = upstream.address.url(wanted.path).ok_or(MALFORMED_URL)?;
        for _ in 0..=REDIRECTS_MAX {
            let is_elsewhere = !upstream.address.holds(&url);
            let header = authorization.filter(|_| !is_elsewhere);
            let request = request(wanted, &url, header);
            let soon = deadline.min(Instant::now() + STEP_PATIENCE);
            let answer = self.client.send(request, soon).await?;
            if !is_redirect(answer.status()) {
                return Ok((answer, is_elsewhere));
            }
            let location = answer.headers().get(LOCATION).and_then(|it| it.to_str().ok());
            let location = location.ok_or(UpstreamError::Malformed("it redirects to nowhere"))?;
            url = upstream.address.follow(&url, location).ok_or(MALFORMED_URL)?;
        }
        Err(UpstreamError::Malformed("it redirects too often"))
    }
}

const MALFORMED_URL: UpstreamError = UpstreamError::Malformed("it names a URL that is not called");

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

fn request(wanted: &Wanted<'_>, url: &Uri, authorization: Option<&HeaderValue>) -> Request<Bytes> {
    let mut request = Request::new(Bytes::new());
    *request.method_mut() = wanted.method.clone();
    *request.uri_mut() = url.clone();
    *request.headers_mut() = wanted.headers.clone();
    if let Some(authorization) = authorization {
        request.headers_mut().insert(AUTHORIZATION, authorization.clone());
    }
    request
}
