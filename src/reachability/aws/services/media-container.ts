import type { Service } from './service.ts'
import { ANY_TEXT } from '../../engine/patterns.ts'
import { below } from './target.ts'

const OBJECTS = [
  'mediastore:GetObject',
  'mediastore:DescribeObject',
  'mediastore:ListItems',
  'mediastore:PutObject',
  'mediastore:DeleteObject',
]

/** A container of media objects; requests without credentials are taken where the policy lets everyone in. MediaStore, user guide: "Container policies". */
export const mediaContainer: Service = {
  types: ['AWS::MediaStore::Container'],
  noun: 'container',
  arn: /^arn:aws[a-z-]*:mediastore:[a-z0-9-]+:\d{12}:container\/[A-Za-z0-9_]{1,255}$/,
  policyFacets: ['policy'],
  actions: {
    read: ['mediastore:GetObject'],
    list: ['mediastore:ListItems', 'mediastore:DescribeObject'],
    write: ['mediastore:PutObject'],
    delete: ['mediastore:DeleteObject'],
    admin: [],
  },
  ownersAlone: { admin: ['mediastore:PutContainerPolicy', 'mediastore:DeleteContainerPolicy'] },
  names: (_, arn) => below(`${arn}/`, ANY_TEXT),
  unsigned: OBJECTS,
  underResourceControls: false,
}
