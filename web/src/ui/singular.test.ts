import { expect, it } from 'vitest'
import { singular } from './singular'

it('says one thing in the singular and leaves all others alone', () => {
  expect(singular('1 cases, 1 working days')).toBe('1 case, 1 working day')
  expect(singular('21 cases, 0.1 hours, 1,001 cases, 2,1 days')).toBe('21 cases, 0.1 hours, 1,001 cases, 2,1 days')
  expect(singular('1 codest')).toBe('1 codest')
})
