/** A run as one self-contained HTML page: what it rests on, its free energies, and figures as SVG. No script, no network. */
export {
  composePropertiesReport,
  composeReport,
  convergencePoints,
  type ComposedReport,
  type RunReport,
} from './compose-report.js';
export {
  convergence,
  freeEnergyProfileFigure,
  freeEnergySurfaceFigure,
  seriesByState,
  type Figure,
  type StateSeries,
} from './figures/index.js';
export { figureFile, imageKind, type ImageKind } from './images/index.js';
export { evenlySpaced } from './decimate.js';
export { html, Markup } from './markup.js';
export { quantityOf } from './quantities.js';
export { trainingSettings } from './training-settings.js';
export { renderReport } from './render-report.js';
export type {
  CampaignData,
  CommandBlock,
  ConvergencePoint,
  CvOnFrames,
  ExplainedStructure,
  LossCurves,
  ModelCard,
  ProfileFigure,
  PropertiesData,
  Quantity,
  ReferenceMark,
  ReplicaSeries,
  ReportData,
  Result,
  RunSeries,
  StateMark,
  StatesData,
  StatesLandscape,
  WindowsData,
  SettingsGroup,
  States,
  TrainingRun,
} from './report-data.js';
export {
  campaignParts,
  campaignSteps,
  campaignVerdict,
  definitionTable,
  renderSections,
  type Section,
} from './sections/index.js';
export { style } from './style.js';
export { defaultUnits, type Units } from './units.js';
export { judge, type Verdict } from './verdict.js';
