// The cases this person opened last, to go back to; numbers and titles only, as masked as the list shows them.
const KEPT = 8

export interface Recent {
  id: string
  number: string
  title: string
}

const keyOf = (person: string) => `tingsu.recent.${person}`

export function recentCases(person: string): Recent[] {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(person)) ?? '[]') as Recent[]
  } catch {
    return []
  }
}

export function noteRecent(person: string, { id, number, title }: Recent): void {
  const others = recentCases(person).filter((one) => one.id !== id)
  sessionStorage.setItem(keyOf(person), JSON.stringify([{ id, number, title }, ...others].slice(0, KEPT)))
}
