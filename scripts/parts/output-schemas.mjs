// JSON schemas of what commands print with `--json`, from the types of what they hand to `terminal.json`.
import { relative, sep } from 'node:path';
import ts from 'typescript';
import { root } from './paths.mjs';

/** Commands whose result is handed over elsewhere than in a file or folder of their name. */
const elsewhere = {
  'src/cli/tell-status.ts': 'run',
  'src/cli/words/models/describe-training.ts': 'train',
};

const number = { type: ['number', 'null'] };
const numbers = { type: 'array', items: number };
/** As `terminal.json` writes them. */
const views = /^(?:Float(?:32|64)|(?:Big)?U?[Ii]nt(?:8|16|32|64)|Uint8Clamped)Array$/;

/** As its file in docs/schemas has it, on one line: they are in the package. */
export const schemaText = (schema) => `${JSON.stringify(schema)}\n`;

/** By command, the schema of its document. */
export function outputSchemas() {
  const program = programOf();
  const checker = program.getTypeChecker();
  const schemas = new Map();
  for (const source of program.getSourceFiles()) {
    const name = relative(root, source.fileName).split(sep).join('/');
    const command = elsewhere[name] ?? /^src\/cli\/commands\/([a-z]+)(?:\/|\.ts$)/.exec(name)?.[1];
    if (command === undefined) continue;
    for (const given of handedOver(source)) {
      const those = schemas.get(command) ?? [];
      schemas.set(command, [...those, { type: checker.getTypeAtLocation(given), node: given }]);
    }
  }
  return new Map(
    [...schemas]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([command, given]) => [command, new SchemaWriter(checker).document(command, given)]),
  );
}

function programOf() {
  const path = ts.findConfigFile(root, ts.sys.fileExists);
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  return ts.createProgram(fileNames, { ...options, noEmit: true, incremental: false });
}

/** What stands between the parentheses of `terminal.json(…)`. */
function handedOver(source) {
  const found = [];
  const visit = (node) => {
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === 'json' &&
      node.expression.expression.getText() === 'terminal'
    )
      found.push(node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

class SchemaWriter {
  constructor(checker) {
    this.checker = checker;
    /** Named types that are written already, or being written. */
    this.names = new Map();
    this.definitions = {};
  }

  document(command, given) {
    const distinct = given.map(({ type, node }) => this.of(type, node, `latentcv ${command}`));
    // what tells anything, such as a schema of another file, would make everything right
    const told = distinct.filter((each) => Object.keys(each).length > 0);
    const texts = [...new Set(told.map((each) => JSON.stringify(each)))].map((text) => JSON.parse(text));
    return {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: `latentcv ${command} --json`,
      description:
        'A number that is not finite, or not known, is null. Times are in ps and energies in kJ/mol, with --kt in natural units.',
      ...(texts.length === 1 ? texts[0] : { anyOf: texts }),
      ...(Object.keys(this.definitions).length > 0 && { $defs: this.definitions }),
    };
  }

  /** @param path what is described, for errors */
  of(type, node, path) {
    const { flags } = type;
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.NonPrimitive))
      throw new Error(`${path}: ${this.checker.typeToString(type)} tells nothing of a result`);
    if (flags & ts.TypeFlags.Unknown) return {};
    if (flags & ts.TypeFlags.Null) return { type: 'null' };
    if (flags & (ts.TypeFlags.StringLiteral | ts.TypeFlags.NumberLiteral)) return { const: type.value };
    if (flags & ts.TypeFlags.BooleanLiteral) return { const: type.intrinsicName === 'true' };
    if (flags & ts.TypeFlags.StringLike) return { type: 'string' };
    if (flags & ts.TypeFlags.NumberLike) return number;
    if (flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
    if (type.isUnion()) return this.union(type, node, path);
    return this.object(type, node, path);
  }

  union(type, node, path) {
    const parts = type.types.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined));
    const schemas = parts.map((part) => this.of(part, node, path));
    const constants = schemas.filter((each) => 'const' in each).map((each) => each.const);
    const others = schemas.filter((each) => !('const' in each));
    const booleans = constants.filter((each) => typeof each === 'boolean');
    const words = constants.filter((each) => typeof each !== 'boolean');
    if (booleans.length === 2) others.push({ type: 'boolean' });
    else if (booleans.length === 1) others.push({ const: booleans[0] });
    if (words.length > 0) others.push({ enum: words });
    // a number may be null anyway
    const some = others.filter(
      (each) => each.type !== 'null' || !others.some((other) => Array.isArray(other.type)),
    );
    const simple = some.filter((each) => Object.keys(each).length === 1 && typeof each.type === 'string');
    if (simple.length === some.length && some.length > 1) return { type: some.map((each) => each.type) };
    return some.length === 1 ? some[0] : { anyOf: some };
  }

  object(type, node, path) {
    const { checker } = this;
    if (checker.isTupleType(type)) return this.tuple(type, node, path);
    if (checker.isArrayType(type)) {
      const [item] = checker.getTypeArguments(type);
      return { type: 'array', items: this.item(item, node, `${path}[]`) };
    }
    const name = type.aliasSymbol?.name ?? type.symbol?.name;
    if (views.test(name)) return numbers;
    if (['Map', 'Set', 'ReadonlyMap', 'ReadonlySet', 'Promise', 'Date'].includes(name))
      throw new Error(`${path}: a ${name} has no JSON`);
    // what has parameters is another type with each of them
    const named =
      /^[A-Z]/.test(name ?? '') &&
      !type.aliasTypeArguments?.length &&
      checker.getTypeArguments(type).length === 0 &&
      !(type.symbol?.flags & ts.SymbolFlags.TypeLiteral && !type.aliasSymbol);
    if (!named) return this.members(type, node, path);
    const there = this.names.get(type);
    if (there !== undefined) return { $ref: `#/$defs/${there}` };
    let key = name;
    for (let i = 2; key in this.definitions; i++) key = `${name}${i}`;
    this.names.set(type, key);
    this.definitions[key] = {};
    this.definitions[key] = { ...this.told(type.symbol), ...this.members(type, node, path) };
    return { $ref: `#/$defs/${key}` };
  }

  /** Of a list: what is not there is null. */
  item(type, node, path) {
    const one = this.of(type, node, path);
    const absent = type.isUnion() && type.types.some(({ flags }) => flags & ts.TypeFlags.Undefined);
    return absent ? { anyOf: [one, { type: 'null' }] } : one;
  }

  tuple(type, node, path) {
    const items = this.checker.getTypeArguments(type);
    const { minLength, hasRestElement } = type.target;
    const each = items.map((item, i) => this.item(item, node, `${path}[${i}]`));
    return hasRestElement
      ? { type: 'array', prefixItems: each.slice(0, -1), items: each.at(-1) }
      : { type: 'array', prefixItems: each, minItems: minLength, maxItems: items.length };
  }

  members(type, node, path) {
    const { checker } = this;
    const properties = {};
    const required = [];
    for (const member of checker.getPropertiesOfType(type)) {
      const own = checker.getTypeOfSymbolAtLocation(member, node);
      if (own.getCallSignatures().length > 0) continue;
      const name = member.getName();
      const absent =
        member.flags & ts.SymbolFlags.Optional ||
        (own.isUnion() && own.types.some(({ flags }) => flags & ts.TypeFlags.Undefined));
      if (own.flags & ts.TypeFlags.Undefined) continue;
      if (!absent) required.push(name);
      const told = this.told(member);
      properties[name] = { ...told, ...this.of(own, node, `${path}.${name}`) };
    }
    const index = checker.getIndexInfoOfType(type, ts.IndexKind.String)?.type;
    return {
      type: 'object',
      ...(Object.keys(properties).length > 0 && { properties }),
      ...(required.length > 0 && { required }),
      ...(index && { additionalProperties: this.of(index, node, `${path}.*`) }),
    };
  }

  /** The words of its declaration. */
  told(symbol) {
    const text = ts.displayPartsToString(symbol?.getDocumentationComment(this.checker) ?? []);
    const description = text
      .replace(/\{@link (\S+?)\}/g, '$1')
      .replaceAll(/\s+/g, ' ')
      .trim();
    return description === '' ? {} : { description };
  }
}
