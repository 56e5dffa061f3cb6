//! DescribeTrails: the trail that audit records are delivered to. It is a trail of each account.

use identity::Caller;
use names::AccountId;
use operations::AuditTrail;
use wire::aws::WireRefusal;
use wire::aws::cloudtrail::{DescribeTrailsRequest, DescribeTrailsResponse, Trail};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::trail_arn::{TrailArn, require_name};

pub(in crate::doors::aws) struct DescribeTrails;

impl Call for DescribeTrails {
    type Input = DescribeTrailsRequest;
    type Target = AccountId;
    type Output = DescribeTrailsResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        let _ = input;
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        account: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let DescribeTrailsRequest { trail_name_list, include_shadow_trails } = input;
        let named = trail_name_list.unwrap_or_default();
        let parse = |name: &String| {
            require_name(name)?;
            TrailArn::parse(context.caller, name)
        };
        let named = named.iter().map(parse);
        let named = named.collect::<Result<Vec<TrailArn>, WireRefusal>>()?;
        // Outside its home Region it is a shadow.
        let shadows = include_shadow_trails.unwrap_or(true);
        let is_wanted = |trail: &AuditTrail, arn: &TrailArn| {
            (shadows || trail.home_region == context.caller.region)
                && (named.is_empty() || named.contains(arn))
        };
        let found = context.operations().describe_trails().await?;
        let found = found.map(|trail| (arn(&account, &trail), trail));
        let found = found.filter(|(arn, trail)| is_wanted(trail, arn));
        let trail_list = found.map(|(arn, trail)| write(trail, &arn)).into_iter().collect();
        Ok(DescribeTrailsResponse { trail_list: Some(trail_list) })
    }
}

/// The ARN that the trail has in an account.
pub(super) fn arn(account: &AccountId, trail: &AuditTrail) -> TrailArn {
    TrailArn::of(account, trail.home_region.as_str(), &trail.name)
}

fn write(trail: AuditTrail, arn: &TrailArn) -> Trail {
    let AuditTrail { name, home_region, bucket, prefix, begun_at: _ } = trail;
    Trail {
        name: Some(name),
        s3_bucket_name: Some(bucket),
        s3_key_prefix: Some(prefix).filter(|prefix| !prefix.is_empty()),
        include_global_service_events: Some(true),
        is_multi_region_trail: Some(true),
        home_region: Some(home_region.to_string()),
        trail_arn: Some(arn.as_str().to_owned()),
        log_file_validation_enabled: Some(true),
        has_custom_event_selectors: Some(false),
        has_insight_selectors: Some(false),
        is_organization_trail: Some(false),
        ..Trail::default()
    }
}
