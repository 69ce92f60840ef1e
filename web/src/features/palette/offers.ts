// What the open page offers to the command palette, for as long as it is open.
import { onScopeDispose, shallowReactive } from 'vue'

export interface Entry {
  id: string
  label: string
  hint?: string
  icon: string
  /** The key that does the same without the palette. */
  key?: string
  run: () => void
}

const sources = shallowReactive(new Set<() => Entry[]>())

/** Offers these entries while the component lives. */
export function useOffers(source: () => Entry[]): void {
  sources.add(source)
  onScopeDispose(() => sources.delete(source))
}

/** What is offered now. */
export function offered(): Entry[] {
  return [...sources].flatMap((source) => source())
}
