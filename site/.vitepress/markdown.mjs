// What the site makes of pages that are written for GitHub and for a terminal.
import { posix, relative } from 'node:path';
import { downloads, isThere, pagesByFile, root } from './pages.mjs';

/** The file that is rendered, by its path in the checkout; the search knows it as `path`. */
const fileOf = ({ realPath, path = '' }) => relative(root, realPath ?? path).replaceAll('\\', '/');

const isRelative = (link) => link !== '' && !/^([a-z]+:|\/|#)/.test(link);

/**
 * The site's address of a link as a file of the checkout has it. What the site has no page of (an example, a source) has
 * none, and is left out; what is not there at all stays, so that it is found as a dead link.
 */
function placed(link, file, pages) {
  const [path, anchor] = link.split('#');
  const target = posix.join(posix.dirname(file), path);
  const page = pages[target];
  if (page !== undefined) return `/${page}${anchor === undefined ? '' : `#${anchor}`}`;
  return isThere(target) ? undefined : link;
}

/** The anchor of a heading as GitHub makes it, so that a link to one leads there on both. */
export const anchorOf = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');

/** Links between files of the checkout become links between pages. */
export function linksBetweenPages(md) {
  const [pages, saved] = [pagesByFile(), downloads()];
  md.core.ruler.push('links-between-pages', ({ tokens, env }) => {
    const file = fileOf(env);
    for (const { children } of tokens)
      for (const [i, token] of (children ?? []).entries()) {
        if (token.type !== 'link_open' || !isRelative(token.attrGet('href'))) continue;
        const download = saved[posix.join(posix.dirname(file), token.attrGet('href'))];
        if (download !== undefined) {
          // VitePress would take it for a page
          token.attrSet('href', posix.relative(posix.dirname(pages[file]), download));
          token.attrSet('download', '');
          continue;
        }
        const address = placed(token.attrGet('href'), file, pages);
        if (address === undefined) unlink(children, i);
        else token.attrSet('href', address);
      }
  });
}

/** Leaves the text of a link and takes the link away. */
function unlink(children, start) {
  const end = children.findIndex(({ type }, i) => i > start && type === 'link_close');
  for (const i of [start, end]) {
    children[i].type = 'text';
    children[i].content = '';
  }
}

const isCommand =
  /^\s*(\$ )?(latentcv|npm|npx|pip|python3?|gmx|sbatch|module|export|for|awk|chmod|umask|source|cd|\.)\s/;

/** Code by indentation looks as code between fences does. */
export function indentedCode(md) {
  md.core.ruler.push('indented-code', ({ tokens }) => {
    for (const token of tokens) {
      if (token.type !== 'code_block') continue;
      token.type = 'fence';
      token.info = isCommand.test(token.content) ? 'sh' : 'txt';
    }
  });
}

/** Functions that others make: TypeDoc has them among the variables. */
const constants = ['tanh'];

/** The names of functions in the table of docs/library.md lead to their pages, in the folder that TypeDoc writes. */
export function functionPages(md, entries) {
  const table = 'docs/library.md';
  md.core.ruler.push('function-pages', ({ tokens, env, Token }) => {
    if (fileOf(env) !== table) return;
    let entry;
    for (const token of tokens) {
      token.children &&= token.children.flatMap((child) => {
        const name = child.content;
        if (child.type !== 'code_inline') return [child];
        if (entries[name]) entry = entries[name];
        if (entry === undefined || !/^[a-z]\w+$/.test(name) || entries[name]) return [child];
        return linked(
          Token,
          child,
          `./library/${constants.includes(name) ? 'variables' : 'functions'}/${entry}.${name}.html`,
        );
      });
      if (token.type === 'table_close') entry = undefined;
    }
  });
}

/** A token within a link to a page that VitePress does not have: the browser goes there by itself. */
function linked(Token, token, address) {
  const [open, close] = [new Token('link_open', 'a', 1), new Token('link_close', 'a', -1)];
  open.attrSet('href', address);
  open.attrSet('target', '_self');
  return [open, token, close];
}

/** What looks like HTML is text but on the site's own pages: those of docs have none but comments. */
export function angleBracketsAreText(md) {
  md.core.ruler.push('angle-brackets', ({ tokens, env }) => {
    if (fileOf(env).startsWith('site/')) return;
    for (const token of tokens.flatMap((each) => [each, ...(each.children ?? [])]))
      if (/^html_/.test(token.type) && !token.content.startsWith('<!--')) token.type = 'text';
  });
}
