// Reading a text without storing it.
import { call } from './client'
import type { Analysis, Legend, Plan } from './types'

export function readText(text: string, channel: string, signal: AbortSignal): Promise<Analysis> {
  return call('/analyses', { method: 'POST', body: { text, channel }, signal })
}

export function planText(text: string, channel: string, signal: AbortSignal): Promise<Plan> {
  return call('/plans', { method: 'POST', body: { text, channel }, signal })
}

export function getLegend(): Promise<Legend> {
  return call('/legend')
}
