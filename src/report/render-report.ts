import { expectObject, expectText } from '../support/index.js';
import { figureDownloads } from './downloads/index.js';
import {
  blockAnalysis,
  convergence,
  cvAgainst,
  cvMap,
  freeEnergyProfileFigure,
  freeEnergySurfaceFigure,
  lossCurves,
  timeSeries,
  type Figure,
} from './figures/index.js';
import { html, Markup } from './markup.js';
import type { CvOnFrames, ReportData } from './report-data.js';
import {
  campaignSection,
  colouredAtoms,
  commandBlocks,
  diagnosticsSection,
  head,
  modelCard,
  propertiesSection,
  renderSections,
  type Section,
  errorTable,
  definitionTable,
  statesSection,
  trainingRuns,
  windowsSection,
} from './sections/index.js';
import { colouredCards, confinedStructure, structureScripts } from './structures/index.js';
import { style } from './style.js';
import { defaultUnits } from './units.js';

/**
 * The report as one HTML page that needs nothing else: style and figures (SVG) are inside, no network. Scripts, which are inside too,
 * hand out figures and their numbers as files, and turn structures of states; the page forbids itself to ask for more. What the
 * data leave out is left out of the page. Energies are in kJ/mol and times in ns unless
 * units say otherwise. The same data give the same bytes.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function renderReport(report: ReportData): string {
  expectObject(report, 'report', 'what composeReport gives');
  expectText(report.title, 'report.title');
  if (report.units !== undefined) expectObject(report.units, 'report.units', 'what composeReport gives');
  const data = { ...report, units: report.units ?? defaultUnits };
  const structures = data.modes?.structures ?? [];
  const confined = data.modes && confinedStructure(data.modes.found, structures);
  const coloured = colouredAtoms(data.diagnostics, data.explainedOn);
  const shown = structures.length + (confined ? 1 : 0);
  const turns = structures.length > 0 || coloured.length > 0;
  const sections = [
    campaignSection(data.campaign, data.units, data.result),
    propertiesSection(data.properties),
    freeEnergies(data),
    statesSection(data.modes, data.units),
    windowsSection(data.windows, cvOf(data)),
    biasedRun(data),
    collectiveVariable(data),
    diagnosticsSection(
      data.diagnostics,
      data.units,
      coloured.length > 0 ? colouredCards(coloured, shown) : undefined,
    ),
    trainingFrames(data),
    settings(data),
    versions(data),
    commands(data),
  ];
  const figures = sections.flatMap(({ content }) => content.filter((part) => isFigure(part)));
  const hasScripts = turns || figures.length > 0;
  return `<!doctype html>
${
  html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      ${hasScripts && html`<meta http-equiv="Content-Security-Policy" content="${policy}" />`}
      <title>${data.title}</title>
      <style>
        ${new Markup(style)}
      </style>
    </head>
    <body>
      <main>
        ${head(data.campaign ? { ...data, result: undefined } : data, data.units)}${renderSections(sections)}
        <footer>
          Written by
          latentcv.${data.properties ? '' : ` Energies in ${data.units.energy}; error bars are one standard error.`}
        </footer>
      </main>
      ${figureDownloads(figures)}${turns && structureScripts(structures, confined, coloured)}
    </body>
  </html> `.text
}`;
}

const isFigure = (part: Section['content'][number]): part is Figure =>
  part !== undefined && !(part instanceof Markup);

/** Of a page with scripts: what is in it, and nothing from elsewhere. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'";

/** A report whose units are settled. */
type Report = ReportData & Required<Pick<ReportData, 'units'>>;

const cvOf = ({ cv }: ReportData) => cv ?? { label: 'CV' };
const xOf = ({ x }: ReportData) => x ?? { label: 'x' };
const yOf = ({ y }: ReportData) => y ?? { label: 'y' };

function freeEnergies(data: Report): Section {
  const { alongX, alongCv, surface, states, convergence: course, result, units } = data;
  return {
    id: 'free-energy',
    title: 'Free energy',
    content: [
      alongX && freeEnergyProfileFigure('free-energy-x', alongX, xOf(data), units, states),
      surface && freeEnergySurfaceFigure(surface, xOf(data), yOf(data), units),
      alongCv && freeEnergyProfileFigure('free-energy-cv', alongCv, cvOf(data), units),
      course?.length ? convergence(course, result, units, data.deltaF?.replicas) : undefined,
    ],
  };
}

function biasedRun(data: Report): Section {
  const { run, deltaF, result, states, units } = data;
  return {
    id: 'biased-run',
    title: 'Biased run and its error',
    content: [
      run && (run.cv ?? run.x) && timeSeries(run, xOf(data), cvOf(data), units, states),
      deltaF?.scan.length ? blockAnalysis(deltaF, units) : undefined,
      deltaF && errorTable(deltaF, result, units),
    ],
  };
}

function collectiveVariable(data: Report): Section {
  const { model, loss, frames, states, units } = data;
  return {
    id: 'collective-variable',
    title: data.properties ? 'Model' : 'Collective variable',
    content: [
      model && modelCard(model, units),
      loss && lossCurves(loss),
      frames && hasY(frames) ? cvMap(frames, xOf(data), yOf(data), cvOf(data)) : undefined,
      frames && cvAgainst(frames, xOf(data), yOf(data), cvOf(data), states),
    ],
  };
}

function hasY(frames: CvOnFrames): frames is CvOnFrames & { y: ArrayLike<number> } {
  return frames.y !== undefined;
}

function trainingFrames({ trainingRuns: runs, trainingNote, states, units }: Report): Section {
  return {
    id: 'training-frames',
    title: 'Training frames',
    content: [
      trainingNote ? html`<p>${trainingNote}</p>` : undefined,
      runs && trainingRuns(runs, units, states?.b),
    ],
  };
}

function settings({ settings: groups = [] }: ReportData): Section {
  return {
    id: 'settings',
    title: 'Settings',
    content: groups.map(({ name, rows }) => half(definitionTable(rows, name))),
  };
}

function half(table: Markup | undefined): Markup | undefined {
  return table && html`<div class="half">${table}</div>`;
}

function versions({ versions: rows = [] }: ReportData): Section {
  return { id: 'versions', title: 'Versions', content: [half(definitionTable(rows))] };
}

function commands({ commands: blocks = [] }: ReportData): Section {
  return { id: 'commands', title: 'To repeat this', content: commandBlocks(blocks) };
}
