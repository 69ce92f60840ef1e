// Names and meanings of every vocabulary value, as the server tells them.
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { getLegend } from '@/api/reading'
import type { Legend, LegendValue } from '@/api/types'
import { i18n } from '@/i18n'

const isEnglish = () => i18n.global.locale.value === 'en'

export const useLegend = defineStore('legend', () => {
  const vocabularies = shallowRef<Legend['vocabularies']>({})

  async function load(): Promise<void> {
    if (Object.keys(vocabularies.value).length === 0) vocabularies.value = (await getLegend()).vocabularies
  }

  function values(vocabulary: string): LegendValue[] {
    return vocabularies.value[vocabulary]?.values ?? []
  }

  function find(vocabulary: string, key: string | number): LegendValue | undefined {
    return values(vocabulary).find((value) => value.key === String(key))
  }

  /** The name of a value in the language shown; its key when the legend lacks it. */
  function name(vocabulary: string, key: string | number): string {
    const value = find(vocabulary, key)
    return (isEnglish() ? value?.en : value?.zh) ?? String(key)
  }

  /** What a value means, in the language shown. */
  function meaning(vocabulary: string, key: string | number): string {
    const value = find(vocabulary, key)
    return (isEnglish() ? value?.meaning_en : value?.meaning_zh) ?? ''
  }

  /** What the vocabulary itself is called. */
  function heading(vocabulary: string): string {
    const found = vocabularies.value[vocabulary]
    return (isEnglish() ? found?.en : found?.zh) ?? vocabulary
  }

  /** What cases are sorted by is called after its vocabulary, or after the facet where that borrows another's. */
  function title(key: string, vocabulary: string): string {
    return key === vocabulary ? heading(vocabulary) : name('facet', key)
  }

  return { vocabularies, load, values, name, meaning, heading, title }
})
