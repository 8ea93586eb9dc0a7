import { extname } from 'node:path';
import { LatentcvError } from '../../support/index.js';
import type { Figure } from '../figures/index.js';

/** What a figure can be written as. */
export const imageKinds = ['svg', 'png', 'pdf'] as const;
export type ImageKind = (typeof imageKinds)[number];

/**
 * What a file is to be, by its ending.
 * @throws LatentcvError `bad-argument` for another ending
 */
export function imageKind(path: string, option = 'path'): ImageKind {
  const ending = extname(path).slice(1).toLowerCase();
  const kind = imageKinds.find((each) => each === ending);
  if (kind !== undefined) return kind;
  throw new LatentcvError(
    'bad-argument',
    `expected a name that ends in .svg, .png or .pdf for ${option} but received ${path}`,
    'the ending says what is written',
  );
}

/** The content of a file of one figure: SVG as text, PNG at 288 dots per inch, PDF of one page. */
export async function figureFile(
  { body }: Pick<Figure, 'body'>,
  kind: ImageKind,
): Promise<string | Uint8Array> {
  const svg = body.text;
  if (kind === 'svg') return `<?xml version="1.0" encoding="UTF-8"?>\n${svg}\n`;
  const { drawnSvg } = await import('./drawn-svg.js');
  const drawn = await drawnSvg(svg);
  if (kind === 'png') return drawn.png();
  const { pdfOf } = await import('./pdf.js');
  return pdfOf(drawn.outlines());
}
