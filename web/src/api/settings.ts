// The documents that decide, over HTTP.
import { call } from './client'
import type { Assessment, DocumentChange, DocumentList, Preview, PrivacySettings, RevisionList, RulePack, SettingsDocument } from './types'

const path = (name: string) => `/settings/${encodeURIComponent(name)}`

export function listDocuments(): Promise<DocumentList> {
  return call('/settings')
}

export function getDocument(name: string, revision?: number): Promise<SettingsDocument> {
  return call(path(name), { query: { revision } })
}

export function listRevisions(name: string): Promise<RevisionList> {
  return call(`${path(name)}/revisions`)
}

export function previewDocument(name: string, change: DocumentChange): Promise<Preview> {
  return call(`${path(name)}/preview`, { method: 'POST', body: change })
}

export function saveDocument(name: string, seen: number, change: DocumentChange): Promise<SettingsDocument> {
  return call(`${path(name)}/revisions`, { method: 'POST', body: change, version: seen })
}

export function undoDocument(name: string, seen: number, revision: number | undefined, note: string): Promise<SettingsDocument> {
  return call(`${path(name)}/undo`, { method: 'POST', body: { revision, note: note || undefined }, version: seen })
}

export function listPacks(): Promise<RulePack[]> {
  return call('/packs')
}

export function previewPacks(packs: string[]): Promise<Preview> {
  return call('/packs/preview', { method: 'POST', body: { packs } })
}

export function putPacks(packs: string[]): Promise<{ packs: string[] }> {
  return call('/packs/in-force', { method: 'POST', body: { packs } })
}

export function getPrivacy(): Promise<PrivacySettings> {
  return call('/settings/privacy')
}

export function putPrivacy(settings: PrivacySettings): Promise<PrivacySettings> {
  return call('/settings/privacy', { method: 'POST', body: settings })
}

export function listAssessments(): Promise<Assessment[]> {
  return call('/privacy/assessments')
}

export function addAssessment(title: string, text: string): Promise<Assessment> {
  return call('/privacy/assessments', { method: 'POST', body: { title, text } })
}
