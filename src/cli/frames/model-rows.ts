import { columnsFitting, fitsColumn, tableKind, tableLabels, type TableOptions } from '../../frames/index.js';
import type { FeaturesOfCompositions } from '../../campaign/index.js';
import type { ModelMetadata } from '../../onnx/index.js';
import type { TrainingRecord } from '../../training/index.js';

/** What a table of rows holds beside the inputs of a model. */
export interface ModelRows {
  reading: Pick<TableOptions, 'rows' | 'text' | 'gaps'>;
  /** Columns that name its rows. */
  identifiers: string[];
  /** The columns of formulas that inputs are computed from, where the table has not the inputs themselves. */
  compositions?: FeaturesOfCompositions;
  /** The properties whose measured values it has. */
  measured: string[];
}

/** Whether a model was trained on rows that are independent of one another. */
export const isOfRows = (metadata: Pick<ModelMetadata, 'training'> | undefined): boolean =>
  (metadata?.training as Partial<TrainingRecord> | null | undefined)?.settings?.rows === true;

/**
 * The columns of a table that a model of rows does not compute with: those that name rows, as in training or as asked, and
 * measured values of the properties, of which some may be missing.
 * @throws LatentcvError `bad-argument` for a column that is not there
 */
export async function modelRows(
  { properties = [], training, features, inputs }: ModelMetadata,
  [first]: readonly string[],
  { asked, reading }: { asked?: readonly string[] | undefined; reading: TableOptions },
): Promise<ModelRows> {
  const [{ text }, labels] = [await tableKind(first, reading), await tableLabels(first, reading)];
  const known = asked ?? (training as TrainingRecord).settings.identifiers ?? [];
  for (const pattern of asked ?? []) columnsFitting(pattern, labels, first);
  const computed = inputs.every(({ label }) => labels.includes(label))
    ? undefined
    : await computedFrom(features);
  return {
    ...(computed && { compositions: computed }),
    reading: { rows: true, text, gaps: properties },
    identifiers: labels.filter((label) => known.some((pattern) => fitsColumn(pattern, label))),
    measured: properties.filter((name) => labels.includes(name)),
  };
}

/** What a model's file says of the formulas that its inputs are computed from. */
async function computedFrom(
  features: ModelMetadata['features'],
): Promise<FeaturesOfCompositions | undefined> {
  if (!features) return undefined;
  const { parseFeatures } = await import('../../campaign/index.js');
  const found = parseFeatures(features);
  return found.of === 'compositions' ? found : undefined;
}
