import { createInterface } from 'node:readline';

/** Answers to commands, by their names. */
export type Answering<Protocol extends Record<keyof Protocol, { ask: object; answer: object }>> = {
  [C in keyof Protocol]: (question: Protocol[C]['ask']) => Promise<Protocol[C]['answer']>;
};

/** Answers commands on standard input one at a time, each by one line. */
export async function answerCommands<
  Protocol extends Record<keyof Protocol, { ask: object; answer: object }>,
>(answers: Answering<Protocol>): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const { command, ...question } = JSON.parse(line) as { command: keyof Protocol };
    process.stdout.write(`${JSON.stringify(await answers[command](question))}\n`);
  }
}

/** Of this process so far. */
export const peakMegabytes = (): number => (process.resourceUsage().maxRSS * 1024) / 1e6;
