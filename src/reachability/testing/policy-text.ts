import type { Json } from '../../model/index.ts'

/** One statement of a policy, as it is written. */
export type StatementText = { readonly [element: string]: Json | undefined }

export function statementsOf(policy: Json): readonly StatementText[] {
  const document = documentOf(policy)
  return document === null ? [] : (listOf(document.Statement ?? null) as readonly StatementText[])
}

function documentOf(policy: Json): StatementText | null {
  return typeof policy === 'string' ? (JSON.parse(policy) as StatementText) : (policy as StatementText | null)
}

export function versionOf(policy: Json): string {
  // "If you don't include a Version element, the value defaults to 2008-10-17."
  return (documentOf(policy)?.Version as string | undefined) ?? '2008-10-17'
}

export function listOf(json: Json): readonly Json[] {
  return json === null ? [] : Array.isArray(json) ? (json as readonly Json[]) : [json]
}

export function textsOf(json: Json | undefined): readonly string[] {
  return listOf(json ?? null) as readonly string[]
}

export function memberOf(json: Json | undefined, name: string): Json | undefined {
  return (json as { readonly [name: string]: Json } | null | undefined)?.[name]
}
