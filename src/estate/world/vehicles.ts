import type { Random } from '../random.ts'

const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ'
const DESCRIPTION = 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789'
const MAKERS = ['JTH', 'JTJ', 'JTE', '5TD', '2T2', 'JT8', 'JT6', '58A']
const YEARS = 'BCDEFGHJKLMN'
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
const VALUES: Readonly<Record<string, number>> = Object.fromEntries(
  [...'ABCDEFGH']
    .map((letter, index) => [letter, index + 1] as const)
    .concat(
      [...'JKLMN'].map((letter, index) => [letter, index + 1] as const),
      [
        ['P', 7],
        ['R', 9],
      ],
      [...'STUVWXYZ'].map((letter, index) => [letter, index + 2] as const),
      [...'0123456789'].map((digit) => [digit, Number(digit)] as const),
    ),
)

/** A vehicle identification number with its check digit right (ISO 3779, 49 CFR 565); `serial` below 1,000,000 makes it the only one. */
export function vehicleNumber(random: Random, serial: number): string {
  const body = `${random.pick(MAKERS)}${random.text(DESCRIPTION, 5)}0${random.text(YEARS, 1)}${random.text(LETTERS, 1)}${String(serial).padStart(6, '0')}`
  const sum = [...body].reduce((total, character, index) => total + VALUES[character]! * WEIGHTS[index]!, 0)
  const check = sum % 11
  return `${body.slice(0, 8)}${check === 10 ? 'X' : check}${body.slice(9)}`
}

/** Ten models, as chassis numbers of the Japanese market begin. */
export const CHASSIS_MODELS = [
  'GRS191',
  'GRS196',
  'USF40',
  'UVF45',
  'GSE20',
  'AVE30',
  'GVF50',
  'URJ201',
  'AGZ10',
  'GYL25',
] as const

/** The only car of that number: model code, hyphen, seven digits. */
export function chassisNumber(customer: number): string {
  return `${CHASSIS_MODELS[customer % 10]}-${1_000_000 + ((customer * 7) % 8_999_993)}`
}

/** Registration plates in the shapes of four Australian states; `serial` makes it the only one of its shape. */
export function australianPlate(random: Random, serial: number): string {
  const digits = (count: number) => String(serial % 10 ** count).padStart(count, '0')
  const letter = () => random.text(LETTERS, 1)
  const shapes = [
    () => `${letter()}${letter()}${letter()}${digits(2)}${letter()}`,
    () => `${digits(1)}${letter()}${letter()}${serial % 7}${letter()}${letter()}`,
    () => `${digits(3)}${letter()}${letter()}${serial % 10}`,
    () => `${letter()}${digits(3)}${letter()}${letter()}${letter()}`,
  ]
  return random.pick(shapes)()
}
