import type { Instant } from '../../model/index.ts'
import { instantOf } from './json-fields.ts'

/** What the path of a command's output tells of what it does not say itself. */
export interface CliPlace {
  readonly bucket: string | null
  readonly account: string | null
  readonly region: string | null
  readonly takenAt: Instant | null
}

const REGION =
  /(?<![a-z0-9])((?:us|eu|ap|sa|ca|me|af|il|mx|cn|us-gov)-(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\d)(?![a-z0-9])/
const ACCOUNT = /(?<!\d)(\d{12})(?!\d)/
const TIME = /(?<!\d)(\d{4})-?(\d\d)-?(\d\d)T(\d\d)[:-]?(\d\d)[:-]?(\d\d)Z/
/** A day that stands by itself; inside a name, as in `backup-2022-11-30`, it is the name's. */
const DATE = /(?:^|[._=@])(\d{4})-(\d\d)-(\d\d)(?=$|[._=@])/
const DATE_PIECE = /(?:^|[._=@])\d{4}-\d\d-\d\d(?:T[\d:-]{6,8}Z)?(?=$|[._=@])/g
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

/** Words that stand for what was asked, alone or in front of or behind a bucket's name. */
const OPERATION =
  /^(?:get[-_])?(?:bucket[-_])?(?:policy(?:[-_]status)?|acl|public[-_]access[-_]block|ownership(?:[-_]controls)?|logging|encryption|request[-_]payment|website|versioning|lifecycle(?:[-_]configuration)?|tagging|tags)$/

/**
 * Reads the path of a command's output. The bucket is null where the path names none, or could name more than one.
 * `operation` is the command's own name, where the output shows it.
 */
export function cliPlaceOf(path: string, operation: string | null = null): CliPlace {
  const parts = path.split('/')
  const stem = (parts.at(-1) ?? '').replace(/(?:\.(?:json|gz|txt|out))+$/, '')
  const folders = parts.slice(0, -1).reverse()
  const near = [stem, ...folders]
  return {
    bucket: bucketOf(stem, folders, operation),
    account: firstMatch(near, ACCOUNT),
    region: firstMatch(near, REGION),
    takenAt: near.map(timeIn).find((time) => time !== null) ?? near.map(dayIn).find((day) => day !== null) ?? null,
  }
}

function bucketOf(stem: string, folders: readonly string[], operation: string | null): string | null {
  const name = stem
    .replace(DATE_PIECE, '')
    .replace(/^(?:aws[._-])?s3(?:api|control)[._-]/, '')
    .replace(/^[._=@-]+|[._=@-]+$/g, '')
  const [parent = ''] = folders
  if (OPERATION.test(name)) return bucketOrNull(parent)
  const beside = besideCommand(name, operation) ?? besideOperation(name)
  if (beside !== null) return bucketOrNull(beside)
  return OPERATION.test(parent) ? bucketOrNull(name) : null
}

/** The rest of a name that begins or ends with the whole name of the command, whatever joins them. */
function besideCommand(name: string, operation: string | null): string | null {
  if (operation === null) return null
  if (name.startsWith(operation) && /^[._=@-]/.test(name.slice(operation.length))) return name.slice(operation.length + 1)
  if (name.endsWith(operation) && /[._=@-]$/.test(name.slice(0, -operation.length))) return name.slice(0, -operation.length - 1)
  return null
}

/** The rest of a name whose first or last piece is an operation. `a-policy` stays whole: a bucket may have that name. */
function besideOperation(name: string): string | null {
  for (const separator of ['.', '__', '_', '=', '@']) {
    const last = name.lastIndexOf(separator)
    if (last > 0 && OPERATION.test(name.slice(last + separator.length))) return name.slice(0, last)
    const first = name.indexOf(separator)
    if (first > 0 && OPERATION.test(name.slice(0, first))) return name.slice(first + separator.length)
  }
  return null
}

function bucketOrNull(text: string): string | null {
  const isOther = OPERATION.test(text) || DATE.test(text) || /^\d{12}$/.test(text) || text.replace(REGION, '') === ''
  return BUCKET.test(text) && !isOther ? text : null
}

function timeIn(text: string): Instant | null {
  const [, year, month, day, hour, minute, second] = TIME.exec(text) ?? []
  return year === undefined ? null : instantOf(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

/** A day alone stands for its last second: by then what was printed had been seen to hold. */
function dayIn(text: string): Instant | null {
  const [, year, month, day] = DATE.exec(text) ?? []
  return year === undefined ? null : instantOf(`${year}-${month}-${day}T23:59:59Z`)
}

function firstMatch(texts: readonly string[], pattern: RegExp): string | null {
  return texts.map((text) => pattern.exec(text)?.[1]).find((match) => match !== undefined) ?? null
}
