import { describe, expect, it } from 'vitest'
import { segmentText } from './segments'

const show = (text: string, spans: [number, number, string][]) =>
  segmentText(
    text,
    spans.map(([start, end, by]) => ({ start, end, by })),
  ).map((segment) => `${segment.text}:${segment.by.join('+')}`)

describe('segmentText', () => {
  it('counts code points, not UTF-16 units', () => {
    expect(show('退😡款!', [[1, 3, 'emotion']])).toEqual(['退:', '😡款:emotion', '!:'])
  })

  it('names every painter of overlapping evidence', () => {
    expect(show('态度太差了', [[0, 4, 'subjects'], [2, 5, 'emotion']])).toEqual(['态度:subjects', '太差:subjects+emotion', '了:emotion'])
  })

  it('cuts spans that leave the text and drops empty ones', () => {
    expect(show('退款', [[1, 9, 'motives'], [2, 2, 'risks'], [-3, 1, 'causes']])).toEqual(['退:causes', '款:motives'])
  })

  it('tells what is painted at rest from what waits for the light', () => {
    const [first] = segmentText('太差', [
      { start: 0, end: 2, by: 'nature', quiet: true },
      { start: 0, end: 2, by: 'emotion' },
    ])
    expect(first).toMatchObject({ by: ['nature', 'emotion'], loud: ['emotion'] })
  })

  it('gives nothing for nothing', () => {
    expect(show('', [[0, 3, 'risks']])).toEqual([])
  })

  it('always joins back to the text', () => {
    const text = '三天了👨‍👩‍👧还没人回我,<b>再不处理</b>我就曝光'
    for (let seed = 1; seed < 60; seed++) {
      const spans = Array.from({ length: seed % 7 }, (_, index) => {
        const start = (seed * 31 + index * 17) % 40
        return { start, end: start + ((seed * 13 + index * 7) % 15), by: `f${index}` }
      })
      expect(segmentText(text, spans).map((segment) => segment.text).join('')).toBe(text)
    }
  })
})
