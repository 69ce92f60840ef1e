// Answers that were asked for before the workbench was there (../early.ts): each can be taken once, by the call that asks the same.

/** An answer and what its body says. */
export interface EarlyAnswer {
  response: Response
  body: unknown
}

/** Questions under way by path and query, and the language they were asked in. */
export interface Early {
  language: string
  answers: Map<string, Promise<EarlyAnswer | undefined>>
}

declare global {
  interface Window {
    early?: Early
  }
}

/** So long after the page began an early answer is as good as a new one, in milliseconds. */
const FRESH_MS = 10_000

function sorted(question: string): string {
  const [path = '', query = ''] = question.split('?')
  const params = new URLSearchParams(query)
  params.sort()
  return `${path}?${params}`
}

/** Nothing asked so far holds any longer: somebody came or went, or something was changed. */
export function forgetEarly(): void {
  if (typeof window !== 'undefined') delete window.early
}

/** The answer under way to a question, whatever the order of its filters; nothing when it was not asked early or too long ago. */
export function takeEarly(question: string, language: string): Promise<EarlyAnswer | undefined> | undefined {
  const early = typeof window === 'undefined' ? undefined : window.early
  if (!early) return undefined
  if (early.language !== language || performance.now() > FRESH_MS) {
    forgetEarly()
    return undefined
  }
  const wanted = sorted(question)
  const asked = [...early.answers.keys()].find((key) => sorted(key) === wanted)
  const answer = asked === undefined ? undefined : early.answers.get(asked)
  if (asked !== undefined) early.answers.delete(asked)
  return answer
}
