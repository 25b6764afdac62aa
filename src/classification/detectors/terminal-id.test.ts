import { describe } from 'vitest'
import { checkDetector } from '../testing/check-detector.ts'
import { terminalId } from './terminal-id.ts'

describe('terminal-id', () => {
  checkDetector(terminalId, {
    values: [
      { value: 'nvt-00012345', normalised: 'NVT-00012345' },
      { value: '３５００１２３４５６７８', normalised: '350012345678' },
      { value: 'tablet', normalised: null },
      { value: '12', normalised: null },
      { value: 'two words 1234', normalised: null },
    ],
    headers: ['terminal_id', 'terminalId', 'Device Number', 'dcm_id', 'head unit id', 'tcu', '車載機ID', '端末番号'],
    otherHeaders: ['device_type', 'terminal name', 'id', '端末種別'],
  })
})
