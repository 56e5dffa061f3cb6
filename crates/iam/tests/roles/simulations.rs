use db::on_both_engines;
use db::testing::Engine;
use iam::{ContextEntry, PolicyHolder, PolicySource, Simulation};
use names::{AccountId, UserName};
use policy::{DECISION_STEPS_MAX, Layer, Reason, Verdict};

use crate::house::{House, PULL, policy_name, sentence};

on_both_engines!(
    a_simulation_judges_as_the_guard_would,
    a_simulation_knows_what_it_was_told,
    a_simulation_of_much_work_comes_in_pages,
    what_cannot_be_simulated_is_refused,
);

fn ask(actions: &[&str]) -> Simulation {
    let actions = actions.iter().map(|action| (*action).to_owned()).collect();
    Simulation { actions, limit: 100, ..Simulation::default() }
}

fn source(account: &AccountId, arn: &str) -> PolicySource {
    PolicySource::parse(account, arn).unwrap()
}

async fn a_simulation_judges_as_the_guard_would(engine: Engine) {
    let house = House::new(engine).await;
    let (iam, account) = (house.iam(), &house.account);
    house.user("alice").await;
    let holder = PolicyHolder::User(UserName::parse("alice").unwrap());
    iam.put_inline_policy(account, holder, policy_name("pull"), PULL.parse().unwrap())
        .await
        .unwrap();
    let simulate = async |simulation: Simulation| {
        let source = Some(source(account, "arn:aws:iam::123456789012:user/alice"));
        let results = iam.simulate_policy(account, Simulation { source, ..simulation }).await;
        let verdict = |result: &iam::Simulated| result.explanation.decision.verdict;
        results.unwrap().results.iter().map(verdict).collect::<Vec<_>>()
    };
    let both = ask(&["ecr:BatchGetImage", "ecr:PutImage"]);
    assert_eq!(simulate(both.clone()).await, [Verdict::Allowed, Verdict::ImplicitDeny]);
    let second = Simulation { skip: 1, ..both.clone() };
    assert_eq!(simulate(second).await, [Verdict::ImplicitDeny]);
    let deny = PULL.replace("Allow", "Deny");
    let denied = Simulation { policies: vec![deny], ..both.clone() };
    assert_eq!(simulate(denied).await[0], Verdict::ExplicitDeny);
    let nothing = PULL.replace("ecr:BatchGetImage", "ecr:ListImages");
    let bounded = Simulation { boundaries: vec![nothing], ..both };
    assert_eq!(simulate(bounded).await, [Verdict::ImplicitDeny; 2]);
}

async fn a_simulation_knows_what_it_was_told(engine: Engine) {
    let house = House::new(engine).await;
    let (iam, account) = (house.iam(), &house.account);
    let conditioned = PULL.replace(
        r#""Resource":"*""#,
        r#""Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":"eu-west-1"}}"#,
    );
    let asked = Simulation { policies: vec![conditioned.clone()], ..ask(&["ecr:BatchGetImage"]) };
    let results = iam.simulate_policy(account, asked.clone()).await.unwrap().results;
    assert_eq!(results[0].explanation.decision.verdict, Verdict::ImplicitDeny);
    assert_eq!(results[0].explanation.missing_context, ["aws:RequestedRegion"]);
    let (key, values) = ("aws:RequestedRegion".to_owned(), vec!["eu-west-1".to_owned()]);
    let context = vec![ContextEntry { key, values, is_list: false }];
    let results = iam.simulate_policy(account, Simulation { context, ..asked }).await;
    assert_eq!(results.unwrap().results[0].explanation.decision.verdict, Verdict::Allowed);
    let keys = iam.get_context_keys(account, None, vec![conditioned]).await.unwrap();
    assert_eq!(keys, ["aws:RequestedRegion"]);
}

async fn a_simulation_of_much_work_comes_in_pages(engine: Engine) {
    let house = House::new(engine).await;
    let (iam, account) = (house.iam(), &house.account);
    let evil = format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"*","Resource":"*",
            "Condition":{{"StringLike":{{"x:text":"*{}?b*"}}}}}}}}"#,
        "a".repeat(5_000)
    );
    let (key, values) = ("x:text".to_owned(), vec!["a".repeat(100_000)]);
    let context = vec![ContextEntry { key, values, is_list: false }];
    let actions: Vec<String> = (0..100).map(|number| format!("ecr:Action{number}")).collect();
    let asked = Simulation {
        policies: vec![evil],
        context,
        actions: actions.clone(),
        limit: 1_000,
        ..Simulation::default()
    };
    let (mut skip, mut seen, mut pages) = (0, Vec::new(), 0);
    loop {
        let simulation = Simulation { skip, ..asked.clone() };
        let page = iam.simulate_policy(account, simulation).await.unwrap();
        let steps: usize = page.results.iter().map(|result| result.explanation.steps).sum();
        assert!(steps <= 22 * DECISION_STEPS_MAX, "{steps}");
        for result in page.results {
            let reason = result.explanation.decision.reason;
            assert_eq!(reason, Reason::TooMuchWork(Layer::Identity));
            seen.push(result.action);
        }
        pages += 1;
        let Some(next) = page.next else { break };
        skip = next;
    }
    assert_eq!(seen, actions, "each once");
    assert!(pages > 5, "{pages}");
}

async fn what_cannot_be_simulated_is_refused(engine: Engine) {
    let house = House::new(engine).await;
    let (iam, account) = (house.iam(), &house.account);
    let refused = iam.simulate_policy(account, ask(&["BatchGetImage"])).await;
    assert_eq!(sentence(refused), "Invalid Entity Action: BatchGetImage");
    let malformed = Simulation { policies: vec!["{".into()], ..ask(&["ecr:PutImage"]) };
    let refused = iam.simulate_policy(account, malformed).await;
    assert_eq!(sentence(refused), "Syntax errors in policy.");
    house.user("alice").await;
    #[rustfmt::skip]
    let cases = [
        ("arn:aws:iam::123456789012:user/bob",        "The user with name bob cannot be found.",    "no user has the name"),
        ("arn:aws:iam::123456789012:user/team/alice", "The user with name alice cannot be found.",  "alice is filed elsewhere"),
    ];
    for (arn, words, because) in cases {
        let asked = Simulation { source: Some(source(account, arn)), ..ask(&["ecr:PutImage"]) };
        let refused = iam.simulate_policy(account, asked).await;
        assert_eq!(sentence(refused), words, "{because}");
    }
    assert!(PolicySource::parse(account, "arn:aws:iam::123456789012:policy/x").is_err());
}
