import { expect, it } from 'vitest'
import type { Case } from '@/api/types'
import { oppositeOf } from './opposite'

const before = { owner: { id: 'li', name: 'Li' }, packs: ['cn-consumer'] } as unknown as Case

it('gives a case back to whoever had it', () => {
  expect(oppositeOf({ command: 'assign', owner: 'wang' }, before, 'undone')).toEqual({ command: 'assign', owner: 'li' })
  expect(oppositeOf({ command: 'assign', owner: 'li' }, before, 'undone')).toBeNull()
  expect(oppositeOf({ command: 'assign', owner: 'wang' }, { ...before, owner: null }, 'undone')).toBeNull()
})

it('parts what was joined and puts the packs back', () => {
  expect(oppositeOf({ command: 'merge', into: 'c2' }, before, 'undone')).toEqual({ command: 'unmerge', reason: 'undone' })
  expect(oppositeOf({ command: 'apply_packs', packs: [] }, before, 'undone')).toMatchObject({ packs: ['cn-consumer'] })
})

it('knows that words to a customer cannot be taken back', () => {
  expect(oppositeOf({ command: 'send_message', text: 'sent' }, before, 'undone')).toBeNull()
  expect(oppositeOf({ command: 'confirm_facets' }, before, 'undone')).toBeNull()
})
