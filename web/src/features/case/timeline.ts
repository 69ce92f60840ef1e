// Events as a story: what passed between people in full, the desk's own bookkeeping in one line.
import type { CaseEvent, Message } from '@/api/types'

const QUIET = new Set(['graded', 'deadline_set', 'deadline_stopped', 'deadline_met', 'core_position_set'])

export interface Entry {
  event: CaseEvent
  message: Message | null
  /** Bookkeeping that matters less than what people did. */
  quiet: boolean
}

export interface Day {
  day: string
  entries: Entry[]
}

function messageOf(event: CaseEvent): Message | null {
  if (event.kind !== 'message_added') return null
  return ((event.data as { message?: Message } | null)?.message ?? null) as Message | null
}

/** The entries by day, newest first. Days are those of the viewer's clock. */
export function daysOf(events: readonly CaseEvent[], all: boolean): Day[] {
  const days: Day[] = []
  for (const event of [...events].sort((a, b) => b.index - a.index)) {
    const entry = { event, message: messageOf(event), quiet: QUIET.has(event.kind) }
    if (entry.quiet && !all) continue
    const day = new Date(event.at).toDateString()
    const last = days.at(-1)
    if (last?.day === day) last.entries.push(entry)
    else days.push({ day, entries: [entry] })
  }
  return days
}

/** The icon of what happened. */
export function iconOf(kind: string): string {
  if (kind.startsWith('deadline')) return kind === 'deadline_breached' ? 'alert' : 'clock'
  const icons: Record<string, string> = {
    received: 'inbox',
    facets_confirmed: 'edit',
    proposed: 'scale',
    approved: 'check',
    assigned: 'user',
    changed: 'refresh',
    promise_made: 'note',
    promise_settled: 'note',
    unmasked: 'eye',
    escalated: 'up',
    closed: 'check',
    followed_up: 'heart',
    warning_overruled: 'alert',
  }
  return icons[kind] ?? 'right'
}
