import { expect, it } from 'vitest'
import type { Case } from '@/api/types'
import { follow, type Waiting } from './outbox'

const note = (key: string, id: string, version: number): Waiting => ({
  key,
  at: 0,
  parcel: { kind: 'command', case: id, number: id, version, body: { command: 'note', text: key } },
})

it('lets later words on a case follow those that arrived', () => {
  const first = note('a', 'c1', 3)
  const after = follow([first, note('b', 'c1', 3), note('c', 'c2', 3), note('d', 'c1', 2)], first, { version: 4 } as Case)
  const versions = after.map(({ key, parcel }) => [key, parcel.kind === 'command' && parcel.version])
  expect(versions).toEqual([['b', 4], ['c', 3], ['d', 2]])
})
