//! Policies in the forms in which Terraform and the CDK write them: they come back without a
//! difference, so that no tool plans a change that no one made.
//!
//! Terraform's `jsonencode` sorts members by name and escapes `<`, `>` and `&`; its policy document
//! writes them in ECR's order; people paste JSON with white space. The CDK writes `countNumber`
//! before `countUnit`. Both compare by meaning: rules by their priority, numbers as numbers, and an
//! empty list like one that is missing.

use policy::lifecycle::Document;
use serde_json::Value;

/// A policy as a tool compares it.
fn meaning(text: &str) -> Value {
    let mut policy: Value = serde_json::from_str(text).expect("it is JSON");
    let rules = policy["rules"].as_array_mut().expect("a policy has rules");
    rules.sort_by_key(|rule| rule["rulePriority"].as_u64().expect("a priority is a number"));
    policy
}

const PASTED: &str = r#"{
    "rules": [
        {
            "rulePriority": 1,
            "description": "Keep last 30 images",
            "selection": {
                "tagStatus": "tagged",
                "tagPrefixList": ["v"],
                "countType": "imageCountMoreThan",
                "countNumber": 30
            },
            "action": {
                "type": "expire"
            }
        },
        {
            "rulePriority": 2,
            "description": "Expire images older than 14 days",
            "selection": {
                "tagStatus": "untagged",
                "countType": "sinceImagePushed",
                "countUnit": "days",
                "countNumber": 14
            },
            "action": {
                "type": "expire"
            }
        }
    ]
}
"#;

#[rustfmt::skip]
const WRITTEN: &[(&str, &str)] = &[
    (PASTED, "Terraform: text with white space and a line break at its end"),
    (
        r#"{"rules":[{"action":{"type":"expire"},"description":"keep \u003e 10 \u0026 \u003c 20 of \"main\"","rulePriority":1,"selection":{"countNumber":20,"countType":"imageCountMoreThan","tagPatternList":["main-*","main"],"tagStatus":"tagged"}},{"action":{"type":"expire"},"rulePriority":2,"selection":{"countNumber":7,"countType":"sinceImagePushed","countUnit":"days","tagStatus":"untagged"}}]}"#,
        "Terraform: jsonencode",
    ),
    (
        r#"{"rules":[{"action":{"type":"expire"},"rulePriority":30,"selection":{"countNumber":100,"countType":"imageCountMoreThan","tagStatus":"any"}},{"action":{"type":"expire"},"rulePriority":5,"selection":{"countNumber":3,"countType":"imageCountMoreThan","tagPrefixList":["prod","staging"],"tagStatus":"tagged"}}]}"#,
        "Terraform: jsonencode of rules that are not in order",
    ),
    (
        r#"{"rules":[{"rulePriority":1,"description":"previous versions","selection":{"tagStatus":"tagged","tagPrefixList":["prod"],"countType":"imageCountMoreThan","countNumber":100},"action":{"type":"expire"}},{"rulePriority":2,"selection":{"tagStatus":"any","countType":"sinceImagePulled","countUnit":"days","countNumber":90},"action":{"type":"transition","targetStorageClass":"archive"}},{"rulePriority":3,"selection":{"tagStatus":"any","storageClass":"archive","countType":"sinceImageTransitioned","countUnit":"days","countNumber":365},"action":{"type":"expire"}}]}"#,
        "Terraform: a policy document, with the archive",
    ),
    (
        r#"{"rules":[{"rulePriority":1,"selection":{"tagStatus":"tagged","tagPrefixList":["abc"],"countType":"imageCountMoreThan","countNumber":1},"action":{"type":"expire"}}]}"#,
        "CDK: tagPrefixList and maxImageCount",
    ),
    (
        r#"{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":3},"action":{"type":"expire"}}]}"#,
        "CDK: maxImageCount alone",
    ),
    (
        r#"{"rules":[{"rulePriority":1,"description":"old feature branches","selection":{"tagStatus":"tagged","tagPatternList":["feature-*"],"countType":"sinceImagePushed","countNumber":30,"countUnit":"days"},"action":{"type":"expire"}}]}"#,
        "CDK: maxImageAge, whose unit comes after its number",
    ),
    (
        r#"{"rules":[{"rulePriority":10,"selection":{"tagStatus":"tagged","tagPrefixList":["a"],"countType":"imageCountMoreThan","countNumber":5},"action":{"type":"expire"}},{"rulePriority":11,"selection":{"tagStatus":"untagged","countType":"sinceImagePushed","countNumber":1,"countUnit":"days"},"action":{"type":"expire"}},{"rulePriority":12,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":9999},"action":{"type":"expire"}}]}"#,
        "CDK: priorities that it assigned after one of ten, any last",
    ),
];

#[test]
fn policies_that_tools_write_come_back_without_a_difference() {
    for (text, because) in WRITTEN {
        let back = Document::parse(text).unwrap_or_else(|why| panic!("{because}: {why}"));
        let back = back.canonical();
        assert_eq!(meaning(&back), meaning(text), "{because}");
        let again = Document::parse(&back).expect(because).canonical();
        assert_eq!(again, back, "{because}: what came back comes back as it is");
    }
}

#[test]
fn one_policy_has_one_text_whichever_tool_wrote_it() {
    let cdk = r#"{"rules":[{"rulePriority":1,"description":"a week","selection":{"tagStatus":"untagged","countType":"sinceImagePushed","countNumber":7,"countUnit":"days"},"action":{"type":"expire"}}]}"#;
    let encoded = r#"{"rules":[{"action":{"type":"expire"},"description":"a week","rulePriority":1,"selection":{"countNumber":7,"countType":"sinceImagePushed","countUnit":"days","tagStatus":"untagged"}}]}"#;
    let texts = [cdk, encoded].map(|text| Document::parse(text).unwrap().canonical());
    assert_eq!(texts[0], texts[1]);
}
