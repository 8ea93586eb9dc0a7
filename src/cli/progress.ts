import { SingleBar } from 'cli-progress';
import { durationText } from '../support/index.js';

export interface Progress {
  /** How far it is, from 0 to the total; `words` says more (`loss 0.12`), `secondsLeft` what is known better than from here. */
  update: (done: number, words?: string, secondsLeft?: number) => void;
  /** To call in any case, done or failed. */
  stop: () => void;
}

export type ProgressStyle = 'bar' | 'lines' | 'silent';

/** Seconds between two lines, where there is no terminal to draw on: fewer lines the longer it takes, some hundred in a day. */
const betweenLines = (elapsed: number): number => Math.min(600, Math.max(5, elapsed / 20));

export function createProgress(style: ProgressStyle, name: string, total: number): Progress {
  if (style === 'silent') return { update: () => undefined, stop: () => undefined };
  return style === 'bar'
    ? drawBar(name, total)
    : printLines(name, total, (line) => process.stderr.write(line));
}

function drawBar(name: string, total: number): Progress {
  const bar = new SingleBar({
    format: `${name} {bar} {percentage}% · {eta_formatted} left {words}`,
    hideCursor: true,
    clearOnComplete: false,
    barsize: 24,
    etaBuffer: 50,
  });
  bar.start(total, 0, { words: '' });
  return {
    update: (done, words) => bar.update(done, { words: words === undefined ? '' : `· ${words}` }),
    stop: () => bar.stop(),
  };
}

/** Plain lines with the time left, which is what the time so far makes likely. */
export function printLines(
  name: string,
  total: number,
  write: (line: string) => void,
  now: () => number = () => performance.now() / 1000,
): Progress {
  const began = now();
  let last = began;
  return {
    update: (done, words, secondsLeft) => {
      const time = now();
      if (time - last < betweenLines(time - began) && done < total) return;
      last = time;
      const left = secondsLeft ?? (done > 0 ? ((time - began) * (total - done)) / done : NaN);
      const remaining = done < total && Number.isFinite(left) ? `, ${durationText(left)} left` : '';
      write(
        `${name}: ${Math.floor((100 * done) / total)}%${remaining}${words === undefined ? '' : `, ${words}`}\n`,
      );
    },
    stop: () => undefined,
  };
}
