//! BatchCheckLayerAvailability.

use identity::Caller;
use names::{Digest, MediaType, RepositoryArn, StorageClass};
use operations::FoundLayer;
use wire::aws::WireRefusal;
use wire::aws::ecr::{
    BatchCheckLayerAvailabilityRequest, BatchCheckLayerAvailabilityResponse, Layer,
    LayerAvailability, LayerFailure, LayerFailureCode,
};

use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::ecr::digests;
use crate::doors::aws::failure::Refused;
use crate::doors::aws::sizes;

pub(in crate::doors::aws) struct BatchCheckLayerAvailability;

impl Call for BatchCheckLayerAvailability {
    type Input = BatchCheckLayerAvailabilityRequest;
    type Target = RepositoryArn;
    type Output = BatchCheckLayerAvailabilityResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let Asked { digests, mut layers, failures } = read(input.layer_digests);
        let found = context.operations().batch_check_layer_availability(&arn, digests).await?;
        layers.extend(found.into_iter().map(write));
        Ok(BatchCheckLayerAvailabilityResponse { layers: Some(layers), failures: Some(failures) })
    }
}

/// The requested digests that are looked up, and those that need no look-up.
struct Asked {
    digests: Vec<Digest>,
    layers: Vec<Layer>,
    failures: Vec<LayerFailure>,
}

fn read(texts: Vec<String>) -> Asked {
    let mut asked = Asked { digests: Vec::new(), layers: Vec::new(), failures: Vec::new() };
    for text in texts {
        if let Ok(digest) = Digest::parse(&text) {
            asked.digests.push(digest);
        } else if digests::satisfies_expression(&text) {
            // The digest of nothing that we could hold.
            asked.layers.push(layer(text, LayerAvailability::Unavailable));
        } else {
            asked.failures.push(refuse(text));
        }
    }
    asked
}

fn refuse(text: String) -> LayerFailure {
    let (code, why) = if text.is_empty() {
        (LayerFailureCode::MissingLayerDigest, "layer digest cannot be empty".to_owned())
    } else {
        let why = format!("layer digest should satisfy the regex '{}'", digests::EXPRESSION);
        (LayerFailureCode::InvalidLayerDigest, why)
    };
    LayerFailure {
        layer_digest: Some(text),
        failure_code: Some(code),
        failure_reason: Some(format!("Invalid request parameters: {why}")),
    }
}

fn layer(digest: String, availability: LayerAvailability) -> Layer {
    Layer {
        layer_digest: Some(digest),
        layer_availability: Some(availability),
        layer_size: None,
        media_type: None,
    }
}

fn write(found: operations::LayerAvailability) -> Layer {
    let operations::LayerAvailability { digest, found } = found;
    let Some(FoundLayer { size_bytes, media_type, storage_class }) = found else {
        return layer(digest.to_string(), LayerAvailability::Unavailable);
    };
    let availability = match storage_class {
        StorageClass::Standard => LayerAvailability::Available,
        StorageClass::Archive => LayerAvailability::Archived,
    };
    Layer {
        layer_size: Some(sizes::bytes(size_bytes)),
        media_type: media_type.as_ref().map(MediaType::to_string),
        ..layer(digest.to_string(), availability)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_in_the_archive_storage_is_archived() {
        let digest = Digest::sha256(b"layer");
        let found = |storage_class| {
            let found = Some(FoundLayer { size_bytes: 5, media_type: None, storage_class });
            write(operations::LayerAvailability { digest: digest.clone(), found })
        };
        let of = |layer: &Layer| (layer.layer_availability, layer.layer_size);
        let available = (Some(LayerAvailability::Available), Some(5));
        assert_eq!(of(&found(StorageClass::Standard)), available);
        assert_eq!(of(&found(StorageClass::Archive)), (Some(LayerAvailability::Archived), Some(5)));
    }
}
