// Runs versitygw behind a translator of Google's XML API into S3's, until standard input ends, so that both go when the process
// that started them does, however that went.
//
//   node google.cjs VERSITYGW FOLDER       each folder in FOLDER is a bucket
//
// Says `ready PORT FOLDER` once requests are answered. The two APIs are one but for the names of headers and who signs what; what is
// translated is what the client sends. So a test sees our side of Google's API, over a store that really does what it is
// asked; it does not see Google.
"use strict";
const { createHash, createHmac } = require("node:crypto");
const { spawn } = require("node:child_process");
const http = require("node:http");
const net = require("node:net");

const [program, folder] = process.argv.slice(2);
const [ID, SECRET, REGION] = ["an-id", "a-secret", "us-east-1"];

let store;
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
process.on("exit", () => store?.kill("SIGKILL"));

async function main() {
  const port = await freePort();
  store = spawn(
    program,
    ["--access", ID, "--secret", SECRET, "--keep-alive", "--quiet", "--port", `127.0.0.1:${port}`, "posix", folder],
    { stdio: "ignore" },
  );
  for (let tries = 0; !(await answers(port)); tries++) {
    if (tries > 500) throw new Error("versitygw does not start");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const agent = new http.Agent({ keepAlive: true });
  const server = http.createServer((request, response) => {
    const translated = translate(request, port);
    if (!translated) {
      response.writeHead(412, { "content-type": "application/xml" });
      response.end("<Error><Code>PreconditionFailed</Code></Error>");
      return;
    }
    const on = http.request({ agent, host: "127.0.0.1", port, ...translated }, (answer) => {
      response.writeHead(answer.statusCode, renamed(answer.headers, "x-amz-meta-", "x-goog-meta-"));
      answer.pipe(response);
    });
    // A connection that breaks on the one side breaks on the other.
    on.on("error", () => response.destroy());
    request.on("error", () => on.destroy());
    response.on("close", () => on.destroy());
    request.pipe(on);
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1", () => process.stdout.write(`ready ${server.address().port} ${folder}\n`));
}

// What goes on to the store; nothing if it asks for a generation, which no object there has.
function translate(request, port) {
  const url = new URL(request.url, "http://store");
  // The client writes each byte of a key that is no letter in hexadecimal; the store wants its slashes.
  const path = url.pathname.split("/").map((part) => encode(decodeURIComponent(part)).replaceAll("%2F", "/")).join("/");
  const query = [...url.searchParams].map(([name, value]) => [encode(name), encode(value)]).sort(byName);
  const text = query.map(([name, value]) => `${name}=${value}`).join("&");
  const headers = renamed(request.headers, "x-goog-meta-", "x-amz-meta-");
  const generation = headers["x-goog-if-generation-match"];
  for (const name of Object.keys(headers)) {
    if (name.startsWith("x-goog-") || name === "authorization" || name === "connection") delete headers[name];
  }
  if (generation === "0") headers["if-none-match"] = "*";
  else if (generation !== undefined) return null;
  headers.host = `127.0.0.1:${port}`;
  headers["x-amz-content-sha256"] = "UNSIGNED-PAYLOAD";
  headers["x-amz-date"] = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  headers.authorization = signature(request.method, path, text, headers);
  return { method: request.method, path: text ? `${path}?${text}` : path, headers };
}

function signature(method, path, query, headers) {
  const names = Object.keys(headers).filter((name) => name === "host" || name.startsWith("x-amz-")).sort();
  const canonical = names.map((name) => `${name}:${String(headers[name]).trim()}\n`).join("");
  const asked = [method, path, query, canonical, names.join(";"), headers["x-amz-content-sha256"]].join("\n");
  const date = headers["x-amz-date"];
  const scope = `${date.slice(0, 8)}/${REGION}/s3/aws4_request`;
  const signed = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${createHash("sha256").update(asked).digest("hex")}`;
  const key = scope.split("/").reduce((key, part) => hmac(key, part), `AWS4${SECRET}`);
  return `AWS4-HMAC-SHA256 Credential=${ID}/${scope}, SignedHeaders=${names.join(";")}, Signature=${hmac(key, signed).toString("hex")}`;
}

function hmac(key, text) {
  return createHmac("sha256", key).update(text).digest();
}

function encode(text) {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function byName([one], [other]) {
  return one < other ? -1 : Number(one > other);
}

function renamed(headers, from, to) {
  const rename = ([name, value]) => [name.startsWith(from) ? to + name.slice(from.length) : name, value];
  return Object.fromEntries(Object.entries(headers).map(rename));
}

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1", () => resolve(true));
    socket.on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
}

main().catch((error) => {
  process.stderr.write(`google.cjs: ${error.message}\n`);
  process.exit(1);
});
