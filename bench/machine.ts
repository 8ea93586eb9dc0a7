import { cpus, loadavg } from 'node:os';

/** The machine and how busy it is, for a table of measurements. */
export function machine(): string {
  const [cpu] = cpus();
  const load = loadavg()[0].toFixed(1);
  return `${cpu.model.trim()}, ${cpus().length} cores, load ${load} before the run`;
}
