//! The record of an event that no caller caused, member by member as CloudTrail writes it.

use db::{AuditRecord, AuditResource, DbError, Tx};
use names::{RepositoryArn, Timestamp, Uuid};
use serde::Serialize;

use super::Audit;
use crate::wording::moment;

/// Something that the service did in a repository by itself.
pub(crate) struct ServiceEvent<'a, D> {
    /// Its `eventName`.
    pub(crate) name: &'static str,
    /// The repository.
    pub(crate) repository: &'a RepositoryArn,
    /// Its `serviceEventDetails`.
    pub(crate) details: D,
    /// What we tell beside them: its `additionalEventData`.
    pub(crate) additional: Option<Numbers>,
}

/// How many images a lifecycle policy is about.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Numbers {
    /// As many as the repository had when they were judged.
    pub(crate) images_evaluated: u64,
    /// As many of them as rules take.
    pub(crate) images_taken: u64,
}

/// The version of the shape of records.
const EVENT_VERSION: &str = "1.11";
const SOURCE: &str = "ecr.amazonaws.com";
const INTERNAL: &str = "AWS Internal";
const REPOSITORY: &str = "AWS::ECR::Repository";

/// The whole record.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a, D> {
    event_version: &'static str,
    user_identity: UserIdentity<'a>,
    event_time: String,
    event_source: &'static str,
    event_name: &'static str,
    aws_region: &'a str,
    #[serde(rename = "sourceIPAddress")]
    source_ip_address: &'static str,
    user_agent: &'static str,
    request_parameters: (),
    response_elements: (),
    #[serde(skip_serializing_if = "Option::is_none")]
    additional_event_data: Option<Numbers>,
    #[serde(rename = "eventID")]
    event_id: &'a str,
    read_only: bool,
    resources: [Resource<'a>; 1],
    event_type: &'static str,
    management_event: bool,
    recipient_account_id: &'a str,
    service_event_details: &'a D,
    event_category: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UserIdentity<'a> {
    account_id: &'a str,
    invoked_by: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Resource<'a> {
    account_id: &'a str,
    r#type: &'static str,
    #[serde(rename = "ARN")]
    arn: &'a str,
}

impl<D: Serialize> ServiceEvent<'_, D> {
    /// Writes the record, in the transaction of what it tells. It is found by the repository's ARN
    /// and by its name.
    pub(crate) fn write(
        &self,
        tx: &mut Tx<'_>,
        audit: Audit,
        event_id: Uuid,
        now: Timestamp,
    ) -> Result<(), DbError> {
        if audit == Audit::Off {
            return Ok(());
        }
        let arn = self.repository.to_string();
        let text = self.text(&arn, &event_id, now);
        let record = AuditRecord {
            event_id,
            happened_at: now,
            name: self.name.to_owned(),
            source: SOURCE.to_owned(),
            // CloudTrail says so of every event of the service, also of those that deleted images.
            read_only: true,
            user_name: None,
            access_key: None,
            resources: vec![AuditResource { kind: REPOSITORY.to_owned(), name: arn.clone() }],
        };
        let names = [arn.as_str(), self.repository.repository.as_str()];
        tx.insert_audit_record(&self.repository.registry, &record, &names, (&text, None))
    }

    fn text(&self, arn: &str, event_id: &Uuid, now: Timestamp) -> String {
        let registry = &self.repository.registry;
        let account = registry.account.as_str();
        let record = Record {
            event_version: EVENT_VERSION,
            user_identity: UserIdentity { account_id: account, invoked_by: INTERNAL },
            event_time: moment(now),
            event_source: SOURCE,
            event_name: self.name,
            aws_region: registry.region.as_str(),
            source_ip_address: INTERNAL,
            user_agent: INTERNAL,
            request_parameters: (),
            response_elements: (),
            additional_event_data: self.additional,
            event_id: event_id.as_str(),
            read_only: true,
            resources: [Resource { account_id: account, r#type: REPOSITORY, arn }],
            event_type: "AwsServiceEvent",
            management_event: true,
            recipient_account_id: account,
            service_event_details: &self.details,
            event_category: "Management",
        };
        serde_json::to_string(&record).expect("a record has no maps with strange keys")
    }
}
