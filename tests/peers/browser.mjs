// SPDX-License-Identifier: GPL-3.0-or-later
//
//   browser.mjs CHROMIUM FOLDER URL allow|deny [LANGUAGE]
//
// A person at a real browser: opens URL, signs in and allows, or signs in and cancels, with the keyboard and the mouse of the browser, and
// prints as JSON what the last page shows.  The browser keeps its profile in FOLDER and reaches nothing but this computer.  It is spoken
// to over its debugging pipe: messages that end with a NUL, in file descriptors 3 and 4.
import { spawn } from 'node:child_process';

const [chromium, folder, start, how, language] = process.argv.slice(2);
const PATIENCE_MS = 90000;

const browser = spawn(chromium, [
  '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-extensions',
  '--disable-background-networking', '--disable-component-update', '--no-default-browser-check', '--remote-debugging-pipe',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', '--no-proxy-server', `--user-data-dir=${folder}`,
  ...(language ? [`--lang=${language}`, `--accept-lang=${language}`] : []), 'about:blank',
], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });

let serial = 0;
const waiting = new Map();
let text = '';

browser.stdio[4].on('data', (part) => {
  const messages = (text + part).split('\0');
  text = messages.pop();
  for (const message of messages.map((each) => JSON.parse(each))) {
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  }
});

function send(method, params = {}, sessionId = undefined) {
  serial += 1;
  const id = serial;
  return new Promise((resolve, reject) => {
    waiting.set(id, (message) => (message.error ? reject(new Error(`${method}: ${message.error.message}`)) : resolve(message.result)));
    browser.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
  });
}

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

// The value of an expression in the page, as soon as it is true; a page may go while it is asked.
async function wait(session, expression) {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    try {
      const { result } = await send('Runtime.evaluate', { expression, returnByValue: true }, session);
      if (result.value) {
        return result.value;
      }
    } catch (error) {
      if (process.env.ZIFU_BROWSER_DEBUG) {
        console.error(error.message);
      }
    }
    await pause(50);
  }
  throw new Error(`This never became true: ${expression}`);
}

async function click(session, selector) {
  const { x, y } = await wait(session, `(() => {
    const found = document.readyState === 'complete' && document.querySelector(${JSON.stringify(selector)});
    if (!found) return null;
    found.scrollIntoView();
    const box = found.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  })()`);
  for (const type of ['mousePressed', 'mouseReleased']) {
    await send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 }, session);
  }
}

async function type(session, selector, words) {
  await click(session, selector);
  await send('Input.insertText', { text: words }, session);
}

async function visit() {
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  await send('Page.navigate', { url: start }, sessionId);
  await type(sessionId, 'input[name=login]', 'owner');
  await type(sessionId, 'input[name=password]', 'anything');
  await click(sessionId, 'button[type=submit]');
  await wait(sessionId, 'document.querySelector("input[name=prompt][value=consent]") !== null');
  await click(sessionId, how === 'allow' ? 'button[type=submit]' : '.login-help a[href$="/abort"]');
  return wait(sessionId, `document.readyState === 'complete' && location.pathname === '/callback' && document.querySelector('h1') && {
    address: location.origin + location.pathname,
    language: document.documentElement.lang,
    title: document.title,
    heading: document.querySelector('h1').innerText,
    words: document.querySelector('p').innerText,
    scripts: document.scripts.length,
  }`);
}

let status = 1;
try {
  console.log(JSON.stringify(await visit()));
  status = 0;
} catch (error) {
  console.error(error.message);
}
browser.on('exit', () => process.exit(status));
browser.kill('SIGKILL');
