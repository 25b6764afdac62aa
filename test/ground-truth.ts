import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ESTATE_BATCHES, generateEstate, type GroundTruth, type TrueExposure } from '../src/estate/index.ts'
import { type Bounds, type CaseDocument, type CaseExposure, compareText } from '../src/model/index.ts'
import { investigate } from '../src/workflows/index.ts'

/** Everything that a case says in numbers and days, held against what the generator of its evidence knows to be true. */
export function describeGroundTruth(seed: number, scale: number): void {
  describe(`the reference estate, seed ${seed}, scale ${scale}`, () => {
    const work = mkdtempSync(join(tmpdir(), 'ajar-truth-'))
    const cases = new Map<string, CaseDocument>()
    let truth: GroundTruth

    it('is generated and investigated batch by batch', async () => {
      const directory = join(work, 'estate')
      await generateEstate({ directory, seed, scale })
      truth = JSON.parse(readFileSync(`${directory}.truth.json`, 'utf8'))
      for (const { name, recordedAt } of ESTATE_BATCHES)
        cases.set(
          name,
          await investigate({
            directories: [join(directory, name)],
            store: join(work, 'store'),
            lakeDirectory: join(work, 'lake'),
            keyFile: join(work, 'key'),
            zone: null,
            knownNetworks: [],
            rules: null,
            recordedAt,
            asOf: recordedAt,
          }),
        )
      rmSync(work, { recursive: true, force: true })
      expect([...cases.keys()]).toEqual(truth.batches.map(({ name }) => name))
    })

    describe.each(ESTATE_BATCHES.map(({ name }) => ({ name })))('batch $name', ({ name }) => {
      const found = () => cases.get(name)!
      const known = () => truth.batches.find((batch) => batch.name === name)!

      it('counts the people, by market and by element set', () => {
        const { people } = known()
        expect(found().people).toMatchObject({ total: people.total, byMarket: people.byMarket })
        expect(setsOf(found().people.byElementSet)).toEqual(setsOf(people.byElementSet))
      })

      it('finds the same exposures, with the same audiences and the same bounds', () => {
        expect(inOrder(found().exposures).map(doorOf)).toEqual(inTrueOrder(known().exposures).map(trueDoorOf))
      })

      it('counts what lay behind each', () => {
        expect(inOrder(found().exposures).map(contentsOf)).toEqual(inTrueOrder(known().exposures).map(trueContentsOf))
      })

      it('concludes from the logs what they bear', () => {
        const conclusions = inOrder(found().exposures).map(({ name, access }) => [
          name,
          access.conclusion,
          sum(access.readsByHour, 'lists'),
          access.objectsReadCount,
        ])
        const expected = inTrueOrder(known().exposures).map(({ resource, access }) => [
          nameOf(resource),
          access.conclusion,
          access.outsideLists,
          access.objectsRead,
        ])
        expect(conclusions).toEqual(expected)
      })

      it('counts the reads of outsiders; a second source may settle a line that reads two ways', () => {
        const reads = inOrder(found().exposures).map(({ access }) => sum(access.readsByHour, 'reads'))
        inTrueOrder(known().exposures).forEach(({ access }, index) => {
          expect(reads[index]).toBeGreaterThanOrEqual(access.outsideReads)
          expect(reads[index]).toBeLessThanOrEqual(access.outsideReads + access.ambiguousReads)
        })
      })

      it('counts the people, records and elements of each exposed file', () => {
        const files = found()
          .files.filter(({ people }) => people > 0)
          .map(({ resource, key, people, records, elements }) => ({
            resource,
            key,
            people,
            records,
            elements: elements.map(({ element }) => element).sort(compareText),
          }))
        expect(files.sort(byFile)).toEqual([...known().files].sort(byFile))
      })
    })
  })
}

type ByFile = { readonly resource: string; readonly key: string }

function byFile(left: ByFile, right: ByFile): number {
  return compareText(left.resource, right.resource) || compareText(left.key, right.key)
}

function setsOf(sets: readonly { readonly elements: readonly string[]; readonly people: number }[]): string[] {
  return sets.map(({ elements, people }) => `${[...elements].sort(compareText).join(' ')}: ${people}`).sort(compareText)
}

function inOrder(exposures: readonly CaseExposure[]): CaseExposure[] {
  return [...exposures].sort(
    (left, right) =>
      compareText(left.resource, right.resource) ||
      compareText(left.window.opened.notAfter ?? '', right.window.opened.notAfter ?? ''),
  )
}

function inTrueOrder(exposures: readonly TrueExposure[]): TrueExposure[] {
  return [...exposures].sort(
    (left, right) =>
      compareText(left.resource, right.resource) ||
      compareText(left.window.opened.notAfter ?? '', right.window.opened.notAfter ?? ''),
  )
}

function doorOf({ resource, verdicts, window }: CaseExposure) {
  return {
    resource,
    audiences: Object.fromEntries(Object.entries(verdicts).map(([access, { audience }]) => [access, audience])),
    opened: ends(window.opened),
    closed: window.closed && ends(window.closed),
  }
}

function trueDoorOf({ resource, audiences, window }: TrueExposure) {
  return { resource, audiences, opened: ends(window.opened), closed: window.closed && ends(window.closed) }
}

function ends({ notBefore, notAfter }: Pick<Bounds, 'notBefore' | 'notAfter'>) {
  return { notBefore, notAfter }
}

function contentsOf({ resource, objects, bytes, elements, people }: CaseExposure) {
  return { resource, objects, bytes, elements: byElement(elements), people: people.total, byMarket: people.byMarket }
}

function trueContentsOf({ resource, objects, bytes, elements, people }: TrueExposure) {
  return { resource, objects, bytes, elements: byElement(elements), people: people.total, byMarket: people.byMarket }
}

function byElement(elements: readonly { readonly element: string; readonly people: number; readonly files: number }[]) {
  return elements.map(({ element, people, files }) => `${element}: ${people} in ${files}`).sort(compareText)
}

function sum(hours: readonly { readonly reads: number; readonly lists: number }[], field: 'reads' | 'lists'): number {
  return hours.reduce((total, hour) => total + hour[field], 0)
}

function nameOf(resource: string): string {
  return resource.slice(resource.lastIndexOf(':') + 1)
}
