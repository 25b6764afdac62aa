import { expect, it } from 'vitest'
import { locationTrack } from './location-track.ts'

it.each([
  [{ hasPlace: true, hasTime: true, hasEntity: true }, true],
  [{ hasPlace: false, hasTime: true, hasEntity: true }, false],
  [{ hasPlace: true, hasTime: false, hasEntity: true }, false],
  [{ hasPlace: true, hasTime: true, hasEntity: false }, false],
])('%j is a track: %s', (record, expected) => expect(locationTrack.holds(record)).toBe(expected))
