import ts from 'typescript'; import {readFileSync,writeFileSync,mkdirSync,statSync,existsSync} from 'node:fs'; import {dirname} from 'node:path';
const files=process.argv.slice(2);
for (const f of files){ const out='dist/'+f.replace(/\.ts$/,'.js'); const r=ts.transpileModule(readFileSync(f,'utf8'),{compilerOptions:{target:'ES2023',module:'NodeNext',moduleResolution:'NodeNext',verbatimModuleSyntax:true},fileName:f}); mkdirSync(dirname(out),{recursive:true}); writeFileSync(out,r.outputText);}
