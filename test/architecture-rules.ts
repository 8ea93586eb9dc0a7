import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';

/** Path (relative to the package, with slashes) → text. */
export type Sources = ReadonlyMap<string, string>;

/** Room → rooms it may import, in the order of the table. */
export type Rooms = ReadonlyMap<string, readonly string[]>;

/** Reads the table of rooms in docs/architecture.md, so that the page stays true. */
export function readRooms(page: string): Map<string, string[]> {
  const rooms = new Map<string, string[]>();
  for (const line of page.split('\n')) {
    const [, room, , rule] = line.split('|').map((cell) => cell.trim());
    const name = /^`src\/([a-z-]+)`$/.exec(room ?? '')?.[1];
    if (name === undefined || rule === undefined) continue;
    rooms.set(name, roomsOf(rule, [...rooms.keys()]));
  }
  return rooms;
}

function roomsOf(rule: string, above: string[]): string[] {
  if (rule === 'nothing') return [];
  if (rule === 'all' || rule === 'all above') return above;
  const named = rule.split(',').map((name) => name.trim());
  const later = named.filter((name) => !above.includes(name));
  if (later.length > 0)
    throw new Error(`the table lets a room import ${later.join(', ')}, which no earlier row names`);
  return named;
}

/** Every arrow between rooms that the table does not hold, and every room it does not know. */
export function findForbiddenImports(sources: Sources, rooms: Rooms): string[] {
  return [...sources].flatMap(([path, text]) => {
    const from = roomOf(path);
    if (from === undefined) return [];
    const allowed = rooms.get(from);
    if (allowed === undefined) return [`${path}: no room src/${from} in the table`];
    return importsOf(path, text)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => roomOf(normalize(join(dirname(path), specifier))) ?? 'index')
      .filter((to) => to !== from && !allowed.includes(to))
      .map((to) => `${path}: src/${from} imports src/${to}`);
  });
}

/** `src/graph/ops.ts` → `graph`; files right under src belong to no room. */
function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

/** What a file imports; with `names`, only where it takes something from there. */
function importsOf(path: string, text: string, what: 'all' | 'names' = 'all'): string[] {
  const found: string[] = [];
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest), (node) => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      const bare = ts.isImportDeclaration(node) && node.importClause === undefined;
      if (ts.isStringLiteral(node.moduleSpecifier) && !(bare && what === 'names'))
        found.push(node.moduleSpecifier.text);
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [target] = node.arguments;
      if (target && ts.isStringLiteralLike(target)) found.push(target.text);
    }
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      if (ts.isStringLiteral(node.argument.literal)) found.push(node.argument.literal.text);
    }
  });
  return found;
}

/** What each file imports of the others, types too. */
function importGraph(sources: Sources): Map<string, string[]> {
  return new Map(
    [...sources].map(([path, text]) => [
      path,
      importsOf(path, text)
        .map((specifier) => targetOf(path, specifier))
        .filter((target) => sources.has(target)),
    ]),
  );
}

const targetOf = (path: string, specifier: string): string =>
  normalize(join(dirname(path), specifier)).replace(/\.js$/, '.ts');

/** Every circle of files that import one another, types and indexes included: the files of each, sorted. */
export function findCircles(sources: Sources): string[][] {
  const imports = importGraph(sources);
  const reached = new Map([...sources.keys()].map((path) => [path, reachedFrom(path, imports)]));
  const within = (path: string): string[] =>
    [...reached.get(path)!].filter((other) => reached.get(other)!.has(path)).sort();
  const circles = [...sources.keys()].map(within).filter((circle) => circle.length > 0);
  return [...new Map(circles.map((circle) => [circle[0], circle])).values()];
}

function reachedFrom(from: string, imports: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set<string>();
  const open = [...(imports.get(from) ?? [])];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    open.push(...(imports.get(path) ?? []));
  }
  return seen;
}

/**
 * Imports of names that reach past an index: another folder, unless it is one that the file stands in, is entered by
 * its index.ts. The command line's program alone names its commands, so that only the asked one is loaded.
 */
export function findDeepImports(sources: Sources): string[] {
  return [...sources].flatMap(([path, text]) => {
    if (path === 'src/cli/program.ts') return [];
    return importsOf(path, text, 'names')
      .map((specifier) => targetOf(path, specifier))
      .filter((target) => sources.has(target) && !target.endsWith('/index.ts'))
      .filter((target) => !`${dirname(path)}/`.startsWith(`${dirname(target)}/`))
      .map((target) => `${path}: reaches past the index to ${target}`);
  });
}

/** Folders below the top ones that have no index, or one whose head does not say what the folder knows. */
export function findSilentFolders(sources: Sources): string[] {
  const folders = new Set(
    [...sources.keys()].map((path) => dirname(path)).filter((path) => path.includes('/')),
  );
  return [...folders].filter((folder) => {
    const [, head] = /^\/\*\*([^]*?)\*\//.exec(sources.get(`${folder}/index.ts`) ?? '') ?? [];
    return (head?.match(/\.(?=\s|$)/g) ?? []).length < 2;
  });
}

/** Folders of more files than one takes in at a look. */
export function findCrowdedFolders(sources: Sources, most: number): string[] {
  const files = new Map<string, number>();
  for (const path of sources.keys()) files.set(dirname(path), (files.get(dirname(path)) ?? 0) + 1);
  return [...files].filter(([, count]) => count > most).map(([folder, count]) => `${folder}: ${count} files`);
}

const printing = new Set(['process.exit', 'process.stdout', 'process.stderr']);

/** Uses of the terminal, or of the process's end, outside the command line. */
export function findPrinting(sources: Sources): string[] {
  return [...sources].flatMap(([path, text]) => {
    if (roomOf(path) === 'cli') return [];
    const found: string[] = [];
    visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest), (node) => {
      if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return;
      const use = `${node.expression.text}.${node.name.text}`;
      if (node.expression.text === 'console' || printing.has(use)) found.push(`${path}: ${use}`);
    });
    return found;
  });
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  node.forEachChild((child) => visit(child, see));
}
