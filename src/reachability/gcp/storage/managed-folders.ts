import type { Json } from '../../../model/index.ts'
import { ANY_TEXT, joined, literalPattern } from '../../engine/patterns.ts'
import type { Literal } from '../../engine/solve.ts'
import { isKnown, isRecord } from '../../readings.ts'
import { type Binding, parseAllowPolicy } from '../iam/allow-policy.ts'
import type { Grants } from '../iam/context.ts'
import type { Grant } from '../iam/door.ts'
import { LIST_PREFIX, NAME } from '../iam/environment.ts'
import { withSlash } from './forms.ts'

/** The grants of managed folders, `[{"name": "folder/", "iamPolicy": {…}}]`: on what lies in them, and lists of it, alone. */
export function managedFolderGrants(json: Json, bucket: string, grantOf: (binding: Binding) => Grant): Grants {
  if (!Array.isArray(json)) return { problem: 'the managed folders are not understood' }
  const grants: Grant[] = []
  for (const entry of json as readonly Json[]) {
    const { name, iamPolicy } = isRecord(entry) ? entry : {}
    if (typeof name !== 'string') return { problem: 'the managed folders are not understood' }
    if (iamPolicy === undefined) return { problem: `the allow policy of the managed folder ${name} was not read` }
    const bindings = parseAllowPolicy(iamPolicy ?? {}, `the managed folder ${name}`)
    if (!isKnown(bindings)) return bindings
    const folder = withSlash(name.replace(/^.*\/managedFolders\//, ''))
    grants.push(...bindings.known.flatMap((binding) => insideFolder(grantOf(binding), bucket, folder)))
  }
  return { known: grants }
}

/** What is left of a grant on a folder: objects by name, lists by prefix, the folder's own policy. */
export function insideFolder(grant: Grant, bucket: string, folder: string): readonly Grant[] {
  const only = (variable: string, beginning: string, chosen: (permission: string) => boolean): Grant => ({
    ...grant,
    holds: (permission) => chosen(permission) && grant.holds(permission),
    within: [...grant.within, beginsWith(variable, beginning)],
    covers: (context) => grant.covers(context) && String(context[variable] ?? '').startsWith(beginning),
  })
  return [
    only(NAME, `projects/_/buckets/${bucket}/objects/${folder}`, (permission) => OBJECT_PERMISSION.test(permission)),
    only(LIST_PREFIX, folder, (permission) => permission === 'storage.objects.list'),
    only(NAME, `projects/_/buckets/${bucket}/managedFolders/${folder}`, (permission) =>
      permission.startsWith('storage.managedFolders.'),
    ),
  ]
}

const OBJECT_PERMISSION = /^storage\.objects\.(?!list$)/

function beginsWith(variable: string, beginning: string): Literal {
  const values = { kind: 'patterns', patterns: [joined(literalPattern(beginning), ANY_TEXT)], negated: false } as const
  return { variable, constraint: { whenAbsent: false, values, quantifier: 'all' } }
}
