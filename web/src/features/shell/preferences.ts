// How this person likes the desk: theme, density, language. Kept in this browser only.
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { surroundings } from '@/api/client'
import { setLocale, type Locale } from '@/i18n'

export type Theme = 'auto' | 'light' | 'dark'
export type Density = 'comfortable' | 'compact'

const KEY = 'tingsu.preferences'

function saved(): { theme?: Theme; density?: Density; locale?: Locale } {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}')
  } catch {
    return {}
  }
}

export const usePreferences = defineStore('preferences', () => {
  const theme = ref<Theme>('auto')
  const density = ref<Density>('comfortable')
  const locale = ref<Locale>('zh-CN')

  function show(): void {
    const root = document.documentElement
    if (theme.value === 'auto') delete root.dataset.theme
    else root.dataset.theme = theme.value
    root.dataset.density = density.value
  }

  function keep(): void {
    show()
    localStorage.setItem(KEY, JSON.stringify({ theme: theme.value, density: density.value, locale: locale.value }))
  }

  async function speak(next: Locale): Promise<void> {
    surroundings.language = next
    await setLocale(next)
    locale.value = next
  }

  async function restore(): Promise<void> {
    const before = saved()
    theme.value = before.theme ?? 'auto'
    density.value = before.density ?? 'comfortable'
    show()
    const spoken: Locale = navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
    await speak(before.locale ?? spoken)
  }

  function setTheme(next: Theme): void {
    theme.value = next
    keep()
  }

  function setDensity(next: Density): void {
    density.value = next
    keep()
  }

  async function setLanguage(next: Locale): Promise<void> {
    await speak(next)
    keep()
  }

  return { theme, density, locale, restore, setTheme, setDensity, setLanguage }
})
