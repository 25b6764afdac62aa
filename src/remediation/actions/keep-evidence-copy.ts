import { describeDatabase } from '../describe-database.ts'
import { type ExposedStore, folderOf } from '../exposed-store.ts'
import { option, shellWord } from '../shell-words.ts'
import type { RemediationAction } from './action.ts'

/** Keeps what shows how it stood, before anything changes or expires. */
export const keepEvidenceCopy: RemediationAction = {
  id: 'keep-evidence-copy',
  when: ['proposed', 'already-shut'],
  steps(store) {
    const folder = shellWord(folderOf(store))
    const show = describeDatabase(store.type, store.name) ?? configHistory(store)
    return [
      {
        title: `Keep a copy of how ${store.name} was configured`,
        command: `mkdir -p ${folder} && ${show} ${option('region', store.region)} > ${folder}/configuration-before.json`,
        verify: `${folder}/configuration-before.json holds it. Keep the access logs of the whole window too: a lifecycle rule may remove them.`,
        wayBack: 'Nothing is changed.',
      },
    ]
  },
}

function configHistory({ type, name }: ExposedStore): string {
  return `aws configservice get-resource-config-history ${option('resource-type', type)} ${option('resource-id', name)}`
}
