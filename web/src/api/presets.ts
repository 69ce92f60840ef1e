// Views, macros and signatures over HTTP.
import { call } from './client'
import type { Preset, PresetRequest } from './types'

export async function listPresets(): Promise<Preset[]> {
  const { items } = await call<{ items: Preset[] }>('/presets')
  return items
}

export function addPreset(preset: PresetRequest): Promise<Preset> {
  return call('/presets', { method: 'POST', body: preset })
}

export function changePreset(id: string, preset: PresetRequest): Promise<Preset> {
  return call(`/presets/${encodeURIComponent(id)}`, { method: 'POST', body: preset })
}

export function deletePreset(id: string): Promise<void> {
  return call(`/presets/${encodeURIComponent(id)}`, { method: 'DELETE' })
}
