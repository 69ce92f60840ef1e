// Short messages that pass; errors stay until dismissed, and what can be taken back stays longer.
import { reactive } from 'vue'

/** What a message offers to do. */
export interface Offer {
  label: string
  run: () => void
}

export interface Toast {
  id: number
  kind: 'ok' | 'danger'
  text: string
  offer?: Offer
}

const PASSING_MS = 4000
const OFFERING_MS = 10_000

export const toasts = reactive<Toast[]>([])
let last = 0

export function dismiss(id: number): void {
  const index = toasts.findIndex((toast) => toast.id === id)
  if (index >= 0) toasts.splice(index, 1)
}

export function say(text: string, kind: Toast['kind'] = 'ok', offer?: Offer): void {
  const id = ++last
  toasts.push({ id, kind, text, ...(offer ? { offer } : {}) })
  if (kind === 'ok') setTimeout(() => dismiss(id), offer ? OFFERING_MS : PASSING_MS)
}
