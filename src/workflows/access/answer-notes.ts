import { printable } from '../../forensics/index.ts'
import type { AccessAnswer } from './answer.ts'
import type { Found } from './found.ts'
import type { AccessOptions } from './options.ts'

const MOST_NAMES = 5

/** What a reader must know to judge an answer: on what it rests and what it leaves out. */
export function notesOn(answer: Omit<AccessAnswer, 'notes'>, found: Found, options: AccessOptions): readonly string[] {
  return [
    ...unnamedStore(answer, found, options),
    ...withoutStore(found),
    ...withoutZone(answer, options),
    ...withoutConfiguration(found),
    ...leftAlone(found),
    ...expired(options),
  ]
}

function unnamedStore(answer: Omit<AccessAnswer, 'notes'>, { stores, everyStore }: Found, { resource }: AccessOptions): string[] {
  if (resource === null || stores.some(({ seen }) => seen !== null)) return []
  const names = everyStore.slice(0, MOST_NAMES).map(({ name }) => printable(name, 128))
  const others = everyStore.length > MOST_NAMES ? ` and ${everyStore.length - MOST_NAMES} more` : ''
  const known = names.length === 0 ? 'They name no store.' : `They name ${names.join(', ')}${others}.`
  return [
    `No log line names ${printable(resource)}. ${known}${answer.lines.read === 0 ? '' : ' Check the spelling of --resource.'}`,
  ]
}

function withoutStore({ unnamed }: Found): string[] {
  return unnamed === null
    ? []
    : [
        `Logs of ${unnamed.kinds.join(', ')} do not say whose requests they hold; theirs are taken for those of ${printable(unnamed.store, 128)}.`,
      ]
}

function withoutZone({ zone }: Omit<AccessAnswer, 'notes'>, options: AccessOptions): string[] {
  if (options.zone !== null) return []
  return zone.accounts.length === 0
    ? [
        'No zone of trust was given and none is in the evidence: everybody but a bucket’s own owner counts as outside, colleagues too. Name your accounts and networks with --zone.',
      ]
    : [
        `Inside are ${zone.accounts.length === 1 ? 'the account' : 'the accounts'} ${zone.accounts.slice(0, MOST_NAMES).join(', ')}${zone.accounts.length > MOST_NAMES ? ` and ${zone.accounts.length - MOST_NAMES} more` : ''} (${zone.source}); name others with --zone.`,
      ]
}

function withoutConfiguration({ knowledge }: Found): string[] {
  return knowledge.loggingHistory.length > 0
    ? []
    : [
        'No logging configuration is among what was given: hours without a line are dark. AWS Config or CloudTrail files, or the output of get-bucket-logging, beside the logs would tell when logging was on.',
      ]
}

function leftAlone({ given }: Found): string[] {
  const others = given.files.filter(({ layout }) => ['object', 's3-inventory-manifest', 's3-inventory-data'].includes(layout))
  return others.length === 0
    ? []
    : [
        `${others.length} ${others.length === 1 ? 'file is' : 'files are'} no log (objects, inventories) and ${others.length === 1 ? 'was' : 'were'} left alone, such as ${printable(others[0]!.path, 128)}.`,
      ]
}

function expired({ knownNetworks, asOf }: AccessOptions): string[] {
  const past = knownNetworks.filter(({ expires }) => expires !== undefined && Date.parse(expires) < Date.parse(asOf))
  return past.length === 0
    ? []
    : [
        `${past.length} known ${past.length === 1 ? 'network has' : 'networks have'} expired and ${past.length === 1 ? 'counts' : 'count'} for nothing, such as ${printable(past[0]!.name, 128)} (${past[0]!.expires}).`,
      ]
}
