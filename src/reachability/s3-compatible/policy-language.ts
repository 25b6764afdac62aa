// The policy language of AWS as far as these stores speak it: the one place that reaches over to the provider's folder.
export { decideByPolicies } from '../aws/policy/decision.ts'
export { type Policy, parsePolicy } from '../aws/policy/document.ts'
export { type Grant, type Grantee, grantOfAcl, grantOfStatement } from '../aws/policy/grants.ts'
export { derived, type KeyView } from '../aws/policy/key-view.ts'
export { namesIn } from '../aws/policy/names.ts'
export { type ReplayedConfiguration, type ReplayedLayer, replay } from '../aws/policy/replay.ts'
export {
  finite,
  type RequestSetting,
  type RequestShape,
  requestSetting,
  text,
  TRANSPORT,
} from '../aws/policy/requests.ts'
export { distinctionsOf, type Door } from '../aws/policy/search.ts'
export { type Mode, namesAction } from '../aws/policy/statements.ts'
export { ANY_REST, type PolicyTarget } from '../aws/policy/target.ts'
export { parseAcl, parseObjectAcls } from '../aws/s3/acl.ts'
