// Files of complaints: read first, then imported row by row.
import { call } from './client'
import type { FileReading, FileRow, ImportAnswer } from './types'

/** Reads a file; nothing is stored. */
export function readFile(file: File, channel: string, column: string, signal: AbortSignal): Promise<FileReading> {
  return call('/imports/read', { method: 'POST', query: { name: file.name, channel, column }, body: file, signal })
}

/** Opens a case for each row that is none yet, all or none. */
export function importRows(source: string, rows: FileRow[]): Promise<ImportAnswer> {
  return call('/imports', { method: 'POST', body: { source, rows } })
}
