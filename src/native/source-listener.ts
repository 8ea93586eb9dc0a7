/** Who is told of what is done before a file of frames can be read: unpacked, converted. */
export interface SourceListener {
  /** What is being done. */
  onNote: (line: string) => void;
  /** Something the user should know. */
  onWarning: (line: string) => void;
}

let listener: SourceListener = {
  onNote: () => undefined,
  onWarning: (line) => process.emitWarning(line),
};

/** Who is told from now on, in the whole process. Nobody hears notes until then; warnings are those of Node. */
export function listenToSources(to: SourceListener): void {
  listener = to;
}

/** The one who is told. */
export const sourceListener = (): SourceListener => listener;
