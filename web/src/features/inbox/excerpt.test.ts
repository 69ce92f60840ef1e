import { expect, it } from 'vitest'
import { excerptOf } from './excerpt'

it('goes on where the title ends', () => {
  const row = { title: '😡退款三次…', excerpt: '😡退款三次都没到账，客服不理', highlights: [[9, 11]] }
  expect(excerptOf(row)).toEqual({ text: '都没到账，客服不理', highlights: [{ start: 4, end: 6 }] })
  expect(Array.from(row.excerpt).slice(9, 11).join('')).toBe(Array.from('都没到账，客服不理').slice(4, 6).join(''))
})

it('keeps the place that was searched for', () => {
  const row = { title: '退款三次…', excerpt: '退款三次都没到账', highlights: [[0, 2]] }
  expect(excerptOf(row).text).toBe(row.excerpt)
})

it('does not begin with the end of the sentence before', () => {
  const row = { title: '站在后排…', excerpt: '站在后排。我站了一个半小时', highlights: [[6, 7]] }
  expect(excerptOf(row)).toEqual({ text: '我站了一个半小时', highlights: [{ start: 1, end: 2 }] })
})

it('says nothing when only a full stop is left', () => {
  expect(excerptOf({ title: '要求全部退掉…', excerpt: '要求全部退掉。', highlights: [] }).text).toBe('')
})

it('leaves other excerpts alone', () => {
  expect(excerptOf({ title: '净水器漏水', excerpt: '上个月买的', highlights: [] }).text).toBe('上个月买的')
})
