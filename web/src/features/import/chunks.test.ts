import { expect, it } from 'vitest'
import type { FileRow } from '@/api/types'
import { chunksOf } from './chunks'

const row = (line: number, length: number) => ({ line, key: String(line), intake: { text: 'x'.repeat(length), channel: 'phone' } }) as FileRow
const lines = (chunks: FileRow[][]) => chunks.map((chunk) => chunk.map(({ line }) => line))

it('keeps the order, the number and the weight', () => {
  const rows = [row(2, 5), row(3, 5), row(4, 5), row(5, 50), row(6, 1), row(7, 1)]
  expect(lines(chunksOf(rows, 2, 1000))).toEqual([[2, 3], [4, 5], [6, 7]])
  expect(lines(chunksOf(rows, 10, 12))).toEqual([[2, 3], [4], [5], [6, 7]])
  expect(chunksOf([])).toEqual([])
})
