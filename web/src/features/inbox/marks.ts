// The cases marked for doing one thing to all of them.
import { computed, ref, shallowRef, triggerRef } from 'vue'
import type { CaseRow } from '@/api/types'

export function useMarks(rowAt: (index: number) => CaseRow | undefined) {
  const marked = shallowRef(new Map<string, CaseRow>())
  const anchor = ref(-1)

  function toggle(index: number): void {
    const row = rowAt(index)
    if (!row) return
    if (!marked.value.delete(row.id)) marked.value.set(row.id, row)
    anchor.value = index
    triggerRef(marked)
  }

  /** Marks everything from the last one marked to this one. */
  function extend(index: number): void {
    const from = anchor.value < 0 ? index : anchor.value
    for (let at = Math.min(from, index); at <= Math.max(from, index); at += 1) {
      const row = rowAt(at)
      if (row) marked.value.set(row.id, row)
    }
    anchor.value = index
    triggerRef(marked)
  }

  function mark(rows: readonly CaseRow[]): void {
    rows.forEach((row) => marked.value.set(row.id, row))
    triggerRef(marked)
  }

  function clear(): void {
    marked.value = new Map()
    anchor.value = -1
  }

  const count = computed(() => marked.value.size)
  const isMarked = (id: string) => marked.value.has(id)
  const rows = () => [...marked.value.values()]

  return { count, isMarked, toggle, extend, mark, clear, rows }
}

export type Marks = ReturnType<typeof useMarks>
