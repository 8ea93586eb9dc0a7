import { deflateSync } from 'node:zlib';
import { DOMParser } from 'linkedom/worker';

/** What is read of an SVG's elements. */
interface Element {
  readonly localName: string;
  readonly children: Iterable<Element>;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<Element>;
}

/** pt per px: CSS has 96 px to the inch. */
const scale = 0.75;

/**
 * One page of PDF (1.4) of an SVG that has nothing but groups, clips and paths, as resvg writes it. Its curves stay curves.
 * @throws Error where there is anything else in it
 */
export function pdfOf(svg: string): Uint8Array {
  const document = new DOMParser().parseFromString(svg, 'image/svg+xml') as unknown as {
    documentElement: Element;
  };
  const root = document.documentElement;
  const [width, height] = ['width', 'height'].map((name) => scale * Number(root.getAttribute(name)));
  const page = new Page(root);
  page.draw(root, { alpha: 1 });
  const content = [`${scale} 0 0 ${-scale} 0 ${height} cm`, ...page.operators].join('\n');
  return fileOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents 4 0 R /Resources << /ExtGState << ${page.states()} >> >> >>`,
    deflateSync(content),
    '<< /Producer (latentcv) >>',
  ]);
}

/** Operators of a page, and the opacities that they set. */
class Page {
  readonly operators: string[] = [];
  private readonly opacities = new Map<string, string>();
  private readonly clips: ReadonlyMap<string, Element>;

  constructor(root: Element) {
    const clips = [...root.querySelectorAll('clipPath')];
    this.clips = new Map(clips.map((clip) => [clip.getAttribute('id')!, clip]));
  }

  states(): string {
    return [...this.opacities.values()].join(' ');
  }

  draw(parent: Element, { alpha }: { alpha: number }): void {
    for (const element of parent.children) {
      if (element.localName === 'defs') continue;
      if (element.localName === 'g') this.group(element, alpha);
      else if (element.localName === 'path') this.path(element, alpha);
      else throw unknown(element.localName);
    }
  }

  private group(group: Element, alpha: number): void {
    this.operators.push('q');
    this.clip(group);
    this.transform(group);
    this.draw(group, { alpha: alpha * numberOf(group, 'opacity', 1) });
    this.operators.push('Q');
  }

  /** A clip is in the coordinates of what it clips; one of another comes first. */
  private clip(element: Element): void {
    const name = /^url\(#(.*)\)$/.exec(element.getAttribute('clip-path') ?? '')?.[1];
    const clip = name === undefined ? undefined : this.clips.get(name);
    if (!clip) return;
    this.clip(clip);
    const paths = [...clip.children];
    if (clip.getAttribute('transform') ?? paths.some((path) => path.getAttribute('transform')))
      throw unknown('transform of a clip');
    const evenOdd = paths.some((path) => path.getAttribute('clip-rule') === 'evenodd');
    this.operators.push(...paths.flatMap((path) => outline(path)), evenOdd ? 'W* n' : 'W n');
  }

  private transform(element: Element): void {
    const numbers = /^matrix\((.*)\)$/.exec(element.getAttribute('transform') ?? '')?.[1];
    if (numbers !== undefined) this.operators.push(`${numbers} cm`);
  }

  private path(path: Element, alpha: number): void {
    this.operators.push('q');
    this.clip(path);
    this.transform(path);
    const fill = colour(path, 'fill');
    const stroke = colour(path, 'stroke');
    const fillAlpha = alpha * numberOf(path, 'opacity', 1) * numberOf(path, 'fill-opacity', 1);
    const strokeAlpha = alpha * numberOf(path, 'opacity', 1) * numberOf(path, 'stroke-opacity', 1);
    if (fillAlpha < 1 || strokeAlpha < 1) this.opacity(fillAlpha, strokeAlpha);
    const filled = fill && [
      `${fill} rg`,
      ...outline(path),
      path.getAttribute('fill-rule') === 'evenodd' ? 'f*' : 'f',
    ];
    const drawn = stroke && [`${stroke} RG`, ...pen(path), ...outline(path), 'S'];
    const strokeFirst = (path.getAttribute('paint-order') ?? '').startsWith('stroke');
    const parts = strokeFirst ? [drawn, filled] : [filled, drawn];
    this.operators.push(...parts.flatMap((part) => part ?? []), 'Q');
  }

  private opacity(fill: number, stroke: number): void {
    const key = `${fill} ${stroke}`;
    const name = `/G${[...this.opacities.keys()].indexOf(key) + 1 || this.opacities.size + 1}`;
    this.opacities.set(key, `${name} << /ca ${decimals(fill)} /CA ${decimals(stroke)} >>`);
    this.operators.push(`${name} gs`);
  }
}

const decimals = (value: number): string => String(Number(value.toFixed(4)));

function numberOf(element: Element, name: string, otherwise: number): number {
  const text = element.getAttribute(name);
  return text === null ? otherwise : Number(text);
}

/** `0.1 0.2 0.3`; undefined for none. */
function colour(path: Element, kind: 'fill' | 'stroke'): string | undefined {
  const text = path.getAttribute(kind) ?? (kind === 'fill' ? '#000000' : 'none');
  if (text === 'none') return undefined;
  const parts = /^#(..)(..)(..)$/.exec(text);
  if (!parts) throw unknown(`${kind} ${text}`);
  return parts
    .slice(1)
    .map((part) => decimals(parseInt(part, 16) / 255))
    .join(' ');
}

const caps: Record<string, number> = { butt: 0, round: 1, square: 2 };
const joins: Record<string, number> = { miter: 0, round: 1, bevel: 2 };

function pen(path: Element): string[] {
  const dashes = path.getAttribute('stroke-dasharray');
  return [
    `${numberOf(path, 'stroke-width', 1)} w`,
    `${caps[path.getAttribute('stroke-linecap') ?? 'butt'] ?? 0} J`,
    `${joins[path.getAttribute('stroke-linejoin') ?? 'miter'] ?? 0} j`,
    `${numberOf(path, 'stroke-miterlimit', 4)} M`,
    ...(dashes === null || dashes === 'none'
      ? []
      : [`[${dashes.replaceAll(',', ' ')}] ${numberOf(path, 'stroke-dashoffset', 0)} d`]),
  ];
}

/** A path's data, absolute and in M, L, Q, C, Z alone, as PDF's operators. */
function outline(path: Element): string[] {
  const words = (path.getAttribute('d') ?? '').match(/[A-Z]|-?[\d.]+(?:e-?\d+)?/gi) ?? [];
  const operators: string[] = [];
  let [i, x, y] = [0, 0, 0];
  const next = (): number => Number(words[i++]);
  while (i < words.length) {
    const command = words[i++];
    if (command === 'Z') operators.push('h');
    else if (command === 'M' || command === 'L') {
      [x, y] = [next(), next()];
      operators.push(`${x} ${y} ${command === 'M' ? 'm' : 'l'}`);
    } else if (command === 'C') {
      const [a, b, c, d] = [next(), next(), next(), next()];
      [x, y] = [next(), next()];
      operators.push(`${a} ${b} ${c} ${d} ${x} ${y} c`);
    } else if (command === 'Q') {
      const [a, b] = [next(), next()];
      const end: [number, number] = [next(), next()];
      const third = (from: number, to: number): string => decimals(from + (2 / 3) * (to - from));
      operators.push(
        `${third(x, a)} ${third(y, b)} ${third(end[0], a)} ${third(end[1], b)} ${end[0]} ${end[1]} c`,
      );
      [x, y] = end;
    } else throw unknown(`path command ${command}`);
  }
  return operators;
}

const unknown = (what: string): Error =>
  new Error(`expected groups, clips and paths in a figure's outlines but found ${what}`);

/** The file: its objects, numbered from 1, the page's content compressed, and where each begins. */
function fileOf(objects: readonly (string | Uint8Array)[]): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  let length = parts[0].length;
  const places: number[] = [];
  const add = (part: string | Uint8Array): void => {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part);
    parts.push(bytes);
    length += bytes.length;
  };
  objects.forEach((object, i) => {
    places.push(length);
    add(`${i + 1} 0 obj\n`);
    if (typeof object === 'string') add(object);
    else {
      add(`<< /Length ${object.length} /Filter /FlateDecode >>\nstream\n`);
      add(object);
      add('\nendstream');
    }
    add('\nendobj\n');
  });
  const start = length;
  const lines = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  add(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${lines}`);
  add(
    `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info ${objects.length} 0 R >>\nstartxref\n${start}\n%%EOF\n`,
  );
  return Buffer.concat(parts);
}
