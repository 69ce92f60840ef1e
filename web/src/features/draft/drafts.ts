// Words that were written and not sent: kept in this browser under the writer's name, a week long, through reload, crash and dead network.

/** So long a draft is kept, in milliseconds. */
export const KEPT_MS = 7 * 86_400_000
const PREFIX = 'tingsu.draft.'

interface Kept {
  at: number
  value: string
}

let owner = ''

const keyOf = (name: string) => `${PREFIX}${owner}.${name}`

function read(key: string): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Kept | null
    return typeof kept?.value === 'string' && typeof kept.at === 'number' ? kept : null
  } catch {
    return null
  }
}

function keysOf(prefix: string): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(prefix))
}

/** Says whose drafts they are from now on, and throws away what is too old, whoever wrote it. */
export function ownDrafts(person: string, present = Date.now()): void {
  owner = person
  for (const key of keysOf(PREFIX)) {
    const kept = read(key)
    if (!kept || present - kept.at > KEPT_MS) localStorage.removeItem(key)
  }
}

/** What was kept under a name, or nothing. */
export function draftOf(name: string): string | null {
  return read(keyOf(name))?.value ?? null
}

/** Keeps words under a name; false when the browser has no room. */
export function keepDraft(name: string, value: string, present = Date.now()): boolean {
  try {
    localStorage.setItem(keyOf(name), JSON.stringify({ at: present, value } satisfies Kept))
    return true
  } catch {
    return false
  }
}

export function dropDraft(name: string): void {
  localStorage.removeItem(keyOf(name))
}

/** The names of all drafts of the person at the desk that begin so. */
export function draftNames(beginning = ''): string[] {
  return keysOf(keyOf(beginning)).map((key) => key.slice(keyOf('').length))
}

/** Throws away every draft of the person at the desk. */
export function dropAllDrafts(): void {
  keysOf(keyOf('')).forEach((key) => localStorage.removeItem(key))
}
