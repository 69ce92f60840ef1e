// What a customer sees by a secret link; nobody is signed in.
import { call } from './client'
import type { Progress } from './types'

export function getProgress(secret: string): Promise<Progress> {
  return call(`/progress/${encodeURIComponent(secret)}`, { anonymous: true })
}
