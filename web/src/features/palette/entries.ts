// What the command palette knows by itself: places, views, cases opened before, ways to like the desk.
import { useI18n } from 'vue-i18n'
import { useRouter, type RouteLocationRaw } from 'vue-router'
import { listCases } from '@/api/cases'
import { viewsOf } from '../inbox/filters'
import { usePresets } from '../preset/presets'
import { useSession } from '../session/session'
import { INSIGHT_PAGES, mayOpen, SETTINGS_PAGES, usePlaces } from '../shell/places'
import { usePreferences } from '../shell/preferences'
import type { Entry } from './offers'
import { recentCases } from './recent'

const FOUND = 6

export function useEntries() {
  const { t } = useI18n()
  const router = useRouter()
  const presets = usePresets()
  const session = useSession()
  const preferences = usePreferences()
  const rail = usePlaces()

  const go = (id: string, label: string, icon: string, to: RouteLocationRaw, hint = '', key?: string): Entry => ({
    id,
    label,
    icon,
    hint,
    ...(key ? { key } : {}),
    run: () => void router.push(to),
  })

  function places(): Entry[] {
    const role = session.me?.role
    const page = (name: string, label: string, icon: string, hint: string) => (mayOpen(name, role) ? [go(`page.${name}`, label, icon, { name }, hint)] : [])
    return [
      ...rail.value.map(({ page: name, label, icon, to, key }) => go(`place.${name}`, label, icon, to, '', key)),
      ...page('import', t('import.title'), 'download', ''),
      ...INSIGHT_PAGES.flatMap((name) => page(`insight-${name}`, t(`insight.page.${name}`), 'bulb', t('nav.insight'))),
      ...SETTINGS_PAGES.flatMap((name) => page(name, t(`admin.page.${name.replace('-', '_')}`), 'gear', t('admin.title'))),
      go('page.account', t('account.title'), 'lock', { name: 'account' }),
    ]
  }

  function views(): Entry[] {
    const own = presets.views.map((view) => go(`view.${view.id}`, view.name, 'filter', { name: 'inbox', query: { ...view.filters } }, t('inbox.views')))
    return [...viewsOf(session.me).map((view) => go(`view.${view.key}`, t(`inbox.view.${view.key}`), 'filter', { name: 'inbox', query: view.filters }, t('inbox.views'))), ...own]
  }

  function recent(): Entry[] {
    return recentCases(session.me?.id ?? '').map((one) => go(`recent.${one.id}`, one.title, 'clock', { name: 'case', params: { id: one.id } }, one.number))
  }

  function likings(): Entry[] {
    const theme = (['auto', 'light', 'dark'] as const).map((value) => ({ id: `theme.${value}`, label: t(`preferences.${value}`), hint: t('preferences.theme'), icon: 'sun', run: () => preferences.setTheme(value) }))
    const density = (['comfortable', 'compact'] as const).map((value) => ({ id: `density.${value}`, label: t(`preferences.${value}`), hint: t('preferences.density'), icon: 'rows', run: () => preferences.setDensity(value) }))
    const other = preferences.locale === 'en' ? ('zh-CN' as const) : ('en' as const)
    const label = t(other === 'en' ? 'preferences.english' : 'preferences.chinese')
    return [...theme, ...density, { id: 'language', label, hint: t('preferences.language'), icon: 'globe', run: () => void preferences.setLanguage(other) }]
  }

  /** Cases whose words, title or number hold what was typed. */
  async function search(words: string, signal: AbortSignal): Promise<Entry[]> {
    const { items } = await listCases({ q: words }, 0, FOUND, signal)
    return items.map((row) => go(`case.${row.id}`, row.title, 'search', { name: 'case', params: { id: row.id } }, row.number))
  }

  return { places, views, recent, likings, search }
}
