import { loadNativeModel } from '../../../native/index.js';
import { writeKept, type Differentiated, type ForeignModel } from '../../../onnx/foreign/index.js';
import { saveBytes, saveModel, writeModelFile, type NewModel } from '../../../onnx/index.js';
import { LatentcvError, type ErrorCode } from '../../../support/index.js';

/** What became of the file's own operators. */
export type Operators = 'kept' | 'rewritten' | 'rewritten in double' | 'unknown';

/** Where the file itself is not to blame. */
const unwritable = new Set<ErrorCode>(['bad-argument', 'file-access']);

/**
 * Keeps the file's own nodes where the native evaluator, the plugin's, takes them; else writes our graph, of which ONNX
 * Runtime knows every operator. `unknown` where there is no addon to ask.
 */
export async function saveDifferentiated(
  output: string,
  foreign: ForeignModel,
  made: Differentiated,
): Promise<Operators> {
  try {
    await saveBytes(output, writeKept(foreign, made), (path) =>
      loadNativeModel(path, { evaluator: 'native' }),
    );
    return 'kept';
  } catch (error) {
    if (!(error instanceof LatentcvError) || unwritable.has(error.code)) throw error;
    if (error.code !== 'missing-tool') return saveRewritten(output, made.model);
    await saveModel(output, made.model);
    return 'unknown';
  }
}

/**
 * Our graph as the plugin's loader takes it: in double where single precision does not give what the check vectors
 * promise.
 * @throws LatentcvError what the loader says of a file that it takes in neither
 */
async function saveRewritten(output: string, model: NewModel): Promise<Operators> {
  const save = (precision: NewModel['precision']): Promise<void> =>
    saveBytes(output, writeModelFile({ ...model, ...(precision && { precision }) }), (path) =>
      loadNativeModel(path),
    );
  try {
    await save(model.precision);
    return 'rewritten';
  } catch (error) {
    if (!(error instanceof LatentcvError) || unwritable.has(error.code)) throw error;
    await save('double');
    return 'rewritten in double';
  }
}
