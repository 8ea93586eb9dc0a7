import type { GraphProto, ModelProto } from '../proto/index.js';
import { LatentcvError } from '../../support/index.js';

/**
 * What the C++ core refuses of names, refused here with its words: a name that stands for two things would be read as
 * one of them.
 * @throws LatentcvError `bad-model`
 */
export function validateModel({ metadataProps }: ModelProto, graph: GraphProto): void {
  const twice = repeated(metadataProps.map(({ key }) => key));
  if (twice !== undefined)
    throw bad(`expected metadata keys to be different but ${JSON.stringify(twice)} comes twice`);
  const weights = new Set(graph.initializer.map(({ name }) => name));
  const names = [
    ...graph.initializer.map(({ name }) => name),
    // before IR version 4 every initializer was listed among the inputs too
    ...graph.input.flatMap(({ name }) => (weights.has(name) ? [] : [name])),
    ...graph.node.flatMap(({ output }) => output),
  ];
  const again = repeated(names.filter((name) => name !== ''));
  if (again !== undefined)
    throw bad(`expected every name to be computed once but ${JSON.stringify(again)} comes again`);
  const nameless = graph.node.find(({ opType }) => opType === '');
  if (nameless)
    throw bad(
      `expected every node to name its operator but ${nameless.name || nameless.output.join(', ') || 'one'} does not`,
    );
}

function repeated(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return names.find((name) => seen.size === seen.add(name).size);
}

const bad = (message: string): LatentcvError => new LatentcvError('bad-model', message);
