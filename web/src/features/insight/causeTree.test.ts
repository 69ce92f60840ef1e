import { expect, it } from 'vitest'
import type { RootCause } from '@/api/types'
import { branchesOf, NO_WORDS, sentWords } from './causeTree'

const cause = (id: string, parent: string | null) => ({ id, parent, title: id }) as RootCause

it('puts causes under their parents, and orphans at the top', () => {
  const found = branchesOf([cause('a', null), cause('b', 'a'), cause('c', 'gone'), cause('d', 'b')])
  expect(found.map(({ cause: { id }, depth }) => `${id}${depth}`)).toEqual(['a0', 'b1', 'd2', 'c0'])
})

it('sends what is filled in', () => {
  expect(sentWords({ ...NO_WORDS, title: 't' })).toEqual({ title: 't', status: 'suspected' })
})
