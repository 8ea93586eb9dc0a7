export { HeldFile } from './held-file.js';
export { expectNoArchive, packingOf, packings, withoutPackingEnding, type Packing } from './packing.js';
export { makeRoom, type Room } from './room.js';
export { unpacked } from './unpack.js';
export { unpackedFile, type FileUnpacking } from './unpacked-file.js';
