import { expect, it, vi } from 'vitest'

// The module moves its clock by itself; a test must not wait for that.
vi.useFakeTimers()
const { dayBefore, dayWritten, largestUnit, relative } = await import('./time')
const { i18n } = await import('@/i18n')
const { t } = i18n.global

const present = Date.parse('2026-11-22T09:00:00+08:00')

it('says how long ago in the largest whole unit', () => {
  expect(relative('2026-11-22T07:30:00+08:00', present, t)).toBe('1小时前')
  expect(relative('2026-11-25T09:00:00+08:00', present, t)).toBe('3天后')
  expect(relative('2026-11-22T08:59:31+08:00', present, t)).toBe('现在')
})

it('does not call what has just happened a thing to come', () => {
  expect(relative('2026-11-22T09:00:20+08:00', present, t)).toBe('现在')
})

it('keeps hours up to two days, because clocks of the desk are counted in hours', () => {
  expect(largestUnit(-26 * 3_600_000)).toEqual({ count: 26, unit: 'hour' })
  expect(largestUnit(48 * 3_600_000)).toEqual({ count: 2, unit: 'day' })
})

it('shows what is no time as it came', () => {
  expect(relative('soon', present, t)).toBe('soon')
})

it('counts calendar days back over a month', () => {
  expect(dayBefore(Date.UTC(2026, 2, 1, 12), 1)).toBe('2026-02-28')
  // Five in the afternoon in London is the next day at the desk.
  expect(dayBefore(Date.UTC(2026, 2, 1, 17), 0)).toBe('2026-03-02')
})

it('writes a calendar day in the words of the page, wherever it is looked at', () => {
  expect(dayWritten('2026-11-02', 'en')).toBe('Nov 2, 2026')
  expect(dayWritten('2026-11-02', 'zh-CN')).toContain('2026')
  expect(dayWritten('soon', 'en')).toBe('soon')
})
