//! DescribeKeyring: the root keys, what needs them, and how far a rotation is.

use identity::Caller;
use names::{AccountId, Timestamp};
use operations::{DescribedKeyring, DescribedRootKey, KeyringNode, RootKeyState};
use wire::aws::WireRefusal;
use wire::aws::longshore::{self, DescribeKeyringRequest, DescribeKeyringResponse, ResealingState};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::first_account::require_first_account;

pub(in crate::doors::aws) struct DescribeKeyring;

impl Call for DescribeKeyring {
    type Input = DescribeKeyringRequest;
    type Target = AccountId;
    type Output = DescribeKeyringResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        _target: Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        require_first_account(context, "longshore:DescribeKeyring")?;
        Ok(write(context.operations().describe_keyring().await?))
    }
}

fn write(keyring: DescribedKeyring) -> DescribeKeyringResponse {
    let DescribedKeyring { root_keys, resealing, is_rotating, nodes } = keyring;
    let state = if is_rotating { ResealingState::InProgress } else { ResealingState::Completed };
    let resealing = resealing.map(|progress| longshore::Resealing {
        state: Some(state),
        root_key_id: Some(progress.root_key),
        read_secrets: Some(count(progress.looked_at)),
        resealed_secrets: Some(count(progress.resealed)),
    });
    DescribeKeyringResponse {
        root_keys: Some(root_keys.iter().map(write_root_key).collect()),
        resealing,
        nodes: Some(nodes.into_iter().map(write_node).collect()),
    }
}

fn write_root_key(root_key: &DescribedRootKey) -> longshore::RootKey {
    let &DescribedRootKey { id, state, since, retired_at, is_held, is_handed_down, seals, needed } =
        root_key;
    longshore::RootKey {
        root_key_id: Some(id.to_string()),
        state: Some(match state {
            RootKeyState::New => longshore::RootKeyState::New,
            RootKeyState::Current => longshore::RootKeyState::Current,
            RootKeyState::Retired => longshore::RootKeyState::Retired,
        }),
        seals_since: since.map(Timestamp::as_epoch_seconds),
        retired_at: retired_at.map(Timestamp::as_epoch_seconds),
        is_in_keyring: Some(is_held),
        is_handed_down: Some(is_handed_down),
        sealed_secrets: seals.map(|seals| count(seals.secrets)),
        wrapped_data_keys: seals.map(|seals| count(seals.data_keys)),
        counted_at: seals.map(|seals| seals.at.as_epoch_seconds()),
        needed_because: needed.map(str::to_owned),
    }
}

fn write_node(node: KeyringNode) -> longshore::KeyringNode {
    let KeyringNode { id, root_keys, seen_at } = node;
    longshore::KeyringNode {
        node_id: Some(id),
        root_key_ids: Some(root_keys),
        seen_at: Some(seen_at.as_epoch_seconds()),
    }
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
