// Which command undoes which: nothing is ever overwritten, so undoing is one more event that says so.
import type { CommandBody } from '@/api/cases'
import type { Case } from '@/api/types'
import { readingOf, type Corrections } from '../analysis/corrections'

/** The command that takes this one back, given the case before it; nothing where there is no opposite. */
export function oppositeOf(body: CommandBody, before: Case, reason: string): CommandBody | null {
  switch (body.command) {
    case 'assign':
    case 'change_person':
      // A case cannot be taken from everybody, so one that nobody had stays where it is.
      return before.owner && before.owner.id !== body.owner ? { command: 'assign', owner: before.owner.id } : null
    case 'merge':
      return { command: 'unmerge', reason }
    case 'apply_packs':
      return { command: 'apply_packs', packs: before.packs, reason }
    case 'confirm_facets': {
      const keys = Object.keys((body.corrections as Corrections | undefined) ?? {})
      return keys.length ? { command: 'confirm_facets', corrections: readingOf(before.analysis, keys), reason } : null
    }
    default:
      return null
  }
}
