use iam::{Failure, Refusal, StsRefusal};

use crate::guard::{Guard, Player, RequestFrom, RequestKeys};

/// Writes down that somebody may not play a role, if that is what went wrong.
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
