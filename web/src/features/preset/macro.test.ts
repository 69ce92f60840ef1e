import { expect, it } from 'vitest'
import type { Case, Me } from '@/api/types'
import { fillMacro, signWords } from './macro'

const one = {
  number: 'TS-7',
  matter: { product: 'W300', order: null, site: '' },
  deadlines: [
    { state: 'met', due_at: '2026-11-20T09:00:00+08:00' },
    { state: 'near', due_at: '2026-11-23T18:00:00+08:00' },
    { state: 'running', due_at: '2026-11-29T18:00:00+08:00' },
  ],
} as unknown as Case

it('fills in what the case knows and leaves the rest to be seen', () => {
  const words = fillMacro('{number} {product} {order} {me} {due}', one, { name: 'Wang' } as Me, 'en')
  expect(words).toMatch(/^TS-7 W300 \{order\} Wang Nov 23, 2026/)
})

it('signs once', () => {
  expect(signWords('words\n', 'Tingsu')).toBe('words\n\nTingsu')
  expect(signWords('words\n\nTingsu', 'Tingsu')).toBe('words\n\nTingsu')
  expect(signWords('words', ' ')).toBe('words')
})
