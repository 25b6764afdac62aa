import { openHistory } from '../open-history.ts'
import { file, observed } from './invented.ts'

/*
 * A run to be killed: records files of 3,000 items until it is ended, and says on stdout which ones are finished.
 * `node recorder.ts STORE`
 */
const [store = ''] = process.argv.slice(2)
const history = await openHistory({ store, lakeDirectory: `${store.replace(/^postgres.*/, '.')}/lake` })
const batch = await history.beginBatch({ recordedAt: '2023-05-12T00:00:00Z', name: 'batch' })
process.stdout.write('begun\n')
for (let number = 0; number < 10_000; number++) {
  const path = `file-${number}.json`
  const half = (from: number) =>
    Array.from({ length: 1_500 }, (_, index) =>
      observed(path, '2020-01-01T00:00:00Z', `${number}`, { evidence: { file: path, offset: from + index } }),
    )
  const parts = async function* () {
    yield { observations: half(0) }
    process.stdout.write(`half ${number}\n`)
    yield { observations: half(1_500) }
  }
  await history.recordEvidence(batch, file(path), parts())
  process.stdout.write(`finished ${number}\n`)
}
