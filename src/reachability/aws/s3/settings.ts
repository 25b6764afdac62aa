import { isKnown, type Known } from '../../readings.ts'

/** The known value, or the one that the doubt is taken for. */
export function settled(setting: Known<boolean>, doubtful: boolean): boolean {
  return isKnown(setting) ? setting.known : doubtful
}

/** Why those of the settings that are not known are not. */
export function problemsIn(settings: readonly Known<unknown>[]): readonly string[] {
  return settings.flatMap((setting) => (isKnown(setting) ? [] : [setting.problem]))
}
