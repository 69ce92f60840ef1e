// A file on its way into the desk: read, looked at, brought in piece by piece; can be stopped and taken up again, because no row is stored twice.
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { isAbort, Problem } from '@/api/client'
import { importRows, readFile } from '@/api/imports'
import type { FileReading, FileRow } from '@/api/types'
import { chunksOf } from './chunks'

/** A row that became no case, and why. */
export interface Failed {
  line: number
  text: string
  message: string
}

const wordsOf = (error: unknown, offline: string) => (error instanceof Problem && error.words ? error.words : offline)

export function useImport(words: { offline: () => string; changed: () => string }) {
  const file = shallowRef<File | null>(null)
  const reading = shallowRef<FileReading | null>(null)
  const busy = ref(false)
  const running = ref(false)
  const problem = ref('')
  /** Whether only the column of the text has to be named. */
  const needsColumn = ref(false)
  const opened = ref(0)
  const there = ref(0)
  const failed = ref<Failed[]>([])
  let left: FileRow[] = []
  let stopping = false
  let abort = new AbortController()

  const total = computed(() => reading.value?.rows.length ?? 0)
  const ended = computed(() => opened.value + there.value + failed.value.length)
  const finished = computed(() => total.value > 0 && ended.value >= total.value)

  async function read(next: File, channel: string, column = ''): Promise<void> {
    abort.abort()
    abort = new AbortController()
    const { signal } = abort
    reset()
    file.value = next
    busy.value = true
    try {
      reading.value = await readFile(next, channel, column, signal)
      left = [...reading.value.rows]
    } catch (error) {
      if (isAbort(error)) return
      problem.value = wordsOf(error, words.offline())
      needsColumn.value = error instanceof Problem && 'column' in error.fields
    }
    if (!signal.aborted) busy.value = false
  }

  /** Brings in what is left; what a request refuses as a whole is tried row by row. */
  async function run(): Promise<void> {
    stopping = false
    running.value = true
    problem.value = ''
    try {
      for (const chunk of chunksOf(left)) {
        if (stopping) break
        await bring(chunk)
      }
    } catch (error) {
      problem.value = wordsOf(error, words.offline())
    }
    running.value = false
  }

  async function bring(chunk: FileRow[]): Promise<void> {
    const source = file.value?.name ?? ''
    try {
      const { items } = await importRows(source, chunk)
      for (const item of items) {
        if (item.outcome === 'opened') opened.value += 1
        else if (item.outcome === 'already_there') there.value += 1
        else fail(chunk.find(({ line }) => line === item.line), words.changed())
      }
    } catch (error) {
      // A network or a server that is away says nothing against the rows: they wait.
      const refused = error instanceof Problem && !error.isPassing && error.status !== 401 && error.status !== 429
      if (!refused) throw error
      if (chunk.length === 1) fail(chunk[0], wordsOf(error, words.offline()))
      else {
        for (const row of chunk) await bring([row])
        return
      }
    }
    const done = new Set(chunk)
    left = left.filter((row) => !done.has(row))
  }

  function fail(row: FileRow | undefined, message: string): void {
    if (row) failed.value.push({ line: row.line, text: row.intake.text, message })
  }

  function stop(): void {
    stopping = true
  }

  function reset(): void {
    file.value = null
    reading.value = null
    problem.value = ''
    needsColumn.value = false
    opened.value = there.value = 0
    failed.value = []
    left = []
  }

  onScopeDispose(() => {
    stop()
    abort.abort()
  })
  return { file, reading, busy, running, problem, needsColumn, opened, there, failed, total, ended, finished, read, run, stop, reset }
}
