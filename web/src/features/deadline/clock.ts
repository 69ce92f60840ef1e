// How a clock looks and reads: color for the eye, words for everybody.
export type ClockTone = 'danger' | 'warn' | 'ok' | 'plain'

interface Timed {
  due_at: string
  state: string
}

/** The tone by the state the server gave; a running clock past its due time is shown as breached until the server says so. */
export function toneOf(clock: Timed, present: number): ClockTone {
  if (clock.state === 'met') return 'ok'
  if (clock.state === 'stopped') return 'plain'
  if (clock.state === 'breached' || Date.parse(clock.due_at) < present) return 'danger'
  return clock.state === 'near' ? 'warn' : 'plain'
}

/** Milliseconds left; negative when late. */
export function leftOf(clock: Timed, present: number): number {
  return Date.parse(clock.due_at) - present
}

/** Whether the clock still counts. */
export function isTicking(clock: Timed): boolean {
  return clock.state === 'running' || clock.state === 'near' || clock.state === 'breached'
}
