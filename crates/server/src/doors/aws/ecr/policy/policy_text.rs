//! ECR's format of policies: not as they were sent, but reprinted, with two spaces per level and
//! the elements in ECR's order.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// The elements of a document and of a statement, in the order in which they are printed. The rest,
/// the insides of principals and conditions, stays as it stood.
const ORDER: [&str; 12] = [
    "Version",
    "Id",
    "Statement",
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

/// The text in ECR's format. A text that is not JSON, which no accepted text is, stays unchanged.
pub(super) fn printed(text: &str) -> String {
    let Ok(node) = serde_json::from_str::<Node>(text) else { return text.to_owned() };
    let mut printed = String::with_capacity(text.len() * 2);
    node.print(0, &mut printed);
    printed
}

/// JSON that remembers the order of its members.
enum Node {
    Plain(serde_json::Value),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    fn print(&self, depth: usize, out: &mut String) {
        match self {
            Self::Plain(value) => out.push_str(&value.to_string()),
            Self::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    out.push_str(if at == 0 { " " } else { ", " });
                    item.print(depth, out);
                }
                out.push_str(" ]");
            }
            Self::Object(members) if members.is_empty() => out.push_str("{ }"),
            Self::Object(members) => {
                out.push('{');
                for (at, (key, value)) in in_order(members).into_iter().enumerate() {
                    out.push_str(if at == 0 { "\n" } else { ",\n" });
                    indent(depth + 1, out);
                    out.push_str(&serde_json::Value::from(key.as_str()).to_string());
                    out.push_str(" : ");
                    value.print(depth + 1, out);
                }
                out.push('\n');
                indent(depth, out);
                out.push('}');
            }
        }
    }
}

fn in_order(members: &[(String, Node)]) -> Vec<&(String, Node)> {
    let place = |key: &str| ORDER.iter().position(|known| *known == key).unwrap_or(ORDER.len());
    let mut ordered: Vec<&(String, Node)> = members.iter().collect();
    ordered.sort_by_key(|(key, _)| place(key));
    ordered
}

fn indent(depth: usize, out: &mut String) {
    out.extend(std::iter::repeat_n("  ", depth));
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Plain(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Plain(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Plain(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Plain(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Plain(value.into()))
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Plain(serde_json::Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Node, A::Error> {
        let mut object = Vec::new();
        while let Some(member) = members.next_entry()? {
            object.push(member);
        }
        Ok(Node::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_printed_as_ecr_prints_it() {
        let sent = r#"{"Statement":[{"Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"],
            "Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Effect":"Allow","Sid":"pull",
            "Condition":{"Bool":{"aws:SecureTransport":true}}}],"Version":"2008-10-17"}
            "#;
        let expected = r#"{
  "Version" : "2008-10-17",
  "Statement" : [ {
    "Sid" : "pull",
    "Effect" : "Allow",
    "Principal" : {
      "AWS" : "arn:aws:iam::123456789012:root"
    },
    "Action" : [ "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer" ],
    "Condition" : {
      "Bool" : {
        "aws:SecureTransport" : true
      }
    }
  } ]
}"#;
        assert_eq!(printed(sent), expected);
        assert_eq!(printed(expected), expected, "what is printed is printed the same again");
    }
}
