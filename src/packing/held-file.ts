import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, openSync, rmSync, unlinkSync, write } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const writeBytes = promisify(write);
const ofThisProcess = '/proc/self/fd';

/**
 * A temporary file of this process. Where the system names open files (Linux: /proc/self/fd), it has no name in its folder,
 * so that it is gone with the process, however that ends; elsewhere it is removed when the process exits.
 */
export class HeldFile {
  /** Where this process reads it; a child reads it as one of its own, to which `descriptor` is passed. */
  readonly path: string;
  readonly descriptor: number;
  bytes = 0;
  private readonly remove: () => void;

  /** @throws the system's error where the folder cannot be written to. */
  constructor(folder: string) {
    const name = join(folder, `latentcv-${process.pid}-${randomUUID()}`);
    this.descriptor = openSync(name, 'wx+', 0o600);
    const nameless = existsSync(ofThisProcess);
    this.path = nameless ? `${ofThisProcess}/${this.descriptor}` : name;
    this.remove = () => rmSync(name, { force: true });
    if (nameless) unlinkSync(name);
    else process.once('exit', this.remove);
  }

  /**
   * Adds bytes.
   * @throws the system's error, such as that of a full disk.
   */
  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const { bytesWritten } = await writeBytes(this.descriptor, bytes, at, bytes.length - at, this.bytes);
      at += bytesWritten;
      this.bytes += bytesWritten;
    }
  }

  /** Gives its room back. */
  release(): void {
    closeSync(this.descriptor);
    process.off('exit', this.remove);
    this.remove();
  }
}
