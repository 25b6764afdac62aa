import type { ContentReport, Fingerprint, MentionTable } from '../model/index.ts'
import { ContentScan } from './content-scan.ts'
import { type ContentProblem, type ContentSource, UnreadableContentError } from './content-source.ts'
import type { ContentHead, Format, FormatInput, Member, RecordSink } from './formats/format.ts'
import { FORMATS } from './formats/registry.ts'
import { DEFAULT_LIMITS, type Limits } from './limits.ts'
import { countryOfPath } from './markets/countries.ts'
import { isHostileName, MemberNames } from './member-names.ts'
import { type OpenedContent, type Opening, openContent } from './opened-content.ts'
import { UnpackingBudget } from './unpacking-budget.ts'

export interface ClassifyOptions {
  /** SHA-256 of the bytes, hex; handed through to the report. */
  readonly sha256: string
  readonly fingerprint: Fingerprint
  readonly limits?: Partial<Limits>
  readonly signal?: AbortSignal
}

/** What a content inside a container holds; `path` is its name there, `outer!inner` where containers nest. */
export type MemberReport = Omit<ContentReport, 'sha256'> & { readonly path: string }

export interface Classification {
  /** Of a container: with what the contents inside it hold. */
  readonly report: ContentReport
  readonly mentions: MentionTable
  /** The contents inside a container, each before those inside itself; left out where there are none. */
  readonly members?: readonly MemberReport[]
}

/**
 * Finds the personal data in one content, whatever its format. Bad content never throws: the report's problems say what
 * was not read and from which offset. Rejects only when aborted.
 */
export async function classify(source: ContentSource, options: ClassifyOptions): Promise<Classification> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const members: MemberReport[] = []
  const budget = new UnpackingBudget(limits, source.sizeBytes)
  const run: Run = { limits, signal: options.signal, budget, fingerprint: options.fingerprint, members }
  const { scan, facts } = await scanContent(source, run, [])
  return {
    report: { sha256: options.sha256, ...facts, ...scan.finish() },
    mentions: scan.mentions(),
    ...(members.length > 0 && { members }),
  }
}

interface Run extends Opening {
  readonly fingerprint: Fingerprint
  readonly members: MemberReport[]
}

type Facts = Pick<ContentReport, 'format' | 'encoding' | 'sizeBytes' | 'bytesRead'>

/** Scans one content; `path` are the names that lead to it inside its containers. */
async function scanContent(
  source: ContentSource,
  run: Run,
  path: readonly string[],
): Promise<{ scan: ContentScan; facts: Facts }> {
  const { limits, fingerprint, signal } = run
  const names = new MemberNames()
  const scan: ContentScan = new ContentScan({
    fingerprint,
    country: countryOfPath(source.name),
    limits,
    readMember: (member) => readMember(member, { source, scan, names, path, run }),
    unreadMember: (member, problem) => nameUnread(member, problem, { source, scan, names, path, run }),
  })
  const opened = openContent(source, run)
  let format = 'unknown'
  let encoding: string | null = null
  try {
    ;({ format, encoding } = await readContent(opened, scan, limits))
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof FormatError) ({ format, encoding } = error)
    const cause = error instanceof FormatError ? error.cause : error
    scan.problem(
      cause instanceof UnreadableContentError
        ? cause.toProblem()
        : { code: 'unreadable', detail: 'the bytes could not be read', offset: opened.bytesRead() },
    )
  } finally {
    await opened.close()
  }
  const bytesRead = scan.withoutSkipped(Math.min(opened.bytesRead(), source.sizeBytes))
  return { scan, facts: { format, encoding, sizeBytes: source.sizeBytes, bytesRead } }
}

interface Container {
  readonly source: ContentSource
  readonly scan: ContentScan
  readonly names: MemberNames
  readonly path: readonly string[]
  readonly run: Run
}

async function readMember(member: Member, container: Container): Promise<void> {
  const { source, scan, path, run } = container
  run.signal?.throwIfAborted()
  const { nesting, members } = run.limits
  if (path.length >= nesting)
    return nameUnread(member, { code: 'too-deep', detail: `more than ${nesting} containers inside each other` }, container)
  if (!run.budget.takeMember()) {
    // Past the limit they are counted by the container's problems only.
    scan.skipped(member.storedBytes)
    return scan.problem({ code: 'too-many-members', detail: `more than ${members} contents inside` })
  }
  const name = takeName(member.name, container)
  const innerPath = [...path, name]
  // Each container stands before what is inside it.
  const at = run.members.push({ path: innerPath.join('!') } as MemberReport) - 1
  const inner = await scanContent(
    { name: `${source.name}/${name}`, sizeBytes: member.sizeBytes, open: () => run.budget.counted(member.open()) },
    run,
    innerPath,
  )
  const { sizeBytes, bytesRead } = inner.facts
  run.members[at] = { path: innerPath.join('!'), ...inner.facts, ...inner.scan.finish() }
  scan.absorb(name, inner.scan, sizeBytes === 0 ? 0 : member.storedBytes * (1 - bytesRead / sizeBytes))
}

function nameUnread(member: Omit<Member, 'open'>, problem: ContentProblem, container: Container): void {
  const { scan, path, run } = container
  const name = takeName(member.name, container)
  scan.skipped(member.storedBytes)
  scan.problem({ code: problem.code, detail: `${name}: ${problem.detail}` })
  run.members.push({
    path: [...path, name].join('!'),
    format: 'unknown',
    encoding: null,
    sizeBytes: member.sizeBytes,
    bytesRead: 0,
    recordCount: 0,
    elements: [],
    problems: [problem],
  })
}

function takeName(given: string, { scan, names }: Container): string {
  const name = names.take(given)
  if (isHostileName(given)) scan.problem({ code: 'unsafe-name', detail: `${name}: a name that leads elsewhere or is no text` })
  return name
}

/** What was recognised before reading failed. */
class FormatError extends Error {
  readonly format: string
  readonly encoding: string | null

  constructor(format: string, encoding: string | null, cause: unknown) {
    super('reading failed', { cause })
    this.format = format
    this.encoding = encoding
  }
}

async function readContent(
  opened: OpenedContent,
  sink: RecordSink,
  limits: Limits,
): Promise<{ format: string; encoding: string | null }> {
  const wrappers: string[] = []
  let input: FormatInput = await opened.input()
  for (;;) {
    if (input.head.bytes.length === 0) return { format: ['empty', ...wrappers].join('.'), encoding: null }
    const format = recognise(input.head)
    const name = [format?.id ?? 'unknown', ...wrappers].join('.')
    const encoding = format?.read === undefined || format.isBinary ? null : (input.head.encoding?.label ?? null)
    try {
      if (format === undefined) throw unknownContent(opened)
      if (format.unwrap === undefined) {
        await format.read!(input, sink)
        if (format.isWhole) opened.allRead()
        return { format: name, encoding }
      }
      if (wrappers.length >= limits.wrappers) {
        opened.nothingRead()
        throw new UnreadableContentError('unsupported', `more than ${limits.wrappers} compressed wrappers`, { offset: 0 })
      }
      wrappers.unshift(format.id)
      input = await opened.wrapped(format.unwrap(input), input)
    } catch (error) {
      if (error instanceof UnreadableContentError && format?.isWhole) opened.nothingRead()
      if (error instanceof FormatError) throw error
      const learned = error instanceof UnreadableContentError ? error.format : undefined
      throw new FormatError(learned === undefined ? name : [learned, ...wrappers].join('.'), encoding, error)
    }
  }
}

function recognise(head: ContentHead): Format | undefined {
  return FORMATS.find((format) => format.recognise(head))
}

function unknownContent(opened: OpenedContent): UnreadableContentError {
  opened.nothingRead()
  return new UnreadableContentError('unsupported', 'binary content of no format that is read', { offset: 0 })
}
