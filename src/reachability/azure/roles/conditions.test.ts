import { describe, expect, it } from 'vitest'
import { conditionHolds } from './conditions.ts'
import { matchesAction, permissionsOf, permits } from './definitions.ts'

const BLOBS = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs'
const NAME = '@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]'
const PATH = '@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path]'
const request = {
  action: `${BLOBS}/read`,
  suboperation: 'Blob.List',
  attributes: new Map([['microsoft.storage/storageaccounts/blobservices/containers:name', 'tiles']]),
}

describe('conditions of role assignments', () => {
  it.each([
    { condition: `${NAME} StringEquals 'tiles'`, holds: true },
    { condition: `${NAME} StringEquals 'Tiles'`, holds: false },
    { condition: `${NAME} StringEqualsIgnoreCase 'Tiles'`, holds: true },
    { condition: `${NAME} StringNotEquals 'tiles'`, holds: false },
    { condition: `${NAME} StringStartsWith 'ti'`, holds: true },
    { condition: `${NAME} ForAnyOfAnyValues:StringEquals {'a', 'tiles'}`, holds: true },
    { condition: `${NAME} ForAllOfAnyValues:StringEquals {'tiles'}`, holds: null },
    { condition: `NOT (${NAME} StringEquals 'tiles')`, holds: false },
    { condition: `!(${NAME} StringEquals 'other') && ${NAME} StringEquals 'tiles'`, holds: true },
    { condition: `ActionMatches{'${BLOBS}/*'}`, holds: true },
    { condition: `ActionMatches{'${BLOBS}/write'}`, holds: false },
    { condition: `SubOperationMatches{'Blob.List'}`, holds: true },
    { condition: `${PATH} StringLike 'a/*'`, holds: null },
    { condition: `${PATH} StringLike 'a/*' OR ${NAME} StringEquals 'tiles'`, holds: true },
    { condition: `${PATH} StringLike 'a/*' AND ${NAME} StringEquals 'other'`, holds: false },
    { condition: `@Request[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'tiles'`, holds: null },
    { condition: '', holds: null },
    { condition: '(', holds: null },
    { condition: `${'('.repeat(500)}x`, holds: null },
    { condition: `${NAME} StringEquals 'tiles' tiles`, holds: null },
    { condition: `${NAME} StringEquals {}`, holds: null },
  ])('$condition: $holds', ({ condition, holds }) => {
    expect(conditionHolds(condition, request)).toBe(holds)
  })
})

describe('role definitions', () => {
  it.each([
    { pattern: '*', name: 'A/b', covers: true },
    { pattern: '*/read', name: 'Microsoft.Storage/x/READ', covers: true },
    { pattern: '*/read', name: 'Microsoft.Storage/x/readonly', covers: false },
    { pattern: 'a/*/c', name: 'a/b/b/c', covers: true },
    { pattern: 'a/*a', name: 'a/a', covers: true },
    { pattern: 'a/a*a', name: 'a/a', covers: false },
    { pattern: 'a', name: 'ab', covers: false },
  ])('$pattern covers $name: $covers', ({ pattern, name, covers }) => {
    expect(matchesAction(pattern, name)).toBe(covers)
  })

  it('are known by the id of their definition before their name', () => {
    const id = '/subscriptions/x/providers/Microsoft.Authorization/roleDefinitions/2A2B9908-6EA1-4AE2-8E65-A410DF84E7D1'
    const read = { name: `${BLOBS}/read`, onData: true }
    expect(permits(permissionsOf({ id, name: 'Reader' }, [])!, read)).toBe(true)
    expect(permits(permissionsOf({ id: null, name: 'reader' }, [])!, read)).toBe(false)
    expect(permissionsOf({ id: '/x/unknown', name: 'Owner' }, [])).toBe(null)
    expect(permits(permissionsOf({ id: null, name: 'Owner' }, [])!, read)).toBe(false)
  })
})
