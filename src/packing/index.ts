/**
 * Packed files (gzip, bzip2, xz, zstd), told by their first bytes. All members of one are given block by block, as
 * bytes or in a temporary file without a name, for which there is room and which is gone with the process.
 */
export { HeldFile } from './held-file.js';
export { expectNoArchive, packingOf, packings, withoutPackingEnding, type Packing } from './packing.js';
export { makeRoom, type Room } from './room.js';
export { unpacked } from './unpack.js';
export { unpackedFile } from './unpacked-file.js';
