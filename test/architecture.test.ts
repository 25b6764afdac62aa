import { readFileSync } from 'node:fs'
import { globSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const home = resolve(import.meta.dirname, '..')
const sources = globSync(['src/**/*.{ts,tsx}', 'web/**/*.{ts,tsx}'], { cwd: home })
  .filter((file) => !/\.d\.ts$/.test(file))
  .sort()

const PURE = ['reachability', 'exposure', 'classification', 'impact', 'forensics', 'rules', 'remediation', 'notices']
const EFFECTS = ['connectors', 'history', 'query-engines', 'workers']

/** Which rooms each room may import, besides itself. `web` stands beside the house and knows the model's types only. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  model: [],
  ...Object.fromEntries(PURE.map((room) => [room, ['model']])),
  ...Object.fromEntries(EFFECTS.map((room) => [room, ['model']])),
  'query-engines': ['model', 'forensics'],
  workers: ['model', 'classification'],
  estate: ['model'],
  web: ['model'],
  workflows: ['model', ...PURE, ...EFFECTS],
  http: ['model', 'workflows', 'web', ...PURE, ...EFFECTS],
  cli: ['model', 'workflows', 'web', 'http', 'estate', ...PURE, ...EFFECTS],
}

/** What a pure stage may not touch: the clock, the disk, the network, chance, the process, the locale. */
const IMPURE =
  /from '(node:)?(fs|fs\/promises|net|http|https|dns|os|child_process|worker_threads|timers|timers\/promises)'|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.env\b|\.localeCompare\(|performance\.now\(/

const room = (file: string): string => (file.startsWith('web/') ? 'web' : (file.split('/')[1] ?? ''))
const isTest = (file: string): boolean => /\.test\.tsx?$|\/testing\//.test(file)

const imports = new Map(
  sources.map((file) => {
    const text = readFileSync(join(home, file), 'utf8')
    const specifiers = [
      ...text.matchAll(
        /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s+'(\.[^']+)'|import\('(\.[^']+)'\)|(?:^|\n)import '(\.[^']+)'/g,
      ),
    ]
    const targets = specifiers.map((match) => relative(home, resolve(home, dirname(file), (match[1] ?? match[2] ?? match[3])!)))
    return [file, targets] as const
  }),
)

describe('the house', () => {
  it('has only the rooms of the design', () => {
    const rooms = new Set(sources.map(room))
    expect([...rooms].filter((name) => !(name in MAY_IMPORT))).toEqual([])
  })

  it('imports downstairs only', () => {
    const upstairs = sources
      .filter((file) => !isTest(file))
      .flatMap((file) =>
        (imports.get(file) ?? [])
          .filter((target) => room(target) !== room(file) && !(MAY_IMPORT[room(file)] ?? []).includes(room(target)))
          .map((target) => `${file} imports ${target}`),
      )
    expect(upstairs).toEqual([])
  })

  it('enters a room by its index.ts', () => {
    const burglaries = sources
      .filter((file) => !isTest(file))
      .flatMap((file) =>
        (imports.get(file) ?? [])
          .filter((target) => room(target) !== room(file) && !/^(src\/)?[^/]+\/index\.ts$/.test(target))
          .map((target) => `${file} enters ${target}`),
      )
    expect(burglaries).toEqual([])
  })

  it('gives every index.ts only re-exports', () => {
    const faces = sources.filter((file) => /^(src\/[^/]+|web)\/index\.ts$/.test(file))
    const withLogic = faces.filter((file) =>
      /^(?!\s*(export|\/\/|\/?\*|\}|type |[\w$, ]+$|$))/m.test(stripExports(readFileSync(join(home, file), 'utf8'))),
    )
    expect(withLogic).toEqual([])
  })

  it('has no import circle, type imports counted', () => {
    expect(findCircle()).toEqual([])
  })

  it('keeps pure stages pure', () => {
    const impure = sources.filter(
      (file) =>
        (PURE.includes(room(file)) || room(file) === 'model') &&
        !isTest(file) &&
        IMPURE.test(readFileSync(join(home, file), 'utf8')),
    )
    expect(impure).toEqual([])
  })

  it('gives out a reachability that needs no package, and an engine that knows no provider', () => {
    const product = sources.filter((file) => ['reachability', 'model'].includes(room(file)) && !isTest(file))
    const text = (file: string) => readFileSync(join(home, file), 'utf8')
    expect(product.filter((file) => /(from|import\() ?'[^.']/.test(text(file)))).toEqual([])
    const engine = product.filter((file) => file.startsWith('src/reachability/engine/'))
    expect(engine.filter((file) => /\b(aws|amazon|s3|iam|arn|azure|google|gcp|bucket)\b/i.test(text(file)))).toEqual([])
  })

  it('has no room or file for leftovers', () => {
    expect(sources.filter((file) => /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.tsx?$)/.test(file))).toEqual([])
  })

  it('sees the whole house', () => {
    expect(sources.length).toBeGreaterThan(50)
    expect([...imports.values()].flat().length).toBeGreaterThan(100)
  })
})

function stripExports(text: string): string {
  return text.replace(/export (type )?(\*|\{[^}]*\})( as \w+)? from '[^']+'\n?/g, '').replace(/\/\*[\s\S]*?\*\//g, '')
}

/** The first circle found, as a list of files; empty when there is none. */
function findCircle(): string[] {
  const done = new Set<string>()
  const path: string[] = []
  function visit(file: string): string[] {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return []
    path.push(file)
    for (const target of imports.get(file) ?? []) {
      const circle = visit(target)
      if (circle.length > 0) return circle
    }
    path.pop()
    done.add(file)
    return []
  }
  for (const file of sources) {
    const circle = visit(file)
    if (circle.length > 0) return circle
  }
  return []
}
