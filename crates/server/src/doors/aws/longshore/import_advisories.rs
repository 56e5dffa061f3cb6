//! ImportAdvisories: from documents of OSV, or the updateinfo of a repository of rpm packages; and
//! what stands beside advisories, of the CVE List, NVD, KEV and EPSS.

use bytes::Bytes;
use identity::Caller;
use names::AccountId;
use operations::{AdvisoryFormat as Format, Ecosystem, ImportedAdvisories};
use wire::aws::WireRefusal;
use wire::aws::check::invalid_parameter;
use wire::aws::longshore::{AdvisoryFormat, ImportAdvisoriesRequest, ImportAdvisoriesResponse};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::super::sizes;
use super::first_account::require_first_account;

pub(in crate::doors::aws) struct ImportAdvisories;

impl Call for ImportAdvisories {
    type Input = ImportAdvisoriesRequest;
    type Target = AccountId;
    type Output = ImportAdvisoriesResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        _target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        require_first_account(context, "longshore:ImportAdvisories")?;
        let format = read(input.format, input.ecosystem.as_deref())?;
        let documents = Bytes::from(input.documents);
        let imported = context.operations().import_advisories(format, documents).await?;
        Ok(write(imported))
    }
}

fn read(format: AdvisoryFormat, ecosystem: Option<&str>) -> Result<Format, WireRefusal> {
    let wrong = |constraint: &str| invalid_parameter("Ecosystem", constraint);
    match (format, ecosystem) {
        (AdvisoryFormat::Osv, None) => Ok(Format::Osv),
        (AdvisoryFormat::Cve, None) => Ok(Format::CveList),
        (AdvisoryFormat::Nvd, None) => Ok(Format::Nvd),
        (AdvisoryFormat::Kev, None) => Ok(Format::Kev),
        (AdvisoryFormat::Epss, None) => Ok(Format::Epss),
        (
            AdvisoryFormat::Osv
            | AdvisoryFormat::Cve
            | AdvisoryFormat::Nvd
            | AdvisoryFormat::Kev
            | AdvisoryFormat::Epss,
            Some(_),
        ) => Err(wrong("Member must be null for a format other than UPDATEINFO")),
        (AdvisoryFormat::Updateinfo, None) => {
            Err(wrong("Member must not be null for the format UPDATEINFO"))
        }
        (AdvisoryFormat::Updateinfo, Some(text)) => {
            let ecosystem: Result<Ecosystem, _> = text.parse();
            let ecosystem = ecosystem.map_err(|unknown| wrong(&unknown.to_string()))?;
            Ok(Format::UpdateInfo(ecosystem))
        }
    }
}

fn write(imported: ImportedAdvisories) -> ImportAdvisoriesResponse {
    let ImportedAdvisories {
        added,
        changed,
        unchanged,
        outdated,
        irrelevant,
        refused,
        refusals,
        packages,
    } = imported;
    ImportAdvisoriesResponse {
        added: Some(sizes::bytes(added)),
        changed: Some(sizes::bytes(changed)),
        unchanged: Some(sizes::bytes(unchanged)),
        outdated: Some(sizes::bytes(outdated)),
        irrelevant: Some(sizes::bytes(irrelevant)),
        refused: Some(sizes::bytes(refused)),
        refusals: Some(refusals),
        packages_to_judge: Some(sizes::bytes(packages)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_says_whether_it_needs_an_ecosystem() {
        use AdvisoryFormat::{Kev, Osv, Updateinfo};
        #[rustfmt::skip]
        let cases = [
            // format    ecosystem                   read   because
            (Osv,        None,                       true,  "records name theirs"),
            (Osv,        Some("Amazon Linux:2023"),  false, "it would be passed over"),
            (Kev,        None,                       true,  "it is about CVEs"),
            (Kev,        Some("Amazon Linux:2023"),  false, "it is about CVEs"),
            (Updateinfo, Some("Amazon Linux:2023"),  true,  "the file names none"),
            (Updateinfo, None,                       false, "the file names none"),
            (Updateinfo, Some("Plan 9:4"),           false, "no image is of it"),
        ];
        for (format, ecosystem, is_read, because) in cases {
            assert_eq!(read(format, ecosystem).is_ok(), is_read, "{because}");
        }
    }
}
