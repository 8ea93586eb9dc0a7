import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';

const read = (...path: string[]): string => readFileSync(join(packageRoot(), ...path), 'utf8');
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1]);

describe('error codes of the native side', () => {
  const header = read('native', 'core', 'include', 'latentcv', 'error.h');
  const enumerators = /enum class ErrorCode \{([^}]+)\}/.exec(header)?.[1] ?? '';
  const codes = all(enumerators, /(\w+)/g);
  const words = all(header, /return "([^"]+)";/g);

  it('are spelled as they are called', () => {
    const spelled = codes.map((code) => code.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
    assert.ok(codes.includes('badModel'));
    assert.deepEqual(words, spelled);
  });

  it('are all codes that TypeScript knows', () => {
    const union = /export type ErrorCode =([^;]+);/.exec(read('src', 'support', 'errors.ts'))?.[1] ?? '';
    const known = all(union, /'([^']+)'/g);
    assert.ok(known.length > words.length);
    assert.deepEqual(
      words.filter((word) => !known.includes(word)),
      [],
    );
  });
});
