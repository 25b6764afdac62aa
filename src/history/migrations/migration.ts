/** One step of the store's layout: run once, in order of its number, with the same SQL on both engines. */
export interface Migration {
  readonly number: number
  readonly name: string
  /** Statements, run one by one in one transaction. */
  readonly statements: readonly string[]
}
