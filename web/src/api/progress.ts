// What a customer sees by a secret link, and what they say of the result; nobody is signed in.
import { call } from './client'
import type { Progress, VerdictRequest } from './types'

export function getProgress(secret: string): Promise<Progress> {
  return call(`/progress/${encodeURIComponent(secret)}`, { anonymous: true })
}

export function giveVerdict(secret: string, verdict: VerdictRequest): Promise<Progress> {
  return call(`/progress/${encodeURIComponent(secret)}/verdict`, { method: 'POST', body: verdict, anonymous: true })
}
