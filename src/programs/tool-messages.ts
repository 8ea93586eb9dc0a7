import { whyUnknown } from '../plumed/index.js';

/** What went wrong, out of what a tool printed. */

/** PLUMED frames its errors with lines of `#`; places in its source are of no use to the reader. */
function plumedError(lines: readonly string[]): string | undefined {
  const own = lines.map((line) => line.replace(/^PLUMED: ?/, ''));
  const frame = own.findLastIndex((line) => /^#{10,}$/.test(line));
  const start = own.slice(0, Math.max(frame, 0)).findLastIndex((line) => /^#{10,}$/.test(line));
  const text = start >= 0 ? own.slice(start + 1, frame) : afterWhat(lines);
  const message = text.filter(
    (line) => line.trim() !== '' && !/^\(\S+:\d+\)/.test(line) && !line.startsWith('+++'),
  );
  return message.length > 0 ? message.join(' ').trim() : undefined;
}

/** What an exception that nobody caught leaves on the screen. */
function afterWhat(lines: readonly string[]): string[] {
  const what = lines.findLastIndex((line) => /^\s*what\(\):/.test(line));
  return what < 0 ? [] : lines.slice(what).map((line) => line.replace(/^\s*what\(\):\s*/, ''));
}

/** GROMACS frames its errors with dashes and ends them with advice. */
function gromacsError(lines: readonly string[]): string | undefined {
  const start = lines.findLastIndex((line) =>
    /^(Fatal error|Internal error \(bug\)|Error in user input|Inconsistency in user input|File input\/output error|Feature not implemented):/.test(
      line,
    ),
  );
  if (start < 0) return undefined;
  const length = lines.slice(start).findIndex((line) => line.startsWith('For more information'));
  const message = lines.slice(start + 1, length < 0 ? undefined : start + length);
  return message
    .filter((line) => line.trim() !== '' && !/^\(\S+:\d+\)/.test(line))
    .join(' ')
    .trim();
}

/** LAMMPS tells an error in a line, with the place in its source, and then the line of the script. */
function lammpsError(lines: readonly string[]): string | undefined {
  const at = lines.findIndex((line) => /^ERROR(?: on proc \d+)?: /.test(line));
  if (at < 0) return undefined;
  const message = lines[at].replace(/^ERROR(?: on proc \d+)?: /, '').replace(/ \(\S+:\d+\)$/, '');
  const line = lines.slice(at + 1, at + 4).find((text) => /^Last (?:input line|command): /.test(text));
  return line === undefined ? message : `${message} (${line.replace(/^Last [a-z ]+: /, 'at the line ‘')}’)`;
}

const noTemperature = 'PLUMED was not told the temperature: give the bias one (TEMP=)';

/** Messages that name a consequence; what to do about the cause. */
const causes: [RegExp, string][] = [
  [/BIASFACTOR=inf with adaptive SIGMA/, noTemperature],
  [/MD engine does not pass the temperature to plumed/, noTemperature],
  [/Looking for a value outside the grid/, 'the CV left the grid of the bias: widen GRID_MIN and GRID_MAX'],
  [
    /version [`'](?:GLIBC|GLIBCXX|CXXABI)_[\d.]+' not found/,
    'the plugin was built where libraries are newer: run latentcv plugin --rebuild on the older machine, or load the modules it was built with',
  ],
  [
    /undefined symbol: _Z\w*4PLMD/,
    'the plugin was built for another PLUMED: run latentcv plumed again, or latentcv plugin and change LOAD',
  ],
];

/** The action that PLUMED does not know, in the words of 2.10 and later, and of 2.9: `opes: OPES_METAD ARG=…`. */
function unknownAction(message: string): string | undefined {
  const quoted = /Action "(\w+)" is not known/.exec(message)?.[1];
  return quoted ?? /I cannot understand line: (?:\S+: )?([A-Z]\w*)/.exec(message)?.[1];
}

function causeOf(message: string): string | undefined {
  const found = causes.find(([pattern]) => pattern.test(message));
  if (found) return found[1];
  const action = unknownAction(message);
  return action === undefined ? undefined : whyUnknown(action);
}

/** How far mdrun is, which is no reason for its end. */
const progress = /^(step \d+([,:]|$)|imb F)/;

/** The error in a tool's output: PLUMED's or GROMACS's own words, else the last lines. */
export function toolError(output: string): string {
  const lines = output.split(/\r?\n|\r/);
  const found = plumedError(lines) ?? gromacsError(lines) ?? lammpsError(lines);
  if (found !== undefined) {
    const cause = causeOf(found);
    return cause === undefined ? found : `${found} (${cause})`;
  }
  const written = lines.filter((line) => line.trim() !== '' && !progress.test(line));
  return written.slice(-8).join('\n');
}
