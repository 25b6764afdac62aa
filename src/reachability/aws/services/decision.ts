import {
  ACCESSES,
  type Access,
  type Facet,
  type Json,
  type ResourceConfiguration,
  type TraceStep,
  type Verdict,
  type Verdicts,
  type Witness,
} from '../../../model/index.ts'
import type { NamedPolicy, ReachContext, ReachModel } from '../../reach-model.ts'
import { decisive, eachAccess, isKnown, isRecord, type Known, narrowing, nobody, undecided } from '../../readings.ts'
import type { Budget } from '../../engine/budget.ts'
import { decideByPolicies, workBudget } from '../policy/decision.ts'
import { grantOfStatement } from '../policy/grants.ts'
import { namesIn } from '../policy/names.ts'
import { type ReplayedConfiguration, replay } from '../policy/replay.ts'
import { type RequestSetting, requestSetting, type Sender } from '../policy/requests.ts'
import { distinctionsOf, type Door, type Layer } from '../policy/search.ts'
import { type Mode, namesAction } from '../policy/statements.ts'
import type { PolicyTarget } from '../policy/target.ts'
import { unwrapPolicy, withWholeResource } from './documents.ts'
import { ANYTHING, parseControls, parsed, type PolicyInForce, staysWithin } from './policy-in-force.ts'
import { widest, withDeputy } from './widest.ts'
import { serviceKey, serviceKeyView } from './keys.ts'
import type { FurtherNeed, Gates, SenderKind, Service, ServicePlace } from './service.ts'
import { serviceTarget } from './target.ts'

/** The model of a service that is described. */
export function serviceModel(service: Service): ReachModel {
  return {
    types: service.types,
    decide: (configuration, context) => decideService(service, configuration, context),
    trace: (configuration, context, witness) => new GuardedResource(service, configuration, context).trace(witness),
    policies: (configuration, context) => new GuardedResource(service, configuration, context).policies(),
  }
}

function decideService(service: Service, configuration: ResourceConfiguration, context: ReachContext): Verdicts {
  if (!service.arn.test(configuration.resource.id)) {
    const verdict = undecided(`the ARN is not that of a ${service.noun}`)
    return eachAccess(() => verdict)
  }
  const guarded = new GuardedResource(service, configuration, context)
  return eachAccess((access) => guarded.decide(access))
}

class GuardedResource {
  readonly #service: Service
  readonly #configuration: ResourceConfiguration
  readonly #context: ReachContext
  readonly #facet: Facet
  readonly #policy: Known<PolicyInForce | null>
  readonly #controls: Known<readonly PolicyInForce[]>
  readonly #parsed = new Map<Json, Known<PolicyInForce>>()
  readonly #gatesAt = new Map<string, Gates>()

  constructor(service: Service, configuration: ResourceConfiguration, context: ReachContext) {
    this.#service = service
    this.#configuration = configuration
    this.#context = context
    const { facets } = configuration
    const name = `${service.noun} policy`
    this.#facet = service.policyFacets.find((each) => facets[each] !== undefined) ?? service.policyFacets[0]!
    this.#policy = decisive(
      facets[this.#facet],
      name,
      (json) => this.#own(json, name),
      () => this.#unset(name),
    )
    this.#controls = service.underResourceControls
      ? narrowing(facets.resourceControlPolicies, 'resource control policies', parseControls, [])
      : { known: [] }
  }

  decide(access: Access): Verdict {
    const actions = this.#service.actions[access]
    const alone = ownersAlone(this.#service, access)
    if (actions.length === 0)
      return nobody(...(alone.length > 0 ? alone : [`a ${this.#service.noun} takes no requests of that kind`]))
    const alternatives = this.#alternatives()
    if (!alternatives) return undecided(`the ${this.#service.noun} policy tells too many things apart to try each`)
    const verdicts: Verdict[] = []
    const budget = workBudget()
    for (const alternative of alternatives) {
      const verdict = this.#forStrangers(this.#place(access, 'least', alternative), budget)
      verdicts.push(verdict)
      if (budget.exhausted) break
      if (verdict.audience === 'anyone' || (verdict.audience === 'any-identity' && !this.#service.unsigned)) break
    }
    return widest(verdicts)
  }

  /** What helps only those who hold something that the policy fixes is for those that are named. */
  #forStrangers(place: ServicePlace, budget: Budget): Verdict {
    const verdict = this.#decideAt(place, budget)
    const holders = verdict.audience === 'anyone' || verdict.audience === 'any-identity' ? this.#service.holders?.(place) : null
    if (!holders) return verdict
    const strangers = this.#decideAt({ ...place, strangers: holders.keys }, budget)
    if (strangers.audience === verdict.audience || strangers.audience === 'undecided') return strangers
    return strangers.audience === 'any-identity'
      ? strangers
      : { ...verdict, audience: 'named', because: [...verdict.because, holders.because] }
  }

  #decideAt(place: ServicePlace, budget: Budget): Verdict {
    const { access } = place
    const actions = this.#service.actions[access]
    const alone = ownersAlone(this.#service, access)
    const { doubts = [], closed, insteadOfPolicy } = this.#gates(place)
    if (closed) return nobody(closed, ...alone)
    // A policy that is not known may deny everything and grant anything.
    if (!isKnown(this.#policy) && !insteadOfPolicy) return undecided(this.#policy.problem)
    const extra = this.#extra(place).flatMap((document) => (isKnown(document) ? [] : [document.problem]))
    const verdict = decideByPolicies({
      actions,
      door: (mode) => this.#door({ ...place, mode }),
      doubts: [...doubts, ...extra, ...(isKnown(this.#controls) ? [] : [this.#controls.problem])],
      replayed: () => this.#replayed(place),
      whyNobody: () => [...this.#whyNobody(place), ...alone],
      remarks: () => this.#gates(place).remarks ?? [],
      budget,
      certified: this.#context.certificates ?? false,
    })
    return withDeputy(verdict)
  }

  /** What each statement does with a request to the resource. */
  trace(witness: Witness): readonly TraceStep[] {
    const { actions } = this.#service
    const access = (Object.keys(actions) as Access[]).find((each) => actions[each].includes(witness.action))
    if (!access || !isKnown(this.#policy)) return []
    const replays = (this.#alternatives() ?? ['']).map((alternative) =>
      replay(witness, this.#replayed(this.#place(access, 'least', alternative))),
    )
    return (replays.find(({ allowed }) => allowed) ?? replays[0]!).steps
  }

  /** The policies that count for some access, the resource's own first. */
  policies(): readonly NamedPolicy[] {
    const [alternative = ''] = this.#alternatives() ?? []
    const found = new Map<string, NamedPolicy>()
    for (const access of ACCESSES) {
      for (const policy of this.#documents(this.#place(access, 'least', alternative))) {
        const { name: document } = policy
        if (!found.has(document)) found.set(document, { document, facet: this.#facetOf(policy), value: this.#written(policy) })
      }
    }
    return [...found.values()]
  }

  #facetOf(policy: PolicyInForce): Facet | null {
    if (isKnown(this.#policy) && policy === this.#policy.known) return this.#facet
    return isKnown(this.#controls) && this.#controls.known.includes(policy) ? 'resourceControlPolicies' : null
  }

  /** The policy as it was written, where that has as many statements as what the service makes of it. */
  #written(policy: PolicyInForce): Json {
    const reading = this.#facetOf(policy) === this.#facet ? this.#configuration.facets[this.#facet] : undefined
    const written = reading?.status === 'read' ? unwrapPolicy(reading.value, policy.name) : null
    if (!written || !isKnown(written)) return policy.document
    return statementCount(written.known) === policy.policy.statements.length ? written.known : policy.document
  }

  #own(json: Json, name: string): Known<PolicyInForce | null> {
    const document = unwrapPolicy(json, name)
    if (!isKnown(document)) return document
    if (document.known === null) return this.#unset(name)
    const whole = this.#service.withoutResource ? withWholeResource(document.known) : document.known
    return parsed({ name, document: this.#service.expanded?.(whole, this.#configuration) ?? whole, onlyDenies: false })
  }

  #unset(name: string): Known<PolicyInForce | null> {
    const { whenUnset } = this.#service
    return whenUnset === undefined ? { known: null } : parsed({ name: `default ${name}`, document: whenUnset, onlyDenies: false })
  }

  #alternatives(): readonly string[] | null {
    const { alternatives } = this.#service
    const policy = isKnown(this.#policy) ? (this.#policy.known?.document ?? null) : null
    return alternatives ? alternatives(policy) : ['']
  }

  #place(access: Access, mode: Mode, alternative: string): ServicePlace {
    const { zone, asOf, related = [] } = this.#context
    const policy = isKnown(this.#policy) ? (this.#policy.known?.document ?? null) : null
    return { configuration: this.#configuration, related, zone, asOf, access, mode, alternative, policy, strangers: {} }
  }

  #gates(place: ServicePlace): Gates {
    const { access, mode, alternative } = place
    const key = `${access} ${mode} ${alternative}`
    const gates = this.#gatesAt.get(key) ?? this.#service.gates?.(place) ?? {}
    this.#gatesAt.set(key, gates)
    return gates
  }

  #extra(place: ServicePlace): readonly Known<PolicyInForce>[] {
    const { documents = [], insteadOfPolicy } = this.#gates(place)
    return (insteadOfPolicy ? [{ known: insteadOfPolicy }, ...documents] : documents).map((document) => {
      if (!isKnown(document)) return document
      const known = this.#parsed.get(document.known.document) ?? parsed(document.known)
      this.#parsed.set(document.known.document, known)
      return known
    })
  }

  /** All policies that count, the resource's own first. */
  #documents(place: ServicePlace): readonly PolicyInForce[] {
    const counts = !this.#gates(place).insteadOfPolicy && isKnown(this.#policy)
    return [
      ...(counts && this.#policy.known ? [this.#policy.known] : []),
      ...this.#extra(place).flatMap((document) => {
        if (isKnown(document)) return [document.known]
        return place.mode === 'most' ? [ANYTHING] : []
      }),
      ...(isKnown(this.#controls) ? this.#controls.known : []),
    ]
  }

  #setting(documents: readonly PolicyInForce[]): RequestSetting {
    const { resource } = this.#configuration
    const [, partition = 'aws', , region = '', account = ''] = resource.id.split(':')
    return requestSetting({
      partition,
      account: resource.account === '' ? account : resource.account,
      region: resource.region === '' ? region : resource.region,
      asOf: this.#context.asOf,
      zone: this.#context.zone,
      names: namesIn(documents.map(({ policy }) => policy)),
    })
  }

  #door(place: ServicePlace): Door {
    const { mode } = place
    const gates = this.#gates(place)
    const documents = this.#documents(place)
    const { target, keys } = serviceTarget(this.#service, this.#configuration, gates, place)
    const statements = documents.flatMap(({ policy }) => policy.statements)
    const allowing = documents.filter(({ onlyDenies }) => !onlyDenies).flatMap(({ policy }) => policy.statements)
    const inside = [this.#configuration.resource.account, ...place.zone.accounts]
    const grants = allowing
      .filter((statement) => statement.effect === 'Allow' && !staysWithin(statement, inside))
      .map(grantOfStatement)
    const denies = statements.filter(({ effect }) => effect === 'Deny')
    const own: Layer = { grants, denies, sees: ({ action }) => ({ action, target }) }
    const others = this.#furtherNeeds(place, gates).map(
      (at): Layer => ({
        grants,
        denies,
        sees: ({ action }) => {
          const needed = gates.needsToo!(action)[at]
          return needed ? { action: needed.action, target: elsewhere(target, needed) } : null
        },
      }),
    )
    const tells = distinctionsOf(statements)
    const byRoute = statements.some(({ atoms }) => atoms.some(({ key }) => serviceKey(keys, key)?.key.byRoute))
    const closed = mode === 'least' && (!isKnown(this.#controls) || this.#extra(place).some((document) => !isKnown(document)))
    return {
      target,
      setting: this.#setting(documents),
      mode,
      layers: [own, ...others],
      tells: { ...tells, routes: tells.routes || byRoute },
      refuses: (sender, action) => closed || (gates.refuses?.(senderKind(sender), action) ?? false),
    }
  }

  #replayed(place: ServicePlace): ReplayedConfiguration {
    const gates = this.#gates(place)
    const documents = this.#documents(place)
    const unsigned = gates.unsigned ?? ((action: string) => this.#service.unsigned?.includes(action) ?? false)
    return {
      layers: [
        { documents, aclGrants: [], sees: (witness) => witness },
        ...this.#furtherNeeds(place, gates).map((at) => ({
          documents,
          aclGrants: [],
          sees: (witness: Witness) => {
            const needed = gates.needsToo!(witness.action)[at]
            return needed ? { ...witness, action: needed.action, resource: needed.arn } : null
          },
        })),
      ],
      refuses: ({ principal: { kind }, action }) =>
        (kind === 'anonymous' && !unsigned(action)) ||
        (gates.refuses?.(kind === 'anonymous' || kind === 'service' ? kind : 'identity', action) ?? false),
    }
  }

  /** The places in the lists of what the actions need beside. */
  #furtherNeeds({ access }: ServicePlace, { needsToo }: Gates): readonly number[] {
    const most = needsToo ? Math.max(...this.#service.actions[access].map((action) => needsToo(action).length)) : 0
    return Array.from({ length: most }, (_, at) => at)
  }

  #whyNobody(place: ServicePlace): readonly string[] {
    const { access } = place
    const actions = this.#service.actions[access]
    const { closedBy = [] } = this.#gates(place)
    const statements = this.#documents(place).flatMap(({ policy }) => policy.statements)
    const bearing = statements.filter((statement) => actions.some((action) => namesAction(statement, action)))
    const allows = bearing.filter(({ effect }) => effect === 'Allow')
    const none = isKnown(this.#policy) && this.#policy.known === null
    const { noun } = this.#service
    return [
      ...(allows.length > 0
        ? allows.map(({ label }) => `${label} lets no outsider in`)
        : [
            none
              ? `no ${noun} policy is set: only the account of the ${noun} gets in`
              : `no statement of the ${noun} policy allows it`,
          ]),
      ...(allows.length > 0 ? bearing.filter(({ effect }) => effect === 'Deny').map(({ label }) => `${label} denies`) : []),
      ...closedBy,
    ]
  }
}

function statementCount(document: Json): number {
  const statements = isRecord(document) ? document.Statement : undefined
  return Array.isArray(statements) ? statements.length : statements === undefined ? 0 : 1
}

function senderKind(sender: Sender): SenderKind {
  if (sender.kind === 'anonymous' || sender.kind === 'service') return sender.kind
  return 'identity'
}

function ownersAlone({ ownersAlone: actions, noun }: Service, access: Access): readonly string[] {
  const list = actions?.[access] ?? []
  return list.length === 0 ? [] : [`${list.join(', ')}: for the account of the ${noun} alone, whatever a policy says`]
}

/** The target where a request names this resource and nothing below it. */
function elsewhere(target: PolicyTarget, { arn, keys = {} }: FurtherNeed): PolicyTarget {
  return {
    ...target,
    variant: `${target.variant} ${arn}`,
    names: () => ({ arn, rest: null }),
    key: (key, shape, setting) => serviceKeyView(keys, key, shape, setting) ?? target.key(key, shape, setting),
  }
}
