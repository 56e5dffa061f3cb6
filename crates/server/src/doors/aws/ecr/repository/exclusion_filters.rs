//! Tag mutability and its filters: `…_WITH_EXCLUSION` needs some, the others refuse them.

use names::{ExclusionFilter, TagMutability};
use wire::aws::WireRefusal;
use wire::aws::check::invalid_parameter;
use wire::aws::ecr::{
    ImageTagMutability, ImageTagMutabilityExclusionFilter, ImageTagMutabilityExclusionFilterType,
};

const MEMBER: &str = "imageTagMutabilityExclusionFilters";

/// Reads a mode and its filters.
pub(in crate::doors::aws::ecr) fn read(
    mode: ImageTagMutability,
    filters: Option<&[ImageTagMutabilityExclusionFilter]>,
) -> Result<(TagMutability, Vec<ExclusionFilter>), WireRefusal> {
    let mutability = match mode {
        ImageTagMutability::Mutable => TagMutability::Mutable,
        ImageTagMutability::Immutable => TagMutability::Immutable,
        ImageTagMutability::ImmutableWithExclusion => TagMutability::ImmutableWithExclusion,
        ImageTagMutability::MutableWithExclusion => TagMutability::MutableWithExclusion,
    };
    let filters = match (filters, mutability.takes_filters()) {
        (Some(filters), true) => read_filters(filters)?,
        (None, false) => Vec::new(),
        (Some(_), false) => return Err(refuse("are not allowed", mutability)),
        (None, true) => return Err(refuse("can't be null", mutability)),
    };
    Ok((mutability, filters))
}

fn refuse(what: &str, mutability: TagMutability) -> WireRefusal {
    let constraint = format!(
        "ImageTagMutabilityExclusionFilters {what} when imageTagMutability is set as {mutability}"
    );
    invalid_parameter(MEMBER, &constraint)
}

fn read_filters(
    filters: &[ImageTagMutabilityExclusionFilter],
) -> Result<Vec<ExclusionFilter>, WireRefusal> {
    let read_one = |(index, filter): (usize, &ImageTagMutabilityExclusionFilter)| {
        let ImageTagMutabilityExclusionFilter { filter_type, filter } = filter;
        match filter_type {
            ImageTagMutabilityExclusionFilterType::Wildcard => {}
        }
        // The model has judged all but the number of wildcards.
        ExclusionFilter::parse(filter).map_err(|_| {
            let path = format!("{MEMBER}.{}.member.filter", index + 1);
            invalid_parameter(&path, "Member must not have more than 2 wildcards")
        })
    };
    filters.iter().enumerate().map(read_one).collect()
}

/// The mode in ECR's words.
pub(in crate::doors::aws::ecr) fn write_mode(mutability: TagMutability) -> ImageTagMutability {
    match mutability {
        TagMutability::Mutable => ImageTagMutability::Mutable,
        TagMutability::Immutable => ImageTagMutability::Immutable,
        TagMutability::ImmutableWithExclusion => ImageTagMutability::ImmutableWithExclusion,
        TagMutability::MutableWithExclusion => ImageTagMutability::MutableWithExclusion,
    }
}

/// The filters in ECR's format; absent if there are none.
pub(in crate::doors::aws::ecr) fn write_filters(
    filters: &[ExclusionFilter],
) -> Option<Vec<ImageTagMutabilityExclusionFilter>> {
    let write_one = |filter: &ExclusionFilter| ImageTagMutabilityExclusionFilter {
        filter_type: ImageTagMutabilityExclusionFilterType::Wildcard,
        filter: filter.to_string(),
    };
    (!filters.is_empty()).then(|| filters.iter().map(write_one).collect())
}
