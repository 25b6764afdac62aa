import { audienceCells, denyReason, english, formatFor, storeFinding, witnessCommand } from '../../../web/index.ts'
import {
  ACCESSES,
  type Access,
  type PolicySource,
  type StoreExplanation,
  type TraceStep,
  type Witness,
} from '../../model/index.ts'
import type { TerminalOptions } from './case-view.ts'
import { type Paint, paintFor } from './paint.ts'
import { oneLine, padEnd, stripControls, wrap } from './text.ts'

const NARROWEST = 72
const MARGIN = '  '

interface View {
  readonly store: StoreExplanation
  readonly finding: ReturnType<typeof storeFinding>
  readonly words: ReturnType<typeof english>
  readonly paint: Paint
  readonly columns: number
}

/** One store in the order of its page: verdict, who can do what, the statement responsible, witnesses, each Deny, reasons. */
export function renderStoreInTerminal(store: StoreExplanation, options: Pick<TerminalOptions, 'columns' | 'color'>): string {
  const columns = Math.max(NARROWEST, Math.floor(options.columns) || NARROWEST)
  const words = english(formatFor('en', 'UTC'))
  const view: View = { store, finding: storeFinding(store), words, paint: paintFor(options.color), columns }
  const parts = [headLines, tableLines, responsibleLines, witnessLines, denyLines, reasonLines, settingLines]
  return parts
    .map((lines) => lines(view))
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => line.trimEnd()).join('\n'))
    .join('\n\n')
}

function headLines({ store, finding, words, paint, columns }: View): string[] {
  const { resource, asOf } = store
  const place = [resource.account, resource.region].filter((part) => part !== '').join(' · ')
  const open = finding.audience !== 'none' && finding.audience !== 'undecided'
  const mark = open ? paint.open('◧') : finding.audience === 'none' ? '□' : '?'
  return [
    `${paint.strong(oneLine(resource.name))}  ${paint.quiet(oneLine(`${resource.id}${place === '' ? '' : ` · ${place}`}`))}`,
    ...wrap(oneLine(words.store.finding(finding)), columns - 2).map(
      (line, at) => `${at === 0 ? mark : ' '} ${paint.strong(line)}`,
    ),
    paint.quiet(`${MARGIN}as of ${words.format.moment(asOf)}`),
  ]
}

const CELL = 17

function tableLines({ store, words, paint }: View): string[] {
  const rows = ACCESSES.map((access) => {
    const { audience, bounds } = store.verdicts[access]
    const wider = audience === 'undecided' ? (bounds?.certain ?? 'none') : audience
    const cells = audienceCells(store, access).map((cell) => {
      const text = padEnd(
        `${{ open: '◧', 'as-wider': '◧', shut: '□', undecided: '?' }[cell]} ${words.store.cell(cell, wider)}`,
        CELL,
      )
      return cell === 'open' || cell === 'as-wider' ? paint.open(text) : text
    })
    return `${MARGIN}${padEnd(words.store.access[access], 8)}${cells.join('')}`
  })
  const head = `${MARGIN}${' '.repeat(8)}${words.store.columns.map((column) => padEnd(column, CELL)).join('')}`
  const undecided = ACCESSES.some((access) => store.verdicts[access].audience === 'undecided')
  return [
    title(words.store.who, paint),
    paint.quiet(head),
    ...rows,
    ...(undecided ? [paint.quiet(`${MARGIN}${words.store.undecidedCounts}`)] : []),
  ]
}

/** The statement that lets the witness in, with its file and lines. */
function responsibleLines({ store, finding, paint }: View): string[] {
  const { responsible } = finding
  if (!responsible) return []
  const source = store.sources.find(({ document }) => document === responsible.document)
  const name = `Statement ${responsible.statement}${responsible.sid === null ? '' : ` "${oneLine(responsible.sid)}"`} of the ${responsible.document}`
  const lines = source ? statementLines(source, responsible.statement) : []
  return [
    title(`Responsible: ${name}${source ? `, ${placeOf(source, responsible)}` : ''}`, paint),
    ...lines.map(({ number, text }) => `${paint.quiet(String(number).padStart(5))}  ${paint.open(stripControls(text))}`),
  ]
}

const MOST_LINES = 24

function statementLines({ lines, statements }: PolicySource, statement: number): { number: number; text: string }[] {
  const place = statements[statement - 1]
  if (!place) return []
  const shown = lines.slice(place.first - 1, Math.min(place.last, place.first - 1 + MOST_LINES))
  const all = shown.map((text, at) => ({
    number: place.first + at,
    text: text.length > 2_000 ? `${text.slice(0, 2_000)}…` : text,
  }))
  const more = place.last - place.first + 1 - shown.length
  return more > 0 ? [...all, { number: place.last, text: `… ${more} more lines` }] : all
}

/** `policy.json, line 4`; a policy that was printed anew says so. */
function placeOf({ file, asWritten, statements }: PolicySource, { statement }: TraceStep): string {
  const line = statements[statement - 1]?.first
  if (line === undefined) return file ?? ''
  if (file === null) return `line ${line} as printed here`
  return asWritten ? `${oneLine(file)}, line ${line}` : `${oneLine(file)}, line ${line} of the policy inside it as printed here`
}

function witnessLines({ store, words, paint, columns }: View): string[] {
  const open = ACCESSES.filter((access) => store.verdicts[access].witness !== null)
  if (open.length === 0) return []
  return [
    title(words.store.witnessHeading, paint),
    ...open.flatMap((access) => oneWitness(access, store.verdicts[access].witness!, store, words, paint, columns)),
    ...wrap(words.store.notSent, columns - 2).map((line) => paint.quiet(MARGIN + line)),
  ]
}

function oneWitness(
  access: Access,
  witness: Witness,
  store: StoreExplanation,
  words: View['words'],
  paint: Paint,
  columns: number,
): string[] {
  const command = witnessCommand(witness, store.resource)
  const name = padEnd(words.store.access[access], 8)
  // A command is never cut or broken: it is there to be copied.
  const request = oneLine(command === null ? `${witness.action} ${witness.resource}` : `$ ${command}`)
  const address = witness.context['aws:SourceIp']
  const said = `${senderOf(witness, words)}${typeof address === 'string' ? ` ${words.store.from(address)}` : ''}`
  return [
    `${MARGIN}${name}${request}`,
    ...wrap(oneLine(said), columns - 10).map((line) => paint.quiet(`${MARGIN}${' '.repeat(8)}${line}`)),
  ]
}

function senderOf({ principal }: Witness, { store: { by } }: View['words']): string {
  switch (principal.kind) {
    case 'anonymous':
      return by.anonymous
    case 'aws':
      return by.aws(principal.arn)
    case 'service':
      return by.service(principal.service)
    case 'google':
      return by.google(principal.member)
    case 'entra':
      return by.entra(principal.tenant)
    case 'bearer':
      return by.bearer(principal.of)
  }
}

function denyLines({ store, finding, words, paint, columns }: View): string[] {
  if (finding.denies.length === 0 || finding.lead === null) return []
  const { action } = store.verdicts[finding.lead].witness!
  return [
    title(words.store.deniesHeading, paint),
    ...finding.denies.flatMap((deny, at) => {
      const { head, text } = words.store.deny(denyReason(deny), action)
      const source = store.sources.find(({ document }) => document === deny.document)
      const place = source ? ` (${placeOf(source, deny)})` : ''
      const name = `statement ${deny.statement}${deny.sid === null ? '' : ` "${oneLine(deny.sid)}"`}${place}`
      return [
        `${MARGIN}${padEnd(`D${at + 1}`, 8)}${name}`,
        ...wrap(oneLine(`${head} ${text}`), columns - 10).map((line) => `${MARGIN}${' '.repeat(8)}${line}`),
      ]
    }),
  ]
}

function reasonLines({ store, words, paint, columns }: View): string[] {
  const without = ACCESSES.filter((access) => store.verdicts[access].witness === null)
  if (without.length === 0) return []
  // Accesses that rest on the same reasons stand in one line.
  const groups = new Map<string, { readonly because: readonly string[]; readonly accesses: Access[] }>()
  for (const access of without) {
    const { because } = store.verdicts[access]
    const group = groups.get(because.join('\n')) ?? { because, accesses: [] }
    group.accesses.push(access)
    groups.set(because.join('\n'), group)
  }
  return [
    title(words.store.reasonsHeading, paint),
    ...[...groups.values()].flatMap(({ because, accesses }) => [
      `${MARGIN}${accesses.map((access) => words.store.access[access]).join(', ')}`,
      ...because.flatMap((reason) =>
        wrap(oneLine(reason), columns - 12).map((line, at) => `${MARGIN}${' '.repeat(8)}${at === 0 ? '– ' : '  '}${line}`),
      ),
    ]),
  ]
}

function settingLines({ store, words, paint }: View): string[] {
  const rows = store.settings.map(({ facet, file, status, reason }) => {
    const name = padEnd(words.store.settingNames[facet] ?? oneLine(facet), 32)
    return `${MARGIN}${name}${words.store.setting[status]}${reason ? `: ${oneLine(reason)}` : ''}${file === null ? '' : `  ${paint.quiet(oneLine(file))}`}`
  })
  return rows.length === 0 ? [] : [title(words.store.settings, paint), ...rows]
}

function title(text: string, paint: Paint): string {
  return paint.strong(oneLine(text))
}
