import type { Detector } from './detector.ts'

/** In-vehicle terminal or device: the maker's own numbering, so the header names it and the shape of the value confirms it. */
export const terminalId: Detector = {
  element: 'terminal-id',
  identifier: 'terminal-id',
  chanceRate: 0.5,
  named:
    /\b(terminal|device|dcm|tcu|telematics( unit)?|head ?unit|navi(gation)?( unit)?|on ?board unit|obu|in vehicle unit)( serial)?( id| no| number| num| code| identifier|#)\b|\b(terminal|dcm|tcu)\b$|端末(識別)?(id|番号|コード)|車載(機|器|端末)(id|番号|コード)?|(デバイス|機器|ナビ)(id|番号|コード)/,
  notNamed: /\b(type|model|version|name|status|maker|os)\b|種別|機種|名/,
  needsHeader: true,
  check(value) {
    const normalised = value.toUpperCase()
    return isMakersOwnNumber(normalised) ? { normalised, strength: 0.3 } : null
  },
}

function isMakersOwnNumber(value: string): boolean {
  return (
    value.length >= 5 && value.length <= 40 && /^[A-Z0-9][A-Z0-9:_.-]*$/.test(value) && (value.match(/\d/g)?.length ?? 0) >= 3
  )
}
