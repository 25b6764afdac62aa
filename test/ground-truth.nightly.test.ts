import { describeGroundTruth } from './ground-truth.ts'

for (const seed of [1, 2, 3, 4, 5]) describeGroundTruth(seed, 0.05)
describeGroundTruth(7, 1)
