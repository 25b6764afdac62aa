import type { Json } from '../../model/index.ts'
import type { ExposedStore } from '../exposed-store.ts'
import { option } from '../shell-words.ts'
import { refusalOf } from '../witness-check.ts'
import type { RemediationAction } from './action.ts'

const SWITCHES = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'] as const

/** Turns on the bucket's public access block, so that neither a policy nor a list can open it to everybody again. */
export const putPublicAccessBlock: RemediationAction = {
  id: 'put-public-access-block',
  when: ['proposed', 'already-shut'],
  steps(store) {
    const isBroad = store.audience === 'anyone' || store.audience === 'any-identity'
    const settings = settingsOf(store)
    if (store.type !== 'AWS::S3::Bucket' || !isBroad || settings.every(([, on]) => on)) return []
    // A store that is gone needs no block.
    if (store.window.closed !== null && store.configuration === null) return []
    const bucket = option('bucket', store.name)
    const before = store.configuration?.facets.publicAccessBlock
    return [
      {
        title: `Turn on the public access block of ${store.name}`,
        command: `aws s3api put-public-access-block ${bucket} --public-access-block-configuration ${SWITCHES.map((name) => `${name}=true`).join(',')}`,
        verify: refusalOf(store),
        wayBack:
          before?.status === 'read'
            ? `aws s3api put-public-access-block ${bucket} --public-access-block-configuration ${settings.map(([name, on]) => `${name}=${on}`).join(',')}`
            : `aws s3api delete-public-access-block ${bucket}`,
      },
    ]
  },
}

function settingsOf({ configuration }: ExposedStore): (readonly [string, boolean])[] {
  const reading = configuration?.facets.publicAccessBlock
  const settings = reading?.status === 'read' && isObject(reading.value) ? reading.value : {}
  return SWITCHES.map((name) => [name, settings[name] === true] as const)
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
