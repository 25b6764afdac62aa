import type { Json } from '../../../model/index.ts'
import { isRecord } from '../../readings.ts'
import { flattened, member } from '../settings.ts'

/** What a role permits: operations on resources (`actions`) and on the data in them (`dataActions`). */
export interface Permission {
  readonly actions: readonly string[]
  readonly notActions: readonly string[]
  readonly dataActions: readonly string[]
  readonly notDataActions: readonly string[]
}

const STORAGE = 'Microsoft.Storage/storageAccounts'
const CONTAINERS = `${STORAGE}/blobServices/containers`
const QUEUES = `${STORAGE}/queueServices/queues`
const TABLES = `${STORAGE}/tableServices/tables`
const FILES = `${STORAGE}/fileServices/fileshares/files`
const DELEGATION_KEY = `${STORAGE}/blobServices/generateUserDelegationKey/action`

/**
 * Roles that Azure comes with, as far as they concern data stores, by name and by the id of their definition.
 * "Azure built-in roles": general, storage, privileged.
 */
const BUILT_IN: readonly (readonly [name: string, id: string, permission: Partial<Permission>])[] = [
  ['Owner', '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', { actions: ['*'] }],
  [
    'Contributor',
    'b24988ac-6180-42a0-ab88-20f7382dd24c',
    {
      actions: ['*'],
      notActions: [
        'Microsoft.Authorization/*/Delete',
        'Microsoft.Authorization/*/Write',
        'Microsoft.Authorization/elevateAccess/Action',
      ],
    },
  ],
  ['Reader', 'acdd72a7-3385-48ef-bd42-f606fba81ae7', { actions: ['*/read'] }],
  [
    'User Access Administrator',
    '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
    { actions: ['*/read', 'Microsoft.Authorization/*', 'Microsoft.Support/*'] },
  ],
  [
    'Role Based Access Control Administrator',
    'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
    {
      actions: [
        'Microsoft.Authorization/roleAssignments/write',
        'Microsoft.Authorization/roleAssignments/delete',
        '*/read',
        'Microsoft.Support/*',
      ],
    },
  ],
  ['Storage Account Contributor', '17d1049b-9a84-46fb-8f53-869881c3d3ab', { actions: [`${STORAGE}/*`] }],
  [
    'Storage Account Key Operator Service Role',
    '81a9662b-bebf-436f-a333-f67b29880f12',
    { actions: [`${STORAGE}/listkeys/action`, `${STORAGE}/regeneratekey/action`] },
  ],
  [
    'Reader and Data Access',
    'c12c1c16-33a1-487b-954d-41c89c60f349',
    { actions: [`${STORAGE}/listKeys/action`, `${STORAGE}/read`] },
  ],
  [
    'Storage Blob Data Reader',
    '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
    { actions: [`${CONTAINERS}/read`, DELEGATION_KEY], dataActions: [`${CONTAINERS}/blobs/read`] },
  ],
  [
    'Storage Blob Data Contributor',
    'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
    {
      actions: [`${CONTAINERS}/delete`, `${CONTAINERS}/read`, `${CONTAINERS}/write`, DELEGATION_KEY],
      dataActions: ['delete', 'read', 'write', 'move/action', 'add/action'].map((word) => `${CONTAINERS}/blobs/${word}`),
    },
  ],
  [
    'Storage Blob Data Owner',
    'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
    { actions: [`${CONTAINERS}/*`, DELEGATION_KEY], dataActions: [`${CONTAINERS}/blobs/*`] },
  ],
  ['Storage Blob Delegator', 'db58b8e5-c6ad-4a2a-8342-4190687cbf4a', { actions: [DELEGATION_KEY] }],
  [
    'Storage Queue Data Reader',
    '19e7f393-937e-4f77-808e-94535e297925',
    { actions: [`${QUEUES}/read`], dataActions: [`${QUEUES}/messages/read`] },
  ],
  [
    'Storage Queue Data Contributor',
    '974c5e8b-45b9-4653-ba55-5f855dd0fb88',
    {
      actions: [`${QUEUES}/delete`, `${QUEUES}/read`, `${QUEUES}/write`],
      dataActions: ['delete', 'read', 'write', 'process/action'].map((word) => `${QUEUES}/messages/${word}`),
    },
  ],
  [
    'Storage Queue Data Message Processor',
    '8a0f0c08-91a1-4084-bc3d-661d67233fed',
    { dataActions: [`${QUEUES}/messages/read`, `${QUEUES}/messages/process/action`] },
  ],
  [
    'Storage Queue Data Message Sender',
    'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a',
    { dataActions: [`${QUEUES}/messages/add/action`] },
  ],
  [
    'Storage Table Data Reader',
    '76199698-9eea-4c19-bc75-cec21354c6b6',
    { actions: [`${TABLES}/read`], dataActions: [`${TABLES}/entities/read`] },
  ],
  [
    'Storage Table Data Contributor',
    '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
    {
      actions: [`${TABLES}/read`, `${TABLES}/write`, `${TABLES}/delete`],
      dataActions: ['read', 'write', 'delete', 'add/action', 'update/action'].map((word) => `${TABLES}/entities/${word}`),
    },
  ],
  ['Storage File Data SMB Share Reader', 'aba4ae5f-2193-4029-9191-0cb91df5e314', { dataActions: [`${FILES}/read`] }],
  [
    'Storage File Data SMB Share Contributor',
    '0c867c2a-1d8c-454a-a3db-ab2ea1bdc8bb',
    { dataActions: ['read', 'write', 'delete'].map((word) => `${FILES}/${word}`) },
  ],
  [
    'Storage File Data SMB Share Elevated Contributor',
    'a7264617-510b-434b-a828-9731dc254ea7',
    { dataActions: ['read', 'write', 'delete', 'modifypermissions/action'].map((word) => `${FILES}/${word}`) },
  ],
  [
    'Storage File Data Privileged Reader',
    'b8eda974-7b85-4f76-af95-65846b26df6d',
    { dataActions: [`${FILES}/read`, `${STORAGE}/fileServices/readFileBackupSemantics/action`] },
  ],
  [
    'Storage File Data Privileged Contributor',
    '69566ab7-960f-475b-8e7c-b3118f30c6bd',
    {
      dataActions: [
        ...['read', 'write', 'delete', 'modifypermissions/action'].map((word) => `${FILES}/${word}`),
        `${STORAGE}/fileServices/readFileBackupSemantics/action`,
        `${STORAGE}/fileServices/writeFileBackupSemantics/action`,
      ],
    },
  ],
  ...messaging('Service Bus', 'Microsoft.ServiceBus', [
    '090c5cfd-751d-490a-894a-3ce6f1109419',
    '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0',
    '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39',
  ]),
  ...messaging('Event Hubs', 'Microsoft.EventHub', [
    'f526a384-b230-433a-b45c-95f59c4a2dec',
    'a638d3c7-ab3a-418d-83e6-5f17a39d4fde',
    '2b629674-e913-4c01-ae53-ef4638d8f975',
  ]),
]

function messaging(
  service: string,
  provider: string,
  [owner, receiver, sender]: readonly [string, string, string],
): readonly (readonly [name: string, id: string, permission: Partial<Permission>])[] {
  return [
    [`Azure ${service} Data Owner`, owner, { actions: [`${provider}/*`], dataActions: [`${provider}/*`] }],
    [`Azure ${service} Data Receiver`, receiver, { dataActions: [`${provider}/*/receive/action`] }],
    [`Azure ${service} Data Sender`, sender, { dataActions: [`${provider}/*/send/action`] }],
  ]
}

const NOTHING: Permission = { actions: [], notActions: [], dataActions: [], notDataActions: [] }
const BY_NAME = new Map(
  BUILT_IN.flatMap(([name, id, permission]) => {
    const entry = [{ ...NOTHING, ...permission }]
    return [
      [name.toLowerCase(), entry],
      [id, entry],
    ] as const
  }),
)

/**
 * What a role permits, by the name or the id of its definition; null where it is neither built in nor among `definitions`
 * (`az role definition list`).
 */
export function permissionsOf(
  role: { readonly id: string | null; readonly name: string | null },
  definitions: readonly Json[],
): readonly Permission[] | null {
  const id = role.id?.split('/').at(-1)?.toLowerCase() ?? null
  // An id cannot be taken by another role; a name can, so it counts only where there is no id.
  const builtIn = id !== null ? BY_NAME.get(id) : BY_NAME.get(role.name?.toLowerCase() ?? '')
  if (builtIn) return builtIn
  for (const definition of definitions) {
    const members = flattened(definition)
    const names = [member(members ?? undefined, 'name'), member(members ?? undefined, 'id')].map((each) =>
      typeof each === 'string' ? each.split('/').at(-1)!.toLowerCase() : null,
    )
    const isIt = id !== null ? names.includes(id) : role.name !== null && member(members ?? undefined, 'roleName') === role.name
    if (isIt) return parsePermissions(member(members ?? undefined, 'permissions'))
  }
  return null
}

function parsePermissions(json: Json | undefined): readonly Permission[] | null {
  if (!Array.isArray(json)) return null
  const permissions = (json as readonly Json[]).map((entry) => {
    if (!isRecord(entry)) return null
    const lists = ['actions', 'notActions', 'dataActions', 'notDataActions'].map((name) => member(entry, name) ?? [])
    if (!lists.every((list) => Array.isArray(list) && list.every((each) => typeof each === 'string'))) return null
    const [actions, notActions, dataActions, notDataActions] = lists as unknown as (readonly string[])[]
    return { actions: actions!, notActions: notActions!, dataActions: dataActions!, notDataActions: notDataActions! }
  })
  return permissions.every((permission) => permission !== null) ? permissions : null
}

/** An operation that a request needs, on the resource or on its data. */
export interface Operation {
  /** Gives an access only together with something that role assignments do not show. */
  readonly weak?: true
  readonly name: string
  readonly onData: boolean
}

export function permits(permissions: readonly Permission[], operation: Operation): boolean {
  const answers = ANSWERS.get(permissions) ?? new Map<string, boolean>()
  ANSWERS.set(permissions, answers)
  const answer = answers.get(operation.name) ?? permitsAny(permissions, operation)
  answers.set(operation.name, answer)
  return answer
}

// The same few operations are asked of the same role for every store and every assignment; no name is of both kinds.
const ANSWERS = new WeakMap<readonly Permission[], Map<string, boolean>>()

function permitsAny(permissions: readonly Permission[], { name, onData }: Operation): boolean {
  return permissions.some(({ actions, notActions, dataActions, notDataActions }) => {
    const [yes, no] = onData ? [dataActions, notDataActions] : [actions, notActions]
    return yes.some((pattern) => matchesAction(pattern, name)) && !no.some((pattern) => matchesAction(pattern, name))
  })
}

/** Whether a pattern with stars covers the name of an operation; case does not count. */
export function matchesAction(pattern: string, name: string): boolean {
  const parts = pattern.toLowerCase().split('*')
  const text = name.toLowerCase()
  if (parts.length === 1) return parts[0] === text
  let at = parts[0]!.length
  if (!text.startsWith(parts[0]!)) return false
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  const last = parts.at(-1)!
  return text.length - at >= last.length && text.endsWith(last)
}
