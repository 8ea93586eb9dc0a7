import assert from 'node:assert/strict';
import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { html } from '../../../src/report/index.js';
import { servePage } from '../../../src/watch/page/index.js';
import { chromium, openInChromium } from '../../chromium.js';
import { until } from '../pesmd-folder.js';

interface Answer {
  status: number;
  body: string;
  headers: NodeJS.Dict<string | string[]>;
}

function ask(
  url: string,
  { host, method = 'GET' }: { host?: string; method?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = host === undefined ? {} : { host };
    request(url, { method, headers, agent: false }, (response) => {
      let body = '';
      response.on('data', (piece: Buffer) => (body += piece.toString()));
      response.on('end', () => resolve({ status: response.statusCode!, body, headers: response.headers }));
    })
      .on('error', reject)
      .end();
  });
}

let shown = 'one';
const content = () => Promise.resolve({ title: `<run> ${shown}`, html: html`<p id="it">${shown}</p>`.text });

test('the page is handed out under its own path and own names alone', async () => {
  const page = await servePage({ every: 1000, content });
  const { origin, port } = new URL(page.url);
  try {
    const whole = await ask(page.url);
    assert.equal(whole.status, 200);
    assert.match(whole.body, /<title>&lt;run&gt; one<\/title>/);
    assert.match(whole.body, /<p id="it">one<\/p>/);
    assert.match(
      String(whole.headers['content-security-policy']),
      /^default-src 'none';.*frame-ancestors 'none'$/,
    );
    assert.equal(whole.headers['cache-control'], 'no-store');
    for (const host of [`localhost:${port}`, 'localhost:8000', '127.0.0.1', `[::1]:${port}`])
      assert.equal((await ask(page.url, { host })).status, 200, host);
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example', '192.168.0.1'])
      assert.ok([400, 403].includes((await ask(page.url, { host })).status), host);
    for (const path of ['/', '/look', `${new URL(page.url).pathname}more`])
      assert.equal((await ask(origin + path)).status, 404, path);
    assert.equal((await ask(page.url, { method: 'POST' })).status, 405);
    const head = await ask(page.url, { method: 'HEAD' });
    assert.deepEqual([head.status, head.body], [200, '']);
  } finally {
    await page.close();
  }
  await assert.rejects(ask(page.url), { code: 'ECONNREFUSED' });
});

test('no other address of the machine answers', async () => {
  const page = await servePage({ every: 1000, content });
  const port = Number(new URL(page.url).port);
  const others = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  // and of the loop no other either
  for (const address of ['127.0.0.2', ...others.map((other) => other.address)]) {
    const connected = await new Promise((resolve) => {
      const socket = connect({ host: address, port }, () => (socket.destroy(), resolve(true)));
      socket.on('error', () => resolve(false));
    });
    assert.equal(connected, false, address);
  }
  await page.close();
});

test('a question for what is new is answered where there is anything new', async () => {
  const page = await servePage({ every: 1000, content });
  const first = JSON.parse((await ask(`${page.url}look`)).body) as { stamp: string; html: string };
  assert.equal(first.html, '<p id="it">one</p>');
  assert.deepEqual((await ask(`${page.url}look?seen=${first.stamp}`)).status, 204);
  shown = 'two';
  const second = JSON.parse((await ask(`${page.url}look?seen=${first.stamp}`)).body) as typeof first;
  assert.equal(second.html, '<p id="it">two</p>');
  shown = 'one';
  await page.close();
});

test('a port that is taken is told, and what goes wrong in a look ends nothing', async () => {
  let fails = true;
  const page = await servePage({
    every: 1000,
    content: () => (fails ? Promise.reject(new Error('no such column')) : content()),
  });
  const port = Number(new URL(page.url).port);
  await assert.rejects(servePage({ port, every: 1000, content }), {
    code: 'bad-argument',
    message: `expected a free port for ‘port’ but received ${port}: another program has it`,
  });
  assert.deepEqual((({ status, body }) => [status, body])(await ask(page.url)), [500, 'no such column']);
  fails = false;
  assert.equal((await ask(page.url)).status, 200);
  await page.close();
});

test(
  'in Chromium the page follows what is new, asks nobody else, and says when nothing answers any more',
  { skip: chromium === undefined && 'no Chromium' },
  async () => {
    const page = await servePage({ every: 200, content });
    const browser = await openInChromium(page.url);
    try {
      const sees = (expression: string) =>
        until(async () => ((await browser.evaluate(expression)) === true ? true : undefined), expression);
      await sees(`document.getElementById('it')?.textContent === 'one'`);
      await sees(`/^looked at /.test(document.getElementById('asked').textContent)`);
      shown = '<script>alert(1)</script>';
      await sees(`document.getElementById('it').textContent === '<script>alert(1)</script>'`);
      await sees(`document.title === '<run> <script>alert(1)</script>'`);
      assert.deepEqual(browser.problems, []);
      await page.close();
      await sees(`/has ended/.test(document.getElementById('asked').textContent)`);
      assert.equal(await browser.evaluate(`document.getElementById('it') !== null`), true);
      const { origin } = new URL(page.url);
      assert.deepEqual(
        browser.requested.filter(
          (url) => !url.startsWith(`${origin}/`) && url !== 'about:blank' && url !== 'data:,',
        ),
        [],
      );
      assert.ok(browser.requested.length > 3);
    } finally {
      shown = 'one';
      await browser.close();
    }
  },
);
