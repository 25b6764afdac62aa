import { describe } from 'vitest'
import { checkDetector } from '../testing/check-detector.ts'
import { customerId } from './customer-id.ts'

describe('customer-id', () => {
  checkDetector(customerId, {
    values: [
      { value: 'c-001234', normalised: 'C-001234' },
      { value: 'Ｃ－００１２３４', normalised: 'C-001234' },
      { value: 'unknown', normalised: null },
      { value: '-', normalised: null },
    ],
    headers: [
      'customer_id',
      'Customer ID',
      'custNo',
      'cust_ref',
      'client number',
      'Member No',
      'customer.id',
      '顧客番号',
      '会員ID',
      'お客様番号',
    ],
    otherHeaders: ['customer', 'customer name', 'id', 'custom id', 'customer type', 'order id'],
  })
})
