import type { EvidenceRef } from './evidence.ts'
import type { Instant } from './instant.ts'
import type { ResourceRef } from './configuration.ts'
import type { Access, Audience, Verdicts } from './reachability.ts'

/** A sentence with the place in the evidence that bears it. */
export interface Reason {
  readonly text: string
  readonly evidence: EvidenceRef | null
}

/** When something happened, as far as the evidence pins it down. Equal bounds: exact. `null`: no evidence bounds that side. */
export interface Bounds {
  readonly notBefore: Instant | null
  readonly notAfter: Instant | null
  readonly because: readonly Reason[]
}

/** A span whose ends are bounds. `closed` is null while it still holds at the time the answer is given for. */
export interface Window {
  readonly opened: Bounds
  readonly closed: Bounds | null
}

/**
 * A stretch of time over which strangers, or named outsiders, could reach a resource.
 * `audience` is the widest over all accesses; consecutive stretches of one resource differ in it.
 */
export interface ExposureWindow {
  readonly resource: ResourceRef
  readonly audience: Exclude<Audience, 'none'>
  /** False when no moment is proved open: each candidate moment lies between bounds. */
  readonly certain: boolean
  readonly window: Window
  /** For each access the widest verdict reached inside the window. */
  readonly verdicts: Verdicts
  /** When each access that is not `none` was open inside the window. */
  readonly accessWindows: Readonly<Partial<Record<Access, Window>>>
  /** Configuration changes that matter to it, in order: the marks on the timeline. */
  readonly changes: readonly { readonly at: Bounds; readonly facet: string; readonly text: string }[]
}

/** What a source said of one object version. `listed`: an inventory made at `at` holds it; `put`/`delete`: an event at `at`. */
export interface ObjectSighting {
  /** The bucket's resource id. */
  readonly store: string
  readonly key: string
  readonly versionId: string | null
  readonly kind: 'listed' | 'put' | 'delete'
  readonly at: Instant
  readonly lastModified: Instant | null
  readonly sizeBytes: number | null
  readonly evidence: EvidenceRef
}

/** An inventory of a whole store, complete as of `at`: what it does not list was not there. */
export interface InventoryMark {
  readonly store: string
  readonly at: Instant
  readonly evidence: EvidenceRef
}

/** When one object (one key; its versions are merged where they touch) was in its store. */
export interface ObjectPresence {
  readonly store: string
  readonly key: string
  readonly present: Window
  readonly sizeBytes: number | null
}

/** (store open) ∩ (object present). `certain` when some moment is proved to lie in both. */
export interface ObjectExposure {
  readonly key: string
  readonly sizeBytes: number | null
  readonly certain: boolean
  readonly window: Window
}
