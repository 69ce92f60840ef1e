// What others did and what one wanted, said in the same words, so that both can stand side by side.
import type { CommandBody } from '@/api/cases'
import type { CaseEvent } from '@/api/types'

/** The commands that are more than their summary: the words they carry. */
export function wordsOf(event: CaseEvent): string {
  const data = event.data as { message?: { text?: string }; note?: string; reason?: string; proposal?: { summary?: string } }
  return data.message?.text ?? data.proposal?.summary ?? data.note ?? data.reason ?? ''
}

/** The state that an event brought, as far as it is one that another command can collide with. */
const COLLIDING: Record<string, string[]> = {
  acknowledge: ['message_added', 'state_changed'],
  send_message: ['message_added'],
  report_progress: ['message_added'],
  note: [],
  assign: ['assigned'],
  confirm_facets: ['facets_confirmed'],
  propose: ['proposed'],
  promise: ['promise_made'],
}

/** Whether what happened concerns the same thing as the command that was stopped. */
export function collides(command: string, event: CaseEvent): boolean {
  return (COLLIDING[command] ?? ['state_changed']).includes(event.kind)
}

export interface Line {
  /** The message that names it, or the facet for a correction. */
  label: string
  facet?: boolean
  value: string
}

function flat(value: unknown): string {
  if (Array.isArray(value)) return value.map(flat).filter(Boolean).join(' · ')
  if (value && typeof value === 'object') return Object.values(value).map(flat).filter(Boolean).join(' ')
  return value === null || value === undefined ? '' : String(value)
}

/** What the stopped command carries, line by line. */
export function linesOf(body: CommandBody): Line[] {
  const { command: _, corrections, ...fields } = body
  const facets = Object.entries((corrections as Record<string, unknown>) ?? {}).map(([label, value]) => ({ label, facet: true, value: flat(value) }))
  return [...facets, ...Object.entries(fields).map(([label, value]) => ({ label, value: flat(value) }))].filter(({ value }) => value)
}
