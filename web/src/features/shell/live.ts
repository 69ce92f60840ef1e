// One line to the server for all pages: pages subscribe to what changed.
import { defineStore } from 'pinia'
import { onScopeDispose, ref } from 'vue'
import { listen } from '@/api/live'
import type { CaseChanged, Presence } from '@/api/types'

/** Nothing instead of a change says that anything may have changed. */
type Listener = (change: CaseChanged | null) => void
type Watcher = (presence: Presence) => void

export const useLive = defineStore('live', () => {
  const up = ref(false)
  const listeners = new Set<Listener>()
  const watchers = new Set<Watcher>()
  let hangUp: (() => void) | null = null

  const tell = (change: CaseChanged | null) => listeners.forEach((listener) => listener(change))

  function connect(): void {
    hangUp ??= listen({
      onCase: tell,
      onPresence: (presence) => watchers.forEach((watcher) => watcher(presence)),
      onGap: () => tell(null),
      onLine: (state) => (up.value = state),
    })
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

  /** Calls the watcher when somebody comes to a case, writes or leaves, while the component lives. */
  function watchPresence(watcher: Watcher): void {
    watchers.add(watcher)
    onScopeDispose(() => watchers.delete(watcher))
  }

  return { up, connect, disconnect, subscribe, watchPresence }
})
