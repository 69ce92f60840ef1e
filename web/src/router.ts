import { createRouter, createWebHistory } from 'vue-router'
import { useSession } from './features/session/session'
import { i18n } from './i18n'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', redirect: { name: 'inbox', query: { state: 'open' } } },
    {
      path: '/login',
      name: 'login',
      meta: { bare: true, title: 'login.title' },
      component: () => import('./features/session/LoginPage.vue'),
    },
    {
      path: '/progress/:secret',
      name: 'progress',
      meta: { bare: true, title: 'progress.title' },
      component: () => import('./features/progress/ProgressPage.vue'),
    },
    { path: '/inbox', name: 'inbox', meta: { title: 'nav.inbox' }, component: () => import('./features/inbox/InboxPage.vue') },
    { path: '/intake', name: 'intake', meta: { title: 'nav.intake' }, component: () => import('./features/intake/IntakePage.vue') },
    { path: '/cases/:id', name: 'case', meta: { title: 'nav.case' }, component: () => import('./features/case/CasePage.vue') },
    {
      path: '/dashboard',
      name: 'dashboard',
      meta: { title: 'nav.dashboard' },
      component: () => import('./features/insight/DashboardPage.vue'),
    },
    { path: '/settings', name: 'settings', meta: { title: 'settings.title' }, component: () => import('./features/settings/SettingsPage.vue') },
    { path: '/:rest(.*)*', name: 'lost', meta: { title: 'lost.title' }, component: () => import('./features/shell/LostPage.vue') },
  ],
})

router.beforeEach(async (to) => {
  const session = useSession()
  if (to.meta.bare) return true
  if (await session.restore()) return true
  return { name: 'login', query: { next: to.fullPath } }
})

router.afterEach((to) => {
  const title = typeof to.meta.title === 'string' ? i18n.global.t(to.meta.title) : ''
  document.title = [title, i18n.global.t('brand.name')].filter(Boolean).join(' · ')
})
