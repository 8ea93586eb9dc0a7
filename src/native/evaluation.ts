/** Collective variables `[n, k]` and their derivatives by the model's inputs, `[n, k, d]`; row-major. */
export interface Evaluation {
  cv: Float64Array;
  jacobian: Float64Array;
  /** How far the members of an ensemble disagree, `[n]`; undefined for a single encoder. */
  uncertainty?: Float64Array;
  /** Its derivatives, `[n, d]`. */
  uncertaintyGradient?: Float64Array;
}

/**
 * Collective variables `[n, k]`, their derivatives by the positions, `[n, k, atoms, 3]`, and by the box,
 * `[n, k, 3, 3]` in PLUMED's sense: minus the outer product of each difference vector with the force along it.
 */
export interface AtomsEvaluation {
  cv: Float64Array;
  derivatives: Float64Array;
  boxDerivatives: Float64Array;
  /** How far the members of an ensemble disagree, `[n]`; undefined for a single encoder. */
  uncertainty?: Float64Array;
  /** Its derivatives, `[n, atoms, 3]` and `[n, 3, 3]`. */
  uncertaintyDerivatives?: Float64Array;
  uncertaintyBoxDerivatives?: Float64Array;
}
