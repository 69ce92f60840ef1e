import { expect, test } from 'vitest'
import { placePoints, polyline } from './curve'

test('heights span the box, calm at the bottom', () => {
  expect(placePoints([0, 3, 1.5], 100, 30)).toEqual([
    { x: 0, y: 30 },
    { x: 50, y: 0 },
    { x: 100, y: 15 },
  ])
})

test('a single point stands in the middle, and nothing leaves the box', () => {
  expect(placePoints([9], 100, 30)).toEqual([{ x: 50, y: 0 }])
  expect(polyline(placePoints([], 100, 30))).toBe('')
})
