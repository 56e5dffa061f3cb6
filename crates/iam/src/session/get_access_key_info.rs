use names::{AccountId, KeyKind};

use crate::{Failure, Iam, StsRefusal};

impl Iam {
    /// The account of an access key: the one that has it, or the one in its name.
    pub async fn get_access_key_info(&self, id: &str) -> Result<AccountId, Failure> {
        let wanted = id.to_owned();
        let row = self.rows.read(move |tx| tx.find_access_key(&wanted)).await?;
        let account = row.map(|key| key.account).or_else(|| KeyKind::account_of(id));
        account
            .ok_or_else(|| StsRefusal::ValidationError(format!("Invalid AccessKeyId: {id}")).into())
    }
}
