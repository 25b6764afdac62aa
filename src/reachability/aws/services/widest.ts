import type { Audience, Verdict } from '../../../model/index.ts'

const WIDTH: readonly Audience[] = ['none', 'named', 'any-identity', 'anyone']

/** The widest of some verdicts, of which there is one at least; undecided where one that is not decided may be wider. */
export function widest(verdicts: readonly Verdict[]): Verdict {
  const decided = verdicts.filter(({ audience }) => audience !== 'undecided')
  const best = decided.reduce<Verdict | null>(
    (widestYet, verdict) =>
      widestYet && WIDTH.indexOf(widestYet.audience) >= WIDTH.indexOf(verdict.audience) ? widestYet : verdict,
    null,
  )
  const open = verdicts.find(
    ({ audience, bounds }) =>
      audience === 'undecided' && WIDTH.indexOf(bounds?.possible ?? 'anyone') > WIDTH.indexOf(best?.audience ?? 'none'),
  )
  return open ?? best ?? verdicts[0]!
}

/** A service that can be made to act for accounts outside is a deputy that does not know for whom; no reason is said twice. */
export function withDeputy(verdict: Verdict): Verdict {
  const principal = verdict.witness?.principal
  const deputy =
    principal?.kind === 'service'
      ? [
          `confused deputy: ${principal.service} can be made to act for an account outside, and no aws:SourceAccount, aws:SourceArn or aws:SourceOrgID keeps it to those inside`,
        ]
      : []
  return { ...verdict, because: [...new Set([...verdict.because, ...deputy])] }
}
