/** The person pressed Ctrl-C. */
export class AbortError extends Error {
  override readonly name = 'AbortError'
}

// A terminal's Ctrl-C arrives from the terminal and from the launcher: within this time it is one.
const SAME_PRESS_MS = 500

/** A signal that Ctrl-C (or SIGTERM) raises once; a second Ctrl-C ends the process at once. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController()
  let raisedAt = 0
  const raise = () => {
    if (!controller.signal.aborted) {
      raisedAt = performance.now()
      controller.abort(new AbortError('stopped'))
    } else if (performance.now() - raisedAt > SAME_PRESS_MS) process.exit(130)
  }
  process.on('SIGINT', raise)
  process.on('SIGTERM', raise)
  return controller.signal
}
