// Measures Co-Pilot between two real browser windows and a built server, and writes what it saw as Markdown rows; asserts nothing.
//   dotnet build src/ChatServer -c Release
//   node loadtests/CoPilot/measure.mjs src/ChatServer/bin/Release/net10.0/CoPilot.ChatServer.dll [folder for the recorded frames]   (about 8 minutes)
// The frames that it records are for `dotnet run -c Release --project loadtests/Microbenchmarks -- replay FILE` and for LoadRunner's `run relay --recording FILE`.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { chromium } from 'playwright-core';

const CHANGES = 100;
const CHANGE_EVERY_MS = 200;
const BROWSING_MS = 60_000;
const LARGE_CARDS = 1_500;
const LOADS = 10;
const SEEN_WITHIN_MS = 60_000;

const [builtServer, folder = 'artifacts/co-pilot'] = process.argv.slice(2);
if (!builtServer) {
  console.error('Which server? See the head of this file.');
  process.exit(2);
}
const dll = resolve(builtServer);
mkdirSync(folder, { recursive: true });

const delay = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const freePort = () =>
  new Promise((done) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

const summary = (values) =>
  `${Math.round(percentile(values, 0.5))} | ${Math.round(percentile(values, 0.95))} | ${values.length}`;

/** Ten elements a card. */
function largePage(server) {
  const card = (number) =>
    `<article class="card c${number % 40}"><h2 title="Product ${number}">Product ${number}</h2><a href="/p/${number}"><span>Look</span></a>` +
    `<p class="price">€ <b>${number % 90}.95</b></p><ul><li>Stock</li><li>Colour</li></ul><button type="button">Buy</button></article>`;
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Large</title><link rel="stylesheet" href="/shop.css">` +
    `<script src="${server}/copilot-page.js" data-site="demo" async></script></head><body><main data-copilot-show><h1>Many things</h1>` +
    `<p id="told">At first</p>${Array.from({ length: LARGE_CARDS }, (_, number) => card(number)).join('')}</main></body></html>`
  );
}

async function startServer() {
  const [port, shopPort, viewerPort] = [await freePort(), await freePort(), await freePort()];
  const data = mkdtempSync(join(tmpdir(), 'co-pilot-'));
  const child = spawn(
    'dotnet',
    [
      dll,
      `--Urls=http://127.0.0.1:${port}`,
      `--DemoShop:Urls=http://localhost:${shopPort}`,
      `--CoBrowse:ViewerUrls=http://localhost:${viewerPort}`,
      `--DataFolder=${data}`,
      '--CoBrowse:TriesPerAddressAndHour=1000',
    ],
    {
      cwd: dirname(dll),
      env: { ...process.env, ASPNETCORE_ENVIRONMENT: 'Development' },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const address = `http://127.0.0.1:${port}`;
  while (
    !(await fetch(`${address}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) {
      throw new Error('The server did not start.');
    }
    await delay(200);
  }
  return {
    address,
    shop: `http://localhost:${shopPort}`,
    viewer: `http://localhost:${viewerPort}`,
    stop: async () => {
      child.kill('SIGTERM');
      await new Promise((done) => child.once('exit', done));
      rmSync(data, { recursive: true });
    },
  };
}

/** One more connection of the agent: keeps the pieces of all frames, as the server passes them on. */
async function recordFrames(server, sessionId) {
  const signedIn = await fetch(`${server.address}/api/agents/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'agent1@demo.example', password: 'demo' }),
  });
  const { token } = await signedIn.json();
  const hub = new HubConnectionBuilder()
    .withUrl(`${server.address}/hubs/cobrowse`, {
      transport: HttpTransportType.WebSockets,
      skipNegotiation: true,
      accessTokenFactory: () => token,
    })
    .configureLogging(LogLevel.None)
    .build();
  const pieces = [];
  hub.on('Frames', ({ frames }) => {
    pieces.push(...frames.map((frame) => ({ at: Date.now(), ...frame })));
    void hub.invoke('AcknowledgeFrames', { sessionId, seq: frames.at(-1).seq }).catch(() => undefined);
  });
  hub.on('CustomerJoined', () => void hub.invoke('Watch', { sessionId }).catch(() => undefined));
  await hub.start();
  await hub.invoke('Watch', { sessionId });
  return { pieces, stop: () => hub.stop() };
}

/** What leaves the customer's browser on WebSockets, in bytes of their payloads. */
async function countBytes(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Performance.enable');
  const sent = { bytes: 0, messages: 0 };
  session.on('Network.webSocketFrameSent', ({ response: { opcode, payloadData } }) => {
    sent.bytes += opcode === 2 ? Buffer.byteLength(payloadData, 'base64') : Buffer.byteLength(payloadData);
    sent.messages++;
  });
  return {
    sent,
    /** Seconds that the page's main thread has worked so far. */
    taskSeconds: async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return metrics.find(({ name }) => name === 'TaskDuration').value;
    },
  };
}

/** The same for every page: a person who reads, points, scrolls, and a page that changes a little. */
async function browse(page, milliseconds) {
  const until = Date.now() + milliseconds;
  for (let step = 0; Date.now() < until; step++) {
    await page.mouse.move(200 + ((step * 37) % 700), 150 + ((step * 53) % 400), { steps: 5 });
    if (step % 5 === 0) {
      await page.mouse.wheel(0, step % 10 === 0 ? 200 : -200);
    }
    if (step % 8 === 0) {
      await page.evaluate((text) => {
        document.querySelector('main h1').textContent = text;
      }, `Things ${step}`);
    }
    await delay(250);
  }
}

/** From a change in the customer's page until it is in the agent's; both clocks are this machine's. */
async function changeToView(page, viewer) {
  const delays = [];
  for (let change = 0; change < CHANGES; change++) {
    const text = `Change ${change} of many`;
    const seen = viewer.evaluate(
      (wanted) =>
        new Promise((done) => {
          const look = () => {
            const heading = document.querySelector('iframe')?.contentDocument?.querySelector('main h1');
            if (heading?.textContent === wanted) {
              clearInterval(timer);
              done(Date.now());
            }
          };
          const timer = setInterval(look, 2);
        }),
      text,
    );
    const changed = await page.evaluate((wanted) => {
      document.querySelector('main h1').textContent = wanted;
      return Date.now();
    }, text);
    delays.push((await seen) - changed);
    await delay(CHANGE_EVERY_MS);
  }
  return delays;
}

/** Until the agent sees a page by its heading: its text content, because rendered text would lay the page out at each look. */
async function seen(agent, server, heading, since) {
  const until = Date.now() + SEEN_WITHIN_MS;
  while (Date.now() < until) {
    const viewer = agent.frames().find((frame) => frame.url().startsWith(server.viewer));
    const shown = await viewer
      ?.evaluate(() => document.querySelector('iframe')?.contentDocument?.querySelector('main h1')?.textContent ?? '')
      .catch(() => '');
    if (shown?.includes(heading)) {
      return Date.now() - since;
    }
    await delay(5);
  }
  throw new Error(`The agent did not see "${heading}" within ${SEEN_WITHIN_MS / 1_000} s.`);
}

async function measure(server, browser, name, path, text) {
  const shop = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await shop.addInitScript(() => {
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (init) {
      return attach.call(this, { ...init, mode: 'open' });
    };
  });
  await shop.route('**/large.html', (route) =>
    route.fulfill({ contentType: 'text/html', body: largePage(server.address) }),
  );
  const page = await shop.newPage();
  const console_ = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const agent = await console_.newPage();
  const rows = [];

  // Without a session first: what the page costs by itself.
  await page.goto(server.shop + path);
  const meter = await countBytes(page);
  const quiet = await meter.taskSeconds();
  await browse(page, BROWSING_MS / 2);
  const alone = ((await meter.taskSeconds()) - quiet) / (BROWSING_MS / 2_000);
  rows.push(['sent without a session, bytes', meter.sent.bytes]);

  await agent.goto(`${server.address}/agent/`);
  await agent.getByLabel('E-mail address').fill('agent1@demo.example');
  await agent.getByLabel('Password', { exact: true }).fill('demo');
  await agent.getByRole('button', { name: 'Sign in' }).click();
  await agent.getByRole('button', { name: 'Co-Pilot code for a call' }).click();
  const code = await agent.locator('[translate=no] [aria-hidden]').innerText();
  await page.goto(`${server.shop}/copilot.html`);
  await page.getByLabel('Co-Pilot code').fill(code);
  await page.getByRole('button', { name: 'Continue' }).click();
  const agree = page.getByRole('button', { name: 'Agree' });
  await agree.click({ trial: true });
  const agreed = Date.now();
  await agree.click();
  rows.push(['consent to the first view of the page with the code, ms', await seen(agent, server, 'Co-Pilot', agreed)]);
  const sessionId = await page.evaluate(() => JSON.parse(sessionStorage.getItem('copilot:demo:co-pilot')).sessionId);
  const frames = await recordFrames(server, sessionId);

  const loads = [];
  for (let load = 0; load < LOADS; load++) {
    await page.goto(`${server.shop}/help.html`);
    await seen(agent, server, 'How can we help?', 0);
    await page.goto(server.shop + path, { waitUntil: 'domcontentloaded' });
    loads.push(await seen(agent, server, text, Date.now()));
  }
  rows.push(['DOMContentLoaded to the view of the page, ms (p50, p95, n)', summary(loads)]);

  await delay(3_000);
  const viewer = agent.frames().find((frame) => frame.url().startsWith(server.viewer));
  rows.push(['change to view, ms (p50, p95, n)', summary(await changeToView(page, viewer))]);

  const before = { bytes: meter.sent.bytes, messages: meter.sent.messages, task: await meter.taskSeconds() };
  await browse(page, BROWSING_MS);
  const minutes = BROWSING_MS / 60_000;
  const share = ((await meter.taskSeconds()) - before.task) / (BROWSING_MS / 1_000);
  rows.push(['sent while browsing, kB a minute', ((meter.sent.bytes - before.bytes) / 1_000 / minutes).toFixed(1)]);
  rows.push(['messages sent while browsing, a minute', Math.round((meter.sent.messages - before.messages) / minutes)]);
  rows.push([
    'main thread while browsing, % (without a session, with one)',
    `${(alone * 100).toFixed(1)} | ${(share * 100).toFixed(1)}`,
  ]);
  await page.mouse.move(5, 5);
  await delay(2_000);
  const idle = meter.sent.bytes;
  await delay(BROWSING_MS / 2);
  rows.push([
    'sent while nothing happens, kB a minute',
    (((meter.sent.bytes - idle) / 1_000) * (60_000 / (BROWSING_MS / 2))).toFixed(1),
  ]);
  rows.push(['elements of the page', await page.evaluate(() => document.querySelectorAll('*').length)]);

  const keyframes = frames.pieces.filter(({ keyframe }) => keyframe);
  const lastSeq = keyframes.at(-1)?.seq;
  const size = keyframes
    .filter(({ seq }) => seq === lastSeq)
    .reduce((sum, { data }) => sum + Buffer.byteLength(data, 'base64'), 0);
  rows.push(['its keyframe, kB compressed', (size / 1_000).toFixed(1)]);
  const file = join(folder, `${name}.frames.jsonl`);
  writeFileSync(file, frames.pieces.map((piece) => `${JSON.stringify(piece)}\n`).join(''));

  const stopped = Date.now();
  await page.keyboard.press('Escape');
  while ((await viewer.evaluate(() => document.querySelector('iframe') !== null).catch(() => false)) === true) {
    await delay(5);
  }
  rows.push(['Esc to a blank view, ms', Date.now() - stopped]);
  await frames.stop();
  await shop.close();
  await console_.close();
  console.log(
    `\n## ${name}\n\n| | |\n|---|---|\n${rows.map(([what, value]) => `| ${what} | ${value} |`).join('\n')}\n\nFrames: ${file}`,
  );
}

function bundleSizes() {
  const client = 'src/CoBrowse/client/dist';
  const files = readdirSync(client, { recursive: true }).filter((file) => file.endsWith('.js'));
  const rows = files.map((file) => {
    const script = readFileSync(join(client, file));
    return `| ${file.replace(/-[A-Za-z0-9_]{8}\.js$/, '.js')} | ${(script.length / 1_000).toFixed(1)} | ${(brotliCompressSync(script).length / 1_000).toFixed(1)} |`;
  });
  console.log(`\n## Bundles\n\n| file | kB | kB brotli |\n|---|---|---|\n${rows.join('\n')}`);
}

const load = () =>
  loadavg()
    .map((value) => value.toFixed(1))
    .join(', ');
console.log(`${cpus().length} cores (${cpus()[0].model}), load before ${load()}`);
bundleSizes();
const server = await startServer();
const browser = await chromium.launch({
  executablePath: process.env.COPILOT_CHROMIUM ?? '/usr/bin/chromium',
  // A page that is made up here counts as one from the internet, which may not ask a server on this machine.
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-features=LocalNetworkAccessChecks'],
});
try {
  await measure(server, browser, 'demo-shop', '/index.html', 'Good things for slow mornings');
  await measure(server, browser, '15000-elements', '/large.html', 'Many things');
} finally {
  await browser.close();
  await server.stop();
}
console.log(`\nLoad after ${load()}`);
