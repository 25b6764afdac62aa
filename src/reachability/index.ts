export { decide, MODELLED_TYPES, traceWitnesses } from './decide.ts'
export type { ReachContext } from './reach-model.ts'
export { answerReachQuestion, parseReachQuestion, type ReachAnswer, type ReachQuestion, ReachQuestionError } from './question.ts'
