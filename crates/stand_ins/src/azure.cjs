// Runs Azurite with one container in memory until standard input ends, so that it goes when the process that started it does, however that went.
//
//   node azure.cjs TOOLS ACCOUNT KEY CONTAINER     TOOLS has Azurite, KEY is in base 64
//
// Says `ready PORT` once requests are answered. A client without a key may read and list the container, so that a test sees what is in it.
"use strict";
const { createHmac } = require("node:crypto");
const { join } = require("node:path");

const [tools, account, key, container] = process.argv.slice(2);
const VERSION = "2021-12-02";

// What Azurite says goes nowhere; that it listens, and where, is taken from it.
console.log = (line) => {
  const port = /listens on http:\/\/127\.0\.0\.1:(\d+)/.exec(String(line))?.[1];
  if (port) make(port).then(() => process.stdout.write(`ready ${port}\n`), fail);
};

process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
process.env.AZURITE_ACCOUNTS = `${account}:${key}`;
process.argv = [
  ...process.argv.slice(0, 2),
  ...["--blobHost", "127.0.0.1", "--blobPort", "0", "--inMemoryPersistence"],
  // The client's version of the API is newer than those that it knows.
  ...["--skipApiVersionCheck", "--disableTelemetry", "--silent"],
];
require(join(tools, "node_modules/azurite/dist/src/blob/main.js"));

async function make(port) {
  const headers = {
    "x-ms-blob-public-access": "container",
    "x-ms-date": new Date().toUTCString(),
    "x-ms-version": VERSION,
  };
  const signed = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`).join("");
  const text = `PUT${"\n".repeat(12)}${signed}/${account}/${account}/${container}\nrestype:container`;
  const mac = createHmac("sha256", Buffer.from(key, "base64")).update(text).digest("base64");
  const answer = await fetch(`http://127.0.0.1:${port}/${account}/${container}?restype=container`, {
    method: "PUT",
    headers: { ...headers, authorization: `SharedKey ${account}:${mac}` },
  });
  if (answer.status !== 201) throw new Error(`the container: ${answer.status} ${await answer.text()}`);
}

function fail(error) {
  process.stderr.write(`azure.cjs: ${error.message}\n`);
  process.exit(1);
}
