import type { Access, ResourceConfiguration, Verdict } from '../../model/index.ts'
import { decide } from '../decide.ts'
import type { ReachContext } from '../reach-model.ts'
import type { Certified, CertifiedVerdict, CertifiedVerdicts } from './certificate.ts'

/** The verdicts, each with the certificate that nobody wider gets in, where policies alone decide it. */
export function certify(configuration: ResourceConfiguration, context: ReachContext): CertifiedVerdicts {
  const verdicts = decide(configuration, { ...context, certificates: true })
  const certified = Object.entries(verdicts).map(([access, verdict]) => [access, separate(verdict)])
  return Object.fromEntries(certified) as Record<Access, CertifiedVerdict>
}

function separate({ certificate = null, ...verdict }: Verdict & Certified): CertifiedVerdict {
  // A verdict that something beside the policies made narrower or wider is not what was proven.
  return { verdict, certificate: certificate?.audience === verdict.audience ? certificate : null }
}
