import { expect, it } from 'vitest'
import type { CaseEvent } from '@/api/types'
import { collides, linesOf, wordsOf } from './conflictSides'

const event = (kind: string, data: object = {}) => ({ kind, data }) as unknown as CaseEvent

it('says what a stopped command carries', () => {
  const body = { command: 'confirm_facets', corrections: { psychology: { primary: 'redress', secondary: null }, motives: ['refund', 'apology'] }, reason: 'called back' }
  expect(linesOf(body)).toEqual([
    { label: 'psychology', facet: true, value: 'redress' },
    { label: 'motives', facet: true, value: 'refund · apology' },
    { label: 'reason', value: 'called back' },
  ])
  expect(linesOf({ command: 'propose', offers: [{ remedy: 'refund', amount: '299.00' }] })).toEqual([{ label: 'offers', value: 'refund 299.00' }])
})

it('finds the words of what others did', () => {
  expect(wordsOf(event('message_added', { message: { text: 'sent' } }))).toBe('sent')
  expect(wordsOf(event('graded'))).toBe('')
})

it('tells what concerns the same thing', () => {
  expect(collides('send_message', event('message_added'))).toBe(true)
  expect(collides('note', event('message_added'))).toBe(false)
  expect(collides('close', event('state_changed'))).toBe(true)
})
