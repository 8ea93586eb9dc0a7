/** Puts two buttons under each figure: its SVG as it stands on the page, and its numbers as CSV. */
export const downloadScript = `
(() => {
  const tables = JSON.parse(document.getElementById('figure-data').textContent);
  const save = (name, type, text) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };
  const cell = (text) => (/[",\\r\\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text);
  const lines = ({ name, columns }) => {
    const all = columns.map(({ values, each }) => {
      const own = typeof values === 'string' ? values.split(',') : values;
      return { own, each };
    });
    // what is a grid's axis comes again until the longest column ends
    const rows = Math.max(...all.map(({ own, each }) => own.length * (each ?? 1)));
    const at = ({ own, each }, row) => (each ? own[Math.floor(row / each) % own.length] : own[row]) ?? '';
    return [
      ...(name === undefined ? [] : ['# ' + name]),
      columns.map((column) => cell(column.name)).join(),
      ...Array.from({ length: rows }, (_, row) => all.map((column) => cell(at(column, row))).join()),
    ];
  };
  const csv = (own) => own.map((table) => lines(table).join('\\n') + '\\n').join('\\n');
  const svg = (figure) =>
    '<?xml version="1.0" encoding="UTF-8"?>\\n' + new XMLSerializer().serializeToString(figure.querySelector('svg')) + '\\n';
  for (const figure of document.querySelectorAll('figure')) {
    const name = figure.id.replace(/^figure-/, '');
    const button = (kind, type, text) => {
      const made = document.createElement('button');
      made.type = 'button';
      made.textContent = kind.toUpperCase();
      made.title = 'Download ' + name + '.' + kind;
      made.addEventListener('click', () => save(name + '.' + kind, type, text()));
      return made;
    };
    const place = document.createElement('p');
    place.className = 'take';
    place.append(button('svg', 'image/svg+xml', () => svg(figure)));
    if (tables[name]) place.append(button('csv', 'text/csv', () => csv(tables[name])));
    figure.append(place);
  }
})();
`;
