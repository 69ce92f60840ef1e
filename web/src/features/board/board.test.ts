import { expect, it, vi } from 'vitest'

vi.useFakeTimers()
const { evennessOf } = await import('./board')

it('calls a load even, uneven or lopsided by its coefficient', () => {
  expect([0, 0.19, 0.2, 0.34, 0.35, 0.9].map(evennessOf)).toEqual(['even', 'even', 'uneven', 'uneven', 'lopsided', 'lopsided'])
})
