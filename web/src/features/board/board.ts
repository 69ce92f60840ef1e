// The supervisor's board, asked for anew when a case moves and every minute, since clocks run by themselves.
import { onBeforeUnmount, onMounted, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { getBoard } from '@/api/board'
import { useLoaded } from '@/api/loaded'
import { useLive } from '../shell/live'

const SETTLE_MS = 1200
const EVERY_MS = 60_000

export function useBoard(team: Ref<string>) {
  const { locale } = useI18n()
  const { answer: board, problem, load } = useLoaded((signal) => getBoard(team.value, signal))
  let settling: ReturnType<typeof setTimeout> | undefined
  let ticking: ReturnType<typeof setInterval> | undefined

  useLive().subscribe(() => {
    clearTimeout(settling)
    settling = setTimeout(() => void load(), SETTLE_MS)
  })
  watch([locale, team], load)
  onMounted(() => {
    void load()
    ticking = setInterval(() => void load(), EVERY_MS)
  })
  onBeforeUnmount(() => {
    clearTimeout(settling)
    clearInterval(ticking)
  })
  return { board, problem, load }
}

/** How even a load is: a Gini coefficient below a fifth is what chance alone makes of small numbers. */
export function evennessOf(gini: number): 'even' | 'uneven' | 'lopsided' {
  if (gini < 0.2) return 'even'
  return gini < 0.35 ? 'uneven' : 'lopsided'
}
