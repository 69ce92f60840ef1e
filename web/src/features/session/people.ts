// The people at the desk, asked for once.
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { listUsers } from '@/api/cases'
import type { Person } from '@/api/types'

export const usePeople = defineStore('people', () => {
  const people = ref<Person[]>([])
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

  function nameOf(id: string): string {
    return people.value.find((person) => person.id === id)?.name ?? id
  }

  return { people, load, nameOf }
})
