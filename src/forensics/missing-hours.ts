/** A silence shorter than this is never called missing. */
export const LEAST_MISSING_HOURS = 24
/** How many times the store's ordinary longest silence a silence must last to be called missing. */
export const MISSING_FACTOR = 3
/** How far before and after a silence the store's own pattern is taken from: four weeks. */
export const PATTERN_HOURS = 28 * 24
/** The longest silences of that pattern are left out as possible losses themselves. */
export const OUTLIERS = 2
/** With fewer hours of lines than this in the pattern, the store is too quiet to tell loss from quiet. */
export const LEAST_OBSERVED_HOURS = 48

/**
 * Hours that lack lines though a log was configured, and that are better explained by lost files than by nobody having
 * come. S3 writes a log file only where there were requests, so silence by itself is no loss. A silence is called missing
 * when it lasts at least a day and more than three times as long as the store's ordinary longest silence: the longest of
 * those in the four weeks before it and the four weeks after it, the two longest left out. It weakens what may be concluded,
 * never strengthens it. Only hours in which the log was configured are counted. The time before the first line of all is
 * not called missing: the store may not have been in use.
 */
export function missingHours(
  observed: readonly number[],
  isConfigured: (hour: number) => boolean,
  endHour: number,
): readonly number[] {
  const silences = observed.map((hour, index) => {
    const next = observed[index + 1] ?? endHour
    return next === hour + 1 ? NO_HOURS : hoursBetween(hour + 1, next).filter(isConfigured)
  })
  const isImplausible = (index: number) => {
    const around = patternAround(observed, silences, index)
    return around !== null && silences[index]!.length > MISSING_FACTOR * around
  }
  return silences.flatMap((silence, index) =>
    silence.length >= LEAST_MISSING_HOURS && isImplausible(index) ? silence : NO_HOURS,
  )
}

const NO_HOURS: readonly number[] = []

/** The ordinary longest silence around one, in hours; null where there are too few lines to say. */
function patternAround(observed: readonly number[], silences: readonly (readonly number[])[], index: number): number | null {
  const before = observed[index]!
  const after = observed[index + 1] ?? Number.POSITIVE_INFINITY
  const lengths: number[] = []
  for (let at = index - 1; at >= 0 && observed[at]! >= before - PATTERN_HOURS; at--) lengths.push(silences[at]!.length)
  for (let at = index + 1; at < observed.length && observed[at]! <= after + PATTERN_HOURS; at++)
    lengths.push(silences[at]!.length)
  if (lengths.length < LEAST_OBSERVED_HOURS) return null
  return lengths.sort((a, b) => b - a)[OUTLIERS]!
}

function hoursBetween(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
}
