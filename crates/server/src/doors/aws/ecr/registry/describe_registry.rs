//! DescribeRegistry.

use identity::Caller;
use names::RegistryId;
use wire::aws::WireRefusal;
use wire::aws::ecr::{DescribeRegistryRequest, DescribeRegistryResponse, ReplicationConfiguration};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct DescribeRegistry;

impl Call for DescribeRegistry {
    type Input = DescribeRegistryRequest;
    type Target = RegistryId;
    type Output = DescribeRegistryResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<RegistryId, WireRefusal> {
        Ok(caller.registry())
    }

    async fn act(
        _context: &Context<'_>,
        registry: RegistryId,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        Ok(DescribeRegistryResponse {
            registry_id: Some(registry.account.to_string()),
            // Nothing is replicated yet, so there are no rules.
            replication_configuration: Some(ReplicationConfiguration { rules: Vec::new() }),
        })
    }
}
