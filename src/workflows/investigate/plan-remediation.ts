import { compareText, type Plan } from '../../model/index.ts'
import { type OutsideReader, planFor } from '../../remediation/index.ts'
import type { Facts } from './facts.ts'
import type { MeasuredExposure } from './measure-exposures.ts'

/** A plan for each store that is or was open: how to shut it, or how to check that it is shut. One a store, for its last window. */
export function planRemediation({ stores, measured }: Facts): Plan[] {
  return stores.flatMap((store) => {
    const window = store.windows.at(-1)
    if (window === undefined) return []
    const exposures = measured.exposures.filter(({ resource }) => resource.id === store.resource.id)
    const { id, type, name, account, region } = store.resource
    return planFor(
      {
        resource: id,
        type,
        name,
        account,
        region,
        audience: window.audience,
        verdicts: window.verdicts,
        window: window.window,
        configuration: store.current?.configuration ?? null,
      },
      { outsideReaders: outsideReaders(exposures) },
    )
  })
}

/** Outsiders whose requests worked, by principal where there is one, most requests first. */
function outsideReaders(exposures: readonly MeasuredExposure[]): OutsideReader[] {
  const requests = new Map<string, number>()
  for (const { access } of exposures)
    for (const { ip, principal, reads, lists, writes } of access.outsiders) {
      const who = principal ?? ip
      if (reads + lists + writes > 0) requests.set(who, (requests.get(who) ?? 0) + reads + lists + writes)
    }
  return [...requests]
    .map(([who, count]) => ({ who, requests: count }))
    .sort((left, right) => right.requests - left.requests || compareText(left.who, right.who))
}
