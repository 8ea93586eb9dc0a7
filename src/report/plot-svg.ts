import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom/worker';
import { escapeText, Markup, withoutControls } from './markup.js';
import type { Panel } from './sheet.js';
import { theme } from './theme.js';

/** The part of the DOM that figures need; linkedom's document has it. */
export interface SvgElement {
  setAttribute(name: string, value: string): void;
  append(...children: SvgElement[]): void;
  readonly outerHTML: string;
}
export interface SvgDocument {
  createElementNS(namespace: string, name: string): SvgElement;
}

/** `id` sets a plot's names apart from others' on the page; `label` is what a screen reader says. */
export interface PlotName {
  id: string;
  label: string;
}

/**
 * A plot drawn by Observable Plot as an `<svg>` for a sheet: no canvas, no names that depend on what was
 * drawn before, coordinates to a hundredth of a pixel.
 */
export function plotSvg(
  { id, label }: PlotName,
  options: Plot.PlotOptions & { width: number; height: number },
): Panel {
  const { document } = parseHTML('<html><body></body></html>') as unknown as { document: SvgDocument };
  const figure: unknown = Plot.plot({
    style: { fontSize: '12px', fontFamily: 'inherit', color: theme.ink, overflow: 'visible' },
    className: 'drawing',
    marginLeft: 60,
    marginBottom: 46,
    marginTop: 14,
    marginRight: 16,
    ...options,
    document: document as never,
  });
  const svg = tidy((figure as SvgElement).outerHTML, id);
  const { width, height } = options;
  return {
    svg: new Markup(svg.replace('<svg', `<svg role="img" aria-label="${escapeText(label)}"`)),
    ...{ width, height },
  };
}

const coordinates = /\b(d|transform|cx|cy|x|y|x1|x2|y1|y2|r|width|height)="([^"]*)"/g;

function tidy(svg: string, id: string): string {
  const clips = new Map<string, string>();
  const renamed = (clip: string) => {
    if (!clips.has(clip)) clips.set(clip, `${id}-clip-${clips.size}`);
    return clips.get(clip)!;
  };
  return withoutControls(svg)
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/stroke-opacity="0.1"(?=[^>]*grid")/g, 'stroke-opacity="0.09"')
    .replace(/plot-clip-\d+/g, renamed)
    .replace(coordinates, (_, name: string, value: string) => `${name}="${shorten(value)}"`);
}

function shorten(value: string): string {
  return value.replace(/-?\d+\.\d{3,}(e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(2))));
}
