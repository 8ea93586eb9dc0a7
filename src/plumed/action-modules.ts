/** Modules of PLUMED that many builds of it lack, by the actions in them. */
const modules: readonly (readonly [RegExp, string])[] = [
  [/^(OPES_|ECV_)/, 'opes'],
  [/^(VES_|TD_|BF_|OPT_)/, 'ves'],
  [/^(COORDINATIONNUMBER|(LOCAL_)?Q[1346]|LOCAL_AVERAGE|FCCUBIC|SIMPLECUBIC|TETRAHEDRAL)$/, 'symfunc'],
  [/^(ALPHA|ANTIBETA|PARABETA)RMSD$/, 'secondarystructure'],
  [/^FUNNEL(_PS)?$/, 'funnel'],
  [/^ANN$/, 'annfunc'],
  [/^PYTORCH_MODEL$/, 'pytorch'],
  [/^(METATENSOR|METATOMIC)$/, 'metatomic'],
  [/^DRR$/, 'drr'],
  [/^EDS$/, 'eds'],
  [/^ENVIRONMENTSIMILARITY$/, 'envsim'],
  [/^FISST$/, 'fisst'],
  [/^LOGMFD$/, 'logmfd'],
  [/^MAZE_/, 'maze'],
  [/^PIV$/, 'piv'],
  [/^SASA_/, 'sasa'],
  [/^SIZESHAPE_/, 'sizeshape'],
];

/** The module that has this action, where it is one that PLUMED may have been compiled without. */
export function moduleOf(action: string, version?: readonly number[]): string | undefined {
  const found = modules.find(([actions]) => actions.test(action))?.[1];
  // before 2.10 these were spread over two
  if (found !== 'symfunc' || version === undefined || version[1] >= 10) return found;
  return action === 'COORDINATIONNUMBER' ? 'multicolvar' : 'crystallization';
}

/** Why PLUMED does not know an action, and what to do; undefined where it is most likely misspelled. */
export function whyUnknown(action: string): string | undefined {
  if (action === 'ONNX_MODEL')
    return 'LOAD FILE=… of the plugin must stand before it: latentcv plugin prints its path';
  const module = moduleOf(action);
  return module === undefined
    ? undefined
    : `${action} is in PLUMED's module ${module}: latentcv doctor says which modules this PLUMED has`;
}
