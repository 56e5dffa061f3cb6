use iam::{Failure, Refusal, StsRefusal};

use crate::guard::{Guard, Player, RequestFrom, RequestKeys};

/// Records a denied attempt to assume a role, if that was the failure.
pub(super) fn write_down(
    failure: &Failure,
    guard: &Guard,
    from: &RequestFrom,
    keys: &RequestKeys,
    player: impl FnOnce() -> Player,
) {
    if let Failure::Refused(Refusal::Sts(StsRefusal::RoleDenied(denied))) = failure {
        guard.write_down_role(from, keys, player(), denied);
    }
}
