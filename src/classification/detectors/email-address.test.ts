import { describe } from 'vitest'
import { checkDetector } from '../testing/check-detector.ts'
import { emailAddress } from './email-address.ts'

describe('email-address', () => {
  checkDetector(emailAddress, {
    values: [
      { value: 'Ann@Example.COM', normalised: 'ann@example.com' },
      { value: 'ａｎｎ＠ｅｘａｍｐｌｅ．ｃｏｍ', normalised: 'ann@example.com' },
      { value: 'ann+tag@mail.example.com', normalised: 'ann+tag@mail.example.com' },
      { value: 'ann@localhost', normalised: null },
      { value: 'ann..b@example.com', normalised: null },
      { value: 'ann@example..com', normalised: null },
      { value: '@example.com', normalised: null },
      { value: 'ann@example.123', normalised: null },
    ],
    headers: ['email', 'E-mail', 'emailAddress', 'contact_email', 'メールアドレス'],
    otherHeaders: ['mailing address', 'mail'],
    text: [
      ['write to ann@example.com, or (bob@example.org).', ['ann@example.com', 'bob@example.org']],
      ['git@', []],
    ],
  })
})
