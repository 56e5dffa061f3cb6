use names::Region;
use policy::Context;

use super::{RequestFrom, RequestKeys};

/// The context of a request. `iam` adds the facts about the caller and the resource.
pub(crate) fn context<'a>(
    region: &'a Region,
    from: &'a RequestFrom,
    keys: &'a RequestKeys,
) -> Context<'a> {
    let RequestFrom { id: _, at, address, is_secure, user_agent, referer } = from;
    let mut context = Context::new();
    for (key, value) in keys.single() {
        context.set(key.as_str(), value.as_str());
    }
    if let Some(tag_keys) = keys.all_tag_keys() {
        context.set_many("aws:TagKeys", tag_keys.iter().map(String::as_str));
    }
    for (key, values) in keys.many() {
        context.set_many(*key, values.iter().map(String::as_str));
    }
    context.set_time(*at);
    context.set("aws:SecureTransport", *is_secure);
    context.set("aws:RequestedRegion", region.as_str());
    // No service calls in the name of a principal here.
    context.set("aws:ViaAWSService", false);
    if let Some(address) = address {
        context.set("aws:SourceIp", *address);
    }
    if let Some(text) = user_agent {
        context.set("aws:UserAgent", &**text);
    }
    if let Some(text) = referer {
        context.set("aws:referer", &**text);
    }
    context
}
