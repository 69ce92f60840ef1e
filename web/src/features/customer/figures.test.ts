import { expect, it } from 'vitest'
import { sumsOf } from './figures'

it('adds sums of one currency exactly and keeps currencies apart', () => {
  const yuan = (amount: string) => ({ amount, currency: 'CNY' })
  expect(sumsOf([yuan('0.10'), yuan('0.20'), { amount: '5', currency: 'USD' }, yuan('299.5')])).toEqual([yuan('299.80'), { amount: '5.00', currency: 'USD' }])
  expect(sumsOf([yuan('-0.05'), yuan('0.01')])).toEqual([yuan('-0.04')])
  expect(sumsOf([])).toEqual([])
})
