// Drives the operations on KMS keys with the AWS SDK for JavaScript: results, errors and pages.
//
// node keys.cjs FOLDER, where FOLDER/node_modules has what package-lock.json names. The server and
// the credentials are those of the environment. It prints the name of each scenario that held, and
// ends with a stack trace if one did not.
'use strict'

const assert = require('node:assert/strict')
const { createHash, createPublicKey, verify } = require('node:crypto')
const { createRequire } = require('node:module')
const path = require('node:path')

const installed = createRequire(path.resolve(process.argv[2], 'keys.cjs'))
const sdk = installed('@aws-sdk/client-kms')
// One attempt: a call that fails once must be seen.
const kms = new sdk.KMSClient({ maxAttempts: 1 })

const call = (operation, input = {}) => kms.send(new sdk[`${operation}Command`](input))
const bytes = (text) => new TextEncoder().encode(text)

async function made(input = {}) {
  return (await call('CreateKey', input)).KeyMetadata
}

// Expects the error of this name, as a class of the SDK where it has one.
async function refused(name, text, promise) {
  const error = await promise.then(
    () => assert.fail(`${name} was expected`),
    (thrown) => thrown
  )
  assert.equal(error.name, name, error.message)
  assert.ok(error.message.includes(text), error.message)
  assert.equal(error.$metadata.httpStatusCode, 400)
  assert.ok(error.$metadata.requestId, 'an error has the id of its request')
  if (sdk[name]) assert.ok(error instanceof sdk[name], `${name} is a class of the SDK`)
}

async function collected(pages, list) {
  const found = []
  let count = 0
  for await (const page of pages) {
    count += 1
    assert.ok(page[list].length <= 2, 'a page is no longer than was asked for')
    found.push(...page[list])
  }
  return { found, count }
}

const scenarios = {
  async 'keys are made, described, tagged and listed page by page'() {
    const keys = []
    for (let n = 0; n < 5; n += 1) {
      keys.push(await made({ Description: `key ${n}`, Tags: [{ TagKey: 'n', TagValue: String(n) }] }))
    }
    const described = await call('DescribeKey', { KeyId: keys[3].Arn })
    assert.equal(described.KeyMetadata.Description, 'key 3')
    assert.ok(described.KeyMetadata.CreationDate instanceof Date)
    assert.ok(Math.abs(described.KeyMetadata.CreationDate - Date.now()) < 600_000)
    const { found, count } = await collected(sdk.paginateListKeys({ client: kms, pageSize: 2 }, {}), 'Keys')
    for (const key of keys) assert.ok(found.some((listed) => listed.KeyArn === key.Arn))
    assert.ok(count >= 3, `${count} pages`)
    const tags = await call('ListResourceTags', { KeyId: keys[4].KeyId })
    assert.deepEqual(tags.Tags, [{ TagKey: 'n', TagValue: '4' }])
  },

  async 'an alias names a key and pages end'() {
    const key = await made()
    for (const name of ['one', 'two', 'three']) {
      await call('CreateAlias', { AliasName: `alias/javascript/${name}`, TargetKeyId: key.KeyId })
    }
    const pages = sdk.paginateListAliases({ client: kms, pageSize: 2 }, { KeyId: key.KeyId })
    const { found, count } = await collected(pages, 'Aliases')
    assert.deepEqual(found.map((alias) => alias.AliasName).sort(), [
      'alias/javascript/one',
      'alias/javascript/three',
      'alias/javascript/two'
    ])
    assert.equal(count, 2)
    const again = call('CreateAlias', { AliasName: 'alias/javascript/one', TargetKeyId: key.KeyId })
    await refused('AlreadyExistsException', 'already exists', again)
  },

  async 'what is encrypted is decrypted in its context only'() {
    const key = await made()
    const context = { repository: 'web', ünï: 'cødé' }
    const sealed = await call('Encrypt', {
      KeyId: key.KeyId,
      Plaintext: bytes('a secret'),
      EncryptionContext: context
    })
    const blob = sealed.CiphertextBlob
    const opened = await call('Decrypt', { CiphertextBlob: blob, EncryptionContext: context })
    assert.deepEqual(Buffer.from(opened.Plaintext).toString(), 'a secret')
    assert.equal(opened.KeyId, key.Arn)
    await refused('InvalidCiphertextException', '', call('Decrypt', { CiphertextBlob: blob }))
    const data = await call('GenerateDataKey', { KeyId: key.KeyId, KeySpec: 'AES_256' })
    const unwrapped = await call('Decrypt', { CiphertextBlob: data.CiphertextBlob })
    assert.deepEqual(unwrapped.Plaintext, data.Plaintext)
    assert.equal(data.Plaintext.length, 32)
  },

  async 'a signature of a digest verifies with the public key, here and there'() {
    for (const [KeySpec, SigningAlgorithm, hash] of [
      ['ECC_NIST_P256', 'ECDSA_SHA_256', 'sha256'],
      ['ECC_NIST_P384', 'ECDSA_SHA_384', 'sha384'],
      ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_256', 'sha256']
    ]) {
      const { KeyId } = await made({ KeySpec, KeyUsage: 'SIGN_VERIFY' })
      const message = bytes('a message')
      const digest = createHash(hash).update(message).digest()
      const how = { KeyId, MessageType: 'DIGEST', Message: digest, SigningAlgorithm }
      const { Signature } = await call('Sign', how)
      const der = Buffer.from((await call('GetPublicKey', { KeyId })).PublicKey)
      const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
      assert.ok(verify(hash, message, key, Signature), `${KeySpec}: the digest is not hashed again`)
      assert.equal((await call('Verify', { ...how, Signature })).SignatureValid, true)
      const other = createHash(hash).update('another').digest()
      const wrong = call('Verify', { ...how, Message: other, Signature })
      await refused('KMSInvalidSignatureException', '', wrong)
    }
  },

  async 'the states of a key are refused in words of KMS'() {
    const key = await made()
    const use = () => call('Encrypt', { KeyId: key.KeyId, Plaintext: bytes('x') })
    await call('DisableKey', { KeyId: key.KeyId })
    await refused('DisabledException', `${key.Arn} is disabled.`, use())
    await call('EnableKey', { KeyId: key.KeyId })
    await use()
    const planned = await call('ScheduleKeyDeletion', { KeyId: key.KeyId, PendingWindowInDays: 7 })
    assert.ok(planned.DeletionDate instanceof Date)
    await refused('KMSInvalidStateException', `${key.Arn} is pending deletion.`, use())
    await call('CancelKeyDeletion', { KeyId: key.KeyId })
    await refused('DisabledException', '', use())
    const absent = call('DescribeKey', { KeyId: '1234abcd-12ab-34cd-56ef-1234567890ab' })
    await refused('NotFoundException', 'does not exist', absent)
  },

  async 'grants are listed page by page and end when they are revoked'() {
    const key = await made()
    const grants = []
    for (let n = 0; n < 5; n += 1) {
      const GranteePrincipal = 'arn:aws:iam::123456789012:root'
      const grant = { KeyId: key.KeyId, GranteePrincipal, Operations: ['Decrypt'], Name: `g${n}` }
      grants.push((await call('CreateGrant', grant)).GrantId)
    }
    const pages = () => sdk.paginateListGrants({ client: kms, pageSize: 2 }, { KeyId: key.KeyId })
    const { found, count } = await collected(pages(), 'Grants')
    assert.deepEqual(found.map((grant) => grant.GrantId).sort(), [...grants].sort())
    assert.equal(count, 3)
    await call('RevokeGrant', { KeyId: key.KeyId, GrantId: grants[0] })
    assert.equal((await collected(pages(), 'Grants')).found.length, 4)
  },

  async 'a rotated key decrypts what it encrypted before'() {
    const key = await made()
    const { CiphertextBlob } = await call('Encrypt', { KeyId: key.KeyId, Plaintext: bytes('old') })
    await call('EnableKeyRotation', { KeyId: key.KeyId, RotationPeriodInDays: 90 })
    await call('RotateKeyOnDemand', { KeyId: key.KeyId })
    const status = await call('GetKeyRotationStatus', { KeyId: key.KeyId })
    assert.deepEqual([status.KeyRotationEnabled, status.RotationPeriodInDays], [true, 90])
    const opened = await call('Decrypt', { CiphertextBlob })
    assert.equal(Buffer.from(opened.Plaintext).toString(), 'old')
  }
}

async function main() {
  for (const [name, scenario] of Object.entries(scenarios)) {
    await scenario()
    console.log(name)
  }
}

main().catch((thrown) => {
  console.error(thrown)
  process.exit(1)
})
