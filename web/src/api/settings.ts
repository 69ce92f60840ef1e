// The documents that decide, over HTTP.
import { call } from './client'
import type { DocumentChange, DocumentList, Preview, RevisionList, SettingsDocument } from './types'

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
