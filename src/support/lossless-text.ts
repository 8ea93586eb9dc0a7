/**
 * Text of bytes that may be no UTF-8 (a comment in Latin-1, a file's name of another time): each byte that is none
 * becomes one lone surrogate, U+DC80 to U+DCFF, so that `bytesOf` gives back every byte (as Python's PEP 383 does).
 */
export function losslessText(bytes: Uint8Array): string {
  const plain = utf8(bytes);
  if (plain !== undefined) return plain;
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const length = sequenceAt(bytes, at);
    const piece = length > 0 ? utf8(bytes.subarray(at, at + length)) : undefined;
    text += piece ?? String.fromCharCode(0xdc00 + bytes[at]);
    at += piece === undefined ? 1 : length;
  }
  return text;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** How many bytes the character that begins here has by its first byte: a run of ASCII at once; 0 where none begins. */
function sequenceAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  if (first >= 0x80) return first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  let end = at + 1;
  while (end < bytes.length && bytes[end] < 0x80) end++;
  return end - at;
}

// A lone surrogate that a byte became; one of a pair has its other half before it.
const escapedByte = /(?<![\ud800-\udbff])[\udc80-\udcff]/g;

/** The bytes of such a text: of any other, its UTF-8. */
export function bytesOf(text: string): Buffer {
  const pieces: Buffer[] = [];
  let from = 0;
  for (const { index } of text.matchAll(escapedByte)) {
    pieces.push(Buffer.from(text.slice(from, index)), Buffer.of(text.charCodeAt(index) - 0xdc00));
    from = index + 1;
  }
  return from === 0 ? Buffer.from(text) : Buffer.concat([...pieces, Buffer.from(text.slice(from))]);
}

/** A path for the file system: a name of such a text is the bytes that it stood for. */
export function pathOf(text: string): string | Buffer {
  return text.search(escapedByte) < 0 ? text : bytesOf(text);
}
