/**
 * The PLUMED plugin: its core compiled once for a compiler, flags and sources, its action once for each PLUMED. What is
 * built is kept in the cache folder, after PLUMED has loaded it.
 */
export type { BuildProgress } from './cmake.js';
export { type BuildOptions, type BuiltPlugin, buildPlugin, pluginPath } from './build-plugin.js';
export { findCompiler } from './find-compiler.js';
export { loadProblem } from './load-problem.js';
