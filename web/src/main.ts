import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { surroundings } from './api/client'
import { usePreferences } from './features/shell/preferences'
import { useSession } from './features/session/session'
import { i18n } from './i18n'
import { router } from './router'
import './ui/tokens.css'
import './ui/base.css'
import './ui/components.css'

/** Loads the page at this address while it is still being asked who is there. */
function loadFirstPage(): void {
  const { matched } = router.resolve(location.pathname + location.search)
  for (const { components, redirect } of matched) {
    const page = redirect ? undefined : components?.default
    if (typeof page === 'function') void (page as () => Promise<unknown>)().catch(() => undefined)
  }
}

async function start(): Promise<void> {
  loadFirstPage()
  const app = createApp(App).use(createPinia()).use(i18n)
  await usePreferences().restore()
  const session = useSession()
  surroundings.onUnauthorized = () => {
    session.expire()
    void router.push({ name: 'login', query: { next: router.currentRoute.value.fullPath } })
  }
  app.use(router)
  await router.isReady()
  app.mount('#app')
}

void start()
