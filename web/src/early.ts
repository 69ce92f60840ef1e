// Asks for what the first page needs before the workbench itself has been read: a script of its own, too small to wait for.
import type { Early, EarlyAnswer } from './api/early'

const BASE = '/api/v1'
/** Set while somebody is signed in, by features/session/session.ts. */
const KNOWN = 'tingsu.known'
/** Pages that nobody has to be known for. */
const BARE = /^\/(login|setup|progress)(\/|$)/

/** The language that was chosen here, or else the browser's. */
function languageOf(): string {
  try {
    const { locale } = JSON.parse(localStorage.getItem('tingsu.preferences') ?? '{}') as { locale?: string }
    if (locale) return locale
  } catch {
    // What cannot be read was not chosen.
  }
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

/** Whether somebody was signed in at the last visit. */
function isKnown(): boolean {
  try {
    return localStorage.getItem(KNOWN) !== null
  } catch {
    return false
  }
}

/** What the page at this address asks for first. */
function questionsOf({ pathname, search }: Location): string[] {
  if (BARE.test(pathname)) return []
  const questions = ['/me']
  // Whoever was not signed in here before is about to sign in: nothing else would be answered.
  if (!isKnown()) return questions
  questions.push('/legend')
  if (pathname === '/' || pathname === '/inbox') questions.push(`/cases?${search.slice(1) || (pathname === '/' ? 'state=open' : '')}&limit=40`)
  const [, id] = pathname.match(/^\/cases\/([^/]+)$/) ?? []
  if (id) questions.push(`/cases/${id}`)
  return questions
}

/** An answer with what it says, read while the workbench is still loading; nothing where none came, so that it is asked again. */
async function ask(question: string, language: string): Promise<EarlyAnswer | undefined> {
  try {
    const response = await fetch(BASE + question, { headers: { Accept: 'application/json', 'Accept-Language': language }, credentials: 'same-origin' })
    return { response, body: await response.json() }
  } catch {
    return undefined
  }
}

const early: Early = { language: languageOf(), answers: new Map() }
for (const question of questionsOf(location)) {
  early.answers.set(question, ask(question, early.language))
}
window.early = early
