import type { Access } from '../../model/index.ts'
import type { ReachModel } from '../reach-model.ts'
import { familyModel, type Permission } from './iam/family.ts'

const service = 'compute.googleapis.com'

/** Whoever copies a disk does so into a project of their own. */
const COPIED = 'the disk that is made of it stands in a project of the reader: an identity is needed, any will do'

/** Images, snapshots, machine images and disks (https://cloud.google.com/compute/docs/access/iam): to use one is to read all of it. */
export const COMPUTE_MODELS: readonly ReachModel[] = [
  familyModel({ type: 'compute.googleapis.com/Image', service, tells: 'everything', permissions: permissionsOf('images') }),
  familyModel({ type: 'compute.googleapis.com/Snapshot', service, tells: 'everything', permissions: permissionsOf('snapshots') }),
  familyModel({
    type: 'compute.googleapis.com/MachineImage',
    service,
    tells: 'nothing',
    permissions: permissionsOf('machineImages'),
  }),
  familyModel({
    type: 'compute.googleapis.com/Disk',
    service,
    tells: 'everything',
    permissions: {
      ...permissionsOf('disks'),
      read: copying('compute.disks.useReadOnly', 'compute.disks.createSnapshot'),
      write: copying('compute.disks.use'),
    },
  }),
]

function permissionsOf(collection: string): Readonly<Record<Access, readonly Permission[]>> {
  return {
    read: copying(`compute.${collection}.useReadOnly`),
    list: [`compute.${collection}.get`],
    // What is in an image or a snapshot never changes.
    write: [],
    delete: [`compute.${collection}.delete`],
    admin: [`compute.${collection}.setIamPolicy`],
  }
}

function copying(...permissions: readonly string[]): readonly Permission[] {
  return permissions.map((permission) => ({ permission, needsIdentity: COPIED }))
}
