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
    { path: '/conversations', name: 'talks', meta: { title: 'nav.talks' }, component: () => import('./features/talk/TalksPage.vue') },
    { path: '/conversations/:id', name: 'talk', meta: { title: 'nav.talk' }, component: () => import('./features/talk/TalkPage.vue') },
    {
      path: '/insight',
      component: () => import('./features/insight/InsightFrame.vue'),
      children: [
        { path: '', redirect: { name: 'insight-report' } },
        { path: 'report', name: 'insight-report', meta: { title: 'insight.page.report' }, component: () => import('./features/insight/ReportPage.vue') },
        { path: 'outbreaks', name: 'insight-outbreaks', meta: { title: 'insight.page.outbreaks' }, component: () => import('./features/insight/OutbreaksPage.vue') },
        { path: 'causes', name: 'insight-causes', meta: { title: 'insight.page.causes' }, component: () => import('./features/insight/CausesPage.vue') },
        { path: 'tree', name: 'insight-tree', meta: { title: 'insight.page.tree' }, component: () => import('./features/insight/CauseTreePage.vue') },
        { path: 'silent', name: 'insight-silent', meta: { title: 'silent.title' }, component: () => import('./features/insight/SilentPage.vue') },
        { path: 'satisfaction', name: 'insight-satisfaction', meta: { title: 'insight.page.satisfaction' }, component: () => import('./features/insight/SatisfactionPage.vue') },
        { path: 'economics', name: 'insight-economics', meta: { title: 'insight.page.economics' }, component: () => import('./features/insight/EconomicsPage.vue') },
        { path: 'process', name: 'insight-process', meta: { title: 'insight.page.process' }, component: () => import('./features/insight/ProcessPage.vue') },
      ],
    },
    { path: '/settings', name: 'settings', meta: { title: 'settings.title' }, component: () => import('./features/settings/SettingsPage.vue') },
    { path: '/account', name: 'account', meta: { title: 'account.title' }, component: () => import('./features/account/AccountPage.vue') },
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
