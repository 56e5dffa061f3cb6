//! The few calls of the AWS API that the workloads need, signed by hand.

mod iam;
mod signature;

use std::net::SocketAddr;

use anyhow::{Context, Result, ensure};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::http::Connection;
pub(crate) use signature::AccessKey;
use signature::Signed;

/// Longshore's default Region.
const REGION: &str = "us-east-1";

/// The content type of ECR's calls.
const JSON: &str = "application/x-amz-json-1.1";

/// Speaks to the AWS door of one server.
pub(crate) struct Ecr {
    address: SocketAddr,
    key: AccessKey,
}

impl Ecr {
    pub(crate) fn new(address: SocketAddr, key: AccessKey) -> Self {
        Self { address, key }
    }

    /// The value of an `Authorization` header for `/v2`.
    pub(crate) async fn registry_authorization(&self) -> Result<String> {
        let answer = self.call("GetAuthorizationToken", &json!({})).await?;
        let token = answer["authorizationData"][0]["authorizationToken"].as_str();
        Ok(format!("Basic {}", token.context("an answer without a token")?))
    }

    pub(crate) async fn create_repository(&self, name: &str) -> Result<()> {
        self.call("CreateRepository", &json!({ "repositoryName": name })).await.map(drop)
    }

    /// A repository under the key that ECR manages.
    pub(crate) async fn create_repository_under_key(&self, name: &str) -> Result<()> {
        let encryption = json!({ "encryptionType": "KMS" });
        let input = json!({ "repositoryName": name, "encryptionConfiguration": encryption });
        self.call("CreateRepository", &input).await.map(drop)
    }

    /// Deletes images by their tags, all of which exist.
    pub(crate) async fn delete_images(&self, repository: &str, tags: &[String]) -> Result<()> {
        let ids: Vec<Value> = tags.iter().map(|tag| json!({ "imageTag": tag })).collect();
        let input = json!({ "repositoryName": repository, "imageIds": ids });
        let answer = self.call("BatchDeleteImage", &input).await?;
        let deleted = answer["imageIds"].as_array().map_or(0, Vec::len);
        ensure!(deleted == tags.len(), "{deleted} images were deleted: {answer}");
        Ok(())
    }

    /// One call, on a separate connection.
    pub(crate) async fn call(&self, operation: &str, input: &Value) -> Result<Value> {
        let mut connection = Connection::open(self.address).await?;
        connection.send(&self.prepared(operation, input)).await?;
        let head = connection.head().await?;
        let body = connection.collect(head.framing).await?;
        let text = String::from_utf8_lossy(&body);
        ensure!(head.status == 200, "{operation}: status {} {text}", head.status);
        serde_json::from_slice(&body).with_context(|| format!("{operation} answered {text}"))
    }

    /// A complete signed request. It may be repeated while its signature is valid.
    pub(crate) fn prepared(&self, operation: &str, input: &Value) -> Vec<u8> {
        let host = self.address.to_string();
        let target = format!("AmazonEC2ContainerRegistry_V20150921.{operation}");
        let body = input.to_string();
        let signed = Signed {
            host: &host,
            service: "ecr",
            content_type: JSON,
            target: Some(&target),
            body: body.as_bytes(),
            region: REGION,
        };
        let (date, authorization) = signed.sign(&self.key, Timestamp::now());
        format!(
            "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: {JSON}\r\nX-Amz-Date: {date}\r\n\
             X-Amz-Target: {target}\r\nAuthorization: {authorization}\r\nContent-Length: {}\r\n\
             \r\n{body}",
            body.len(),
        )
        .into_bytes()
    }
}
