import { describe, expect, it } from 'vitest'
import { evaluateRules } from './evaluate-rules.ts'
import { RuleFileError } from './rule.ts'
import { BUILT_IN_RULES, loadRules } from './rule-set.ts'
import { reach, store } from './testing/store.ts'

const own = (condition: string) => `rules:
  - id: own-rule
    title: A rule of our own
    because: ["{store.name} breaks it."]
    brokenWhen: ${JSON.stringify(condition)}
`

describe('a rule file', () => {
  it('changes the days of a built-in rule and nothing else of it', () => {
    const rules = loadRules('rules:\n  - id: inquiry-files-leave\n    parameters: { days: 30 }\n', 'rules.yaml')
    const built = BUILT_IN_RULES.rules.find((rule) => rule.id === 'inquiry-files-leave')
    const changed = rules.rules.find((rule) => rule.id === 'inquiry-files-leave')
    expect(changed?.parameters).toEqual({ days: 30 })
    expect({ ...changed, parameters: null, brokenWhen: null, because: null }).toEqual({
      ...built,
      parameters: null,
      brokenWhen: null,
      because: null,
    })
    const facts = store({ name: 'dealer', objects: [{ key: 'a', ageDays: 31, elements: ['vin'], present: 'yes' }] })
    expect(evaluateRules(rules, [facts]).map((violation) => violation.because)).toEqual([
      ['a has been there for 31 days; 30 are allowed.'],
    ])
  })

  it('changes the scope of a built-in rule', () => {
    const rules = loadRules('rules:\n  - id: personal-data-not-reachable\n    scope: { names: ["eu-*"] }\n', 'rules.yaml')
    const facts = {
      personalData: { elements: ['vin'], people: 1, examined: true },
      audiences: { now: reach(), ever: reach({ read: 'anyone' }) },
    } as const
    const broken = evaluateRules(rules, [
      store({ ...facts, name: 'eu-files' }),
      store({ ...facts, name: 'us-files', resource: 'arn:aws:s3:::us-files' }),
    ])
    expect(broken.map((violation) => violation.resource)).toEqual(['arn:aws:s3:::parts-catalogue'])
  })

  it('adds rules, also with loops over lists', () => {
    const rules = loadRules(own(`data.elements.exists(element, element.startsWith('pass'))`), 'rules.yaml')
    expect(rules.rules).toHaveLength(BUILT_IN_RULES.rules.length + 1)
    const facts = store({ personalData: { elements: ['passport'], people: 1, examined: true } })
    expect(evaluateRules(rules, [facts]).map((violation) => violation.because)).toEqual([['parts-catalogue breaks it.']])
  })

  it('may be empty of rules', () => {
    expect(loadRules('rules: []', 'rules.yaml')).toEqual(BUILT_IN_RULES)
  })

  it.each([
    { name: 'what is not YAML', text: 'rules: [', says: /^rules\.yaml:1: The file is not valid YAML/ },
    { name: 'what is not a rule file', text: 'ruels: []', says: /^rules\.yaml:1: .*rules/ },
    { name: 'an empty file', text: '', says: /^rules\.yaml: .*not right/ },
    { name: 'a key twice', text: 'rules: []\nrules: []', says: /^rules\.yaml:2: .*unique/ },
    {
      name: 'the same rule twice',
      text: 'rules:\n  - id: inquiry-files-leave\n  - id: inquiry-files-leave',
      says: /^rules\.yaml:3: The rule inquiry-files-leave stands here twice/,
    },
    {
      name: 'a new rule without condition',
      text: 'rules:\n  - id: own',
      says: /^rules\.yaml:2: Rule own: A new rule needs "title", "brokenWhen"/,
    },
    { name: 'an unknown key of a rule', text: 'rules:\n  - id: own\n    when: x', says: /^rules\.yaml:2: Rule own: .*when/ },
    {
      name: 'a severity that is none',
      text: 'rules:\n  - id: own\n    severity: awful',
      says: /^rules\.yaml:3: Rule own: "rules\.severity"/,
    },
    {
      name: 'days that are no number',
      text: 'rules:\n  - id: inquiry-files-leave\n    parameters: { days: many }',
      says: /^rules\.yaml:2: Rule inquiry-files-leave: the condition cannot work/,
    },
    {
      name: 'a placeholder that is no fact',
      text: own('data.personal').replace('{store.name}', '{store.nmae}'),
      says: /^rules\.yaml:4: Rule own-rule: "\{store\.nmae}" is not a fact/,
    },
    {
      name: 'a billion laughs',
      text: `a: &a [x,x]\n${'bcdefghij'
        .split('')
        .map((k, i) => `${k}: &${k} [${Array(10).fill(`*${'abcdefghi'[i]}`)}]`)
        .join('\n')}\nrules: *j`,
      says: /^rules\.yaml.*(alias|not right)/,
    },
    { name: 'a file without end', text: `# ${'x'.repeat(300_000)}`, says: /longer than 262144 characters/ },
  ])('refuses $name', ({ text, says }) => {
    expect(() => loadRules(text, 'rules.yaml')).toThrow(RuleFileError)
    expect(() => loadRules(text, 'rules.yaml')).toThrow(says)
  })
})

describe('a condition is refused at loading', () => {
  it.each([
    { condition: 'data.personal &&', says: /is not CEL/ },
    { condition: 'data.persnal', says: /"data\.persnal" is not a fact/ },
    { condition: 'object.ageDays > 3', says: /"object\.ageDays" is not a fact/ },
    { condition: 'frobnicate(data.people)', says: /unbound function/ },
    { condition: 'data.people', says: /neither true nor false/ },
    { condition: 'data.people + "x" == "1x"', says: /no matching overload/ },
    { condition: 'store.name.matches("(a")', says: /parsing regexp/ },
    { condition: 'has(data.people)', says: /has\(\) is not allowed/ },
    { condition: "'read' in ever", says: /"ever" is not a fact/ },
    { condition: "ever['read'] == 'anyone'", says: /"ever" is not a fact/ },
    { condition: "{'a': 1}['a'] == 1", says: /maps and messages are not allowed/ },
    { condition: `${'['.repeat(900)}1${']'.repeat(900)} == 1`, says: /nested too deeply/ },
    { condition: '[1].all(a, [1].all(b, [1].all(c, a == c)))', says: /loops are nested deeper than 2/ },
    { condition: `store.name == "${'x'.repeat(2_000)}"`, says: /longer than 2000 characters/ },
  ])('$condition', ({ condition, says }) => {
    expect(() => loadRules(own(condition), 'rules.yaml')).toThrow(says)
    expect(() => loadRules(own(condition), 'rules.yaml')).toThrow(/^rules\.yaml:5: Rule own-rule: /)
  })
})
