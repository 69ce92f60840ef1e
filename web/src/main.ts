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

async function start(): Promise<void> {
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
