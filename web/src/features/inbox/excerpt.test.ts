import { expect, it } from 'vitest'
import { wordsOf } from './excerpt'

it('goes on where the title ends', () => {
  const row = { title: '😡退款三次…', excerpt: '😡退款三次都没到账，客服不理', highlights: [[9, 11]] }
  const { title, rest } = wordsOf(row)
  expect(title).toEqual({ text: row.title, highlights: [] })
  expect(rest).toEqual({ text: '都没到账，客服不理', highlights: [{ start: 4, end: 6 }] })
  expect(Array.from(row.excerpt).slice(9, 11).join('')).toBe(Array.from(rest.text).slice(4, 6).join(''))
})

it('marks what was searched for in the title instead of saying the title twice', () => {
  const { title, rest } = wordsOf({ title: '退款三次…', excerpt: '退款三次都没到账', highlights: [[0, 2]] })
  expect(title.highlights).toEqual([{ start: 0, end: 2 }])
  expect(rest).toEqual({ text: '都没到账', highlights: [] })
})

it('marks both halves of a word that the title cuts', () => {
  const { title, rest } = wordsOf({ title: '请给我退…', excerpt: '请给我退款', highlights: [[3, 5]] })
  expect(title.highlights).toEqual([{ start: 3, end: 4 }])
  expect(rest).toEqual({ text: '款', highlights: [{ start: 0, end: 1 }] })
})

it('does not begin with the end of the sentence before', () => {
  const row = { title: '站在后排…', excerpt: '站在后排。我站了一个半小时', highlights: [[6, 7]] }
  expect(wordsOf(row).rest).toEqual({ text: '我站了一个半小时', highlights: [{ start: 1, end: 2 }] })
})

it('says nothing when only a full stop is left', () => {
  expect(wordsOf({ title: '要求全部退掉…', excerpt: '要求全部退掉。', highlights: [] }).rest.text).toBe('')
})

it('leaves other excerpts alone', () => {
  expect(wordsOf({ title: '净水器漏水', excerpt: '上个月买的', highlights: [[0, 3]] }).rest).toEqual({ text: '上个月买的', highlights: [{ start: 0, end: 3 }] })
})
