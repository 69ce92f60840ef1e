import { expect, it } from 'vitest'
import { isTicking, leftOf, toneOf } from './clock'

const present = Date.parse('2026-11-22T09:00:00+08:00')
const at = (due_at: string, state: string) => ({ due_at, state })

it('shows how a clock stands', () => {
  expect(toneOf(at('2026-11-23T09:00:00+08:00', 'running'), present)).toBe('plain')
  expect(toneOf(at('2026-11-22T10:00:00+08:00', 'near'), present)).toBe('warn')
  expect(toneOf(at('2026-11-22T08:00:00+08:00', 'breached'), present)).toBe('danger')
  expect(toneOf(at('2026-11-22T08:00:00+08:00', 'met'), present)).toBe('ok')
})

it('does not wait for the server to call a passed clock late', () => {
  expect(toneOf(at('2026-11-22T08:59:00+08:00', 'running'), present)).toBe('danger')
  expect(leftOf(at('2026-11-22T08:59:00+08:00', 'running'), present)).toBe(-60_000)
})

it('knows which clocks count', () => {
  expect(['running', 'near', 'breached', 'met', 'stopped'].filter((state) => isTicking(at('', state)))).toEqual([
    'running',
    'near',
    'breached',
  ])
})
