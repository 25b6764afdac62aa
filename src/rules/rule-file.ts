import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml'
import { z } from 'zod'
import { compileCondition, tryCondition } from './condition.ts'
import { factsOf, OBJECT_FIELDS, STORE_FIELDS } from './fields.ts'
import { RuleFileError, type Rule } from './rule.ts'
import { compileSentence } from './sentence.ts'
import type { StoreFacts } from './store-facts.ts'

const MAX_CHARACTERS = 256 * 1024
const MAX_RULES = 200
const MAX_LIST = 100

const name = z.string().min(1).max(200)
const scalar = z.union([z.string().max(200), z.number(), z.boolean()])
const scopeSchema = z.strictObject({
  names: z.array(name).max(MAX_LIST).optional(),
  accounts: z.array(name).max(MAX_LIST).optional(),
  tags: z.record(name, name).optional(),
})
const ruleSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,99}$/, 'must be lower-case letters, digits and hyphens'),
  title: name.optional(),
  severity: z.enum(['low', 'medium', 'high', 'critical']).optional(),
  appliesTo: z.enum(['stores', 'objects']).optional(),
  scope: scopeSchema.optional(),
  parameters: z.record(z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/), z.union([scalar, z.array(scalar).max(MAX_LIST)])).optional(),
  brokenWhen: z.string().min(1).optional(),
  because: z.array(z.string().min(1)).max(20).optional(),
})
const fileSchema = z.strictObject({ rules: z.array(ruleSchema).max(MAX_RULES) })

type WrittenRule = z.infer<typeof ruleSchema>

/** Reads a rule file on top of rules there are already: a rule of the same id changes that one, any other is added. */
export function readRuleFile(text: string, where: string, base: readonly Rule[]): Rule[] {
  if (text.length > MAX_CHARACTERS)
    throw new RuleFileError(where, null, `The file is longer than ${MAX_CHARACTERS} characters. Split it.`)
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, schema: 'core' })
  const flaw = document.errors[0] ?? document.warnings[0]
  if (flaw)
    throw new RuleFileError(
      where,
      flaw.linePos?.[0].line ?? null,
      `The file is not valid YAML: ${firstLine(flaw.message)} Correct it.`,
    )
  const lineAt = (path: readonly PropertyKey[]) => lineOf(document, lines, path)
  const written = checkShape(document, where, lineAt)
  const rules = new Map(base.map((rule) => [rule.id, rule]))
  const seen = new Set<string>()
  written.forEach((rule, index) => {
    const at = lineAt(['rules', index])
    if (seen.has(rule.id)) throw new RuleFileError(where, at, `The rule ${rule.id} stands here twice. Remove one of them.`)
    seen.add(rule.id)
    rules.set(
      rule.id,
      compileRule(rule, rules.get(rule.id), (field, sentence) => {
        throw new RuleFileError(where, lineAt(['rules', index, ...field]) ?? at, `Rule ${rule.id}: ${sentence}`)
      }),
    )
  })
  return Array.from(rules.values())
}

function checkShape(
  document: Document,
  where: string,
  lineAt: (path: readonly PropertyKey[]) => number | null,
): readonly WrittenRule[] {
  let content: unknown
  try {
    content = document.toJS({ maxAliasCount: 100 })
  } catch (failure) {
    throw new RuleFileError(where, null, `The file cannot be read: ${firstLine(String(failure))} Write the values out.`)
  }
  const checked = fileSchema.safeParse(content)
  if (checked.success) return checked.data.rules
  const issue = checked.error.issues[0] as z.core.$ZodIssue
  const id = document.getIn(issue.path.slice(0, 2).concat('id') as unknown[])
  const rule = issue.path.length >= 2 && typeof id === 'string' ? `Rule ${id}: ` : ''
  const field = issue.path.filter((part) => typeof part === 'string').join('.') || 'the file'
  throw new RuleFileError(where, lineAt(issue.path), `${rule}"${field}" is not right: ${issue.message}. Correct it.`)
}

type Fail = (field: readonly PropertyKey[], sentence: string) => never

function compileRule(written: WrittenRule, base: Rule | undefined, fail: Fail): Rule {
  const title = written.title ?? base?.title
  const condition = written.brokenWhen ?? base?.brokenWhen.text
  const because = written.because ?? base?.because.map((sentence) => sentence.text)
  if (!title || !condition || !because?.length) {
    return fail([], 'A new rule needs "title", "brokenWhen" and "because"; to change a built-in rule, write its id.')
  }
  const appliesTo = written.appliesTo ?? base?.appliesTo ?? 'stores'
  const parameters = { ...base?.parameters, ...written.parameters }
  const fields = appliesTo === 'objects' ? { ...STORE_FIELDS, ...OBJECT_FIELDS } : STORE_FIELDS
  const paths = new Set([...Object.keys(fields), ...Object.keys(parameters).map((each) => `parameters.${each}`)])
  const brokenWhen = attempt(fail, ['brokenWhen'], () => {
    const compiled = compileCondition(condition, paths)
    for (const sample of SAMPLES) tryCondition(compiled, factsOf({ parameters }, sample, sample.objects[0]))
    return compiled
  })
  return {
    id: written.id,
    title,
    severity: written.severity ?? base?.severity ?? 'medium',
    appliesTo,
    scope: {
      names: written.scope?.names ?? base?.scope.names ?? [],
      accounts: written.scope?.accounts ?? base?.scope.accounts ?? [],
      tags: written.scope?.tags ?? base?.scope.tags ?? {},
    },
    parameters,
    brokenWhen,
    because: because.map((text, index) => attempt(fail, ['because', index], () => compileSentence(text, paths))),
  }
}

function attempt<T>(fail: Fail, field: readonly PropertyKey[], work: () => T): T {
  try {
    return work()
  } catch (failure) {
    return fail(field, `${failure instanceof Error ? failure.message : failure}. Correct "${String(field[0])}".`)
  }
}

/** The line of the innermost part of a path that is there. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number | null {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length) as unknown[], true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return isMap(document.contents) || isScalar(document.contents) ? 1 : null
}

function firstLine(message: string): string {
  return `${message.split('\n')[0]?.replace(/[.:]$/, '')}.`
}

/** Stores of which everything is known, empty and full: a condition that fails on them would never work. */
const SAMPLES: readonly StoreFacts[] = [true, false].map((full) => {
  const audience = full ? 'anyone' : 'none'
  const reach = { read: audience, list: audience, write: audience, delete: audience, admin: audience } as const
  const elements = full ? (['vin'] as const) : []
  return {
    resource: 'arn:aws:s3:::example',
    account: '111122223333',
    region: 'us-east-1',
    name: 'example',
    audiences: { now: reach, ever: reach },
    personalData: { elements, people: full ? 1 : 0, examined: true },
    logging: full ? 'off' : 'on',
    objects: [{ key: 'example.csv', ageDays: full ? 1_000 : 0, elements, present: full ? 'yes' : 'no' }],
    evidence: [],
  }
})
