// What is wrong with the pages of a site: links that lead nowhere, and what a page would fetch from another host.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

const isElsewhere = (address) => /^([a-z]+:)?\/\//i.test(address);

const values = (html, pattern) =>
  [...html.matchAll(pattern)].map(([, value]) => value.replaceAll('&amp;', '&'));

/** What a page has that others lead to, what it leads to, and what it fetches when it is read. */
function readPage(html) {
  return {
    anchors: new Set(values(html, /\s(?:id|name)="([^"]*)"/g)),
    links: values(html, /<a\s(?:[^>]*?\s)?href="([^"]*)"/g),
    fetched: [
      ...values(html, /<(?:script|img|iframe|source)\s(?:[^>]*?\s)?src="([^"]*)"/g),
      ...values(html, /<link\s(?:[^>]*?\s)?href="([^"]*)"/g),
    ],
  };
}

/** The file of a site that an address on one of its pages means, and the anchor in it. */
function targetOf(link, page, base) {
  const [path, anchor = ''] = decodeURIComponent(link.replace(/\?[^#]*/, '')).split('#');
  if (path === '') return { file: page, anchor };
  if (path.startsWith('/') && !path.startsWith(base)) return { file: undefined, anchor };
  const joined = path.startsWith('/')
    ? path.slice(base.length)
    : posix.normalize(posix.join(posix.dirname(page), path));
  const file = joined === '' || joined.endsWith('/') ? `${joined}index.html` : joined;
  return { file, anchor };
}

/**
 * What is wrong with the site in a folder, a line each: links to files or anchors that are not there, and scripts, styles and
 * images of other hosts.
 *
 * @param {string} folder
 * @param {{ base?: string, without?: string[] }} options `base`: the path that the site has on its host; `without`: folders
 *   that links may lead to without being there
 */
export function siteProblems(folder, { base = '/', without = [] } = {}) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
    name.replaceAll('\\', '/'),
  );
  const there = new Set(files);
  const pages = new Map(
    files
      .filter((name) => name.endsWith('.html'))
      .map((name) => [name, readPage(readFileSync(join(folder, name), 'utf8'))]),
  );
  const problems = [];
  const isLost = (link, page) => {
    if (isElsewhere(link) || /^(mailto|data|javascript):/.test(link)) return false;
    const { file, anchor } = targetOf(link, page, base);
    if (file !== undefined && without.some((start) => file.startsWith(start))) return false;
    if (file === undefined || !there.has(file)) return true;
    return anchor !== '' && pages.has(file) && !pages.get(file).anchors.has(anchor);
  };
  for (const [page, { links, fetched }] of pages) {
    for (const link of new Set(links))
      if (isLost(link, page)) problems.push(`${page} leads to ${link}, which is not there`);
    for (const address of new Set(fetched)) {
      if (isElsewhere(address)) problems.push(`${page} fetches ${address} from another host`);
      else if (isLost(address, page)) problems.push(`${page} fetches ${address}, which is not there`);
    }
  }
  for (const style of files.filter((name) => name.endsWith('.css')))
    for (const address of values(readFileSync(join(folder, style), 'utf8'), /url\(\s*["']?([^"')]+)/g))
      if (isElsewhere(address)) problems.push(`${style} fetches ${address} from another host`);
  return problems;
}
