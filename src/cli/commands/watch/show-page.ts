import { percent } from '../../../support/index.js';
import { Pace, servePage, watchSection, type PageContent, type RunLook } from '../../../watch/index.js';
import type { RunsByName } from '../../frames/index.js';
import type { Terminal } from '../../terminal.js';
import { withLowPriority } from './low-priority.js';

/** Serves the page until Ctrl-C. */
export async function showPage(
  runs: RunsByName,
  { port, refresh }: { port: number; refresh: number },
  terminal: Terminal,
): Promise<void> {
  withLowPriority();
  const every = refresh * 1000;
  const shown = new Shown(runs, every);
  await shown.content(); // what does not fit is told here, not on the page
  const { signal } = terminal;
  const page = await servePage({ port, every, content: () => shown.content() });
  terminal.print(page.url);
  terminal.note('the page is there until Ctrl-C; the run goes on without it');
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await page.close();
}

/** The last look as a page; another is taken when a page asks for it, and not too often. */
class Shown {
  private readonly pace: Pace;
  private latest: PageContent | undefined;
  private underWay: Promise<PageContent> | undefined;

  constructor(
    private readonly runs: RunsByName,
    every: number,
  ) {
    this.pace = new Pace(every / 2);
  }

  content(): Promise<PageContent> {
    if (this.latest && this.pace.wait > 0) return Promise.resolve(this.latest);
    this.underWay ??= this.pace.measured(() => this.look()).finally(() => (this.underWay = undefined));
    return this.underWay;
  }

  private async look(): Promise<PageContent> {
    const look = await this.runs.look();
    this.latest = { title: titleOf(look), html: watchSection(look).text };
    return this.latest;
  }
}

/** What a tab of the browser tells. */
function titleOf({ runs }: RunLook): string {
  const names = runs.length === 1 ? runs[0].name : `${runs.length} runs`;
  const done = runs.flatMap(({ fraction }) => fraction ?? []);
  return done.length === runs.length ? `${names}: ${percent(Math.min(...done))}` : names;
}
