/** How much work one decision may cost. What runs out of it is undecided, never closed. */
export class Budget {
  #left: number

  constructor(steps: number) {
    this.#left = steps
  }

  /** Whether there was enough left. */
  spend(steps: number): boolean {
    this.#left -= steps
    return this.#left >= 0
  }

  get exhausted(): boolean {
    return this.#left < 0
  }

  /** Steps that are left; below nought when it ran out. */
  get left(): number {
    return this.#left
  }
}
