import { dirname, join, normalize } from 'node:path';
import type { Rooms, Sources } from './architecture-rules.js';

/** Folders that the native builds search for what stands between quotes, behind the including file's own. */
const roots = [
  'native/core',
  'native/core/include',
  'native/trajectories',
  'native/trajectories/include',
  'native/test',
  '.',
];

/** Reads the table of the native rooms in docs/architecture.md: `native/core/onnx` → rooms it may include. */
export function readNativeRooms(page: string): Map<string, string[]> {
  const rooms = new Map<string, string[]>();
  for (const line of page.split('\n')) {
    const [, room, , rule] = line.split('|').map((cell) => cell.trim());
    const [, path, part] = /^`((native\/(?:core|trajectories))\/[a-z]+)`$/.exec(room ?? '') ?? [];
    if (path === undefined || rule === undefined) continue;
    const named = rule === 'nothing' ? [] : rule.split(', ').map((name) => `${part}/${name}`);
    const later = named.filter((name) => !rooms.has(name));
    if (later.length > 0)
      throw new Error(`the table lets ${path} include ${later.join(', ')}, which no earlier row names`);
    rooms.set(path, named);
  }
  return rooms;
}

/** Every include between rooms of one part that the table does not hold, and every file without a room. */
export function findForbiddenRoomIncludes(sources: Sources, rooms: Rooms): string[] {
  return [...sources].flatMap(([path, text]) => {
    const from = nativeRoomOf(path);
    if (from === undefined) return [];
    const allowed = rooms.get(from);
    if (allowed === undefined) return [`${path}: no room ${from} in the table`];
    return targetsOf(path, text, sources)
      .map((target) => nativeRoomOf(target))
      .filter((to) => to !== undefined && partOf(to) === partOf(from))
      .filter((to) => to !== from && !allowed.includes(to as string))
      .map((to) => `${path}: ${from} includes ${to}`);
  });
}

const partOf = (room: string): string => room.split('/', 2).join('/');

/** `native/core/onnx/file.h` → `native/core/onnx`; public headers are in none. */
function nativeRoomOf(path: string): string | undefined {
  const [, part, room] = /^(native\/(?:core|trajectories))\/(?:([^/]+)\/)?[^/]+(?:\/|$)/.exec(path) ?? [];
  if (part === undefined || room === 'include') return undefined;
  return room === undefined ? part : `${part}/${room}`;
}

/** The files that include one another in a ring; a header and the source of its name count as one. */
export function findIncludeRings(sources: Sources): string[] {
  const includes = new Map<string, Set<string>>();
  for (const [path, text] of sources) {
    const own = includes.get(unitOf(path)) ?? new Set<string>();
    for (const target of targetsOf(path, text, sources)) {
      if (unitOf(target) !== unitOf(path)) own.add(unitOf(target));
    }
    includes.set(unitOf(path), own);
  }
  return [...includes.keys()].filter((unit) => reachedFrom(unit, includes).has(unit)).sort();
}

const unitOf = (path: string): string => path.replace(/\.(cpp|h)$/, '');

function reachedFrom(from: string, includes: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const seen = new Set<string>();
  const open = [...(includes.get(from) ?? [])];
  for (let unit = open.pop(); unit !== undefined; unit = open.pop()) {
    if (seen.has(unit)) continue;
    seen.add(unit);
    open.push(...(includes.get(unit) ?? []));
  }
  return seen;
}

/** Folders with more than so many sources of their own. */
export function findCrowdedFolders(sources: Sources, most: number): string[] {
  const counts = new Map<string, number>();
  for (const path of sources.keys()) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > most).map(([folder, count]) => `${folder}: ${count}`);
}

const node = /^(napi|node|node_api|js_native_api|v8|uv)(-inl)?\.h$|^node\//;
const plumed = /plumed/i;

/**
 * Arrows between the native parts: the core includes neither Node nor PLUMED; the addon and the plugin include
 * of the core only what stands in native/core/include, and nothing of each other.
 */
export function findForbiddenIncludes(sources: Sources): string[] {
  return [...sources].flatMap(([path, text]) =>
    includesOf(text)
      .filter((include) => isForbidden(path, include, sources))
      .map((include) => `${path}: includes ${include}`),
  );
}

function isForbidden(path: string, include: string, sources: Sources): boolean {
  const inCore = path.startsWith('native/core/');
  if (inCore) return node.test(include) || plumed.test(include);
  const target = normalize(join(dirname(path), include));
  if (path.startsWith('native/addon/')) {
    return plumed.test(include) || isPrivate(include, target, sources);
  }
  if (path.startsWith('plumed-plugin/')) {
    return node.test(include) || target.startsWith('native/addon/') || isPrivate(include, target, sources);
  }
  return false;
}

const privateFile = /^native\/(core|trajectories)\/(?!include\/)/;

function isPrivate(include: string, target: string, sources: Sources): boolean {
  const named = ['core', 'trajectories'].some((part) => sources.has(`native/${part}/${include}`));
  return privateFile.test(target) || named;
}

/** The files of ours that a file includes. */
function targetsOf(path: string, text: string, sources: Sources): string[] {
  return includesOf(text)
    .map((include) => [dirname(path), ...roots].map((root) => normalize(join(root, include))))
    .map((places) => places.find((place) => sources.has(place)))
    .filter((target) => target !== undefined);
}

function includesOf(text: string): string[] {
  return [...text.matchAll(/^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"]/gm)].map((match) => match[1]);
}
