import { expect, it } from 'vitest'
import { weekMeans } from './mean'

it('waits for a full week', () => {
  expect(weekMeans([7, 7, 7, 7, 7, 7])).toEqual([null, null, null, null, null, null])
  expect(weekMeans([0, 0, 0, 0, 0, 0, 7, 14]).slice(6)).toEqual([1, 3])
})
