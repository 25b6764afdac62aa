import type { Plan } from '../../model/index.ts'
import type { Facts } from './judge.ts'

export function planRemediation(_facts: Facts): Plan[] {
  return []
}
