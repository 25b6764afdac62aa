import { describe } from 'vitest'
import { checkDetector } from '../testing/check-detector.ts'
import { postalAddress } from './postal-address.ts'

describe('postal-address', () => {
  checkDetector(postalAddress, {
    values: [
      { value: '12 Example Street, Testville NSW 2000', normalised: '12 example street testville nsw 2000', market: 'AU' },
      { value: 'Unit 3, 12 Example Rd, Testville', normalised: 'unit 3 12 example rd testville' },
      { value: '〒100-0001 東京都例田区例町1-2-3', normalised: '〒100-0001 東京都例田区例町1-2-3', market: 'JP' },
      { value: '北海道例市例町4', normalised: '北海道例市例町4', market: 'JP' },
      { value: '7 Nowhere', normalised: null },
      { value: '7 Nowhere', normalised: '7 nowhere', named: true },
      { value: 'Sydney', normalised: null, named: true },
    ],
    headers: ['address', 'Street Address', 'address_line_1', 'customerAddress', 'street', '住所'],
    otherHeaders: ['email address', 'ip_address', 'mac address', 'dealer address', 'メールアドレス', 'address type'],
    text: [
      ['lives at 12 Example Street, Testville NSW 2000 now', ['12 Example Street, Testville NSW 2000']],
      ['東京都例田区例町1-2-3、在住', ['東京都例田区例町1-2-3']],
    ],
  })
})
