import { expect, it } from 'vitest'
import { everyDay, lastDays, periodOf } from './period'

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

it('counts days without a case as such', () => {
  const volume = [{ day: '2026-02-28', count: 2 }, { day: '2026-03-02', count: 1 }]
  expect(everyDay({ from: '2026-02-27', to: '2026-03-02' }, volume).map(({ count }) => count)).toEqual([0, 2, 0, 1])
  expect(everyDay({ from: '0001-01-01', to: '2026-03-02' }, volume)).toHaveLength(3)
  expect(everyDay({ from: '0001-01-01', to: '2026-03-02' }, [])).toEqual([{ day: '2026-03-02', count: 0 }])
})
