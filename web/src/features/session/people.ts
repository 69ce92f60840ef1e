// The people at the desk and their teams, asked for once.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { listUsers } from '@/api/cases'
import type { User } from '@/api/types'

export const usePeople = defineStore('people', () => {
  const people = ref<User[]>([])
  const teams = computed(() => [...new Set(people.value.flatMap(({ team }) => team ?? []))].sort((a, b) => a.localeCompare(b, 'zh-CN')))
  let asked: Promise<void> | null = null

  async function ask(): Promise<void> {
    people.value = await listUsers().catch(() => {
      asked = null
      return []
    })
  }

  function load(): Promise<void> {
    return (asked ??= ask())
  }

  /** Asks anew, as after somebody came or changed the team. */
  function renew(): Promise<void> {
    return (asked = ask())
  }

  function nameOf(id: string): string {
    return people.value.find((person) => person.id === id)?.name ?? id
  }

  return { people, teams, load, renew, nameOf }
})
