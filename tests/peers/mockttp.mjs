// SPDX-License-Identifier: GPL-3.0-or-later
// mockttp as a server over HTTPS, and HTTP/2 where asked for, that hands everything on to a provider and makes one mistake at /v1/changes.
//
//   mockttp.mjs PORT KEY CERTIFICATE PROVIDER http1|http2
//
// Reads names of mistakes, one a line ("none" = no mistake), and answers each with "ok" once it holds.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import readline from 'node:readline';

// It stands where the packages were installed, not here.
const { getLocal } = createRequire(`${process.env.ZIFU_PEERS_DIR}/`)('mockttp');
const [port, key, cert, provider, protocol] = process.argv.slice(2);
const json = { 'content-type': 'application/json' };
const mistakes = {
  reset: (rule) => rule.thenResetConnection(),
  close: (rule) => rule.thenCloseConnection(),
  hang: (rule) => rule.thenTimeout(),
  truncate: (rule) => rule.thenReply(200, '{"rows":[]}', { ...json, 'content-length': '1000' }),
  'not-json': (rule) => rule.thenReply(200, '{"rows":[', json),
  garbage: (rule) => rule.thenReply(200, '\u0000\u0001garbage', { 'content-type': 'application/octet-stream' }),
  500: (rule) => rule.thenReply(500, 'no', { 'content-type': 'text/plain' }),
};

const server = getLocal({ https: { key: fs.readFileSync(key, 'utf8'), cert: fs.readFileSync(cert, 'utf8') }, http2: protocol === 'http2' });

async function hold(name) {
  server.reset();
  if (name !== 'none') await mistakes[name](server.forGet('/v1/changes').always());
  await server.forUnmatchedRequest().thenForwardTo(provider);
}

await server.start(Number(port));
await hold('none');
console.log('ok');
for await (const line of readline.createInterface({ input: process.stdin })) {
  await hold(line.trim());
  console.log('ok');
}
await server.stop();
process.exit(0);
