import { describe, expect, it } from 'vitest'
import type { Json, ResourceConfiguration } from '../../../model/index.ts'
import { Budget } from '../../engine/budget.ts'
import { SERVICE_MODELS } from './registry.ts'

const CATALOG = 'arn:aws:glue:ap-northeast-1:111111111111:catalog'
const ZONE = { organizations: [], accounts: ['111111111111'], cidrs: [], vpcs: [], vpcEndpoints: [], principals: [] }

/** A policy that tells many databases apart, with patterns that no request meets and each of which must be looked at. */
function policy(databases: number, patterns: number): Json {
  const everything = { Effect: 'Allow', Principal: '*', Action: 'glue:*', Resource: '*' }
  const account = CATALOG.replace(/:catalog$/, '')
  const denies = Array.from({ length: databases }, (_, at) => ({
    ...everything,
    Effect: 'Deny',
    Resource: [`${account}:database/d${at}*`, `${account}:table/d${at}*/*a*b${at}*`],
    Condition: { StringNotLike: { 'aws:PrincipalArn': Array.from({ length: patterns }, (_, no) => `*${at}*${no}*`) } },
  }))
  return { Version: '2012-10-17', Statement: [everything, ...denies] }
}

/** The verdict of one access with the steps that all budgets of the decision spent. */
function decided(document: Json) {
  const configuration: ResourceConfiguration = {
    resource: { id: CATALOG, type: 'AWS::Glue::Catalog', account: '111111111111', region: 'ap-northeast-1', name: 'catalog' },
    facets: { policy: { status: 'read', value: document } },
  }
  const { decide } = SERVICE_MODELS.find(({ types }) => types.includes('AWS::Glue::Catalog'))!
  const whole = Budget.prototype.spend
  let steps = 0
  Budget.prototype.spend = function spend(this: Budget, count: number) {
    steps += count
    return whole.call(this, count)
  }
  try {
    return { read: decide(configuration, { zone: ZONE, asOf: '2023-05-31T00:00:00Z' }).read, steps }
  } finally {
    Budget.prototype.spend = whole
  }
}

describe('the work of a service that decides for many things inside', () => {
  it.each([
    { databases: 1, patterns: 1, audience: 'any-identity' },
    { databases: 20, patterns: 2, audience: 'any-identity' },
    { databases: 38, patterns: 40, audience: 'undecided' },
  ])('is bounded for all $databases of them together', ({ databases, patterns, audience }) => {
    const { read, steps } = decided(policy(databases, patterns))
    expect(read.audience).toBe(audience)
    if (audience === 'undecided') expect(read.because).toContain('the work budget for this decision ran out')
    // Four accesses, each with one budget for all the databases.
    expect(steps).toBeLessThan(4 * 30_000)
  })
})
