use std::collections::HashMap;
use std::sync::Mutex;

use names::{DataKey, KmsKeyArn, ObjectKey};

/// How many data keys are kept. Each takes a few hundred bytes.
const KEPT_MAX: usize = 8_192;

/// Data keys in the clear, by their objects. They are wiped when they are dropped.
#[derive(Default)]
pub(super) struct DataKeys(Mutex<HashMap<ObjectKey, Kept>>);

struct Kept {
    key: KmsKeyArn,
    data_key: DataKey,
}

impl DataKeys {
    /// The data key of this object, if it is kept and under this KMS key.
    pub(super) fn find(&self, object: &ObjectKey, key: &KmsKeyArn) -> Option<DataKey> {
        let kept = self.0.lock().expect("no thread panics while holding it");
        kept.get(object).filter(|kept| kept.key == *key).map(|kept| kept.data_key.clone())
    }

    /// Keeps one. If there are too many, all others are forgotten.
    pub(super) fn keep(&self, object: &ObjectKey, key: &KmsKeyArn, data_key: &DataKey) {
        let mut kept = self.0.lock().expect("no thread panics while holding it");
        if kept.len() >= KEPT_MAX {
            kept.clear();
        }
        kept.insert(object.clone(), Kept { key: key.clone(), data_key: data_key.clone() });
    }

    /// Wipes all that are under this KMS key.
    pub(super) fn forget(&self, key: &KmsKeyArn) {
        let mut kept = self.0.lock().expect("no thread panics while holding it");
        kept.retain(|_, kept| kept.key != *key);
    }
}

#[cfg(test)]
mod tests {
    use names::{AccountId, KmsKeyId, Region, RegistryId};

    use super::*;

    #[test]
    fn data_keys_are_bounded_and_forgotten() {
        let registry = RegistryId {
            account: AccountId::parse("123456789012").unwrap(),
            region: Region::parse("us-east-1").unwrap(),
        };
        let arn = |n| KmsKeyArn { registry: registry.clone(), id: KmsKeyId::from_random([n; 16]) };
        let object = |n: u32| {
            let mut bytes = [0; 16];
            bytes[..4].copy_from_slice(&n.to_le_bytes());
            ObjectKey::from_random(bytes)
        };
        let data_key = DataKey::from_bytes([9; 32]);
        let kept = DataKeys::default();
        kept.keep(&object(1), &arn(1), &data_key);
        kept.keep(&object(2), &arn(2), &data_key);
        assert!(kept.find(&object(1), &arn(1)).is_some());
        assert!(kept.find(&object(1), &arn(2)).is_none(), "under another key");
        kept.forget(&arn(1));
        assert!(kept.find(&object(1), &arn(1)).is_none());
        assert!(kept.find(&object(2), &arn(2)).is_some());
        for number in 0..20_000 {
            kept.keep(&object(number), &arn(3), &data_key);
        }
        assert!(kept.0.lock().unwrap().len() <= KEPT_MAX);
    }
}
