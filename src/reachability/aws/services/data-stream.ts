import { encryptionGates } from './encryption.ts'
import type { Service } from './service.ts'

/**
 * A data stream. Every request is signed. Its policy can hand out the actions on records, not those that change the stream.
 * Kinesis, developer guide: "Controlling access to Kinesis Data Streams resources", "Sharing access using resource-based policies".
 */
export const dataStream: Service = {
  types: ['AWS::Kinesis::Stream'],
  noun: 'stream',
  arn: /^arn:aws[a-z-]*:kinesis:[a-z0-9-]+:\d{12}:stream\/[A-Za-z0-9_.-]{1,128}$/,
  policyFacets: ['policy', 'resourcePolicy'],
  actions: {
    read: ['kinesis:GetRecords', 'kinesis:GetShardIterator'],
    list: ['kinesis:DescribeStreamSummary', 'kinesis:ListShards', 'kinesis:DescribeStream'],
    write: ['kinesis:PutRecord', 'kinesis:PutRecords'],
    delete: [],
    admin: [],
  },
  ownersAlone: { delete: ['kinesis:DeleteStream'], admin: ['kinesis:PutResourcePolicy', 'kinesis:DeleteResourcePolicy'] },
  underResourceControls: false,
  gates: (place) => {
    const { encryption, kmsKeyId = encryption } = place.configuration.facets
    return encryptionGates(place, { noun: 'stream', key: kmsKeyId, accesses: ['read', 'write'], withoutKey: 'none' })
  },
}

/** A consumer of a data stream, with a policy of its own. */
export const streamConsumer: Service = {
  types: ['AWS::Kinesis::StreamConsumer'],
  noun: 'consumer',
  arn: /^arn:aws[a-z-]*:kinesis:[a-z0-9-]+:\d{12}:stream\/[A-Za-z0-9_.-]{1,128}\/consumer\/[A-Za-z0-9_.-]{1,128}:\d+$/,
  policyFacets: ['policy', 'resourcePolicy'],
  actions: { read: ['kinesis:SubscribeToShard'], list: ['kinesis:DescribeStreamConsumer'], write: [], delete: [], admin: [] },
  ownersAlone: {
    delete: ['kinesis:DeregisterStreamConsumer'],
    admin: ['kinesis:PutResourcePolicy', 'kinesis:DeleteResourcePolicy'],
  },
  underResourceControls: false,
}
