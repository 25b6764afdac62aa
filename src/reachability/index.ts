export type {
  Certificate,
  CertifiedVerdict,
  CertifiedVerdicts,
  Claim,
  Closed,
  GrantName,
  PartName,
  Reason,
  RequestBlock,
  Way,
} from './certificate/certificate.ts'
export { certify } from './certificate/certify.ts'
export { decide, MODELLED_TYPES, policiesOf, traceWitnesses } from './decide.ts'
export type { NamedPolicy, ReachContext } from './reach-model.ts'
export {
  answerReachQuestion,
  type CertifiedAnswer,
  certifyReachQuestion,
  parseReachQuestion,
  type ReachAnswer,
  type ReachQuestion,
  ReachQuestionError,
} from './question.ts'
