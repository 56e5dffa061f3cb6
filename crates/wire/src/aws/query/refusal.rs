use crate::aws::exception::QueryDoor;
use crate::aws::refusal::WireRefusal;

pub(super) fn refusal(text: &str) -> WireRefusal {
    WireRefusal::new(QueryDoor::MalformedInput, text)
}
