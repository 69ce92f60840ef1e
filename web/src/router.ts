import { createRouter, createWebHistory } from 'vue-router'
import { useSession } from './features/session/session'
import { mayOpen } from './features/shell/places'
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
    { path: '/setup', name: 'setup', meta: { bare: true, title: 'setup.title' }, component: () => import('./features/setup/SetupPage.vue') },
    {
      path: '/progress/:secret',
      name: 'progress',
      meta: { bare: true, title: 'progress.title' },
      component: () => import('./features/progress/ProgressPage.vue'),
    },
    { path: '/inbox', name: 'inbox', meta: { title: 'nav.inbox' }, component: () => import('./features/inbox/InboxPage.vue') },
    { path: '/intake', name: 'intake', meta: { title: 'nav.intake' }, component: () => import('./features/intake/IntakePage.vue') },
    { path: '/import', name: 'import', meta: { title: 'import.title' }, component: () => import('./features/import/ImportPage.vue') },
    { path: '/cases/:id', name: 'case', meta: { title: 'nav.case' }, component: () => import('./features/case/CasePage.vue') },
    {
      path: '/dashboard',
      name: 'dashboard',
      meta: { title: 'nav.dashboard' },
      component: () => import('./features/insight/DashboardPage.vue'),
    },
    { path: '/board', name: 'board', meta: { title: 'board.title' }, component: () => import('./features/board/BoardPage.vue') },
    { path: '/customers', name: 'customers', meta: { title: 'customers.title' }, component: () => import('./features/customer/CustomersPage.vue') },
    { path: '/customers/:id', name: 'customer', meta: { title: 'customer.title' }, component: () => import('./features/customer/CustomerPage.vue') },
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
        { path: 'lessons', name: 'insight-lessons', meta: { title: 'insight.page.lessons' }, component: () => import('./features/insight/LessonsPage.vue') },
        { path: 'economics', name: 'insight-economics', meta: { title: 'insight.page.economics' }, component: () => import('./features/insight/EconomicsPage.vue') },
        { path: 'process', name: 'insight-process', meta: { title: 'insight.page.process' }, component: () => import('./features/insight/ProcessPage.vue') },
      ],
    },
    {
      path: '/settings',
      component: () => import('./features/settings/SettingsFrame.vue'),
      children: [
        { path: '', name: 'settings', meta: { title: 'admin.title' }, component: () => import('./features/settings/SettingsPage.vue') },
        { path: 'packs', name: 'settings-packs', meta: { title: 'admin.packs' }, component: () => import('./features/settings/PacksPage.vue') },
        { path: 'people', name: 'settings-people', meta: { title: 'admin.people' }, component: () => import('./features/settings/PeoplePage.vue') },
        { path: 'tokens', name: 'settings-tokens', meta: { title: 'admin.tokens' }, component: () => import('./features/settings/TokensPage.vue') },
        { path: 'channels', name: 'settings-channels', meta: { title: 'admin.channels' }, component: () => import('./features/settings/ChannelsPage.vue') },
        { path: 'privacy', name: 'settings-privacy', meta: { title: 'admin.privacy' }, component: () => import('./features/settings/PrivacyPage.vue') },
        { path: 'trail', name: 'settings-trail', meta: { title: 'admin.trail' }, component: () => import('./features/settings/TrailPage.vue') },
      ],
    },
    { path: '/account', name: 'account', meta: { title: 'account.title' }, component: () => import('./features/account/AccountPage.vue') },
    { path: '/:rest(.*)*', name: 'lost', meta: { title: 'lost.title' }, component: () => import('./features/shell/LostPage.vue') },
  ],
})

router.beforeEach(async (to) => {
  const session = useSession()
  if (to.meta.bare) return true
  if (!(await session.restore())) return { name: 'login', query: { next: to.fullPath } }
  if (mayOpen(String(to.name), session.me?.role)) return true
  // The address stays as it was asked for; the page says who may open it.
  return { name: 'lost', params: { rest: to.path.slice(1).split('/') }, query: to.query }
})

router.afterEach((to) => {
  const title = typeof to.meta.title === 'string' ? i18n.global.t(to.meta.title) : ''
  document.title = [title, i18n.global.t('brand.name')].filter(Boolean).join(' · ')
})
