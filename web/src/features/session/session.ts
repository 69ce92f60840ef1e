// The person at the desk and the right to write.
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { surroundings } from '@/api/client'
import { getMe, postLogin, postLogout } from '@/api/session'
import type { Me } from '@/api/types'
import { ownDrafts } from '../draft/drafts'
import { useOutbox } from '../draft/outbox'
import { useLegend } from '../legend/legend'

export const useSession = defineStore('session', () => {
  const me = ref<Me | null>(null)

  async function enter(person: Me): Promise<void> {
    surroundings.csrf = person.csrf ?? ''
    await useLegend().load()
    me.value = person
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

  async function login(name: string, password: string): Promise<void> {
    await enter(await postLogin(name, password))
  }

  async function logout(): Promise<void> {
    await postLogout().catch(() => undefined)
    expire()
  }

  function expire(): void {
    me.value = null
    surroundings.csrf = ''
  }

  return { me, restore, login, logout, expire }
})
