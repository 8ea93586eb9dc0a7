// A page of Python blocks as a notebook: what stands between them are cells of Markdown, what they print their outputs.

const fenced = /^```(python|text)\n([^]*?)^```\n?/m;

const linesOf = (text) => text.split(/(?<=\n)/);

/**
 * The notebook (nbformat 4.5) of a page: a cell for each Python block and for what stands before it, and a block of text
 * below a Python block as what that printed.
 *
 * @param {string} page Markdown
 */
export function notebookOf(page) {
  const cells = [];
  const add = (cell) => cells.push({ id: `cell-${cells.length + 1}`, metadata: {}, ...cell });
  let rest = page;
  for (let found = fenced.exec(rest); found; found = fenced.exec(rest)) {
    const [block, kind, text] = found;
    const words = rest.slice(0, found.index).trim();
    rest = rest.slice(found.index + block.length);
    if (words !== '') add({ cell_type: 'markdown', source: linesOf(words) });
    const source = linesOf(text.trimEnd());
    if (kind === 'python') add({ cell_type: 'code', execution_count: null, outputs: [], source });
    else cells.at(-1).outputs = [{ output_type: 'stream', name: 'stdout', text: linesOf(text) }];
  }
  if (rest.trim() !== '') add({ cell_type: 'markdown', source: linesOf(rest.trim()) });
  const metadata = {
    kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
    language_info: { name: 'python' },
  };
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}
