import type { Plan } from '../../src/model/index.ts'
import type { Page } from '../page/page.ts'

// Plan, approve, apply, verify. What the evidence shows shut was shut by others: only the first and the last are known.
const REACHED: Readonly<Record<Plan['state'], readonly boolean[]>> = {
  proposed: [true, false, false, false],
  'already-shut': [true, false, false, true],
  'read-first': [false, false, false, false],
}

/** How far a plan has come: four dots, the reached ones filled. */
export function StepTrack({ page, state }: { readonly page: Page; readonly state: Plan['state'] }) {
  const reached = REACHED[state]
  return (
    <svg width="76" height="14" viewBox="0 0 76 14" role="img" aria-label={page.words.done.states[state]}>
      {reached.map((isReached, index) => {
        const x = 7 + index * 20
        return (
          <g key={x}>
            {index === 0 ? null : (
              <line
                x1={x - 15}
                x2={x - 5}
                y1="7"
                y2="7"
                stroke={isReached && reached[index - 1] ? 'var(--ink)' : 'var(--line-strong)'}
                strokeWidth="1.5"
              />
            )}
            <circle
              cx={x}
              cy="7"
              r="5"
              fill={isReached ? 'var(--ink)' : 'var(--paper)'}
              stroke={isReached ? 'var(--ink)' : 'var(--ink-3)'}
              strokeWidth="1.5"
            />
          </g>
        )
      })}
    </svg>
  )
}
