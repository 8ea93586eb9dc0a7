// Takes the pictures of README from pages of `latentcv report`: the head of one, and the first structures of states of another. They are WebP,
// half as large as PNG.
// usage: node scripts/docs-pictures.mjs site/public/example-report.html site/public/example-modes.html
import { Buffer } from 'node:buffer';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { openInChromium } from '../dist/test/chromium.js';
import { root } from './parts/paths.mjs';

const folder = join(root, 'docs', 'images');

/** From the title to the end of the second row of figures: boxes in pixels. */
const head = `(() => {
  const figures = [...document.querySelectorAll('figure')].map((each) => each.getBoundingClientRect());
  const wide = document.querySelector('main').getBoundingClientRect();
  const first = figures.filter(({ top }) => top < figures[0].top + 20);
  const bottom = Math.max(...first.map((each) => each.bottom));
  return { x: wide.left - 16, y: 0, width: wide.width + 32, height: bottom + 16 + scrollY };
})()`;

/** The first two structures, their captions with them. */
const structures = `(() => {
  const shown = [...document.querySelectorAll('.structure')].slice(0, 2).map((each) => each.getBoundingClientRect());
  const [left, top] = [Math.min(...shown.map((each) => each.left)), Math.min(...shown.map((each) => each.top))];
  const [right, bottom] = [Math.max(...shown.map((each) => each.right)), Math.max(...shown.map((each) => each.bottom))];
  return { x: left - 8 + scrollX, y: top - 8 + scrollY, width: right - left + 16, height: bottom - top + 32 };
})()`;

/** A PNG picture, a Buffer, as WebP: the browser has an encoder of it. */
async function webp(png) {
  const page = await openInChromium('about:blank');
  const address = await page.evaluate(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${png.toString('base64')}';
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', 0.8);
  })()`);
  await page.close();
  return Buffer.from(address.split(',')[1], 'base64');
}

async function take(report, part, name) {
  const page = await openInChromium(pathToFileURL(resolve(report)).href);
  await page.evaluate(`new Promise((resolve) => setTimeout(resolve, 2000))`);
  const png = await page.picture(await page.evaluate(part));
  await page.close();
  writeFileSync(join(folder, name), await webp(png));
}

const [report, withStates] = argv.slice(2);
if (withStates === undefined) {
  console.error('expected two pages of latentcv report');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
await take(report, head, 'report.webp');
await take(withStates, structures, 'modes.webp');
