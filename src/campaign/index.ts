export { trainFromColvar, type TrainFromColvar, type TrainedModel } from './train-from-colvar.js';
