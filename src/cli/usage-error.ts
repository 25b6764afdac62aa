/** What was typed cannot be carried out; the message says what to type instead. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
