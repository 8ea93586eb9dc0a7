import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

/** An SVG that was laid out. */
export interface DrawnSvg {
  /** As pixels, three for each px. */
  png: () => Uint8Array;
  /** As an SVG of nothing but paths, clips and groups: letters are curves, so that no reader needs the type. */
  outlines: () => string;
}

const pixelsPerPx = 3;
const family = 'DejaVu Sans';

let type: Promise<Uint8Array> | undefined;

/** The library is started once in a process, which resvg asks for. */
async function started(): Promise<Uint8Array> {
  const file = (name: string): Promise<Uint8Array> => readFile(createRequire(import.meta.url).resolve(name));
  await initWasm(await file('@resvg/resvg-wasm/index_bg.wasm'));
  return file('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
}

/** Lays an SVG out with resvg, its letters in DejaVu Sans whatever type it names. */
export async function drawnSvg(svg: string): Promise<DrawnSvg> {
  const font = await (type ??= started());
  const drawn = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: pixelsPerPx },
    font: { fontBuffers: [font], defaultFontFamily: family, sansSerifFamily: family },
  });
  return { png: () => drawn.render().asPng(), outlines: () => drawn.toString() };
}
