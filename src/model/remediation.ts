/** One named step of a plan: what is changed, the command that would do it, how it is checked, and the way back. */
export interface PlanStep {
  readonly action: string
  readonly title: string
  readonly resource: string
  readonly command: string | null
  readonly verify: string
  readonly wayBack: string
}

/** How to shut one open exposure without breaking work. Printed; applying needs an approval. */
export interface Plan {
  readonly id: string
  readonly resource: string
  readonly summary: string
  readonly steps: readonly PlanStep[]
  /** Requests that worked and would be refused afterwards, where logs show any. */
  readonly breaks: readonly { readonly who: string; readonly requests: number }[]
  /** `proposed` while the door is open, `already-shut` where the evidence shows it closed, `read-first` where it is undecided. */
  readonly state: 'proposed' | 'already-shut' | 'read-first'
}
