import type { ReachModel } from '../reach-model.ts'
import { familyModel, upTo } from './iam/family.ts'

/** Databases of Spanner and tables of Bigtable: reached through their interfaces alone, so by allow policies alone. */
export const WIDE_COLUMN_MODELS: readonly ReachModel[] = [
  familyModel({
    type: 'spanner.googleapis.com/Database',
    service: 'spanner.googleapis.com',
    tells: 'everything',
    parents: upTo('instances'),
    permissions: {
      read: ['spanner.databases.select', 'spanner.databases.read'],
      list: ['spanner.databases.get'],
      write: ['spanner.databases.write'],
      delete: ['spanner.databases.drop'],
      admin: ['spanner.databases.setIamPolicy'],
    },
  }),
  familyModel({
    type: 'spanner.googleapis.com/Instance',
    service: 'spanner.googleapis.com',
    tells: 'everything',
    permissions: {
      read: [],
      list: ['spanner.databases.list'],
      write: [],
      delete: ['spanner.instances.delete'],
      admin: ['spanner.instances.setIamPolicy'],
    },
  }),
  familyModel({
    type: 'bigtableadmin.googleapis.com/Table',
    service: 'bigtableadmin.googleapis.com',
    tells: 'everything',
    parents: upTo('instances'),
    permissions: {
      read: ['bigtable.tables.readRows'],
      list: ['bigtable.tables.get'],
      write: ['bigtable.tables.mutateRows'],
      delete: ['bigtable.tables.delete'],
      admin: ['bigtable.tables.setIamPolicy'],
    },
  }),
  familyModel({
    type: 'bigtableadmin.googleapis.com/Instance',
    service: 'bigtableadmin.googleapis.com',
    tells: 'everything',
    permissions: {
      read: [],
      list: ['bigtable.tables.list'],
      write: [],
      delete: ['bigtable.instances.delete'],
      admin: ['bigtable.instances.setIamPolicy'],
    },
  }),
]
