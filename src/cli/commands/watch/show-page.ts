import { Pace, servePage, type PageContent } from '../../../watch/index.js';
import type { Terminal } from '../../terminal.js';
import { withLowPriority } from './low-priority.js';
import type { Sight } from './sight.js';

/** Serves the page until Ctrl-C. */
export async function showPage(
  look: () => Promise<Sight>,
  { port, refresh }: { port: number; refresh: number },
  terminal: Terminal,
): Promise<void> {
  withLowPriority();
  const every = refresh * 1000;
  const shown = new Shown(look, every);
  await shown.content(); // what does not fit is told here, not on the page
  const { signal } = terminal;
  const page = await servePage({ port, every, content: () => shown.content() });
  terminal.print(page.url);
  terminal.note('the page is there until Ctrl-C; what runs goes on without it');
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
    private readonly take: () => Promise<Sight>,
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
    const { title, section } = await this.take();
    this.latest = { title, html: section().text };
    return this.latest;
  }
}
