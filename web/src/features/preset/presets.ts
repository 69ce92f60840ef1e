// What is laid ready for this person: views of the list, macros, signatures; asked for once, changed in place.
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { addPreset, changePreset, deletePreset, listPresets } from '@/api/presets'
import type { Preset, PresetRequest } from '@/api/types'

/** Roles that lay things ready for everybody. */
export const SHARERS = ['supervisor', 'admin']

/** What is asked for to make the same preset again. */
export function requestOf({ kind, name, shared, filters, text }: Preset): PresetRequest {
  return kind === 'view' ? { kind, name, shared, filters } : { kind, name, shared, text: text ?? '' }
}

export const usePresets = defineStore('presets', () => {
  const items = shallowRef<Preset[]>([])
  let asked: Promise<void> | null = null

  function put(next: Preset[]): void {
    items.value = [...next].sort((a, b) => Number(a.shared) - Number(b.shared) || a.name.localeCompare(b.name))
  }

  async function ask(): Promise<void> {
    // Without them the desk works as well; the next page asks again.
    const answer = await listPresets().catch(() => null)
    if (answer) put(answer)
    else asked = null
  }

  function load(): Promise<void> {
    return (asked ??= ask())
  }

  async function add(request: PresetRequest): Promise<Preset> {
    const made = await addPreset(request)
    put([...items.value, made])
    return made
  }

  async function change(id: string, request: PresetRequest): Promise<void> {
    const changed = await changePreset(id, request)
    put(items.value.map((preset) => (preset.id === id ? changed : preset)))
  }

  async function remove(id: string): Promise<void> {
    await deletePreset(id)
    put(items.value.filter((preset) => preset.id !== id))
  }

  const of = (kind: Preset['kind']) => items.value.filter((preset) => preset.kind === kind)
  const views = computed(() => of('view'))
  const macros = computed(() => of('macro'))
  /** One's own signature goes before a shared one. */
  const signature = computed(() => of('signature').sort((a, b) => Number(a.shared) - Number(b.shared))[0] ?? null)

  function forget(): void {
    asked = null
    items.value = []
  }

  return { items, views, macros, signature, load, add, change, remove, forget }
})
