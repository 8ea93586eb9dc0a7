/** Numbers, times and lists as a person reads them. */

/** A number with so many decimals: `0.50`. */
export function fixed(value: number, decimals: number): string {
  return value.toFixed(decimals);
}

/** A number with so many significant digits: `0.500`. */
export function significant(value: number, count: number): string {
  return value.toPrecision(count);
}

/** A number by its power of ten, with so many decimals: `5.0e-7`. */
export function exponential(value: number, decimals: number): string {
  return value.toExponential(decimals);
}

/** The number itself, rounded to so many significant digits. */
export function rounded(value: number, most: number): number {
  return Number(value.toPrecision(most));
}

/** A number with at most so many significant digits and no zeros behind them: `0.1`, `72`, `1.25`, `1.2e-7`. */
export function digits(value: number, most = 3): string {
  return String(rounded(value, most));
}

/** A time in ps to the femtosecond: `5033`, where a table has 5033.00024 by a time step in single precision. */
export function inPicoseconds(time: number): string {
  return String(Number(time.toFixed(3)));
}

/** A part of one in whole percent: `12 %`. */
export function percent(part: number): string {
  return `${Math.round(100 * part)} %`;
}

/**
 * A value and its standard error with so many decimals, `0.941 ± 0.052`; the value alone where no error is known.
 * @param inWords how each of the two is written
 */
export function withError(
  value: number,
  error: number | null | undefined,
  decimals = 3,
  inWords: (value: number, decimals: number) => string = fixed,
): string {
  const shown = inWords(value, decimals);
  if (error === undefined || error === null || !Number.isFinite(error)) return shown;
  return `${shown} ± ${inWords(error, decimals)}`;
}

/**
 * A rate with its standard error, `12 ± 2.4`; of what was never counted, and has no error, what it is `below` in 95 % of such
 * cases.
 */
export function rateInWords({
  rate,
  error,
  below,
}: {
  rate: number;
  error: number | null;
  below: number | null;
}): string {
  if (error !== null) return `${digits(rate, 3)} ± ${digits(error, 2)}`;
  return below === null ? digits(rate, 3) : `below ${digits(below, 2)}`;
}

/** A part of one and its standard error in percent, as many digits as the error deserves; what is very rare by its power of ten. */
export function inPercent(part: number, error?: number | null): string {
  const bar = error ?? undefined;
  const least = 100 * (bar ?? part);
  const inWords = least < 1e-4 ? exponential : fixed;
  const decimals = least < 1e-4 ? 1 : Math.max(1, 1 - Math.floor(Math.log10(least)));
  return `${withError(100 * part, bar === undefined ? undefined : 100 * bar, decimals, inWords)} %`;
}

/** A text as a regular expression that fits it alone. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A noun as it stands behind a number: `crossing` behind 1, else `crossings`. */
export function plural(number: number, noun: string): string {
  return number === 1 ? noun : `${noun}s`;
}

/** `3 crossings`, `1 crossing` */
export function counted(number: number, noun: string): string {
  return `${number} ${plural(number, noun)}`;
}

/** Seconds as `42 s`, `3 min 20 s`, `2 h 5 min`. */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `a, b, c and 12 more`: a list short enough for a message. */
export function shortList(names: readonly string[], most = 12): string {
  if (names.length <= most + 1) return names.join(', ');
  return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

/** Words with line ends where a line would be longer than `width`; the lines after the first begin with `indent`. */
export function wrapped(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 1 <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(lines.length === 0 ? word : indent + word);
  }
  return lines;
}
