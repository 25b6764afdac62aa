export { renderCaseInTerminal } from './case-view.ts'
export type { TerminalOptions } from './case-view.ts'
export { renderStoreInTerminal } from './store-view.ts'
export { stripControls } from './text.ts'
