use operations::Failure;

/// What failed and why, for the operator.
pub(crate) fn explain(failure: &Failure) -> String {
    match failure {
        Failure::Refused(refusal) => refusal.to_string(),
        Failure::Fault(fault) => fault.chain(),
    }
}
