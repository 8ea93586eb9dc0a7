// Tells which sources no test names: none stands in their place (src/x/y.ts → test/x/y.test.ts), and none imports what they
// export, from them or through an index. Types are nothing to test: a file without anything at run time does not count,
// and neither does what is imported as a type.
// It is no fault by itself; a file on the list is seen by tests of others alone. usage: node scripts/untested.mjs [--list]
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { argv } from 'node:process';
import typescript from 'typescript';
import { isMain, root } from './parts/paths.mjs';

/** @typedef {{ module: string, name: string }} Import */
/** @typedef {{ own: Set<string>, passedOn: Map<string, Import>, all: string[], effects: boolean }} Source */

/** TypeScript files below a folder, from the root. @param {string} folder */
const filesIn = (folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.d)\.ts$/.test(name))
    .map((name) => join(folder, name));

/** @param {string} file */
const statementsOf = (file) =>
  typescript.createSourceFile(
    file,
    readFileSync(join(root, file), 'utf8'),
    typescript.ScriptTarget.Latest,
    true,
  ).statements;

/** The file of ours that a module's name means; '' for a package. @param {string} file @param {string} name */
const moduleOf = (file, name) =>
  name.startsWith('.') ? normalize(join(dirname(file), name)).replace(/\.js$/, '.ts') : '';

/** Names that a file has of another at run time. @param {string} file @param {typescript.Statement} statement */
function importsOf(file, statement) {
  if (!typescript.isImportDeclaration(statement) || statement.importClause?.isTypeOnly) return [];
  const module = moduleOf(file, statement.moduleSpecifier.getText().slice(1, -1));
  const bindings = statement.importClause?.namedBindings;
  if (module === '' || !bindings || !typescript.isNamedImports(bindings)) return [];
  return bindings.elements
    .filter((element) => !element.isTypeOnly)
    .map((element) => ({
      as: element.name.text,
      module,
      name: (element.propertyName ?? element.name).getText(),
    }));
}

/** Names that an exported declaration has at run time. @param {typescript.Statement} statement @returns {string[]} */
function declared(statement) {
  if (typescript.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) =>
      typescript.isIdentifier(name) ? [name.text] : name.elements.map((element) => element.getText()),
    );
  const has = typescript.isFunctionDeclaration(statement) || typescript.isClassDeclaration(statement);
  return has && statement.name ? [statement.name.text] : [];
}

/** @param {typescript.Statement} statement */
const isExported = (statement) =>
  typescript.canHaveModifiers(statement) &&
  typescript.getModifiers(statement)?.some(({ kind }) => kind === typescript.SyntaxKind.ExportKeyword) ===
    true;

/** What a source exports at run time, and whether it does something by itself. @param {string} file @returns {Source} */
function read(file) {
  /** @type {Source} */
  const source = { own: new Set(), passedOn: new Map(), all: [], effects: false };
  const imported = new Map();
  for (const statement of statementsOf(file)) {
    for (const { as, ...rest } of importsOf(file, statement)) imported.set(as, rest);
    if (isExported(statement)) for (const name of declared(statement)) source.own.add(name);
    if (typescript.isExpressionStatement(statement)) source.effects = true;
    if (!typescript.isExportDeclaration(statement) || statement.isTypeOnly) continue;
    const module =
      statement.moduleSpecifier && moduleOf(file, statement.moduleSpecifier.getText().slice(1, -1));
    if (!statement.exportClause) source.all.push(module ?? '');
    else if (typescript.isNamedExports(statement.exportClause))
      for (const element of statement.exportClause.elements.filter(({ isTypeOnly }) => !isTypeOnly)) {
        const name = (element.propertyName ?? element.name).getText();
        const from = module === undefined ? imported.get(name) : { module, name };
        if (from) source.passedOn.set(element.name.getText(), from);
        else source.own.add(element.name.getText());
      }
  }
  return source;
}

/**
 * The file that a name of a module comes from.
 * @param {Map<string, Source>} sources @param {string} module @param {string} name @returns {string | undefined}
 */
function origin(sources, module, name) {
  const source = sources.get(module);
  if (!source || source.own.has(name)) return source && module;
  const from = source.passedOn.get(name);
  if (from) return origin(sources, from.module, from.name);
  return source.all.map((each) => origin(sources, each, name)).find((found) => found !== undefined);
}

/**
 * `{ sources, inPlace, untested }`: how many sources there are, but for indexes and types, in whose place a test stands,
 * and which of them no test names.
 */
export function untested() {
  const sources = new Map(filesIn('src').map((file) => [file, read(file)]));
  const tests = filesIn('test');
  const imported = new Set(
    tests.flatMap((test) =>
      statementsOf(test).flatMap((statement) =>
        importsOf(test, statement).map(({ module, name }) => origin(sources, module, name)),
      ),
    ),
  );
  const places = new Set(
    tests
      .filter((test) => test.endsWith('.test.ts'))
      .map((test) => test.replace(/^test/, 'src').replace('.test.ts', '.ts')),
  );
  const counted = [...sources]
    .filter(([file, { own, effects }]) => !file.endsWith('index.ts') && (own.size > 0 || effects))
    .map(([file]) => file);
  return {
    sources: counted.length,
    inPlace: counted.filter((file) => places.has(file)).length,
    untested: counted.filter((file) => !places.has(file) && !imported.has(file)),
  };
}

/** What is told of them, in a line. @param {ReturnType<typeof untested>} found */
export const untestedInWords = ({ sources, inPlace, untested: names }) =>
  `${names.length} of ${sources} sources are named by no test; in the place of ${inPlace} stands one of their own`;

if (isMain(import.meta.url)) {
  const found = untested();
  if (argv.includes('--list')) for (const name of found.untested) console.log(name);
  console.log(untestedInWords(found));
}
