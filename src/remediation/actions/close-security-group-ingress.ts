import { option } from '../shell-words.ts'
import { refusalOf } from '../witness-check.ts'
import type { RemediationAction } from './action.ts'

const RULE = /^the security group (\S+) lets (.+) reach port (\d+)$/

/** Takes the rules that let outside addresses reach the database's port out of its security groups. */
export const closeSecurityGroupIngress: RemediationAction = {
  id: 'close-security-group-ingress',
  when: ['proposed'],
  steps(store) {
    if (!store.type.startsWith('AWS::RDS::')) return []
    const rules = [...new Set(store.verdicts.read.because)].flatMap((reason) => {
      const [, group, ranges, port] = RULE.exec(reason) ?? []
      return group === undefined || ranges === undefined || port === undefined
        ? []
        : ranges.split(', ').map((range) => ({ group, range, port }))
    })
    return rules.map(({ group, range, port }) => {
      const family = range.includes(':') ? { Ipv6Ranges: [{ CidrIpv6: range }] } : { IpRanges: [{ CidrIp: range }] }
      const permission = JSON.stringify([{ IpProtocol: 'tcp', FromPort: Number(port), ToPort: Number(port), ...family }])
      const rule = `${option('group-id', group)} ${option('region', store.region)} ${option('ip-permissions', permission)}`
      return {
        title: `Close port ${port} of ${store.name} to ${range} in ${group}`,
        command: `aws ec2 revoke-security-group-ingress ${rule}`,
        verify: `${refusalOf(store)} A rule for a wider range of ports must be revoked as it is written: aws ec2 describe-security-group-rules --filters Name=group-id,Values=${group} lists it.`,
        wayBack: `aws ec2 authorize-security-group-ingress ${rule}`,
      }
    })
  },
}
