import type { Access, Audience } from '../../../src/model/index.ts'
import type { AudienceCell, DenyReason, StoreFinding } from '../../findings/store-finding.ts'
import type { Format } from '../format.ts'
import { englishPhrases } from './phrases.ts'

const DOES: Readonly<Record<Access, string>> = {
  read: 'read',
  list: 'list',
  write: 'write to',
  delete: 'delete from',
  admin: 'change who may use',
}
const WHO: Readonly<Record<Exclude<Audience, 'none' | 'undecided'>, string>> = {
  anyone: 'Anyone',
  'any-identity': 'Any identity of the provider',
  named: 'Particular outsiders',
}

/** The page of one store in English. */
export function englishStore(format: Format) {
  const { small } = englishPhrases(format)
  const can = (accesses: readonly Access[]) => `${format.list(accesses.map((access) => DOES[access]))} it`

  return {
    store: {
      title: (name: string): string => `${name} · Ajar`,
      stores: 'Stores',
      asOf: 'As of',
      verdict: 'Verdict',
      account: 'Account',
      region: 'Region',
      verdicts: {
        anyone: 'Open to anyone',
        'any-identity': 'Open to any identity',
        named: 'Open to particular outsiders',
        none: 'Shut to outsiders',
        undecided: 'Undecided',
      } as Readonly<Record<Audience, string>>,
      finding: ({ audience, accesses, undecided, responsible, denies }: StoreFinding): string => {
        if (audience === 'none') return 'Nobody outside can reach it'
        if (audience === 'undecided') return `Whether outsiders can ${can(undecided)} is not known`
        const because = responsible ? `, because statement ${responsible.statement} says so` : ''
        const despite =
          denies.length === 0
            ? ''
            : denies.length === 1
              ? ' and the one Deny does not stop it'
              : ` and none of ${small(denies.length)} Denies stops it`
        return `${WHO[audience]} can ${can(accesses)}${because}${because === '' ? despite.replace(' and', ', and') : despite}`
      },
      /** Names of documents as the decision has them: `bucket policy`, `resource control policy 1`. */
      document: (name: string): string => name.charAt(0).toUpperCase() + name.slice(1),
      file: (name: string): string => name,
      printedAnew: 'printed anew: in the file it is text on one line',
      noPolicy: 'No policy was given',
      responsible: 'responsible: this statement lets the witness in',
      who: 'Who can do what',
      columns: ['anyone', 'any identity', 'named outsiders'],
      restsOn: 'Rests on',
      access: { read: 'read', list: 'list', write: 'write', delete: 'delete', admin: 'admin' } as Readonly<
        Record<Access, string>
      >,
      accessLabel: 'Access',
      cell: (cell: AudienceCell, wider: Audience): string =>
        ({
          open: 'open',
          'as-wider': wider === 'anyone' ? 'as anyone' : 'as any identity',
          shut: 'shut',
          undecided: 'undecided',
        })[cell],
      witness: (access: string): string => `witness: ${access}`,
      reasons: (access: string): string => `reasons: ${access}`,
      undecidedCounts: 'Undecided is counted as possibly open.',
      reasonsHeading: 'Why the rest is shut, or not known',
      witnessHeading: 'The witness: a request that would succeed',
      noWitness: 'There is no witness: no request from outside is known to succeed.',
      by: {
        anonymous: 'No credentials.',
        aws: (arn: string): string => `Signed by an identity outside, such as ${arn}.`,
        service: (service: string): string => `Made by ${service} on behalf of somebody outside: nobody types it.`,
        google: (member: string): string => `As ${member}.`,
        entra: (tenant: string): string => `As an identity of the tenant ${tenant}.`,
        bearer: (of: string): string => `With ${of}.`,
      },
      from: (address: string): string => `From ${address}, for one.`,
      notSent: 'Decided from the configuration and read again by a second evaluator; Ajar did not send it.',
      carries: 'What the request carries',
      key: 'Key',
      value: 'Value',
      step: 'Step',
      statement: 'Statement',
      result: 'Result',
      allows: 'allow',
      doesNotApply: 'does not apply',
      grants: 'lets the request in',
      deniesHeading: 'Each Deny, and why it does not stop the witness',
      deny: (reason: DenyReason, action: string): { readonly head: string; readonly text: string } => {
        switch (reason.kind) {
          case 'another-action':
            return { head: 'Another access.', text: `It is not about ${action}.` }
          case 'another-caller':
            return { head: 'Another caller.', text: 'It names others than the one who sends the request.' }
          case 'another-resource':
            return { head: 'Another resource.', text: 'It is not about what the request asks for.' }
          case 'absent':
            return {
              head: 'The key is absent.',
              text: `The request carries no ${reason.key}, and the operator is not met by a missing key: the statement does not apply.`,
            }
          case 'caller-writes':
            return { head: 'The caller chooses the key.', text: `${reason.key} is what the caller makes it: ${reason.value}.` }
          case 'other-value':
            return {
              head: 'The value does not match.',
              text: `${reason.key} is ${reason.value}; ${reason.operator} asks for ${reason.wanted}.`,
            }
        }
      },
      settings: 'What was read',
      settingNames: SETTING_NAMES,
      setting: { read: 'read', absent: 'read: not set', 'not-read': 'not read' },
    },
  }
}

const SETTING_NAMES: Readonly<Record<string, string>> = {
  policy: 'Policy',
  acl: 'Access control list',
  publicAccessBlock: 'Public access block, bucket',
  accountPublicAccessBlock: 'Public access block, account',
  organizationPublicAccessBlock: 'Public access block, organisation',
  objectOwnership: 'Object ownership',
  objectAcls: 'ACLs of the objects',
  encryption: 'Default encryption',
  requestPayment: 'Request payment',
  website: 'Website',
  accessPoints: 'Access points',
  resourceControlPolicies: 'Resource control policies',
}
