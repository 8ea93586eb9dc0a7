import { isBiasAction } from '../sampling/index.js';
import { placeOf, type Statement } from './statement.js';

/** Actions that are one number, whatever else they are told. */
const single = new Set(['TORSION', 'ANGLE', 'COMBINE', 'CUSTOM', 'MATHEVAL', 'ENERGY', 'VOLUME']);

/** The components of a statement; empty where it is one number, undefined where that is PLUMED's to say. */
function componentsOf({ action, flags }: Statement): readonly string[] | 'some' | undefined {
  if (single.has(action)) return [];
  if (action === 'DISTANCE' || action === 'POSITION' || action === 'DIPOLE') {
    if (flags.has('SCALED_COMPONENTS')) return ['a', 'b', 'c'];
    return flags.has('COMPONENTS') || action === 'POSITION' ? ['x', 'y', 'z'] : [];
  }
  if (action === 'CELL')
    return ['a', 'b', 'c'].flatMap((vector) => ['x', 'y', 'z'].map((axis) => vector + axis));
  return isBiasAction(action) || action === 'ONNX_MODEL' ? 'some' : undefined;
}

/**
 * Why PLUMED would refuse `d` or `d.x` of this statement, with its place: a component that it does not have, or the whole of one that
 * has components alone. Undefined where it would not, or where only PLUMED can tell.
 */
export function componentProblem(statement: Statement, argument: string): string | undefined {
  const components = componentsOf(statement);
  if (components === undefined) return undefined;
  const dot = argument.indexOf('.');
  const component = dot < 0 ? undefined : argument.slice(dot + 1);
  const where = `${placeOf(statement)}: ${statement.action} ${statement.label}`;
  if (component === undefined) {
    if (components === 'some')
      return `${where} has components, such as ${argument}.${isBiasAction(statement.action) ? 'bias' : 'node-0'}`;
    return components.length === 0 ? undefined : `${where} has the components ${components.join(', ')}`;
  }
  if (components === 'some' || components.includes(component) || component === '*') return undefined;
  if (components.length > 0) return `${where} has the components ${components.join(', ')}`;
  const flag =
    statement.action === 'DISTANCE' || statement.action === 'DIPOLE' ? ', which needs COMPONENTS' : '';
  return `${where} has no component ${component}${flag}`;
}
