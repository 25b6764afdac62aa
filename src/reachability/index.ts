export { decide, type ReachContext } from './decide.ts'
export { answerReachQuestion, parseReachQuestion, type ReachAnswer, type ReachQuestion, ReachQuestionError } from './question.ts'
