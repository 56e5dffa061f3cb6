// Runs Azurite in memory until standard input ends, so that it goes when the process that started it does, however that went.
//
//   node azure.cjs TOOLS ACCOUNT KEY     TOOLS has Azurite, KEY is in base 64
//
// Says `ready PORT` once requests are answered. Each line of its input is the name of a container
// to make; it says `made NAME` once that is there. A client without a key may read and list the
// containers, so that a test sees what is in them.
"use strict";
const { createHmac } = require("node:crypto");
const { join } = require("node:path");
const { createInterface } = require("node:readline");

const [tools, account, key] = process.argv.slice(2);
const VERSION = "2021-12-02";

// What Azurite says goes nowhere; that it listens, and where, is taken from it.
console.log = (line) => {
  const port = /listens on http:\/\/127\.0\.0\.1:(\d+)/.exec(String(line))?.[1];
  if (port) serve(port);
};

process.env.AZURITE_ACCOUNTS = `${account}:${key}`;
process.argv = [
  ...process.argv.slice(0, 2),
  ...["--blobHost", "127.0.0.1", "--blobPort", "0", "--inMemoryPersistence"],
  // The client's version of the API is newer than those that it knows.
  ...["--skipApiVersionCheck", "--disableTelemetry", "--silent"],
];
require(join(tools, "node_modules/azurite/dist/src/blob/main.js"));

function serve(port) {
  const lines = createInterface({ input: process.stdin });
  lines.on("close", () => process.exit(0));
  lines.on("line", (container) => {
    make(port, container).then(() => process.stdout.write(`made ${container}\n`), fail);
  });
  process.stdout.write(`ready ${port}\n`);
}

async function make(port, container) {
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
