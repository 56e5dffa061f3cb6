use names::Region;

use super::{ClientFailure, Credentials, Endpoint, Service, Settings, Source, xml};

const VERSION: &str = "2011-06-15";

/// Returns the credentials. STS is called if the source is a role.
pub(crate) async fn obtain(
    settings: &Settings,
    source: &Source,
    sts: &Endpoint,
    region: &Region,
) -> Result<Credentials, ClientFailure> {
    let service = settings.service("sts", sts, region);
    // Inside out, because the source of a role may be another role.
    let mut roles = Vec::new();
    let mut innermost = source;
    while let Source::Role { role_arn, session_name, external_id, source } = innermost {
        roles.push((role_arn, session_name, external_id));
        innermost = source;
    }
    let mut credentials = match innermost {
        Source::Key(credentials) => credentials.clone(),
        Source::WebIdentity(identity) => {
            let token = identity.read_token()?;
            let form = [
                ("Action", "AssumeRoleWithWebIdentity"),
                ("Version", VERSION),
                ("RoleArn", &identity.role_arn),
                ("RoleSessionName", &identity.session_name),
                ("WebIdentityToken", &token),
            ];
            read(&service, &service.call_query(None, &form).await?)?
        }
        Source::Role { .. } => unreachable!("roles were followed to what is none"),
    };
    for (role_arn, session_name, external_id) in roles.into_iter().rev() {
        let mut form = vec![
            ("Action", "AssumeRole"),
            ("Version", VERSION),
            ("RoleArn", role_arn),
            ("RoleSessionName", session_name),
        ];
        form.extend(external_id.as_deref().map(|id| ("ExternalId", id)));
        let answer = service.call_query(Some(&credentials), &form).await?;
        credentials = read(&service, &answer)?;
    }
    Ok(credentials)
}

/// Reads the `Credentials` element of an answer.
fn read(service: &Service<'_>, answer: &str) -> Result<Credentials, ClientFailure> {
    let text = |element: &str| {
        let text = xml::text_of(answer, element);
        text.ok_or_else(|| service.unintelligible(&format!("the answer has no {element}")))
    };
    let (id, secret) = (text("AccessKeyId")?, text("SecretAccessKey")?);
    Credentials::read("the answer of STS", &id, &secret, Some(&text("SessionToken")?))
}
