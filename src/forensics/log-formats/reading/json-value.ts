import type { Json } from '../../../model/index.ts'

export type JsonObject = { readonly [key: string]: Json }

/** The object that a text is; null for anything else. */
export function parseJsonObject(text: string): JsonObject | null {
  try {
    return object(JSON.parse(text) as Json)
  } catch {
    return null
  }
}

export function object(value: Json | undefined): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
}

export function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : []
}

export function text(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' && value !== '-' ? value : null
}

/** A whole number, also where it is written as text; NaN for anything else. */
export function whole(value: Json | undefined): number {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.trunc(value) : Number.NaN
  return typeof value === 'string' && /^\d{1,15}(?:\.\d+)?$/.test(value) ? Math.trunc(Number(value)) : Number.NaN
}
