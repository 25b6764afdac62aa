/** Reads one value at the reader's place. */
export type ReadValue = (bytes: AvroBytes) => unknown

const LONGEST_VARINT_BITS = 70n

/** A block's bytes; throws RangeError past their end, so that no claimed count or length can outrun them. */
export class AvroBytes {
  readonly #bytes: Buffer
  at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  get rest(): number {
    return this.#bytes.length - this.at
  }

  byte(): number {
    if (this.at >= this.#bytes.length) throw new RangeError('the bytes end here')
    return this.#bytes[this.at++]!
  }

  take(length: number): Buffer {
    if (length < 0 || length > this.rest) throw new RangeError('the bytes end here')
    this.at += length
    return this.#bytes.subarray(this.at - length, this.at)
  }

  /** A zigzag number; a bigint where it is no safe integer. */
  long(): number | bigint {
    let value = 0
    let factor = 1
    for (let i = 0; i < 6; i += 1) {
      const byte = this.byte()
      value += (byte & 0x7f) * factor
      if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2
      factor *= 128
    }
    return this.#longLong(BigInt(value))
  }

  /** A count or length. */
  size(): number {
    const size = this.long()
    if (typeof size !== 'number') throw new RangeError('no length is so large')
    return size
  }

  #longLong(low: bigint): number | bigint {
    let value = low
    for (let shift = 42n; shift < LONGEST_VARINT_BITS; shift += 7n) {
      const byte = this.byte()
      value |= BigInt(byte & 0x7f) << shift
      if (byte >= 0x80) continue
      const signed = BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n))
      return Number.isSafeInteger(Number(signed)) ? Number(signed) : signed
    }
    throw new RangeError('no number is so long')
  }
}

/**
 * How values of a schema (Avro 1.12) are read: records and maps as objects, binary values as null. Throws TypeError for
 * what is no schema. The published libraries follow a claimed count past the end of the bytes, for hours.
 */
export function avroReader(schema: unknown, mostTypes = 10_000): ReadValue {
  const named = new Map<string, ReadValue>()
  let types = 0
  const build = (schema: unknown, namespace: string): ReadValue => {
    types += 1
    if (types > mostTypes) throw new TypeError('too many types')
    if (typeof schema === 'string') return primitive(schema) ?? byName(named, schema, namespace)
    if (Array.isArray(schema)) return union(schema.map((branch) => build(branch, namespace)))
    if (typeof schema !== 'object' || schema === null) throw new TypeError('no schema')
    return complex(schema as AvroSchema, namespace)
  }
  const complex = (schema: AvroSchema, namespace: string): ReadValue => {
    const { type } = schema
    if (type === 'array') return array(build(schema.items, namespace))
    if (type === 'map') return map(build(schema.values, namespace))
    if (type !== 'record' && type !== 'error' && type !== 'enum' && type !== 'fixed')
      return logical(build(type, namespace), schema.logicalType)
    const full = fullName(schema, namespace)
    const inside = full.includes('.') ? full.slice(0, full.lastIndexOf('.')) : ''
    if (type === 'enum') return define(named, full, enumeration(schema.symbols ?? []))
    if (type === 'fixed') return define(named, full, fixed(Number(schema.size)))
    const fields: Field[] = []
    // A record may hold itself, so it is known before its fields are.
    const read = define(named, full, record(fields))
    for (const { name, type } of schema.fields ?? []) fields.push({ name: String(name), read: build(type, inside) })
    return read
  }
  return build(schema, '')
}

interface AvroSchema {
  readonly type?: unknown
  readonly name?: string
  readonly namespace?: string
  readonly logicalType?: string
  readonly items?: unknown
  readonly values?: unknown
  readonly symbols?: readonly string[]
  readonly size?: number
  readonly fields?: readonly { readonly name: string; readonly type: unknown }[]
}

interface Field {
  readonly name: string
  readonly read: ReadValue
}

// Records inside each other as deep as no data are; bytes alone do not bound it where a record holds only itself.
const DEEPEST = 200

function record(fields: readonly Field[]): ReadValue {
  let depth = 0
  return (bytes) => {
    const value: Record<string, unknown> = Object.create(null)
    depth += 1
    try {
      if (depth > DEEPEST) throw new RangeError('too deep')
      for (const { name, read } of fields) value[name] = read(bytes)
    } finally {
      depth -= 1
    }
    return value
  }
}

function primitive(type: string): ReadValue | null {
  switch (type) {
    case 'null':
      return () => null
    case 'boolean':
      return (bytes) => bytes.byte() !== 0
    case 'int':
    case 'long':
      return (bytes) => bytes.long()
    case 'float':
      return (bytes) => bytes.take(4).readFloatLE(0)
    case 'double':
      return (bytes) => bytes.take(8).readDoubleLE(0)
    case 'string':
      return (bytes) => bytes.take(bytes.size()).toString('utf8')
    case 'bytes':
      return (bytes) => textOf(bytes.take(bytes.size()))
    default:
      return null
  }
}

function byName(named: ReadonlyMap<string, ReadValue>, name: string, namespace: string): ReadValue {
  const found = named.get(name.includes('.') || namespace === '' ? name : `${namespace}.${name}`) ?? named.get(name)
  if (found === undefined) throw new TypeError('a type that is not defined')
  return found
}

function union(branches: readonly ReadValue[]): ReadValue {
  return (bytes) => {
    const read = branches[bytes.size()]
    if (read === undefined) throw new RangeError('no such branch')
    return read(bytes)
  }
}

function array(item: ReadValue): ReadValue {
  return (bytes) => {
    const values: unknown[] = []
    eachInBlocks(bytes, () => values.push(item(bytes)))
    return values
  }
}

function map(item: ReadValue): ReadValue {
  return (bytes) => {
    const value: Record<string, unknown> = Object.create(null)
    eachInBlocks(bytes, () => {
      value[bytes.take(bytes.size()).toString('utf8')] = item(bytes)
    })
    return value
  }
}

/** Arrays and maps come in blocks, each with its count, negative where the block's bytes are told too. */
function eachInBlocks(bytes: AvroBytes, read: () => void): void {
  for (;;) {
    const count = bytes.size()
    if (count === 0) return
    if (count < 0) bytes.size()
    // Values without bytes (null) could be claimed without end.
    if (Math.abs(count) > bytes.rest) throw new RangeError('more values than bytes')
    for (let i = 0; i < Math.abs(count); i += 1) read()
  }
}

function enumeration(symbols: readonly string[]): ReadValue {
  return (bytes) => symbols[bytes.size()] ?? null
}

function fixed(size: number): ReadValue {
  return (bytes) => textOf(bytes.take(size))
}

function logical(read: ReadValue, logicalType: string | undefined): ReadValue {
  const milliseconds = { date: 86_400_000, 'timestamp-millis': 1, 'local-timestamp-millis': 1 }[logicalType ?? '']
  const isMicros = /^(?:local-)?timestamp-micros$/.test(logicalType ?? '')
  if (milliseconds === undefined && !isMicros) return read
  return (bytes) => {
    const value = read(bytes)
    const date = new Date(isMicros ? Number(value) / 1000 : Number(value) * milliseconds!)
    return Number.isNaN(date.getTime()) ? value : date.toISOString()
  }
}

// Some writers keep text as bytes; binary values hold nothing that is looked for here.
function textOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}

function fullName({ name, namespace }: AvroSchema, around: string): string {
  if (typeof name !== 'string') throw new TypeError('a type without a name')
  const space = namespace ?? around
  return name.includes('.') || space === '' ? name : `${space}.${name}`
}

function define(named: Map<string, ReadValue>, name: string, read: ReadValue): ReadValue {
  named.set(name, read)
  return read
}
