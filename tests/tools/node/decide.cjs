// Answers questions about policies, a line of JSON each, with another's evaluator.
//
// node decide.cjs FOLDER, where FOLDER/node_modules has what package-lock.json names. A question:
//   {"principal": ARN, or null for nobody, "action", "resource", "owner": account id, "context": {key: text or list},
//    "identity": [policy], "boundary", "session", "resource_policy": policy or null}
// and its answer: {"decision": "Allowed" | "ExplicitlyDenied" | "ImplicitlyDenied", "ignored": [keys it did not look at]},
// or {"error": why it was not looked at}.
'use strict'

const { createRequire } = require('node:module')
const path = require('node:path')
const readline = require('node:readline')

const installed = createRequire(path.resolve(process.argv[2], 'decide.cjs'))
const { anonymousPrincipal, runSimulation } = installed('@cloud-copilot/iam-simulate')

function simulation(question) {
  return {
    request: {
      principal: question.principal ?? anonymousPrincipal,
      action: question.action,
      resource: { resource: question.resource, accountId: question.owner },
      contextVariables: question.context
    },
    identityPolicies: question.identity.map((policy, at) => ({ name: `identity ${at}`, policy })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    sessionPolicy: question.session ?? undefined,
    resourcePolicy: question.resource_policy ?? undefined,
    permissionBoundaryPolicies: question.boundary ? [{ name: 'boundary', policy: question.boundary }] : undefined
  }
}

async function answer(line) {
  try {
    const found = await runSimulation(simulation(JSON.parse(line)), {})
    if (found.resultType === 'error') return { error: JSON.stringify(found.errors) }
    const results = found.result ? [found.result] : found.results
    return { decision: found.overallResult, ignored: results.flatMap((result) => result.ignoredContextKeys ?? []) }
  } catch (thrown) {
    return { error: `thrown: ${thrown.message}` }
  }
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    process.stdout.write(JSON.stringify(await answer(line)) + '\n')
  }
}

main()
