// Short messages that pass; errors stay until dismissed.
import { reactive } from 'vue'

export interface Toast {
  id: number
  kind: 'ok' | 'danger'
  text: string
}

export const toasts = reactive<Toast[]>([])
let last = 0

export function dismiss(id: number): void {
  const index = toasts.findIndex((toast) => toast.id === id)
  if (index >= 0) toasts.splice(index, 1)
}

export function say(text: string, kind: Toast['kind'] = 'ok'): void {
  const id = ++last
  toasts.push({ id, kind, text })
  if (kind === 'ok') setTimeout(() => dismiss(id), 4000)
}
