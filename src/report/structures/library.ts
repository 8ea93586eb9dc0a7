import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** 3Dmol.js (Rego & Koes 2015, doi:10.1093/bioinformatics/btu829) as one script, behind its licence. */
export function viewerLibrary(): string {
  const folder = dirname(createRequire(import.meta.url).resolve('3dmol/package.json'));
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const licence = [text('LICENSE'), text('build/3Dmol-min.js.LICENSE.txt')]
    .join('\n')
    .replaceAll('/*!', '')
    .replaceAll('*/', '');
  return inScript(`/*!\n${licence}\n*/\n${text('build/3Dmol-min.js')}`);
}

/** A script's text may not hold what ends or hides the element that it stands in. */
export const inScript = (text: string): string => text.replace(/<(?=\/script|!--|script)/gi, '\\x3c');
