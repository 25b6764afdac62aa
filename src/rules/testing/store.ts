import type { Access, Audience } from '../../model/index.ts'
import type { StoreFacts } from '../store-facts.ts'

/** A store of which everything is known and that keeps every rule, changed as a case wants it. */
export function store(change: Partial<StoreFacts> = {}): StoreFacts {
  return {
    resource: 'arn:aws:s3:::parts-catalogue',
    account: '111122223333',
    region: 'ap-northeast-1',
    name: 'parts-catalogue',
    audiences: { now: reach(), ever: reach() },
    personalData: { elements: [], people: 0, examined: true },
    logging: 'on',
    objects: [],
    evidence: [{ file: 'config.json.gz', offset: 12 }],
    ...change,
  }
}

/** Who has each access from outside: nobody, unless said. */
export function reach(change: Partial<Record<Access, Audience>> = {}): Readonly<Record<Access, Audience>> {
  return { read: 'none', list: 'none', write: 'none', delete: 'none', admin: 'none', ...change }
}
