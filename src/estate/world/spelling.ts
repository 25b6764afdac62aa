import type { Random } from '../random.ts'
import type { Phone } from './people.ts'

/** What is wrong with real records, on purpose: the same value in another hand. Folding width, case and spaces gives it back. */
export function spellCustomerId(random: Random, id: string): string {
  return random.chance(0.15) ? fullWidth(id) : random.chance(0.1) ? id.toLowerCase() : id
}

export function spellName(random: Random, name: string): string {
  const roll = random.unit()
  if (roll < 0.12) return name.toUpperCase()
  if (roll < 0.2) return name.replace(' ', '  ')
  if (roll < 0.26) return ` ${name} `
  return roll < 0.3 ? fullWidth(name) : name
}

export function spellVin(random: Random, vin: string): string {
  return random.chance(0.2) ? vin.toLowerCase() : vin
}

export function spellEmail(random: Random, email: string): string {
  return random.chance(0.1) ? email.toUpperCase() : email
}

export function spellAddress(random: Random, address: string): string {
  return random.chance(0.1) ? address.toUpperCase() : address
}

export function spellPlate(random: Random, plate: string): string {
  const roll = random.unit()
  return roll < 0.12 ? plate.toLowerCase() : roll < 0.3 ? `${plate.slice(0, 3)} ${plate.slice(3)}` : plate
}

/** With and without the country's code, in the ways people write a number down. */
export function spellPhone(random: Random, phone: Phone): string {
  const [area, ...rest] = phone.groups
  const national = `0${area} ${rest.join(' ')}`
  const spellings = [
    () => internationalPhone(phone),
    () => `+${phone.country}${phone.groups.join('')}`,
    () => national,
    () => national.replaceAll(' ', '-'),
    () => national.replaceAll(' ', ''),
    () => `(0${area}) ${rest.join(' ')}`,
    () => fullWidth(national.replaceAll(' ', '-')),
  ]
  return random.pick(spellings)()
}

export function internationalPhone(phone: Phone): string {
  return `+${phone.country} ${phone.groups.join(' ')}`
}

/** ASCII letters, digits and hyphens in their full-width forms; everything else as it is. */
function fullWidth(text: string): string {
  return text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))
}
