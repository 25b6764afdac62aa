import { createHmac } from 'node:crypto'

const VERSION = '2021-06-08'

export interface AccountKey {
  readonly account: string
  readonly key: string
}

/** The parameters of a shared access signature besides the signature itself. */
export type Parameters = Readonly<Record<string, string>>

/** The token of a service signature. Azure Storage REST: "Create a service SAS", version 2020-12-06 and later. */
export function serviceToken(container: string, blob: string | null, parameters: Parameters, by: AccountKey): string {
  const { sp = '', st = '', se = '', si = '', sip = '', spr = '', sr = 'c' } = parameters
  const resource = `/blob/${by.account}/${container}${blob === null ? '' : `/${blob}`}`
  const fields = [sp, st, se, resource, si, sip, spr, VERSION, sr, '', '', '', '', '', '', '']
  return token({ ...parameters, sv: VERSION, sr, sig: sign(fields.join('\n'), by) })
}

/** The token of an account signature. Azure Storage REST: "Create an account SAS". */
export function accountToken(parameters: Parameters, by: AccountKey): string {
  const { sp = '', ss = '', srt = '', st = '', se = '', sip = '', spr = '' } = parameters
  const fields = [by.account, sp, ss, srt, st, se, sip, spr, VERSION, '', '']
  return token({ ...parameters, sv: VERSION, sig: sign(fields.join('\n'), by) })
}

/** The headers of a request signed with the account's key. Azure Storage REST: "Authorize with Shared Key". */
export function sharedKeyHeaders(
  method: string,
  url: URL,
  headers: Readonly<Record<string, string>>,
  length: number,
  by: AccountKey,
): Record<string, string> {
  const all: Record<string, string> = { ...headers, 'x-ms-date': new Date().toUTCString() }
  const own = Object.keys(all)
    .filter((name) => name.startsWith('x-ms-'))
    .sort()
  const query = [...url.searchParams].sort(([left], [right]) => (left < right ? -1 : 1))
  const lines = [
    method,
    '',
    '',
    length > 0 ? String(length) : '',
    '',
    all['content-type'] ?? '',
    '',
    '',
    '',
    '',
    '',
    '',
    ...own.map((name) => `${name}:${all[name]}`),
    [`/${by.account}${url.pathname}`, ...query.map(([name, value]) => `${name}:${value}`)].join('\n'),
  ]
  return { ...all, authorization: `SharedKey ${by.account}:${sign(lines.join('\n'), by)}` }
}

function sign(text: string, { key }: AccountKey): string {
  return createHmac('sha256', Buffer.from(key, 'base64')).update(text, 'utf8').digest('base64')
}

function token(parameters: Parameters): string {
  return new URLSearchParams(Object.entries(parameters)).toString()
}
