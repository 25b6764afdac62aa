import type { ResourceConfiguration, Verdicts } from '../../../model/index.ts'
import type { ReachContext } from '../../reach-model.ts'
import { decisive, eachAccess, isKnown, undecided } from '../../readings.ts'
import { facetOf } from '../facets.ts'
import { parseAllowPolicy } from '../iam/allow-policy.ts'
import { googleContext } from '../iam/context.ts'
import { decideDoor } from '../iam/decide-door.ts'
import { bucketDoor } from './bucket.ts'
import { bucketOf, managedFolderOf } from './forms.ts'
import { insideFolder } from './managed-folders.ts'

/** Who can reach what lies in a managed folder: whom its own policy lets in, and whom the bucket does, which must be related. */
export function decideManagedFolder(configuration: ResourceConfiguration, context: ReachContext): Verdicts {
  const { id } = configuration.resource
  const name = bucketOf(id)
  const folder = managedFolderOf(id)
  if (folder === null) {
    const verdict = undecided(`${id} is not the name of a managed folder`)
    return eachAccess(() => verdict)
  }
  const bucket = context.related?.find(
    ({ resource }) => resource.type === 'storage.googleapis.com/Bucket' && bucketOf(resource.id) === name,
  )
  const whole = bucket ?? {
    resource: { ...configuration.resource, id: `//storage.googleapis.com/${name}`, type: 'storage.googleapis.com/Bucket' },
    facets: {
      ...configuration.facets,
      iamPolicy: { status: 'not-read', reason: 'the bucket of the folder was not given' } as const,
    },
  }
  // The folder's own policy stands in for the bucket's list of folders.
  const facets = { ...whole.facets, managedFolders: { status: 'absent' } as const }
  const door = bucketDoor({ ...whole, facets }, context)
  const { grantOf } = googleContext(configuration, context, { service: 'storage.googleapis.com' })
  const own = decisive(
    facetOf(configuration, 'iamPolicy'),
    'allow policy of the managed folder',
    (json) => parseAllowPolicy(json, `the managed folder ${folder}`),
    () => ({ known: [] }),
  )
  const grants = isKnown(own) ? [...door.grants, ...own.known.map(grantOf)] : door.grants
  const unread = isKnown(own) ? [] : [own.problem]
  return decideDoor({
    ...door,
    id,
    uses: {
      ...door.uses,
      admin: door.uses.admin.filter(({ permission }) => permission === 'storage.managedFolders.setIamPolicy'),
    },
    grants: grants.flatMap((grant) => insideFolder(grant, name, folder)),
    unreadGrants: eachAccessOf((access) => [...door.unreadGrants[access], ...unread]),
  })
}

function eachAccessOf<T>(of: (access: 'read' | 'list' | 'write' | 'delete' | 'admin') => T) {
  return { read: of('read'), list: of('list'), write: of('write'), delete: of('delete'), admin: of('admin') }
}
