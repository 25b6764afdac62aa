interface Entry {
  readonly owner: object
  readonly value: unknown
}

/**
 * Something that is worked out of an object and kept with it, so that it lives as long as the object and no longer: what maps
 * hold weakly outlives many collections of garbage. A copy of the object does not take it along.
 */
export class Kept<K extends object, V> {
  readonly #name: symbol

  constructor(what: string) {
    this.#name = Symbol(what)
  }

  of(owner: K): V | undefined {
    const entry = (owner as { [name: symbol]: Entry | undefined })[this.#name]
    return entry !== undefined && entry.owner === owner ? (entry.value as V) : undefined
  }

  keep(owner: K, value: V): V {
    ;(owner as { [name: symbol]: Entry })[this.#name] = { owner, value }
    return value
  }
}
