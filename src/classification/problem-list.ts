import type { ContentProblem } from './content-source.ts'

/** Collects problems; of each code the first few are kept with their offsets and the rest counted. */
export class ProblemList {
  readonly #limit: number
  readonly #byCode = new Map<string, { kept: ContentProblem[]; more: number }>()

  constructor(limit: number) {
    this.#limit = limit
  }

  add(problem: ContentProblem): void {
    const entry = this.#byCode.get(problem.code) ?? { kept: [], more: 0 }
    this.#byCode.set(problem.code, entry)
    if (entry.kept.length < this.#limit) entry.kept.push(problem)
    else entry.more += 1
  }

  list(): readonly ContentProblem[] {
    return [...this.#byCode].flatMap(([code, { kept, more }]) =>
      more > 0 ? [...kept, { code, detail: `${more} more of this kind` }] : kept,
    )
  }
}
