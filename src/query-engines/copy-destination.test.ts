import { expect, it } from 'vitest'
import { copyDestination } from './copy-destination.ts'

const LINE = { bucket: 'maps', key: 'a.csv', operation: 'REST.COPY.OBJECT_GET' }
const EVENT = { bucket: 'stolen', key: 'b.csv', operation: 'CopyObject' }
const parameters = (source: unknown) => JSON.stringify({ requestParameters: { 'x-amz-copy-source': source } })

it.each([
  {
    name: 'the line of the source',
    line: { ...LINE, detail: 'PUT /stolen/b.csv?x=1 HTTP/1.1' },
    is: ['maps', 'a.csv', '/stolen/b.csv'],
  },
  { name: 'a request line that the client made up', line: { ...LINE, detail: 'nonsense' }, is: ['maps', 'a.csv', null] },
  {
    name: 'an event of the destination',
    line: { ...EVENT, detail: parameters('maps/dir/a.csv') },
    is: ['maps', 'dir/a.csv', 'stolen/b.csv'],
  },
  {
    name: 'a source with a slash before and escapes',
    line: { ...EVENT, detail: parameters('/maps/a%20b.csv') },
    is: ['maps', 'a b.csv', 'stolen/b.csv'],
  },
  { name: 'an event without a source', line: { ...EVENT, detail: '{}' }, is: ['stolen', 'b.csv', 'stolen/b.csv'] },
  {
    name: 'an event whose source has a broken escape',
    line: { ...EVENT, detail: parameters('maps/%zz') },
    is: ['stolen', 'b.csv', 'stolen/b.csv'],
  },
  { name: 'parameters that are no JSON', line: { ...EVENT, detail: '{"x' }, is: ['stolen', 'b.csv', 'stolen/b.csv'] },
  { name: 'a terminal escape', line: { ...LINE, key: 'a\u001b[2J', detail: null }, is: ['maps', 'a\\u{1b}[2J', null] },
])('$name', ({ line, is }) => {
  const { bucket, key, destination } = copyDestination(line)
  expect([bucket, key, destination]).toEqual(is)
})
