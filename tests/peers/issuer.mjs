// SPDX-License-Identifier: GPL-3.0-or-later
//
//   issuer.mjs PORT-FILE
//
// oidc-provider as the issuer that the tests sign in with.  It decides everything about codes, tokens, PKCE and consent by itself; here is
// only how it is set up, a record of what it gave and refused, and /control/…, by which a test says what shall happen next.  What it does
// not do by itself and is done here: telling a client that asks too often to slow down (RFC 8628, 3.5), and holding an answer back.
import { createServer, request as ask } from 'node:http';
import { createRequire } from 'node:module';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(join(process.env.ZIFU_PEERS_DIR, 'node_modules', 'none.js'));
const { default: Provider } = await import(pathToFileURL(require.resolve('oidc-provider')).href);

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';
const RESOURCE_SERVER = { client_id: 'feed', client_secret: 'of-the-feed-alone' };

const usual = { accessTtl: 600, deviceTtl: 600, slowDowns: 0, holdRefresh: 0 };
let feedPort = 0;
const wanted = { ...usual };
const unit = () => ({
  redirects: [], methods: [], secrets: {}, urls: [], feedUrls: [], refreshed: [], refusals: [], refreshes: 0, refreshing: 0, mostAtOnce: 0, waiting: 0,
  introspections: 0, revocations: 0, pauses: [], slowDowns: 0, pendings: 0,
});
let seen = unit();
let answered = 0;

function note(kind, secret) {
  if (secret) {
    seen.secrets[secret] = kind;
  }
}

function configure() {
  return {
    clients: [
      {
        client_id: 'zifu',
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: ['http://127.0.0.1/callback'],
        grant_types: ['authorization_code', 'refresh_token', DEVICE],
        response_types: ['code'],
      },
      { ...RESOURCE_SERVER, redirect_uris: [], response_types: [], grant_types: [] },
    ],
    // Whoever signs in is who they say: the name is the subject.
    findAccount: (ctx, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    pkce: { required: () => true },
    rotateRefreshToken: true,
    ttl: {
      AccessToken: () => wanted.accessTtl,
      AuthorizationCode: 60,
      DeviceCode: () => wanted.deviceTtl,
      Grant: 3600,
      Interaction: 600,
      RefreshToken: 3600,
      Session: 3600,
    },
    features: {
      devInteractions: { enabled: true },
      deviceFlow: { enabled: true },
      introspection: { enabled: true, allowedPolicy: () => true },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (ctx, resource) => ({
          scope: 'account:read', audience: resource, accessTokenFormat: 'opaque', accessTokenTTL: wanted.accessTtl,
        }),
        useGrantedResource: () => true,
      },
    },
    cookies: { keys: ['only for a test'] },
  };
}

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

function readForm(request) {
  return new Promise((resolve, reject) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => resolve(Object.fromEntries(new URLSearchParams(Buffer.concat(parts).toString()))));
    request.on('error', reject);
  });
}

async function handleDevice(ctx, next) {
  const start = performance.now();
  if (answered) {
    seen.pauses.push(Math.round(start - answered));
  }
  await next();
  if (ctx.body.error === 'authorization_pending' && wanted.slowDowns > 0) {
    wanted.slowDowns -= 1;
    seen.slowDowns += 1;
    ctx.status = 400;
    ctx.body = { error: 'slow_down', error_description: 'you are polling too quickly' };
  } else if (ctx.body.error === 'authorization_pending') {
    seen.pendings += 1;
  }
  answered = performance.now();
}

async function handleRefresh(ctx, next, form) {
  // Of the test that began it, even if that is over.
  const here = seen;
  here.refreshes += 1;
  here.refreshed.push(form.refresh_token);
  here.refreshing += 1;
  here.mostAtOnce = Math.max(here.mostAtOnce, here.refreshing);
  await next();
  // So many milliseconds, or until it is no longer wanted.
  const end = performance.now() + wanted.holdRefresh;
  here.waiting += 1;
  while (wanted.holdRefresh > 0 && performance.now() < end) {
    await pause(10);
  }
  here.waiting -= 1;
  here.refreshing -= 1;
}

// Around what oidc-provider does with a form to the token endpoint: it reads the form from here.
async function watchTokens(ctx, next) {
  const form = await readForm(ctx.req);
  ctx.req.body = form;
  note('verifier', form.code_verifier);
  if (form.grant_type === DEVICE) {
    await handleDevice(ctx, next);
  } else if (form.grant_type === 'refresh_token') {
    await handleRefresh(ctx, next, form);
  } else {
    await next();
  }
  if (ctx.body?.error) {
    seen.refusals.push(`${form.grant_type}:${ctx.body.error}`);
  }
  note('access', ctx.body?.access_token);
  note('refresh', ctx.body?.refresh_token);
}

function watch(provider) {
  provider.use(async (ctx, next) => {
    seen.urls.push(ctx.req.url);
    if (ctx.path === '/token' && ctx.method === 'POST') {
      await watchTokens(ctx, next);
      return;
    }
    await next();
    if (ctx.path === '/token/introspection') {
      seen.introspections += 1;
    } else if (ctx.path === '/token/revocation') {
      seen.revocations += 1;
    } else if (ctx.path === '/device/auth') {
      note('device', ctx.body?.device_code);
    }
  });
  provider.on('authorization.success', (ctx, out) => {
    // On another device it gives no answer to this browser.
    if (!out) {
      return;
    }
    note('code', out.code);
    seen.redirects.push(ctx.oidc.params.redirect_uri);
    seen.methods.push(ctx.oidc.params.code_challenge_method);
  });
  provider.on('authorization.error', (ctx, error) => seen.refusals.push(`authorize:${error.error}`));
  provider.on('server_error', (ctx, error) => console.error(error));
}

// The account's own page at an issuer: "this program shall no longer read".
async function withdraw(provider) {
  for (const token of Object.keys(seen.secrets).filter((secret) => seen.secrets[secret] === 'refresh')) {
    const found = await provider.RefreshToken.find(token, { ignoreExpiration: true });
    if (found) {
      await provider.Grant.adapter.destroy(found.grantId);
      for (const model of [provider.AccessToken, provider.RefreshToken]) {
        await model.revokeByGrantId(found.grantId);
      }
    }
  }
}

async function find(provider, token) {
  const found = await provider.AccessToken.find(token) ?? await provider.RefreshToken.find(token);
  return { active: Boolean(found) && !found.isExpired && !found.consumed };
}

async function control(provider, request, response) {
  const url = new URL(request.url, 'http://127.0.0.1');
  const answer = { done: true };
  switch (url.pathname) {
    case '/control/seen':
      Object.assign(answer, seen);
      break;
    case '/control/forget':
      seen = unit();
      answered = 0;
      Object.assign(wanted, usual);
      break;
    case '/control/want':
      for (const [name, value] of url.searchParams) {
        wanted[name] = Number(value);
      }
      break;
    case '/control/feed':
      feedPort = Number(url.searchParams.get('port') ?? 0);
      answer.watched = feed.address().port;
      break;
    case '/control/withdraw':
      await withdraw(provider);
      break;
    case '/control/token':
      Object.assign(answer, await find(provider, url.searchParams.get('is')));
      break;
    default:
      answer.done = false;
  }
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(answer));
}

// Everything that is asked of the accounts' server comes by here, and goes on as it came.
const feed = createServer((request, response) => {
  seen.feedUrls.push(request.url);
  const { method, headers, url: path } = request;
  const onward = ask({ host: '127.0.0.1', port: feedPort, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.rawHeaders);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
});
feed.listen(0, '127.0.0.1');

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const provider = new Provider(`http://127.0.0.1:${port}`, configure());
  watch(provider);
  const handle = provider.callback();
  server.on('request', (request, response) => {
    if (request.url.startsWith('/control/')) {
      control(provider, request, response);
    } else {
      handle(request, response);
    }
  });
  // Whoever reads the file reads all of it.
  writeFileSync(`${process.argv[2]}.new`, `${port}\n`);
  renameSync(`${process.argv[2]}.new`, process.argv[2]);
});
// It never outlives the test that started it.
process.stdin.on('end', () => process.exit(0));
process.stdin.resume();
