import { expect, it } from 'vitest'
import { figureCell, intervalWords, isBeyond, numberWords, scaled, withCurrency } from './figures'

const figure = { value: 0.123, low: 0.1, high: 0.2, reason: null }
const none = { value: null, low: null, high: null, reason: 'too little data' }

it('writes shares as percent and differences with their sign', () => {
  expect(numberWords(0.123, 'percent', 'en')).toBe('12.3%')
  expect(numberWords(0.05, 'points', 'en')).toBe('+5')
  expect(numberWords(-0.05, 'points', 'en')).toBe('−5')
  expect(numberWords(1234.5, 'money', 'en')).toBe('1,235')
  expect(numberWords(2.345, 'times', 'en')).toBe('×2.35')
})

it('gives the interval with the number, and a dash where there is none', () => {
  expect(intervalWords(figure, 'percent', 'en')).toBe('10% – 20%')
  expect(figureCell(figure, 'percent', 'en')).toBe('12.3% [10% – 20%]')
  expect(figureCell(none, 'percent', 'en')).toBe('–')
  expect(intervalWords(none, 'percent', 'en')).toBe('')
  expect(figureCell({ value: 24, low: null, high: null, reason: 'too few values' }, 'hours', 'en')).toBe('24')
  expect(intervalWords({ ...figure, low: 0.12, high: 0.206 }, 'percent', 'en')).toBe('12.0% – 20.6%')
  expect(intervalWords({ ...figure, low: -230, high: 390 }, 'money', 'en')).toBe('−230 – 390')
})

it('turns percents into shares with their interval', () => {
  expect(figureCell(scaled({ ...figure, value: 40, low: 33.7, high: 47.3 }, 0.01), 'percent', 'en')).toBe('40% [33.7% – 47.3%]')
  expect(scaled(none, 0.01)).toEqual(none)
})

it('calls a difference one only when the interval does', () => {
  expect(isBeyond(figure, 0)).toBe('above')
  expect(isBeyond(figure, 0.5)).toBe('below')
  expect(isBeyond(figure, 0.15)).toBe(null)
  expect(isBeyond(none, 0)).toBe(null)
})

it('puts the currency before a sum, after the minus', () => {
  expect(withCurrency('1,235', 'CNY', 'en')).toBe('¥1,235')
  expect(withCurrency('−228', 'EUR', 'zh-CN')).toBe('−€228')
  expect(withCurrency('83', null, 'en')).toBe('83')
})
