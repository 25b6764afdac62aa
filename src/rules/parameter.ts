/** A value that a rule file may set and the rule's condition may use. */
export type Parameter = string | number | boolean | readonly (string | number | boolean)[]
