// What was sent while nobody could be reached: kept, sent again with the same key until it arrives, given back when it cannot.
import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { commandPath, type CommandBody, type Intake } from '@/api/cases'
import { call, Problem } from '@/api/client'
import type { Case } from '@/api/types'
import { useLive } from '../shell/live'

/** Something to be sent: a command upon a case, or a complaint to be taken in. */
export type Parcel =
  | { kind: 'command'; case: string; number: string; version: number; body: CommandBody }
  | { kind: 'intake'; body: Intake }

export interface Waiting {
  key: string
  at: number
  parcel: Parcel
}

/** How a parcel ended that had to wait. */
export type Ending = { waiting: Waiting; arrived: Case } | { waiting: Waiting; refused: Problem }

const AGAIN_MS = 10_000
const shelfOf = (person: string) => `tingsu.outbox.${person}`

function saved(person: string): Waiting[] {
  try {
    return JSON.parse(localStorage.getItem(shelfOf(person)) ?? '[]') as Waiting[]
  } catch {
    return []
  }
}

/** Later parcels of the same case were written knowing this one, so they follow its version. */
export function follow(waiting: readonly Waiting[], sent: Waiting, arrived: Case): Waiting[] {
  const { parcel: done } = sent
  return waiting
    .filter(({ key }) => key !== sent.key)
    .map((other) => {
      const { parcel } = other
      const next = done.kind === 'command' && parcel.kind === 'command' && parcel.case === done.case && parcel.version === done.version
      return next ? { ...other, parcel: { ...parcel, version: arrived.version } } : other
    })
}

function post({ key, parcel }: Waiting): Promise<Case> {
  if (parcel.kind === 'intake') return call('/cases', { method: 'POST', body: parcel.body, key })
  return call(commandPath(parcel.case), { method: 'POST', body: parcel.body, version: parcel.version, key })
}

export const useOutbox = defineStore('outbox', () => {
  const waiting = ref<Waiting[]>([])
  const busy = ref(false)
  const listeners = new Set<(ending: Ending) => void>()
  let person = ''
  let timer: ReturnType<typeof setTimeout> | undefined

  function keep(next: Waiting[]): void {
    waiting.value = next
    if (next.length) localStorage.setItem(shelfOf(person), JSON.stringify(next))
    else localStorage.removeItem(shelfOf(person))
    clearTimeout(timer)
    if (next.length) timer = setTimeout(() => void flush(), AGAIN_MS)
  }

  /** Takes over what this person left waiting. */
  function own(id: string): void {
    person = id
    keep(saved(id))
    if (waiting.value.length) void flush()
  }

  /** Sends a parcel; nothing is answered when it has to wait for the network. */
  async function send(parcel: Parcel): Promise<Case | null> {
    const entry: Waiting = { key: crypto.randomUUID(), at: Date.now(), parcel }
    try {
      return await post(entry)
    } catch (error) {
      if (!(error instanceof Problem && error.isPassing)) throw error
      keep([...waiting.value, entry])
      return null
    }
  }

  async function sendFirst(entry: Waiting): Promise<boolean> {
    try {
      const arrived = await post(entry)
      keep(follow(waiting.value, entry, arrived))
      listeners.forEach((listener) => listener({ waiting: entry, arrived }))
      return true
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem({ title: String(error), status: 400 })
      // Whoever has to log in again comes back to this; what was said no to goes back to its writer.
      if (problem.isPassing || problem.status === 401) return false
      takeBack(entry.key)
      listeners.forEach((listener) => listener({ waiting: entry, refused: problem }))
      return true
    }
  }

  async function flushAlone(): Promise<void> {
    busy.value = true
    waiting.value = saved(person)
    for (let entry = waiting.value[0]; entry; entry = waiting.value[0]) {
      if (!(await sendFirst(entry))) break
    }
    keep(waiting.value)
    busy.value = false
  }

  /** Sends what waits, one after the other; only one page of the browser does it at a time. */
  async function flush(): Promise<void> {
    if (busy.value || waiting.value.length === 0) return
    if (navigator.locks) await navigator.locks.request('tingsu.outbox', flushAlone)
    else await flushAlone()
  }

  /** Takes a parcel out unsent. */
  function takeBack(key: string): Waiting | undefined {
    const found = waiting.value.find((entry) => entry.key === key)
    keep(waiting.value.filter((entry) => entry.key !== key))
    return found
  }

  /** Hears how parcels end that had to wait. */
  function onEnding(listener: (ending: Ending) => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  function forget(): void {
    keep([])
  }

  const count = computed(() => waiting.value.length)
  const live = useLive()
  watch(
    () => live.up,
    (up) => {
      if (up) void flush()
    },
  )
  window.addEventListener('online', () => void flush())

  return { waiting, count, busy, own, send, flush, takeBack, onEnding, forget }
})
