import { expect, it } from 'vitest'
import { filtersOf, sameFilters, setFilter, toggleValue, valuesOf, VIEWS } from './filters'

it('reads an address and drops what is no filter', () => {
  expect(filtersOf({ q: '退款', state: 'open', owner: ' ', evil: 'x', risk: ['a', 'b'] })).toEqual({ q: '退款', state: 'open' })
})

it('puts a value in and takes it out again', () => {
  const both = toggleValue(toggleValue({}, 'risk', 'legal'), 'risk', 'churn')
  expect(both).toEqual({ risk: 'legal,churn' })
  expect(toggleValue(toggleValue(both, 'risk', 'legal'), 'risk', 'churn')).toEqual({})
  expect(valuesOf(both, 'risk')).toEqual(['legal', 'churn'])
})

it('forgets an emptied filter', () => {
  expect(setFilter({ q: '退款', state: 'open' }, 'q', '')).toEqual({ state: 'open' })
})

it('tells every view from every other', () => {
  for (const one of VIEWS) {
    expect(VIEWS.filter((other) => sameFilters(one.filters, other.filters))).toEqual([one])
  }
})
