/** A silence shorter than this is never called missing. */
export const LEAST_MISSING_HOURS = 24
/** How many times the store's ordinary longest silence a silence must last to be called missing. */
export const MISSING_FACTOR = 3
/** Silences before and after, taken as the store's own pattern; the longest `OUTLIERS` of them are left out as possible losses. */
export const NEIGHBOUR_SILENCES = 100
export const OUTLIERS = 2
/** With fewer hours of lines than this around a silence, the store is too quiet to tell loss from quiet. */
export const LEAST_OBSERVED_HOURS = 48

/**
 * Hours that lack lines though a log was configured, and that are better explained by lost files than by nobody having
 * come. S3 writes a log file only where there were requests, so silence by itself is no loss. A silence is called missing
 * when it lasts at least a day and more than three times as long as the store's ordinary longest silence: the longest of
 * the hundred silences before it and the hundred after it, the two longest left out. It weakens what may be concluded,
 * never strengthens it. Only hours in which the log was configured are counted. The time before the first line of all is not called missing: the store may not have been in use.
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
  return silences.flatMap((silence, index) =>
    silence.length >= LEAST_MISSING_HOURS && isImplausible(silences, index) ? silence : NO_HOURS,
  )
}

const NO_HOURS: readonly number[] = []

function isImplausible(silences: readonly (readonly number[])[], index: number): boolean {
  const around = [
    ...silences.slice(Math.max(0, index - NEIGHBOUR_SILENCES), index),
    ...silences.slice(index + 1, index + 1 + NEIGHBOUR_SILENCES),
  ]
  if (around.length < LEAST_OBSERVED_HOURS) return false
  const ordinary = around.map(({ length }) => length).sort((a, b) => b - a)[OUTLIERS] ?? 0
  return silences[index]!.length > MISSING_FACTOR * ordinary
}

function hoursBetween(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
}
