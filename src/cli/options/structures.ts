import { z } from 'zod';
import { setting, settingFacts } from '../../support/index.js';
import type { Given } from './setting-option.js';

const group = 'Structures';

/** Structures of any size and composition as rows. */
export const structureRowSettings = {
  propertiesFrom: setting(z.string().optional(), {
    flag: 'properties-from',
    value: 'table',
    group,
    description: 'of structures: a CSV with their names (--id says in which column) and properties',
  }),
  skipUnreadable: setting(z.boolean().optional(), {
    flag: 'skip-unreadable',
    group,
    description: 'of structures: leave out files that cannot be read, and tell which',
  }),
};

/** Which columns of a table tell compositions. */
export const formulaSettings = {
  formula: setting(z.string().default('formula'), {
    flag: 'formula',
    value: 'column',
    description: 'column with the formulas, such as Ba0.5Sr0.5TiO3',
  }),
  sites: setting(z.string().optional(), {
    flag: 'sites',
    value: 'columns',
    example: "'A=A_SITE_*; B=B_SITE_*'",
    description: "columns with the elements of each site, such as 'A=A_SITE_*; B=B_SITE_*'",
    otherwise: 'whole compositions',
  }),
};

/** The same where tables without formulas are taken too. */
export const optionalFormulaSettings = {
  formula: setting(z.string().optional(), {
    ...settingFacts(formulaSettings.formula),
    group,
    otherwise: 'formula',
    description: 'with --composition, of a table: the column with the formulas',
  }),
  sites: setting(formulaSettings.sites, {
    ...settingFacts(formulaSettings.sites),
    group,
    description: 'with --composition, of a table: columns with the elements of each site',
  }),
};

/** What is computed of their elements. */
export const compositionSettings = {
  composition: setting(z.boolean().optional(), {
    flag: 'composition',
    group,
    description:
      'of structures: statistics of the properties of their elements too, as of latentcv composition',
  }),
};

export type StructureRowOptions = Partial<
  Given<typeof structureRowSettings & typeof compositionSettings & typeof optionalFormulaSettings>
>;
