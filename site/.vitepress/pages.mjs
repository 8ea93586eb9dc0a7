// Which pages the site has, by their files in the checkout, where each stands in it, and in which order.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';

/** The checkout: pages are read where they are kept. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Pages of the site that do not lie in docs. */
const elsewhere = {
  'site/index.md': 'index.md',
  'site/report.md': 'report.md',
  'site/modes.md': 'modes.md',
  'bench/RESULTS.md': 'results.md',
  'CHANGELOG.md': 'changelog.md',
  'CONTRIBUTING.md': 'contributing.md',
};

/**
 * The page of each file, by its path in the checkout: `docs/methods/README.md` is `methods/index.md`.
 *
 * @returns {Record<string, string>}
 */
export function pagesByFile() {
  const docs = globSync('docs/**/*.md', { cwd: root }).sort();
  const placed = docs.map((file) => [file, file.replace(/^docs\//, '').replace(/README\.md$/, 'index.md')]);
  return { ...Object.fromEntries(placed), ...elsewhere };
}

/**
 * Files that pages lead to and that are saved, not read: their places on the site, by their paths in the checkout.
 *
 * @returns {Record<string, string>}
 */
export function downloads() {
  const notebooks = globSync('docs/**/*.ipynb', { cwd: root }).sort();
  const pair = ['bases.gro', 'bases.top'].map((name) => [
    `examples/nucleobases/${name}`,
    `tutorials/${name}`,
  ]);
  return Object.fromEntries([...notebooks.map((file) => [file, file.replace(/^docs\//, '')]), ...pair]);
}

/** Patterns of what the checkout has beside these: VitePress would take every Markdown file below it for a page. */
export function otherFiles() {
  const [files, entries] = [Object.keys(pagesByFile()), readdirSync(root, { withFileTypes: true })];
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const without = folders.filter((name) => !files.some((file) => file.startsWith(`${name}/`)));
  const pages = globSync(['*.md', 'bench/**/*.md', 'site/**/*.md'], { cwd: root });
  return [...without.map((name) => `${name}/**`), ...pages.filter((file) => !files.includes(file))];
}

/** From the first to read to those of one field. */
const tutorials = [
  'alanine',
  'plumed-input',
  'failing-cv',
  'umbrella',
  'campaign',
  'notebook',
  'nucleobases',
  'host-guest',
  'crystal',
  'oxides',
];

/** What stands in the sidebar; `methods/` is every page of that folder. A page that is not there yet is left out. */
const groups = [
  { text: 'Start', pages: ['installation', 'which-data', 'commands', 'coming-from', 'mlcolvar'] },
  { text: 'Tutorials', pages: tutorials.map((name) => `tutorials/${name}`) },
  { text: 'A collective variable', pages: ['training', 'descriptors', 'diagnostics'] },
  { text: 'Materials', pages: ['structures', 'composition', 'properties', 'design'] },
  { text: 'Methods', pages: ['methods/'], collapsed: true },
  { text: 'Runs', pages: ['biases', 'engines', 'campaign', 'clusters'] },
  { text: 'Free energies', pages: ['free-energy', 'states', 'report', 'modes'] },
  { text: 'Help', pages: ['symptoms', 'good-practice', 'glossary'] },
  { text: 'Reference', pages: ['options', 'onnx_model', 'json', 'units', 'python', 'library'] },
  {
    text: 'The project',
    pages: ['benchmarks', 'results', 'tested', 'changelog', 'contributing', 'architecture', 'dependencies'],
  },
];

/** The first heading of a page, without marks of code. */
function titleOf(file) {
  const [, title] = /^# (.+)$/m.exec(readFileSync(join(root, file), 'utf8')) ?? [];
  return (title ?? posix.basename(file, '.md')).replaceAll('`', '');
}

/** Groups of links for VitePress's sidebar; pages that no group names stand at its end. */
export function sidebar() {
  const pages = pagesByFile();
  const files = Object.fromEntries(Object.entries(pages).map(([file, page]) => [page, file]));
  const named = (name) =>
    name.endsWith('/')
      ? Object.values(pages)
          .filter((page) => page.startsWith(name))
          .sort((a, b) => Number(b === `${name}index.md`) - Number(a === `${name}index.md`))
      : [`${name}.md`].filter((page) => files[page] !== undefined);
  const listed = groups.map(({ pages: names, ...group }) => ({ ...group, pages: names.flatMap(named) }));
  const inGroups = new Set(['index.md', ...listed.flatMap((group) => group.pages)]);
  const rest = Object.values(pages).filter((page) => !inGroups.has(page));
  return [...listed, { text: 'More', pages: rest }]
    .filter((group) => group.pages.length > 0)
    .map(({ pages: its, ...group }) => ({
      ...group,
      items: its.map((page) => ({
        text: titleOf(files[page]),
        link: `/${page.replace(/(index)?\.md$/, '')}`,
      })),
    }));
}

/** Whether a path of the checkout is there. */
export const isThere = (path) => existsSync(join(root, path));
