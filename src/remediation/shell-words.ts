import type { Json } from '../model/index.ts'

/** One word for a POSIX shell, quoted where it needs to be. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_@%+:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** `--name value`; with `=` where the value could be taken for an option itself. */
export function option(name: string, value: string): string {
  return value.startsWith('-') ? `--${name}=${shellWord(value)}` : `--${name} ${shellWord(value)}`
}

/** `--name 'JSON'`. */
export function jsonOption(name: string, value: Json): string {
  return option(name, JSON.stringify(value))
}
