/** How features are shrunk before a regressor: not at all, to principal components, to those that vary most, or to given numbers. */
export type Reduction = 'none' | 'pca' | 'variance' | 'given';
export type Regressor = 'kernel-ridge' | 'forest';

/** What scikit-learn is asked, and what it answers. */
export interface LearningProtocol {
  /** Predictions of the rows `test` by a regressor that has seen the rows `train`. */
  predict: {
    ask: {
      property: string;
      regressor: Regressor;
      reduction: Reduction;
      size: number;
      train: number[];
      test: number[];
      /** Of `given`, the numbers of all rows. */
      given?: number[][];
    };
    answer: { predicted: number[] };
  };
}
