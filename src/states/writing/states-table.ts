import type { StatesOfRun } from '../states-of-run.js';

/** States as a CSV file, a line each: what is not known is empty. Energies in kJ/mol, times in ps. */
export function statesTable({ states }: StatesOfRun): string {
  const [first] = states;
  const cvs = Object.keys(first?.representative?.values ?? {});
  const head = [
    ...['name', 'population', 'error', 'deltaF', 'deltaFError', 'transitions', 'roundTrips', 'frames'],
    ...['foundAgain', 'differsIn', 'source', 'time', ...cvs],
  ];
  const rows = states.map((state) => {
    const { representative, differences } = state;
    return [
      ...[state.name, state.population, state.error, state.deltaF, state.deltaFError],
      ...[state.transitions, state.roundTrips, state.frames, state.foundAgain],
      differences
        .slice(0, 3)
        .map(({ column }) => column)
        .join(' '),
      ...[representative?.source, representative?.time],
      ...cvs.map((cv) => representative?.values[cv]),
    ];
  });
  return [head, ...rows].map((row) => `${row.map(field).join(',')}\n`).join('');
}

/** Quoted where it has to be (RFC 4180). */
function field(value: string | number | boolean | null | undefined): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
