import type { Plan, PlanStep, Violation } from '../../src/model/index.ts'
import { StepTrack } from '../charts/step-track.tsx'
import { sum } from '../findings/stores.ts'
import { DataTable, TableFold } from '../parts/data-table.tsx'
import { Section } from '../parts/section.tsx'
import type { Page } from '../page/page.ts'

const ON_SCREEN = 10
const ON_PAPER = 5
const TABLE_ROWS = 120
const ORDER: readonly Plan['state'][] = ['proposed', 'already-shut', 'read-first']

/** 6: which doors are shut, which still need a plan, and which rules were broken. */
export function DoneSection({ page }: { readonly page: Page }) {
  const { words, document, headline } = page
  const rank = ({ resource }: Plan): number => headline.stores.findIndex((store) => store.resource === resource)
  const plans = [...document.plans].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || rank(a) - rank(b))
  const count = (state: Plan['state']): number => plans.filter((plan) => plan.state === state).length
  const finding = words.done.finding({ shut: count('already-shut'), proposed: count('proposed'), readFirst: count('read-first') })
  const { table } = words.done
  const onPaper = plans.length <= ON_PAPER ? ON_PAPER : ON_PAPER - 1
  return (
    <Section page={page} number={6} finding={finding}>
      {plans.length === 0 ? (
        <p className="sub">{words.done.none}</p>
      ) : (
        <div className="scroll">
          <table className="tb plans">
            <caption className="vh">{finding}</caption>
            <thead>
              <tr>
                <th scope="col" style={{ width: '30%' }}>
                  {table.action}
                </th>
                <th scope="col" style={{ width: 236 }}>
                  {table.track}
                </th>
                <th scope="col" className="num" style={{ width: 72 }}>
                  {table.steps}
                </th>
                <th scope="col" style={{ width: 170 }}>
                  {table.breaks}
                </th>
                <th scope="col">{table.check}</th>
                <th scope="col">{table.wayBack}</th>
              </tr>
            </thead>
            <tbody>
              {plans.slice(0, ON_SCREEN).map((plan, index) => (
                <PlanRow key={plan.id} page={page} plan={plan} className={index >= onPaper ? 'screen' : undefined} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {plans.length > ON_SCREEN ? <p className="sub screen">{words.page.moreInCase(plans.length - ON_SCREEN)}</p> : null}
      {plans.length > onPaper ? <p className="sub paper">{words.page.moreInCase(plans.length - onPaper)}</p> : null}
      <Steps page={page} plans={plans} />
      <Rules page={page} />
    </Section>
  )
}

function PlanRow({
  page,
  plan,
  className,
}: {
  readonly page: Page
  readonly plan: Plan
  readonly className: string | undefined
}) {
  const { words } = page
  const main = changingStep(plan)
  return (
    <tr className={className}>
      <td style={{ fontWeight: 500 }}>
        <span className="clamp one" title={plan.summary}>
          {words.done.action({ plan, name: storeName(page, plan) })}
        </span>
      </td>
      <td>
        <StepTrack page={page} state={plan.state} />
        <span className="sub">{words.done.states[plan.state]}</span>
      </td>
      <td className="num">{words.format.count(plan.steps.length)}</td>
      <td className="q">
        <span className="clamp one">
          {words.done.breaks({ who: plan.breaks.length, requests: sum(plan.breaks.map(({ requests }) => requests)) })}
        </span>
      </td>
      <td className="q" lang="en">
        <span className="cut" title={main?.verify}>
          {main?.verify ?? '–'}
        </span>
      </td>
      <td className="q" lang="en">
        <span className="cut" title={main?.wayBack}>
          {main?.wayBack ?? '–'}
        </span>
      </td>
    </tr>
  )
}

/** The step that changes something is the first whose way back is a command; a plan without one is told by its last step. */
function changingStep({ steps }: Plan): PlanStep | undefined {
  return steps.find(({ wayBack }) => wayBack.startsWith('aws ')) ?? steps.at(-1)
}

function storeName({ headline }: Page, { resource }: Plan): string {
  return headline.stores.find((store) => store.resource === resource)?.name ?? resource.slice(resource.lastIndexOf(':') + 1)
}

function Steps({ page, plans }: { readonly page: Page; readonly plans: readonly Plan[] }) {
  const { words } = page
  const { stepTable } = words.done
  const steps = plans.flatMap((plan) => plan.steps.map((step) => ({ plan: plan.id, ...step })))
  if (steps.length === 0) return null
  return (
    <TableFold page={page} summary={words.done.steps}>
      <DataTable
        page={page}
        caption={words.done.steps}
        head={[stepTable.plan, stepTable.step, stepTable.command, stepTable.check, stepTable.wayBack]}
        omitted={Math.max(0, steps.length - TABLE_ROWS)}
        rows={steps.slice(0, TABLE_ROWS).map(({ plan, title, command, verify, wayBack }) => [
          <span className="mono" key="plan">
            {plan}
          </span>,
          <span lang="en" key="title">
            {title}
          </span>,
          command === null ? '–' : <code key="command">{command}</code>,
          <span lang="en" key="verify">
            {verify}
          </span>,
          <span lang="en" key="back">
            {wayBack}
          </span>,
        ])}
      />
    </TableFold>
  )
}

/** Data handling rules that stores break, in a sentence, with each breach in the table. */
function Rules({ page }: { readonly page: Page }) {
  const { words, document } = page
  const { violations } = document
  const violated = violations.filter(({ outcome }) => outcome === 'violated')
  const { ruleTable } = words.done
  if (violations.length === 0) return null
  const summary = words.done.rules({
    violated: violated.length,
    stores: new Set(violated.map(({ resource }) => resource)).size,
    undecided: violations.length - violated.length,
  })
  return (
    <>
      <p className="paper sub">{summary}</p>
      <TableFold page={page} summary={summary}>
        <DataTable
          page={page}
          caption={summary}
          head={[ruleTable.rule, ruleTable.severity, ruleTable.store, ruleTable.outcome, ruleTable.because]}
          omitted={Math.max(0, violations.length - TABLE_ROWS)}
          rows={violations.slice(0, TABLE_ROWS).map((violation) => ruleRow(page, violation))}
        />
      </TableFold>
    </>
  )
}

function ruleRow({ words }: Page, { title, severity, resource, outcome, because }: Violation) {
  return [
    <span lang="en" key="title">
      {title}
    </span>,
    words.done.severities[severity],
    <span className="sn" key="store">
      {resource.slice(resource.lastIndexOf(':') + 1)}
    </span>,
    words.done.outcomes[outcome],
    <span lang="en" key="because">
      {because.slice(0, 4).join(' ')}
    </span>,
  ]
}
