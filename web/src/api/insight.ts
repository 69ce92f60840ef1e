// Numbers over many cases.
import { call } from './client'
import type { Dashboard } from './types'

export function getDashboard(query: Record<string, string>, signal: AbortSignal): Promise<Dashboard> {
  return call('/insight/dashboard', { query, signal })
}
