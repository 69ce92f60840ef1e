// One case on screen: loaded, kept fresh, changed by commands, and safe when somebody else was faster.
import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { getCase, getEvents, sendCommand, type CommandBody } from '@/api/cases'
import { Problem } from '@/api/client'
import type { Case, CaseEvent } from '@/api/types'
import { useOutbox } from '../draft/outbox'
import { noteRecent } from '../palette/recent'
import { useSession } from '../session/session'
import { useLive } from '../shell/live'
import { SPOKEN } from './commandForms'

export interface Conflict {
  body: CommandBody
  /** The version the caller had seen. */
  seen: number
}

/**
 * How a command ended: done (words that nobody could be reached with wait for the network), refused with field messages,
 * or stopped because the case is newer than what was seen.
 */
export type Outcome = { done: true; waits?: boolean } | { done: false; stale: boolean; message: string; fields: Record<string, string> }

export function useOpenCase(id: Ref<string>) {
  const one = shallowRef<Case | null>(null)
  const events = shallowRef<CaseEvent[]>([])
  const problem = shallowRef<Problem | null>(null)
  const conflict = shallowRef<Conflict | null>(null)
  const busy = ref(false)
  const outbox = useOutbox()
  const session = useSession()
  let gone = false

  async function loadEvents(): Promise<void> {
    const answer = await getEvents(id.value).catch(() => null)
    if (answer && !gone) events.value = answer.items
  }

  async function load(): Promise<void> {
    try {
      const [loaded] = await Promise.all([getCase(id.value), loadEvents()])
      one.value = loaded
      problem.value = null
      noteRecent(session.me?.id ?? '', loaded)
    } catch (error) {
      problem.value = error instanceof Problem ? error : new Problem({ title: String(error), status: 0 })
    }
  }

  function refuse(error: unknown, body: CommandBody, seen: number): Outcome {
    if (!(error instanceof Problem)) return { done: false, stale: false, message: String(error), fields: {} }
    if (error.status === 409 && error.body.current) {
      one.value = error.body.current
      conflict.value = { body, seen }
      void loadEvents()
      return { done: false, stale: true, message: '', fields: {} }
    }
    return { done: false, stale: false, message: error.status ? error.message : '', fields: error.fields }
  }

  /** Words are never lost to the network: they wait, and nothing is answered. Other commands want somebody who looks. */
  function deliver(body: CommandBody, seen: number): Promise<Case | null> {
    const shown = one.value
    if (!shown || !SPOKEN.includes(body.command)) return sendCommand(id.value, seen, body, crypto.randomUUID())
    return outbox.send({ kind: 'command', case: shown.id, number: shown.number, version: seen, body })
  }

  async function run(body: CommandBody): Promise<Outcome> {
    const seen = one.value?.version ?? 0
    busy.value = true
    try {
      const answer = await deliver(body, seen)
      if (!answer) return { done: true, waits: true }
      // Unmasking shows the words to this person now; it does not change what is kept on screen for others.
      one.value = answer
      conflict.value = null
      await loadEvents()
      return { done: true }
    } catch (error) {
      return refuse(error, body, seen)
    } finally {
      busy.value = false
    }
  }

  /** What happened since the version that a stopped command had seen. */
  const missed = computed(() => events.value.filter((event) => event.index > (conflict.value?.seen ?? Infinity)))

  useLive().subscribe((change) => {
    const shown = one.value
    const newer = change === null || (change.id === shown?.id && change.version > shown.version)
    if (shown && newer && !busy.value) void load()
  })
  watch(
    id,
    () => {
      one.value = null
      conflict.value = null
      void load()
    },
    { immediate: true },
  )
  onScopeDispose(() => (gone = true))

  return { one, events, problem, conflict, missed, busy, load, run, giveUp: () => (conflict.value = null) }
}

export type OpenCase = ReturnType<typeof useOpenCase>
