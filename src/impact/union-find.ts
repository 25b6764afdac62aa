/** Sets of numbers from 0 up that only ever merge. */
export class UnionFind {
  readonly #parent: Int32Array

  constructor(size: number) {
    this.#parent = new Int32Array(size)
    for (let i = 0; i < size; i += 1) this.#parent[i] = i
  }

  find(member: number): number {
    const parent = this.#parent
    let root = member
    while (parent[root] !== root) root = parent[root]!
    for (let at = member; parent[at] !== root; ) {
      const next = parent[at]!
      parent[at] = root
      at = next
    }
    return root
  }

  /** Returns whether the two were apart. The smaller root stays, so that a set's root is its least member. */
  union(left: number, right: number): boolean {
    const a = this.find(left)
    const b = this.find(right)
    if (a === b) return false
    this.#parent[Math.max(a, b)] = Math.min(a, b)
    return true
  }
}
