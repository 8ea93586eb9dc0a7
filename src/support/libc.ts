import { existsSync } from 'node:fs';

/**
 * The C library of a Linux: `musl` on Alpine, else `glibc`, or what the variable `LIBC` says; undefined on other systems.
 * The same rule by which the addon is chosen (node-gyp-build).
 */
export function libc(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  return process.env.LIBC ?? (existsSync('/etc/alpine-release') ? 'musl' : 'glibc');
}
