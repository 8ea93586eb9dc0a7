import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as freeEnergy from '../../src/public/free-energy.js';
import * as graph from '../../src/graph/index.js';
import * as latentcv from '../../src/index.js';
import * as native from '../../src/public/native.js';
import * as plumed from '../../src/public/plumed.js';

// What a JavaScript user, whom no type stops, may give by mistake: each is refused at the door, in words.

const frames = 40;
const values = Float64Array.from({ length: frames }, (_, i) => Math.sin(i / 3));
const time = Float64Array.from({ length: frames }, (_, i) => i);
const segments = [{ start: 0, end: frames, source: 'run' }];
const dataset = { columns: [{ label: 'a' }], frames, data: values, time, segments };
const short = values.slice(1);
const beyond = [{ start: 0, end: frames + 1, source: 'run' }];
const sample = freeEnergy.reweight(values, 300);
const mbar = {
  states: ['a', 'b'],
  energies: [values, values.map((value) => -value)],
  origin: Int32Array.from(values, (_, frame) => frame % 2),
};
const mixed = freeEnergy.mbarSample(mbar, 300).mbar;
const states = Uint8Array.from(values, (value) => (value < 0 ? 1 : 2));
const x = graph.input('x', ['n', 2]);
const set = latentcv.distancesBetween([1, 2]);
const disc = { x: [-1, 1], y: [-1, 1], points: 4 } as const;
const flat = () => 0;

type Misuse = [name: string, call: (...args: never[]) => unknown, args: unknown[], words: RegExp];

const refused: Misuse[] = [
  // frames
  ['columnValues', latentcv.columnValues, ['COLVAR', 'a'], /expected frames with columns.* for dataset but/],
  ['columnValues', latentcv.columnValues, [{ ...dataset, data: short }, 'a'], /40 values for dataset\.data/],
  [
    'columnValues',
    latentcv.columnValues,
    [{ ...dataset, frames: 1.5 }, 'a'],
    /whole number .* dataset\.frames/,
  ],
  [
    'columnValues',
    latentcv.columnValues,
    [{ ...dataset, segments: beyond }, 'a'],
    /segments within 40 frames/,
  ],
  ['readTables', latentcv.readTables, [], /expected a list for paths but received undefined/],
  ['readTables', latentcv.readTables, [['']], /expected a text for paths\[0\]/],
  ['readTables', latentcv.readTables, ['COLVAR', 10], /expected an object for options but received 10/],
  ['readColumns', latentcv.readColumns, [5], /expected a list for paths/],
  ['tableLabels', latentcv.tableLabels, [undefined], /expected a text for path/],
  ['writeTable', latentcv.writeTable, ['out.csv', [values]], /for dataset but received a list of 1/],
  ['writeTables', latentcv.writeTables, [7, [], []], /expected a text for path but received 7/],
  ['openFrames', latentcv.openFrames, ['COLVAR'], /expected a list for files/],
  // descriptors and trajectories
  ['descriptorSet', latentcv.descriptorSet, ['distance'], /expected a list for descriptors/],
  ['descriptorSet', latentcv.descriptorSet, [[{ kind: 'distance' }]], /a list for atoms of distance/],
  ['distancesBetween', latentcv.distancesBetween, [3], /expected a list for atoms/],
  ['positionsOf', latentcv.positionsOf, [['1']], /an atom serial from 1/],
  ['alignedPositions', latentcv.alignedPositions, [[1], -1], /a whole number from 0 for reference/],
  ['sortedDistances', latentcv.sortedDistances, [[1, NaN]], /an atom serial from 1/],
  ['formatDescriptor', latentcv.formatDescriptor, ['distance 0 1'], /a descriptor with kind and atoms/],
  ['parseDescriptor', latentcv.parseDescriptor, [{ kind: 'distance' }, 2], /expected a line/],
  ['parseDescriptor', latentcv.parseDescriptor, ['distance 0 1', NaN], /for atomCount/],
  ['descriptorLabels', latentcv.descriptorLabels, [[]], /as descriptorSet gives it/],
  ['parseDefinition', latentcv.parseDefinition, ['distances all'], /expected a list for texts/],
  ['selectAtoms', latentcv.selectAtoms, ['system.gro', 'name CA'], /what readStructure gives/],
  ['automaticDefinition', latentcv.automaticDefinition, ['system.gro'], /what readStructure gives/],
  ['expandDefinition', latentcv.expandDefinition, ['distances all', {}], /as parseDefinition gives it/],
  ['readStructure', latentcv.readStructure, [undefined], /expected a text for path/],
  ['readTrajectory', latentcv.readTrajectory, [undefined, {}], /expected a list for files/],
  ['readTrajectory', latentcv.readTrajectory, [['run.xtc'], undefined], /the atoms and descriptors/],
  // models
  ['loadModel', latentcv.loadModel, [null], /expected a text for path/],
  ['readForeignModel', latentcv.readForeignModel, ['model.onnx'], /the bytes of an ONNX file/],
  ['saveModel', latentcv.saveModel, ['model.onnx', undefined], /as newModel gives it/],
  ['writeModelFile', latentcv.writeModelFile, [{ x, cv: x }], /for model\.metadata/],
  ['newModel', latentcv.newModel, [{}], /an encoder, as train gives it/],
  ['ensembleModel', latentcv.ensembleModel, [{}], /expected a list for members/],
  ['predict', latentcv.predict, ['model.onnx', dataset], /a model file, as loadModel gives it/],
  ['chooseRuntime', latentcv.chooseRuntime, ['cuda'], /expected an object for request/],
  // training
  ['train', latentcv.train, ['COLVAR'], /frames, as readTables or openFrames gives them/],
  ['train', latentcv.train, [{ ...dataset, time: short }], /40 values for frames\.time/],
  ['trainSettings', latentcv.trainSettings, ['tica'], /expected an object for options/],
  ['crossValidated', latentcv.crossValidated, [dataset, {}, 0], /a whole number from 1 for folds/],
  ['search', latentcv.search, [dataset, {}, 2], /expected a list for trials/],
  ['splitRoles', latentcv.splitRoles, [dataset, { bias: 'opes.bias' }], /a list for settings\.bias/],
  // what frames say of a CV
  ['cvBasins', latentcv.cvBasins, [values, short, segments], /40 times for time but received 39/],
  ['cvBasins', latentcv.cvBasins, [values, time, beyond], /segments within 40 frames/],
  ['cvBasins', latentcv.cvBasins, [values, time, segments, short], /40 values for weights/],
  ['cvSlowness', latentcv.cvSlowness, [{ cv: values, time, segments, lag: 0.5 }], /whole number .* for lag/],
  ['cvQuality', latentcv.cvQuality, [{ cv: values, time, segments, lag: '5' }], /a positive number for lag/],
  ['impliedTimescales', latentcv.impliedTimescales, [[values], segments, NaN], /positive number for spacing/],
  ['impliedTimescales', latentcv.impliedTimescales, [[short], segments, 1], /segments within 39 frames/],
  ['heldOutScores', latentcv.heldOutScores, [{ values, width: 3 }, segments, 1], /rows of 3 values/],
  ['heldOutScores', latentcv.heldOutScores, [{ values, width: 1 }, segments, -1], /from 1 for lag/],
  [
    'reconstruction',
    latentcv.reconstruction,
    [dataset, { values: short, width: 1 }],
    /40 values for cv\.values/,
  ],
  ['stateSeparation', latentcv.stateSeparation, [values, [0, 1]], /40 values for state/],
  ['modelValues', latentcv.modelValues, [undefined, dataset], /the graph of a model/],
  ['diagnose', latentcv.diagnose, [{}, dataset, { cvs: 'cv', lag: 1 }], /a list for options\.cvs/],
  ['cvVerdict', latentcv.cvVerdict, ['cv', undefined, {}], /what cvQuality says/],
  // the whole way
  ['trainFromTables', latentcv.trainFromTables, ['COLVAR'], /expected an object for job/],
  ['trainFromTrajectory', latentcv.trainFromTrajectory, ['run.xtc'], /expected an object for job/],
  ['biasedRun', latentcv.biasedRun, [{ engine: 'gromacs' }], /an MD engine for options\.engine/],
  ['composeReport', latentcv.composeReport, [{}], /for report\.run/],
  ['renderReport', latentcv.renderReport, [{}], /a text for report.title/],
  // free energies
  ['reweight', freeEnergy.reweight, [values, '300'], /a positive number for temperature but received "300"/],
  ['reweight', freeEnergy.reweight, ['bias', 300], /an array of numbers for bias/],
  ['biasWeights', freeEnergy.biasWeights, [values, 300, { replicas: 'both' }], /independent or shared/],
  ['biasWeights', freeEnergy.biasWeights, [values, 300, { runs: [{ ranges: beyond }] }], /within 40 frames/],
  ['unbiasedSample', freeEnergy.unbiasedSample, [-1, 300], /for frames but received -1/],
  ['effectiveSampleSize', freeEnergy.effectiveSampleSize, [3], /an array of numbers for weights/],
  ['findTransitions', freeEnergy.findTransitions, [values, time, [0, 1]], /two cores, a and b/],
  ['findTransitions', freeEnergy.findTransitions, [values, time, { a: 1, b: 2 }], /for cores\.a/],
  ['logAcceleration', freeEnergy.logAcceleration, [[], {}], /a Map of scales/],
  ['biasColumns', freeEnergy.biasColumns, ['opes.bias'], /expected a list for labels/],
  ['parseStateRules', freeEnergy.parseStateRules, [5, 'states'], /a text for states/],
  ['freeEnergyProfile', freeEnergy.freeEnergyProfile, [short, sample], /39 values for sample\.weights/],
  ['freeEnergyProfile', freeEnergy.freeEnergyProfile, [values, 300], /as reweight gives it/],
  [
    'freeEnergyProfile',
    freeEnergy.freeEnergyProfile,
    [values, sample, { method: 'bins' }],
    /kde or histogram/,
  ],
  ['freeEnergySurface', freeEnergy.freeEnergySurface, [values, short, sample], /40 values for yValues/],
  ['deltaF', freeEnergy.deltaF, [{ sample, states, cores: states.slice(1) }], /40 values for cores/],
  ['deltaFCourse', freeEnergy.deltaFCourse, [[]], /sums over blocks/],
  [
    'analyseBlocks',
    freeEnergy.analyseBlocks,
    [{ numerator: values, denominator: short }],
    /40 values for denominator/,
  ],
  ['autocorrelation', freeEnergy.autocorrelation, [values, beyond], /segments within 40 frames/],
  ['solveMbar', freeEnergy.solveMbar, [[values]], /states, energies and origin for input/],
  ['solveMbar', freeEnergy.solveMbar, [mbar, { tolerance: 0 }], /a positive number for options\.tolerance/],
  ['mbarSample', freeEnergy.mbarSample, [mbar, '300'], /a positive number for temperature/],
  ['mbarSample', freeEnergy.mbarSample, [mbar, 300, { target: short }], /40 values for options\.target/],
  ['mbarSample', freeEnergy.mbarSample, [mbar, 300, { ranges: segments.slice(1) }], /ranges with all 40/],
  ['mbarWeights', freeEnergy.mbarWeights, [{}], /for solution\.logDenominator/],
  ['mbarWindows', freeEnergy.mbarWindows, [mbar, undefined], /what solveMbar gives for solution/],
  ['mbarErrors', freeEnergy.mbarErrors, [undefined], /input, solution and windows for frames/],
  ['mbarMean', freeEnergy.mbarMean, [short, mixed], /40 values for values/],
  ['hardlyOverlapping', freeEnergy.hardlyOverlapping, [undefined], /what solveMbar gives for solution/],
  ['shortWindows', freeEnergy.shortWindows, ['windows'], /a list for windows/],
  ['biasDrift', freeEnergy.biasDrift, [values, undefined], /as reweight gives it/],
  ['exactDeltaF', freeEnergy.exactDeltaF, ['x^2', disc, 1, flat], /a function for potential/],
  ['exactProfile', freeEnergy.exactProfile, [flat, disc, 1, 'z'], /expected x or y for along/],
  ['exactProfile', freeEnergy.exactProfile, [flat, { ...disc, points: 1e12 }, 1, 'x'], /for domain\.points/],
  [
    'readSampledRun',
    freeEnergy.readSampledRun,
    [['COLVAR'], { columns: 'd', temperature: 300 }],
    /a list for options/,
  ],
  ['stateRule', freeEnergy.stateRule, ['d<1'], /a state by an interval or a rule/],
  ['runStates', freeEnergy.runStates, [undefined, {}], /frames of a run/],
  ['statesOfRun', freeEnergy.statesOfRun, [undefined, { cv: ['x'] }], /a run, as readSampledRun gives it/],
  ['findModes', freeEnergy.findModes, [[], sample], /one to 5 columns for modes/],
  ['readStates', latentcv.readStates, [undefined], /expected a text for path/],
  ['differencesByAtoms', freeEnergy.differencesByAtoms, [undefined], /what statesOfRun gives/],
  // PLUMED
  ['parsePlumedInput', plumed.parsePlumedInput, [undefined], /the text of an input/],
  ['inputUnits', plumed.inputUnits, ['UNITS LENGTH=A'], /what parsePlumedInput gives/],
  ['runFacts', plumed.runFacts, ['METAD'], /what parsePlumedInput gives/],
  ['patchPlumedInput', plumed.patchPlumedInput, ['d: DISTANCE', {}], /what parsePlumedInput gives/],
  ['descriptorsFromPlumed', plumed.descriptorsFromPlumed, ['d: DISTANCE', []], /what parsePlumedInput gives/],
  ['descriptorStatements', plumed.descriptorStatements, [set.items], /as descriptorSet gives it/],
  [
    'formatReferencePdb',
    plumed.formatReferencePdb,
    [{ atoms: [1], weights: [1], positions: [0] }],
    /an array of numbers for positions/,
  ],
  ['plumedModel', plumed.plumedModel, ['model.onnx', undefined], /as loadModel gives it/],
  ['readPlumedText', plumed.readPlumedText, [undefined], /expected a text for path/],
  ['checkpointStep', plumed.checkpointStep, ['gmx', 'md.cpt'], /what findGromacs gives/],
  ['runMdrun', plumed.runMdrun, ['gmx'], /expected an object for options/],
  // the core
  ['loadNativeModel', native.loadNativeModel, [undefined], /expected a text for path/],
  ['openStructure', native.openStructure, ['system.gro'], /a source with a path/],
  ['compareMolecule', native.compareMolecule, ['ALA 2 CA', []], /expected a list for expected/],
  [
    'DescriptorReader',
    (reading) => new native.DescriptorReader(reading),
    [{ descriptors: 'distance 0 1' }],
    /descriptors/,
  ],
  // graphs
  ['exp', graph.exp, [1], /exp: expected a tensor but received 1/],
  ['add', graph.add, [x, '1'], /add: expected a tensor but received 1/],
  ['scalar', graph.scalar, ['1'], /expected a number for scalar but received "1"/],
  ['input', graph.input, ['x', 'n'], /input: expected a shape/],
  ['input', graph.input, ['x', [null]], /is not a length/],
  ['constant', graph.constant, [3, [1]], /an array of numbers for values/],
  ['concat', graph.concat, [x, 0], /expected a list for parts/],
  ['slice', graph.slice, [undefined, 0, 0, 1], /slice: expected a tensor/],
  ['reduceSum', graph.reduceSum, [x, 0], /expected a list for axes/],
  ['pow', graph.pow, [x, NaN], /a finite number for exponent/],
  ['identity', graph.identity, [1e12], /a whole number from 0 to 16384 for k/],
  ['gradient', graph.gradient, ['y', [x]], /gradient: expected a tensor/],
  ['topological', graph.topological, [x], /expected a list for outputs/],
  ['simplify', graph.simplify, [[x]], /expected an object for outputs/],
  ['evaluate', graph.evaluate, [{ y: x }, undefined], /expected an object for feeds/],
];

for (const [name, call, args, words] of refused)
  test(`${name} refuses: ${words.source}`, async () => {
    await assert.rejects(
      async () => await (call as (...given: unknown[]) => unknown)(...args),
      (error) => {
        assert.ok(error instanceof latentcv.LatentcvError, String(error));
        assert.match(error.code, /^bad-(argument|graph)$/);
        assert.match(error.message, words);
        return true;
      },
    );
  });
