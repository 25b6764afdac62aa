/** A built-in rule: the text of a rule file that holds this one rule. It is text in a module because only modules are shipped. */
export interface Check {
  readonly id: string
  readonly yaml: string
}
