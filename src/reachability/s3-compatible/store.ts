import type { Access, Json, ResourceConfiguration, TraceStep, Verdict, Verdicts, Witness } from '../../model/index.ts'
import { instant } from '../../model/index.ts'
import type { ReachContext, ReachModel } from '../reach-model.ts'
import { decisive, eachAccess, isKnown, type Known, nobody, undecided } from '../readings.ts'
import type { Dialect, StoreGrant } from './dialect.ts'
import {
  decideByPolicies,
  distinctionsOf,
  type Door,
  type Grant,
  grantOfAcl,
  grantOfStatement,
  type Mode,
  namesAction,
  namesIn,
  type Policy,
  type PolicyTarget,
  parsePolicy,
  type ReplayedConfiguration,
  type RequestSetting,
  requestSetting,
  replay,
} from './policy-language.ts'
import { translated, writtenKey } from './translation.ts'

/** The model of buckets on a store that speaks this dialect. */
export function storeModel(dialect: Dialect): ReachModel {
  return {
    types: [dialect.type],
    decide: (configuration, context) => decideStore(dialect, configuration, context),
    trace: (configuration, context, witness) => new StoreBucket(dialect, configuration, context).trace(witness),
  }
}

function decideStore(dialect: Dialect, configuration: ResourceConfiguration, context: ReachContext): Verdicts {
  if (!/^arn:aws:s3:::[A-Za-z0-9._-]{1,255}$/.test(configuration.resource.id)) {
    const verdict = undecided('the ARN is not that of a bucket, arn:aws:s3:::NAME')
    return eachAccess(() => verdict)
  }
  const bucket = new StoreBucket(dialect, configuration, context)
  return eachAccess((access) => bucket.decide(access))
}

interface OwnPolicy {
  readonly policy: Policy
  /** As the store takes it, in AWS's language. */
  readonly document: Json
}

class StoreBucket {
  readonly #dialect: Dialect
  readonly #policy: Known<OwnPolicy | null>
  readonly #acl: Known<readonly StoreGrant[]>
  readonly #ignoresPublicAcls: Known<boolean>
  readonly #setting: RequestSetting
  readonly #target: PolicyTarget

  constructor(dialect: Dialect, { resource, facets }: ResourceConfiguration, { zone, asOf }: ReachContext) {
    this.#dialect = dialect
    const place = { bucket: resource.id.slice('arn:aws:s3:::'.length), inside: [resource.account, ...zone.accounts] }
    this.#policy = decisive(
      facets.policy,
      'bucket policy',
      (json) => understood(translated(json, place, dialect)),
      () => ({ known: null }),
    )
    this.#acl = dialect.acl?.(facets) ?? { known: [] }
    this.#ignoresPublicAcls = dialect.ignoresPublicAcls?.(facets) ?? { known: false }
    const { account, region } = resource
    const policies = isKnown(this.#policy) && this.#policy.known ? [this.#policy.known.policy] : []
    this.#setting = requestSetting({ partition: 'aws', account, region, asOf, zone, names: namesIn(policies) })
    this.#target = storeTarget(dialect, resource.id)
  }

  decide(access: Access): Verdict {
    const { actions, whyNever, product } = this.#dialect
    if (actions[access].length === 0) return nobody(whyNever?.[access] ?? `${product} gives this to nobody`)
    if (!isKnown(this.#policy)) return undecided(this.#policy.problem)
    const verdict = decideByPolicies({
      actions: actions[access],
      door: (mode) => this.#door(mode),
      doubts: [...problemOf(this.#acl), ...problemOf(this.#ignoresPublicAcls)],
      replayed: () => this.#replayed(),
      whyNobody: () => this.#whyNobody(access),
      remarks: (grants) => this.#remarks(grants),
    })
    return { ...verdict, witness: verdict.witness && asWritten(verdict.witness) }
  }

  /** What each statement does with a request to the bucket. */
  trace(witness: Witness): readonly TraceStep[] {
    return isKnown(this.#policy) ? replay(this.#asTranslated(witness), this.#replayed()).steps : []
  }

  #door(mode: Mode): Door {
    const target = this.#target
    const statements = this.#statements()
    const allows = statements.filter(({ effect }) => effect === 'Allow')
    const grants = [...allows.map(grantOfStatement), ...this.#aclGrants(mode).map(aclGrant)].map(overTheInternet)
    const denies = statements.filter(({ effect }) => effect === 'Deny')
    return {
      target,
      setting: this.#setting,
      mode,
      layers: [{ grants, denies, sees: ({ action }) => ({ action, target }) }],
      tells: distinctionsOf(statements),
      refuses: ({ kind }) => kind !== 'anonymous' && !this.#dialect.hasOtherTenants,
    }
  }

  #aclGrants(mode: Mode): readonly StoreGrant[] {
    if (!isKnown(this.#acl)) return mode === 'most' ? this.#anything() : []
    const ignored = isKnown(this.#ignoresPublicAcls) ? this.#ignoresPublicAcls.known : mode === 'least'
    return this.#acl.known.filter(({ grantee }) => !ignored || typeof grantee === 'object')
  }

  #anything(): readonly StoreGrant[] {
    const actions = Object.values(this.#dialect.actions).flat()
    return [{ label: 'the bucket ACL, which is not known,', grantee: 'everyone', actions, key: null }]
  }

  #statements(): Policy['statements'] {
    return isKnown(this.#policy) && this.#policy.known ? this.#policy.known.policy.statements : []
  }

  #replayed(): ReplayedConfiguration {
    const document = isKnown(this.#policy) ? this.#policy.known?.document : undefined
    return {
      layers: [
        {
          documents: document === undefined ? [] : [{ name: 'bucket policy', document, onlyDenies: false }],
          aclGrants: this.#aclGrants('least').map(({ grantee, actions, key }) => ({
            actions,
            grantee: typeof grantee === 'string' ? grantee : grantee.canonicalId,
            key,
          })),
          sees: (witness) => witness,
        },
      ],
      refuses: ({ principal: { kind } }) => kind !== 'anonymous' && !this.#dialect.hasOtherTenants,
    }
  }

  #remarks(grants: readonly Grant[]): readonly string[] {
    const labels = new Set(grants.map(({ label }) => label))
    const bearing = this.#statements().filter(({ effect, label }) => effect === 'Deny' || labels.has(label))
    const keys = bearing.flatMap(({ atoms }) => atoms.map(({ key }) => writtenKey(key) ?? key))
    return this.#dialect.remarks(new Set(keys))
  }

  #whyNobody(access: Access): readonly string[] {
    const actions = this.#dialect.actions[access]
    const bearing = this.#statements().filter((statement) => actions.some((action) => namesAction(statement, action)))
    const allows = bearing.filter(({ effect }) => effect === 'Allow')
    const none = isKnown(this.#policy) && this.#policy.known === null
    const { product, acl, hasOtherTenants } = this.#dialect
    return [
      ...(allows.length === 0
        ? [none ? 'no bucket policy is set' : `no statement of the bucket policy that counts on ${product} allows it`]
        : allows.map(({ label }) => `${label} lets no outsider in`)),
      ...(allows.length > 0 ? bearing.filter(({ effect }) => effect === 'Deny').map(({ label }) => `${label} denies`) : []),
      acl ? 'no ACL that counts lets an outsider in' : `${product} has no access control lists`,
      ...(isKnown(this.#ignoresPublicAcls) && this.#ignoresPublicAcls.known
        ? ['public ACLs are ignored (IgnorePublicAcls)']
        : []),
      ...(hasOtherTenants ? [] : [`users of ${product} are the store's own: there are no other accounts`]),
    ]
  }

  /** The keys under the names that the translated policy has for them. */
  #asTranslated(witness: Witness): Witness {
    const context: Record<string, string | readonly string[]> = {}
    const names = new Map<string, string>()
    for (const { atoms } of this.#statements()) {
      for (const { key } of atoms) {
        const written = writtenKey(key)
        if (written !== null) names.set(written.toLowerCase(), key)
      }
    }
    for (const [key, value] of Object.entries(witness.context)) context[names.get(key.toLowerCase()) ?? key] = value
    return { ...witness, context }
  }
}

/** There are no VPC endpoints and no services that forward requests: every request has an address. */
function overTheInternet(grant: Grant): Grant {
  return { ...grant, when: (reading) => (reading.shape.route.startsWith('internet') ? grant.when(reading) : false) }
}

function aclGrant({ label, grantee, actions, key }: StoreGrant): Grant {
  return grantOfAcl(label, grantee, new Set(actions), key)
}

const OBJECT_ACTION = /^s3:(Get|Put|Delete)Object(Version|Acl)?$/

function storeTarget(dialect: Dialect, arn: string): PolicyTarget {
  const objects = { arn: `${arn}/`, rest: dialect.objectKeys }
  const bucket = { arn, rest: null }
  return {
    arn,
    variant: dialect.type,
    names: (action) => (OBJECT_ACTION.test(action) ? objects : bucket),
    takesUnsigned: () => true,
    key: (key, shape) => {
      const written = writtenKey(key)
      return written === null ? null : dialect.key(written, shape)
    },
    carries: () => ({}),
  }
}

function problemOf(setting: Known<unknown>): readonly string[] {
  return isKnown(setting) ? [] : [setting.problem]
}

function understood(document: Known<Json>): Known<OwnPolicy> {
  if (!isKnown(document)) return document
  const read = parsePolicy(document.known, 'bucket policy')
  return 'problem' in read ? read : { known: { policy: read.policy, document: document.known } }
}

/** The witness with the keys as the store's policies write them; those that AWS alone has are left out. */
function asWritten(witness: Witness): Witness {
  const context: Record<string, string | readonly string[]> = {}
  for (const [key, value] of Object.entries(witness.context)) {
    if (writtenKey(key) === null && !/^aws:(ViaAWSService|ResourceAccount|RequestedRegion)$/.test(key)) context[key] = value
  }
  for (const [key, value] of Object.entries(witness.context)) {
    const written = writtenKey(key)
    if (written === null) continue
    for (const other of Object.keys(context)) if (other.toLowerCase() === written.toLowerCase()) delete context[other]
    context[written] = /^aws:currenttime$/i.test(written) ? instant(Number(value) * 1000) : value
  }
  return { ...witness, context: Object.fromEntries(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))) }
}
