declare module 'unbzip2-stream' {
  import type { EventEmitter } from 'node:events';

  /** A stream of Node's first kind: what is written is unpacked, and given to its listeners, before `write` returns. */
  interface Unbzip2Stream extends EventEmitter {
    write(bytes: Buffer): boolean;
    end(): void;
  }
  export default function unbzip2Stream(): Unbzip2Stream;
}
