// One command upon many cases: four at a time, each with its own ending, to be stopped, tried again and, where it has an opposite, undone.
import { computed, ref, shallowRef, triggerRef } from 'vue'
import { getCase, sendCommand, type CommandBody } from '@/api/cases'
import { Problem } from '@/api/client'
import type { Case, CaseRow } from '@/api/types'

export type Step = 'waiting' | 'running' | 'done' | 'refused' | 'left'

export interface Item {
  id: string
  number: string
  title: string
  version: number
  step: Step
  message: string
  /** What makes it undone; nothing where the command has no opposite. */
  undo: CommandBody | null
}

export interface Task {
  command: string
  /** The body for one case; a case that is needed whole is fetched first. */
  bodyOf: (row: CaseRow | null, whole: () => Promise<Case>) => Promise<CommandBody>
  undoOf?: (row: CaseRow) => CommandBody | null
}

const AT_ONCE = 4

/** The most cases of one task. */
export const MOST_ITEMS = 500

/** The tasks that can be done to many cases. */
export const TASKS = {
  assign: (owner: string): Task => ({
    command: 'assign',
    bodyOf: async () => ({ command: 'assign', owner }),
    // A case cannot be taken from everybody, so one that nobody had stays.
    undoOf: (row) => (row.owner ? { command: 'assign', owner: row.owner.id } : null),
  }),
  acknowledge: (): Task => ({
    command: 'acknowledge',
    bodyOf: async (_, whole) => ({ command: 'acknowledge', message: (await whole()).plan.acknowledgement }),
  }),
  confirm_facets: (): Task => ({ command: 'confirm_facets', bodyOf: async () => ({ command: 'confirm_facets' }) }),
  note: (text: string): Task => ({ command: 'note', bodyOf: async () => ({ command: 'note', text }) }),
  link_parent: (parent: string): Task => ({ command: 'link_parent', bodyOf: async () => ({ command: 'link_parent', parent }) }),
}

function itemOf(row: CaseRow, task: Task): Item {
  const { id, number, title, version } = row
  return { id, number, title, version, step: 'waiting', message: '', undo: task.undoOf?.(row) ?? null }
}

export function useBulk(offline: () => string) {
  const items = shallowRef<Item[]>([])
  const running = ref(false)
  const command = ref('')
  let task: Task | null = null
  let stopped = false
  const rows = new Map<string, CaseRow>()

  async function doOne(item: Item, work: Task): Promise<void> {
    item.step = 'running'
    triggerRef(items)
    try {
      const whole = async () => {
        const one = await getCase(item.id)
        item.version = one.version
        return one
      }
      const body = await work.bodyOf(rows.get(item.id) ?? null, whole)
      const after = await sendCommand(item.id, item.version, body, crypto.randomUUID())
      item.version = after.version
      item.step = 'done'
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem({ title: String(error), status: 400 })
      // What was seen is old; the next try is made with the present version.
      item.version = problem.body.current?.version ?? item.version
      item.message = problem.words || offline()
      item.step = 'refused'
    }
    triggerRef(items)
  }

  async function work(some: Item[], what: Task): Promise<void> {
    running.value = true
    stopped = false
    const queue = [...some]
    const worker = async () => {
      for (let item = queue.shift(); item && !stopped; item = queue.shift()) await doOne(item, what)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    items.value.filter(({ step }) => step === 'waiting').forEach((item) => (item.step = 'left'))
    triggerRef(items)
    running.value = false
  }

  function start(chosen: CaseRow[], what: Task): Promise<void> {
    task = what
    command.value = what.command
    rows.clear()
    chosen.forEach((row) => rows.set(row.id, row))
    items.value = chosen.slice(0, MOST_ITEMS).map((row) => itemOf(row, what))
    return work(items.value, what)
  }

  function stop(): void {
    stopped = true
  }

  /** Tries again what was refused or left. */
  async function again(): Promise<void> {
    const left = items.value.filter(({ step }) => step === 'refused' || step === 'left')
    left.forEach((item) => Object.assign(item, { step: 'waiting', message: '' }))
    if (task) await work(left, task)
  }

  /** Does the opposite to all that were done and have one. */
  async function undo(): Promise<void> {
    const done = items.value.filter(({ step, undo: opposite }) => step === 'done' && opposite)
    const opposites = new Map(done.map((item) => [item.id, item.undo!]))
    items.value = done.map((item) => ({ ...item, step: 'waiting' as const, undo: null }))
    task = { command: command.value, bodyOf: async (row) => opposites.get(row?.id ?? '') ?? { command: command.value } }
    await work(items.value, task)
  }

  function close(): void {
    items.value = []
  }

  const countOf = (step: Step) => items.value.filter((item) => item.step === step).length
  const done = computed(() => countOf('done'))
  const failed = computed(() => countOf('refused') + countOf('left'))
  const undoable = computed(() => !running.value && items.value.some(({ step, undo: opposite }) => step === 'done' && opposite))

  return { items, running, command, done, failed, undoable, start, stop, again, undo, close }
}
