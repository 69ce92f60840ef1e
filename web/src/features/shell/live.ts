// One line to the server for all pages: pages subscribe to what changed.
import { defineStore } from 'pinia'
import { onScopeDispose, ref } from 'vue'
import { listen } from '@/api/live'
import type { CaseChanged } from '@/api/types'

/** Nothing instead of a change says that anything may have changed. */
type Listener = (change: CaseChanged | null) => void

export const useLive = defineStore('live', () => {
  const up = ref(false)
  const listeners = new Set<Listener>()
  let hangUp: (() => void) | null = null

  const tell = (change: CaseChanged | null) => listeners.forEach((listener) => listener(change))

  function connect(): void {
    hangUp ??= listen({ onCase: tell, onGap: () => tell(null), onLine: (state) => (up.value = state) })
  }

  function disconnect(): void {
    hangUp?.()
    hangUp = null
    up.value = false
  }

  /** Calls the listener for every changed case while the component lives. */
  function subscribe(listener: Listener): void {
    listeners.add(listener)
    onScopeDispose(() => listeners.delete(listener))
  }

  return { up, connect, disconnect, subscribe }
})
