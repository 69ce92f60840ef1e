// The places of the workbench and who may open them: the rail, the keys, the palette and the door all ask here.
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { RouteLocationRaw } from 'vue-router'
import { useSession } from '../session/session'

const DESK = ['agent', 'specialist', 'supervisor', 'quality', 'admin']
const HANDLERS = ['agent', 'specialist', 'supervisor', 'admin']
const JUDGES = ['supervisor', 'quality', 'admin']
const LEADERS = ['supervisor', 'admin']

/** Roles that may open a page; a page that is not named is open to everybody. The server asks again. */
const READERS: Record<string, readonly string[]> = {
  intake: HANDLERS,
  import: HANDLERS,
  board: JUDGES,
  customers: DESK,
  customer: DESK,
  talks: DESK,
  talk: DESK,
  'insight-silent': DESK,
  'insight-lessons': [...JUDGES, 'analyst'],
  'insight-economics': [...JUDGES, 'specialist', 'analyst'],
  settings: DESK,
  'settings-people': LEADERS,
  'settings-tokens': LEADERS,
  'settings-channels': ['admin'],
  'settings-privacy': LEADERS,
  'settings-trail': ['admin'],
}

export function mayOpen(page: string, role: string | undefined): boolean {
  return READERS[page]?.includes(role ?? '') ?? true
}

/** The roles that may open a page, for whoever may not. */
export const readersOf = (page: string): readonly string[] => READERS[page] ?? []

export interface Place {
  page: string
  icon: string
  label: string
  key: string
  to: RouteLocationRaw
}

/** The places of the rail that this person may open, with the keys that lead there. */
export function usePlaces() {
  const { t } = useI18n()
  const session = useSession()
  return computed<Place[]>(() => {
    const role = session.me?.role
    const settings = mayOpen('settings', role) ? 'settings' : 'settings-packs'
    const places: Place[] = [
      { page: 'inbox', icon: 'inbox', label: t('nav.inbox'), key: 'g i', to: { name: 'inbox', query: { state: 'open' } } },
      { page: 'intake', icon: 'intake', label: t('nav.intake'), key: 'c', to: { name: 'intake' } },
      { page: 'board', icon: 'alert', label: t('board.title'), key: 'g b', to: { name: 'board' } },
      { page: 'customers', icon: 'user', label: t('customers.title'), key: 'g u', to: { name: 'customers' } },
      { page: 'dashboard', icon: 'chart', label: t('nav.dashboard'), key: 'g d', to: { name: 'dashboard' } },
      { page: 'talks', icon: 'note', label: t('nav.talks'), key: 'g t', to: { name: 'talks' } },
      { page: 'insight', icon: 'bulb', label: t('nav.insight'), key: 'g l', to: '/insight' },
      { page: settings, icon: 'gear', label: t('admin.title'), key: 'g p', to: { name: settings } },
    ]
    return places.filter(({ page }) => mayOpen(page, role))
  })
}

/** Pages beside each other under one heading of the rail. */
export const INSIGHT_PAGES = ['report', 'outbreaks', 'causes', 'tree', 'silent', 'satisfaction', 'lessons', 'economics', 'process'] as const
export const SETTINGS_PAGES = ['settings', 'settings-packs', 'settings-people', 'settings-tokens', 'settings-channels', 'settings-privacy', 'settings-trail'] as const
