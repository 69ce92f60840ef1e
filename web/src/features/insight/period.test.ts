import { expect, it } from 'vitest'
import { lastDays, periodOf } from './period'

const present = Date.UTC(2026, 10, 22, 1, 0)

it('counts today as one of the days', () => {
  expect(lastDays(7, present)).toEqual({ from: '2026-11-16', to: '2026-11-22' })
})

it('takes a period from the address only when it is one', () => {
  expect(periodOf({ from: '2026-10-01', to: '2026-10-31' }, present)).toEqual({ from: '2026-10-01', to: '2026-10-31' })
  const usual = { from: '2026-10-26', to: '2026-11-22' }
  expect(periodOf({ from: '2026-11-02', to: '2026-11-01' }, present)).toEqual(usual)
  expect(periodOf({ from: 'soon', to: ['x'] }, present)).toEqual(usual)
})
