/** The outputs of the command line that are read, each known by the keys of its outermost object. */
export const CLI_OUTPUTS = [
  { name: 'get-bucket-policy', keys: ['Policy'], of: 'bucket' },
  { name: 'get-bucket-acl', keys: ['Owner', 'Grants'], of: 'bucket' },
  { name: 'get-public-access-block', keys: ['PublicAccessBlockConfiguration'], of: 'bucket' },
  { name: 'get-bucket-ownership-controls', keys: ['OwnershipControls'], of: 'bucket' },
  { name: 'get-bucket-logging', keys: ['LoggingEnabled'], of: 'bucket' },
  { name: 'get-bucket-policy-status', keys: ['PolicyStatus'], of: 'bucket' },
  { name: 'get-bucket-encryption', keys: ['ServerSideEncryptionConfiguration'], of: 'bucket' },
  { name: 'get-bucket-request-payment', keys: ['Payer'], of: 'bucket' },
  { name: 'get-bucket-lifecycle-configuration', keys: ['Rules'], of: 'bucket' },
  { name: 'get-bucket-tagging', keys: ['TagSet'], of: 'bucket' },
  { name: 'get-bucket-website', keys: ['IndexDocument'], of: 'bucket' },
  { name: 'get-bucket-website', keys: ['RedirectAllRequestsTo'], of: 'bucket' },
  { name: 'get-bucket-versioning', keys: ['Status'], of: 'bucket' },
  { name: 'list-buckets', keys: ['Buckets'], of: 'account' },
  { name: 'list-access-points', keys: ['AccessPointList'], of: 'account' },
  { name: 'describe-db-instances', keys: ['DBInstances'], of: 'itself' },
  { name: 'describe-db-clusters', keys: ['DBClusters'], of: 'itself' },
  { name: 'describe-db-snapshots', keys: ['DBSnapshots'], of: 'itself' },
  { name: 'describe-db-cluster-snapshots', keys: ['DBClusterSnapshots'], of: 'itself' },
  { name: 'describe-db-snapshot-attributes', keys: ['DBSnapshotAttributesResult'], of: 'account' },
  { name: 'describe-db-cluster-snapshot-attributes', keys: ['DBClusterSnapshotAttributesResult'], of: 'account' },
  { name: 'describe-security-groups', keys: ['SecurityGroups'], of: 'itself' },
  { name: 'describe-subnets', keys: ['Subnets'], of: 'itself' },
  { name: 'describe-route-tables', keys: ['RouteTables'], of: 'itself' },
  { name: 'describe-network-acls', keys: ['NetworkAcls'], of: 'itself' },
  { name: 'describe-trails', keys: ['trailList'], of: 'itself' },
  { name: 'get-event-selectors', keys: ['TrailARN'], of: 'itself' },
] as const satisfies readonly CliOutput[]

interface CliOutput {
  readonly name: string
  readonly keys: readonly string[]
  /** What it speaks of: one bucket or account that it does not name, or resources that it names itself. */
  readonly of: 'bucket' | 'account' | 'itself'
}

export type CliOutputName = (typeof CLI_OUTPUTS)[number]['name']

/** Keys that stand beside the ones that tell outputs apart. */
const BESIDE: ReadonlySet<string> = new Set([
  'ResponseMetadata',
  'NextToken',
  'Marker',
  'Owner',
  'Prefix',
  'ContinuationToken',
  'MFADelete',
  'ErrorDocument',
  'RoutingRules',
  'TransitionDefaultMinimumObjectSize',
  'EventSelectors',
  'AdvancedEventSelectors',
  'NextMarker',
])

/** The output that has these outermost keys and no foreign ones, or null. */
export function cliOutputOf(keys: ReadonlySet<string>): (typeof CLI_OUTPUTS)[number] | null {
  const found = CLI_OUTPUTS.find((output) => {
    const own: readonly string[] = output.keys
    return own.every((key) => keys.has(key)) && [...keys].every((key) => own.includes(key) || BESIDE.has(key))
  })
  return found ?? null
}
