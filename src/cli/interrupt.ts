/** The person pressed Ctrl-C. */
export class AbortError extends Error {
  override readonly name = 'AbortError'
}

/** A signal that Ctrl-C (or SIGTERM) raises once; a second Ctrl-C ends the process at once. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController()
  const raise = () => {
    if (controller.signal.aborted) process.exit(130)
    controller.abort(new AbortError('stopped'))
  }
  process.on('SIGINT', raise)
  process.on('SIGTERM', raise)
  return controller.signal
}
