import { cholesky, choleskySolve, logDeterminant } from "./dense-solve.ts";

/** Answers to a logistic model with crossed groups. */
export interface MixedAnswers {
  /** Names of the columns of X; the first is the intercept. */
  readonly names: readonly string[];
  /** [n × names.length], row-major. */
  readonly X: Float64Array;
  /** 0 or 1 [n]. */
  readonly y: Uint8Array;
  /** Group of each row, from 0 [n]. */
  readonly participant: Int32Array;
  /** Likewise; empty for a model without items [n or 0]. */
  readonly item: Int32Array;
}

/**
 * The most likely random effects for given β and standard deviations, and the Laplace deviance there.
 *
 * Participants' block of the penalised Hessian is diagonal (each row belongs to one person), so it is eliminated first
 * and only an [items × items] matrix is factored:
 *
 *     H = [A B; Bᵀ C],   S = C − Bᵀ A⁻¹ B,   log|H| = Σ log A + log|S|
 *
 * It remembers the last modes: the next call nearby starts from them.
 */
export class ConditionalModes {
  readonly participantCount: number;
  readonly itemCount: number;
  readonly #answers: MixedAnswers;
  readonly #u: Float64Array;
  readonly #v: Float64Array;

  constructor(answers: MixedAnswers) {
    this.#answers = answers;
    this.participantCount = 1 + answers.participant.reduce((a, b) => Math.max(a, b), -1);
    this.itemCount = 1 + answers.item.reduce((a, b) => Math.max(a, b), -1);
    this.#u = new Float64Array(this.participantCount);
    this.#v = new Float64Array(this.itemCount);
  }

  /** −2 log-likelihood by Laplace: −2ℓ(y | u, v) + |u|² + |v|² + log|H|. */
  deviance(beta: ArrayLike<number>, sdParticipant: number, sdItem: number): number {
    const fixed = this.#fixedPart(beta);
    let penalised = this.#penalised(fixed, sdParticipant, sdItem, this.#u, this.#v);
    let logDet = 0;
    for (let round = 0; round < 60; round++) {
      const step = this.#newtonStep(fixed, sdParticipant, sdItem);
      ({ logDet } = step);
      let t = 1;
      let next = penalised;
      for (; t > 1e-8; t /= 2) {
        next = this.#penalised(
          fixed,
          sdParticipant,
          sdItem,
          moved(this.#u, step.du, t),
          moved(this.#v, step.dv, t),
        );
        if (next <= penalised + 1e-12 * Math.abs(penalised)) break;
      }
      if (t <= 1e-8) break;
      add(this.#u, step.du, t);
      add(this.#v, step.dv, t);
      penalised = next;
      if (step.size < 1e-9) break;
    }
    return penalised + logDet;
  }

  #fixedPart(beta: ArrayLike<number>): Float64Array {
    const { X, y } = this.#answers;
    const p = beta.length;
    return Float64Array.from(y, (_, row) => {
      let eta = 0;
      for (let i = 0; i < p; i++) eta += X[row * p + i]! * beta[i]!;
      return eta;
    });
  }

  #penalised(fixed: Float64Array, sp: number, si: number, u: Float64Array, v: Float64Array): number {
    const { y, participant, item } = this.#answers;
    let sum = 0;
    for (let row = 0; row < y.length; row++) {
      const eta = fixed[row]! + sp * u[participant[row]!]! + (v.length > 0 ? si * v[item[row]!]! : 0);
      // −2 log P(y): 2·log(1 + e^∓η), without overflow
      const signed = y[row] === 1 ? -eta : eta;
      sum += 2 * (signed > 0 ? signed + Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed)));
    }
    for (const x of u) sum += x * x;
    for (const x of v) sum += x * x;
    return sum;
  }

  #newtonStep(fixed: Float64Array, sp: number, si: number) {
    const { y, participant, item } = this.#answers;
    const [P, I] = [this.participantCount, this.itemCount];
    const A = new Float64Array(P).fill(1);
    const B = new Float64Array(P * I);
    const C = new Float64Array(I).fill(1);
    const gu = this.#u.map((x) => -x);
    const gv = this.#v.map((x) => -x);
    for (let row = 0; row < y.length; row++) {
      const g = participant[row]!;
      const i = I > 0 ? item[row]! : -1;
      const eta = fixed[row]! + sp * this.#u[g]! + (I > 0 ? si * this.#v[i]! : 0);
      const mu = 1 / (1 + Math.exp(-eta));
      const w = mu * (1 - mu);
      A[g]! += sp * sp * w;
      gu[g]! += sp * (y[row]! - mu);
      if (I === 0) continue;
      B[g * I + i]! += sp * si * w;
      C[i]! += si * si * w;
      gv[i]! += si * (y[row]! - mu);
    }
    return eliminated(A, B, C, gu, gv);
  }
}

/** Solves [A B; Bᵀ C]·(du, dv) = (gu, gv) with A and C diagonal, and gives the log-determinant. */
function eliminated(A: Float64Array, B: Float64Array, C: Float64Array, gu: Float64Array, gv: Float64Array) {
  const I = C.length;
  const S = new Float64Array(I * I);
  const rhs = Float64Array.from(gv);
  for (let i = 0; i < I; i++) S[i * I + i] = C[i]!;
  let logDet = 0;
  for (let g = 0; g < A.length; g++) {
    logDet += Math.log(A[g]!);
    for (let i = 0; i < I; i++) {
      const b = B[g * I + i]! / A[g]!;
      if (b === 0) continue;
      rhs[i]! -= b * gu[g]!;
      for (let j = 0; j < I; j++) S[i * I + j]! -= b * B[g * I + j]!;
    }
  }
  const L = cholesky(S, I)!;
  const dv = choleskySolve(L, I, rhs);
  const du = Float64Array.from(gu, (x, g) => {
    let sum = x;
    for (let i = 0; i < I; i++) sum -= B[g * I + i]! * dv[i]!;
    return sum / A[g]!;
  });
  const size = Math.max(
    0,
    ...dv.map(Math.abs),
    du.reduce((m, x) => Math.max(m, Math.abs(x)), 0),
  );
  return { du, dv, logDet: logDet + logDeterminant(L, I), size };
}

const moved = (x: Float64Array, by: Float64Array, t: number): Float64Array => x.map((v, i) => v + t * by[i]!);

function add(x: Float64Array, by: Float64Array, t: number): void {
  for (let i = 0; i < x.length; i++) x[i]! += t * by[i]!;
}
