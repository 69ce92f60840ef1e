// Chinese is built in; English comes when asked for.
import { createI18n } from 'vue-i18n'
import { singular } from './ui/singular'
import zh from '../messages/zh-CN.json'

export type Locale = 'zh-CN' | 'en'

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  postTranslation: (words) => (typeof words === 'string' ? singular(words) : words),
  messages: { 'zh-CN': zh } as Record<string, typeof zh>,
})

/** Shows the interface in this language. */
export async function setLocale(locale: Locale): Promise<void> {
  if (locale === 'en') {
    const { default: en } = await import('../messages/en.json')
    i18n.global.setLocaleMessage('en', en as typeof zh)
  }
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
}
