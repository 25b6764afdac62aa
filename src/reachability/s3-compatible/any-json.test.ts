import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ACCESSES, type Json } from '../../model/index.ts'
import { S3_COMPATIBLE_MODELS } from './registry.ts'

const ZONE = { organizations: [], accounts: [], cidrs: [], vpcs: [], vpcEndpoints: [], principals: [] }

// Pieces of real settings, so that what is random goes deep.
const piece = fc.oneof(
  fc.constantFrom<Json>('*', 's3:GetObject', 'arn:aws:s3:::bbb/*', 'Allow', 'Deny', 'aws:SourceIp', '0.0.0.0/0', null, true, 7),
  fc.json({ maxDepth: 3 }).map((text) => JSON.parse(text) as Json),
)
const statement = fc.dictionary(
  fc.constantFrom('Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'),
  fc.oneof(piece, fc.array(piece, { maxLength: 3 }), fc.dictionary(fc.constantFrom('AWS', 'StringEquals', 'Null'), piece)),
)
const policy = fc.oneof(
  piece,
  fc.record({ Version: fc.constantFrom('2012-10-17', 'other'), Statement: fc.array(statement, { maxLength: 3 }) }),
)

it.each(S3_COMPATIBLE_MODELS.map((model) => ({ type: model.types[0]!, model })))(
  '$type: any JSON gives verdicts',
  ({ type, model }) => {
    fc.assert(
      fc.property(policy, piece, piece, piece, (written, acl, objectAcls, publicAccessBlock) => {
        const values = { policy: written, acl, objectAcls, publicAccessBlock } as Record<string, Json>
        const facets = Object.fromEntries(
          Object.entries(values).map(([name, value]) => [name, { status: 'read', value } as const]),
        )
        const resource = { id: 'arn:aws:s3:::bbb', type, account: '', region: '', name: 'bbb' }
        const verdicts = model.decide({ resource, facets }, { zone: ZONE, asOf: '2026-11-22T00:00:00Z' })
        for (const access of ACCESSES) {
          const { audience, witness, because } = verdicts[access]
          expect(witness !== null).toBe(audience === 'anyone' || audience === 'any-identity' || audience === 'named')
          expect(because.length).toBeGreaterThan(0)
          expect(because.join()).not.toContain('internal contradiction')
        }
      }),
      { numRuns: 500, seed: 20230531 },
    )
  },
)
