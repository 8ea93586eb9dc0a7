// Makes src/onnx/proto/generated.ts of onnx.proto. usage: node scripts/generate-onnx.mjs [--check]
// --check writes nothing and fails where the file is not what the generator gives.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, execPath } from 'node:process';
import { packageScript, root } from './parts/paths.mjs';

const folder = join(root, 'src', 'onnx', 'proto');
const file = join(folder, 'generated.ts');
const head = '// Made of onnx.proto by `npm run generate:onnx`; not to be edited.\n';

/** The TypeScript that protoc-gen-es, run by buf, makes of onnx.proto; neither asks the network. */
function generate() {
  const out = mkdtempSync(join(tmpdir(), 'latentcv-onnx-'));
  const generator = [execPath, packageScript('@bufbuild', 'protoc-gen-es', 'bin', 'protoc-gen-es')];
  const template = {
    version: 'v2',
    plugins: [{ local: generator, out, opt: ['target=ts', 'import_extension=js'] }],
  };
  try {
    const buf = packageScript('@bufbuild', 'buf', 'bin', 'buf');
    execFileSync(execPath, [buf, 'generate', folder, '--template', JSON.stringify(template)], {
      stdio: 'inherit',
    });
    return head + readFileSync(join(out, 'onnx_pb.ts'), 'utf8');
  } finally {
    rmSync(out, { recursive: true });
  }
}

const text = generate();
if (!argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  console.error(`${file} is not what onnx.proto gives: npm run generate:onnx`);
  process.exitCode = 1;
}
