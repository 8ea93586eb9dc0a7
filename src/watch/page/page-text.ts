import { html, Markup, style } from '../../report/index.js';

/** What the page shows at one time. */
export interface PageContent {
  title: string;
  /** HTML of its body. */
  html: string;
}

/** What a page is made of. */
export interface Page extends PageContent {
  /** Tells one content from another. */
  stamp: string;
  /** ms from one question to the next. */
  every: number;
}

const ownStyle = `
h1 { margin-bottom: 22px; }
#asked { color: var(--muted); font-size: 13.5px; margin: 6px 0 18px; }
#asked.lost { color: var(--bad); }
#runs { width: 100%; grid-column: 1 / -1; }
#runs td { font-variant-numeric: tabular-nums; }
.running, .finished { color: var(--good); }
.stopped { color: var(--caution); }
.failed, .killed { color: var(--bad); }
#answers, #notes { grid-column: 1 / -1; padding-left: 1.15em; }
#notes { color: var(--muted); font-size: 13.5px; }
`;

/** Asks for what is new and puts it in place; what cannot be reached is said, and asked for again. */
const script = (stamp: string, every: number): string => `
let seen = ${JSON.stringify(stamp)};
const asked = document.getElementById('asked');
const clock = () => new Date().toLocaleTimeString();
async function look() {
  try {
    const answer = await fetch('look?seen=' + seen, { cache: 'no-store' });
    if (answer.status === 200) {
      const { html, title, stamp } = await answer.json();
      document.getElementById('content').innerHTML = html;
      document.title = title;
      seen = stamp;
    } else if (answer.status !== 204) throw new Error(await answer.text());
    asked.className = '';
    asked.textContent = 'looked at ' + clock();
  } catch (error) {
    asked.className = 'lost';
    asked.textContent = error instanceof TypeError ? 'latentcv watch has ended; this is what it showed last' : error.message;
  }
  setTimeout(look, ${every});
}
setTimeout(look, ${every});
`;

/** The page as it is first handed out. */
export function pageText({ title, html: body, stamp, every }: Page, nonce: string): string {
  return `<!doctype html>
${
  html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${title}</title>
      <link rel="icon" href="data:," />
      <style>
        ${new Markup(style + ownStyle)}
      </style>
    </head>
    <body>
      <main>
        <h1>${title}</h1>
        <p id="asked"></p>
        <div id="content">${new Markup(body)}</div>
      </main>
      <script nonce="${nonce}">
        ${new Markup(script(stamp, every))};
      </script>
    </body>
  </html> `.text
}`;
}
