export { scanFiles } from './scan-files.ts'
export type { ScanResult, ScanTask } from './scan-protocol.ts'
