import { describeGroundTruth } from './ground-truth.ts'

describeGroundTruth(7, 0.01)
