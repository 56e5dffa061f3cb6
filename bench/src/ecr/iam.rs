use anyhow::{Context, Result, ensure};
use jiff::Timestamp;

use super::signature::{AccessKey, Signed};
use super::{Ecr, REGION};
use crate::http::Connection;

/// The content type of IAM's calls.
const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";

impl Ecr {
    /// The same server, as another caller.
    pub(crate) fn as_owner_of(&self, key: AccessKey) -> Self {
        Self { address: self.address, key }
    }

    /// One call of IAM; answers with its XML.
    pub(crate) async fn iam(&self, action: &str, parameters: &[(&str, &str)]) -> Result<String> {
        let mut body = format!("Action={action}&Version=2010-05-08");
        for (name, value) in parameters {
            body.extend(["&", name, "=", &escaped(value)]);
        }
        let host = self.address.to_string();
        let signed = Signed {
            host: &host,
            service: "iam",
            content_type: FORM,
            target: None,
            body: body.as_bytes(),
            region: REGION,
        };
        let (date, authorization) = signed.sign(&self.key, Timestamp::now());
        let request = format!(
            "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: {FORM}\r\nX-Amz-Date: {date}\r\n\
             Authorization: {authorization}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len(),
        );
        let mut connection = Connection::open(self.address).await?;
        connection.send(request.as_bytes()).await?;
        let head = connection.head().await?;
        let text = String::from_utf8(connection.collect(head.framing).await?)?;
        ensure!(head.status == 200, "{action}: status {} {text}", head.status);
        Ok(text)
    }

    /// A key of a user.
    pub(crate) async fn create_access_key(&self, user: &str) -> Result<AccessKey> {
        let text = self.iam("CreateAccessKey", &[("UserName", user)]).await?;
        let id = element(&text, "AccessKeyId").context("a key without an id")?.to_owned();
        let secret =
            element(&text, "SecretAccessKey").context("a key without a secret")?.to_owned();
        Ok(AccessKey { id, secret })
    }
}

/// The text of the first element of this name. The elements read here need no escapes.
fn element<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    rest.split_once(&format!("</{name}>")).map(|(text, _)| text)
}

fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
