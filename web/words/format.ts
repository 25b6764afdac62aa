/** Numbers, days and lists of one language in one stated time zone; everything by `Intl`, nothing from the machine's locale. */
export interface Format {
  readonly zone: string
  count(value: number): string
  /** 2.3 M, 230万. */
  short(value: number): string
  percent(share: number): string
  bytes(value: number): string
  list(items: readonly string[]): string
  market(code: string): string
  /** 31 May 2023 */
  day(moment: string | number): string
  /** 31 May, 5/31 */
  dayShort(moment: string | number): string
  /** 31 May 2023 in charts: 31 May 2023, 2023/5/31 */
  dayShortYear(moment: string | number): string
  /** 31 May 2023, 09:00 UTC */
  moment(moment: string): string
  /** 29 Mar, 04:12 UTC */
  momentShort(moment: string | number): string
  /** The same in UTC, which logs are kept in, whatever the zone of the page. */
  momentUtc(moment: string | number): string
  month(moment: number): string
  year(moment: number): string
  /** 11–26 May 2023 */
  range(from: string | number, to: string | number): string
  /** 11–26 May */
  rangeShort(from: string, to: string): string
  isSameDay(left: string, right: string): boolean
  parts(moment: string | number): { readonly year: number; readonly month: number; readonly day: number }
}

const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const

/** The formats of a language, `en` or `ja`, in an IANA time zone. */
export function formatFor(language: 'en' | 'ja', timeZone: string): Format {
  const locale = language === 'en' ? 'en-GB' : 'ja-JP'
  const dates = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone, calendar: 'gregory', numberingSystem: 'latn', ...options })
  const number = new Intl.NumberFormat(locale)
  const compact = new Intl.NumberFormat(language === 'en' ? 'en-US' : locale, {
    notation: 'compact',
    maximumSignificantDigits: 2,
  })
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const items = new Intl.ListFormat(locale, { type: 'conjunction' })
  const regions = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' })
  const day = dates({ day: 'numeric', month: 'long', year: 'numeric' })
  const dayShort = dates(language === 'en' ? { day: 'numeric', month: 'short' } : { day: 'numeric', month: 'numeric' })
  const dayShortYear = dates(
    language === 'en'
      ? { day: 'numeric', month: 'short', year: 'numeric' }
      : { day: 'numeric', month: 'numeric', year: 'numeric' },
  )
  const clock = dates({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const month = dates(language === 'en' ? { month: 'short' } : { month: 'long' })
  const year = dates({ year: 'numeric' })
  const zone = timeZone === 'UTC' ? 'UTC' : zoneName(locale, timeZone)
  const iso = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  const at = (moment: string | number): Date => new Date(moment)
  const momentShort = (moment: string | number): string =>
    language === 'en'
      ? `${dayShort.format(at(moment))}, ${clock.format(at(moment))} ${zone}`
      : `${dayShort.format(at(moment))} ${clock.format(at(moment))} ${zone}`
  return {
    zone,
    count: (value) => number.format(value),
    short: (value) => compact.format(value).replace(/([0-9])([KMBT])$/, '$1 $2'),
    // What is a little is never rounded to nothing, nor almost all to all.
    percent: (share) =>
      share > 0 && share < 0.005 ? '< 1 %' : share < 1 && share >= 0.995 ? '> 99 %' : `${whole.format(share * 100)} %`,
    bytes: (value) => formatBytes(locale, value),
    list: (list) => items.format(list),
    market: (code) => (/^[A-Z]{2}$/.test(code) ? (regions.of(code) ?? code) : code),
    day: (moment) => day.format(at(moment)),
    dayShort: (moment) => dayShort.format(at(moment)),
    dayShortYear: (moment) => dayShortYear.format(at(moment)),
    moment: (moment) =>
      language === 'en'
        ? `${day.format(at(moment))}, ${clock.format(at(moment))} ${zone}`
        : `${day.format(at(moment))} ${clock.format(at(moment))} ${zone}`,
    momentShort,
    momentUtc: (moment) => (timeZone === 'UTC' ? momentShort(moment) : formatFor(language, 'UTC').momentShort(moment)),
    month: (moment) => month.format(at(moment)),
    year: (moment) => (language === 'en' ? year.format(at(moment)) : String(at(moment).getUTCFullYear())),
    // Japanese ranges by Intl fall back to digits and slashes, so they are written out.
    range: (from, to) =>
      language === 'en' ? withoutThinSpaces(day.formatRange(at(from), at(to))) : `${day.format(at(from))}〜${day.format(at(to))}`,
    rangeShort: (from, to) =>
      language === 'en'
        ? withoutThinSpaces(dayShort.formatRange(at(from), at(to)))
        : shortJapaneseRange(dayShort.format(at(from)), dayShort.format(at(to))),
    isSameDay: (left, right) => iso.format(at(left)) === iso.format(at(right)),
    parts: (moment) => {
      const [year = 0, month = 0, day = 0] = iso.format(at(moment)).split('-').map(Number)
      return { year, month, day }
    },
  }
}

function shortJapaneseRange(from: string, to: string): string {
  const [month = '', day = ''] = to.split('/')
  return from.startsWith(`${month}/`) ? `${from}–${day}` : `${from}–${to}`
}

function zoneName(locale: string, timeZone: string): string {
  // English data has no short name for it, and everyone there writes JST.
  if (timeZone === 'Asia/Tokyo') return 'JST'
  const parts = new Intl.DateTimeFormat(locale === 'ja-JP' ? locale : 'en-US', { timeZone, timeZoneName: 'short' }).formatToParts(
    0,
  )
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
}

/** Decimal units, three digits: 41.2 TB. */
function formatBytes(locale: string, value: number): string {
  const step = value < 1000 ? 0 : Math.min(SIZES.length - 1, Math.floor(Math.log10(value) / 3))
  if (step === 0) return `${value} B`
  const rounded = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: SIZES[step]!,
    unitDisplay: 'short',
    maximumSignificantDigits: 3,
  })
  return rounded.format(value / 1000 ** step)
}

/** Intl sets spaces around the dash of a range that differ between versions of its data; the design has none. */
function withoutThinSpaces(text: string): string {
  return text.replace(/[\u2009\u202f\u00a0 ]*[–~～〜][\u2009\u202f\u00a0 ]*/g, (dash) => (/\p{L}|\d/u.test(dash) ? dash : '–'))
}
