// Keys that work while nobody is typing. `g i` style pairs wait a second for the second key.
import { onBeforeUnmount, onMounted } from 'vue'

export type Shortcuts = Record<string, (event: KeyboardEvent) => void>

const PAIR_MS = 1000

/** Whether the event belongs to a text field, a dialog or the browser. */
export function isTaken(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return true
  const target = event.target as HTMLElement | null
  if (!target?.closest) return false
  return Boolean(target.closest('input, textarea, select, [contenteditable], dialog'))
}

export function useShortcuts(shortcuts: Shortcuts): void {
  let first = ''
  let timer: ReturnType<typeof setTimeout> | undefined

  function onKey(event: KeyboardEvent): void {
    if (isTaken(event)) return
    const pair = first ? `${first} ${event.key}` : ''
    const action = shortcuts[pair] ?? shortcuts[event.key]
    first = event.key === 'g' ? 'g' : ''
    clearTimeout(timer)
    timer = setTimeout(() => (first = ''), PAIR_MS)
    if (!action) return
    event.preventDefault()
    action(event)
  }

  onMounted(() => document.addEventListener('keydown', onKey))
  onBeforeUnmount(() => document.removeEventListener('keydown', onKey))
}
