import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { packageRoot } from '../../src/support/index.js';
import { chromium, openInChromium, type BrowserPage } from '../chromium.js';
import { temporaryFolder } from '../temporary-folder.js';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** A page that shows another one as wide as a phone. */
const phone =
  '<!doctype html><link rel="icon" href="data:,"><iframe id="phone" width="390" height="800"></iframe>';

interface Look {
  heading: string;
  wider: number;
  images: number;
}

/** Opens a page of the site in the phone, and tells what a reader meets there. */
const look = (path: string) => `new Promise((resolve) => {
  const frame = document.getElementById('phone');
  frame.onload = () => setTimeout(() => {
    const { documentElement, body } = frame.contentDocument;
    const images = [...body.querySelectorAll('img')];
    resolve({
      heading: body.querySelector('h1')?.textContent ?? '',
      // beyond what the frame shows beside its scroll bar
      wider: documentElement.scrollWidth - documentElement.clientWidth,
      images: images.filter(({ complete, naturalWidth }) => !complete || naturalWidth === 0).length,
    });
  }, 50);
  frame.src = ${JSON.stringify(path)};
})`;

/** Types a word into the search of the page in the phone; the addresses that it finds. */
const found = (word: string) => `(async () => {
  const page = document.getElementById('phone').contentDocument;
  const there = async (what) => {
    for (let i = 0; i < 600; i++) {
      if (page.querySelector(what)) return page.querySelector(what);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('no ' + what);
  };
  (await there('#local-search button')).click();
  const input = await there('#localsearch-input');
  input.value = ${JSON.stringify(word)};
  input.dispatchEvent(new page.defaultView.Event('input'));
  await there('#localsearch-list a');
  return [...page.querySelectorAll('#localsearch-list a')].map(({ href }) => new URL(href).pathname);
})()`;

suite('the site', () => {
  const out = temporaryFolder('site');
  let built = { status: null as number | null, said: '' };

  before(() => {
    const script = join(packageRoot(), 'scripts', 'docs.mjs');
    const words = [script, '--without-library', '--out', out];
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    built = { status, said: stdout + stderr };
  });

  const pages = () =>
    readdirSync(out, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.html') && name !== '404.html',
    );

  test('is built from docs, and every link of it leads somewhere', () => {
    assert.equal(built.status, 0, built.said);
    const files = readdirSync(join(packageRoot(), 'docs'), { recursive: true, encoding: 'utf8' });
    const expected = files
      .filter((name) => name.endsWith('.md'))
      .map((name) => name.replace(/README\.md$/, 'index.md').replace(/md$/, 'html'));
    const more = [
      'index',
      'report',
      'modes',
      'example-report',
      'example-modes',
      'results',
      'changelog',
      'contributing',
    ];
    assert.deepEqual(pages().sort(), [...expected, ...more.map((name) => `${name}.html`)].sort());
  });

  suite('in Chromium', { skip: chromium === undefined && 'no Chromium' }, () => {
    const server = createServer((request, response) => {
      const path = decodeURIComponent(new URL(request.url!, 'http://a').pathname);
      response.setHeader('content-type', types[extname(path)] ?? 'text/html; charset=utf-8');
      if (path === '/phone') return response.end(phone);
      try {
        response.end(readFileSync(join(out, path.endsWith('/') ? `${path}index.html` : path)));
      } catch {
        response.writeHead(404).end();
      }
    });
    let origin = '';
    let browser: BrowserPage;

    before(async () => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      browser = await openInChromium(`${origin}/phone`);
      for (let i = 0; i < 200; i++)
        if (await browser.evaluate("document.getElementById('phone') !== null")) return;
        else await new Promise((resolve) => setTimeout(resolve, 50));
    });
    after(async () => {
      await browser.close();
      server.close();
    });

    test('each page is as wide as a phone, and shows its figures', async () => {
      const wrong: string[] = [];
      for (const name of pages()) {
        const seen = (await browser.evaluate(look(`/${name}`))) as Look;
        if (seen.heading === '') wrong.push(`${name} has no heading`);
        if (seen.wider > 0) wrong.push(`${name} is ${seen.wider} px wider than a phone`);
        if (seen.images > 0) wrong.push(`${name} lacks ${seen.images} figures`);
      }
      assert.deepEqual(wrong, []);
    });

    test('its search finds a page by a word of it', async () => {
      await browser.evaluate(look('/index.html'));
      const addresses = (await browser.evaluate(found('Steinhardt'))) as string[];
      assert.ok(addresses.includes('/descriptors.html'), addresses.join(' '));
    });

    test('nothing is fetched from elsewhere, and nothing is complained of', () => {
      const elsewhere = browser.requested.filter(
        (url) => !url.startsWith(origin) && !url.startsWith('data:'),
      );
      assert.deepEqual([elsewhere, browser.problems], [[], []]);
    });
  });
});
