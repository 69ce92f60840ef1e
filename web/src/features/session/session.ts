// The person at the desk and the right to write.
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { surroundings } from '@/api/client'
import { getMe, postLogin, postLogout } from '@/api/session'
import type { Me } from '@/api/types'
import { ownDrafts } from '../draft/drafts'
import { useOutbox } from '../draft/outbox'
import { useLegend } from '../legend/legend'

/** Tells the next visit that somebody was signed in here, so that it may ask early (../../early.ts). */
const KNOWN = 'tingsu.known'

function remember(known: boolean): void {
  try {
    if (known) localStorage.setItem(KNOWN, '1')
    else localStorage.removeItem(KNOWN)
  } catch {
    // A browser that keeps nothing asks a little later.
  }
}

export const useSession = defineStore('session', () => {
  const me = ref<Me | null>(null)

  async function enter(person: Me): Promise<void> {
    surroundings.csrf = person.csrf ?? ''
    await useLegend().load()
    me.value = person
    remember(true)
    ownDrafts(person.id)
    useOutbox().own(person.id)
  }

  /** Whether somebody is logged in, asking the server once. */
  async function restore(): Promise<boolean> {
    if (me.value) return true
    const person = await getMe().catch(() => null)
    if (person) await enter(person)
    return person !== null
  }

  async function login(name: string, password: string, code?: string): Promise<void> {
    await enter(await postLogin(name, password, code))
  }

  async function logout(): Promise<void> {
    await postLogout().catch(() => undefined)
    expire()
  }

  function expire(): void {
    me.value = null
    remember(false)
    surroundings.csrf = ''
  }

  return { me, restore, login, logout, expire }
})
