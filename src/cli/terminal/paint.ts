/** Three ways to set a piece of text apart; where colour is not wanted each leaves the text as it is. */
export interface Paint {
  readonly strong: (text: string) => string
  readonly quiet: (text: string) => string
  /** The one accent: open to strangers. */
  readonly open: (text: string) => string
}

export function paintFor(color: boolean): Paint {
  const with_ = (code: string) => (text: string) => (!color || text === '' ? text : `\x1b[${code}m${text}\x1b[0m`)
  return { strong: with_('1'), quiet: with_('2'), open: with_('38;5;202') }
}
