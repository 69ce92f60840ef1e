import { expect, it } from 'vitest'
import type { CaseEvent } from '@/api/types'
import { daysOf } from './timeline'

const event = (index: number, at: string, kind: string, data: object = {}): CaseEvent => ({
  sequence: index,
  index,
  at,
  actor: null,
  kind,
  summary: kind,
  data: data as CaseEvent['data'],
})

const story = [
  event(1, '2026-11-20T09:00:00+08:00', 'received'),
  event(2, '2026-11-20T09:00:00+08:00', 'deadline_set'),
  event(3, '2026-11-20T09:05:00+08:00', 'message_added', { message: { direction: 'outbound', text: '您好' } }),
  event(4, '2026-11-22T10:00:00+08:00', 'state_changed'),
]

it('tells the newest first and keeps the order within one moment', () => {
  const indexes = daysOf(story, true).map((day) => day.entries.map(({ event }) => event.index))
  expect(indexes).toEqual([[4], [3, 2, 1]])
})

it('leaves bookkeeping out unless asked for', () => {
  expect(daysOf(story, false).flatMap((day) => day.entries.map(({ event }) => event.kind))).toEqual([
    'state_changed',
    'message_added',
    'received',
  ])
})

it('shows the words of a message', () => {
  expect(daysOf(story, false)[1]?.entries[0]?.message?.text).toBe('您好')
})
