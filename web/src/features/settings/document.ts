// One document on screen: its draft as edits or as text, what the draft would do, its history, saving and undoing.
import { computed, ref, shallowRef } from 'vue'
import { Problem } from '@/api/client'
import { getDocument, listRevisions, previewDocument, saveDocument, undoDocument } from '@/api/settings'
import type { DocumentChange, DocumentEdit, Preview, RevisionRow, SettingsDocument } from '@/api/types'

export function useDocument() {
  const shown = shallowRef<SettingsDocument | null>(null)
  const history = shallowRef<RevisionRow[]>([])
  const preview = shallowRef<Preview | null>(null)
  const edits = ref<DocumentEdit[]>([])
  const text = ref<string | null>(null)
  const message = ref('')
  const busy = ref(false)

  const change = computed<DocumentChange | null>(() => {
    if (text.value !== null && text.value !== shown.value?.text) return { text: text.value, edits: [] }
    return edits.value.length > 0 ? { edits: edits.value } : null
  })

  function take(document: SettingsDocument): void {
    shown.value = document
    edits.value = []
    text.value = null
    preview.value = null
  }

  async function attempt(work: () => Promise<void>): Promise<boolean> {
    busy.value = true
    message.value = ''
    try {
      await work()
      return true
    } catch (error) {
      message.value = error instanceof Problem ? Object.values(error.fields).join(' ') || error.message : String(error)
      return false
    } finally {
      busy.value = false
    }
  }

  async function open(name: string): Promise<void> {
    await attempt(async () => {
      const [document, revisions] = await Promise.all([getDocument(name), listRevisions(name)])
      take(document)
      history.value = revisions.items
    })
  }

  /** Replaces an earlier edit of the same place. */
  function edit(next: DocumentEdit, same: (other: DocumentEdit) => boolean): void {
    edits.value = [...edits.value.filter((other) => !same(other)), next]
    preview.value = null
  }

  async function tryOut(): Promise<void> {
    const name = shown.value?.name
    const wanted = change.value
    if (name && wanted) await attempt(async () => void (preview.value = await previewDocument(name, wanted)))
  }

  async function save(note: string): Promise<boolean> {
    const document = shown.value
    const wanted = change.value
    if (!document || !wanted) return false
    const done = await attempt(async () => take(await saveDocument(document.name, document.revision, { ...wanted, note })))
    if (done) history.value = (await listRevisions(document.name)).items
    return done
  }

  async function undo(revision: number | undefined, note: string): Promise<boolean> {
    const document = shown.value
    if (!document) return false
    const done = await attempt(async () => take(await undoDocument(document.name, document.revision, revision, note)))
    if (done) history.value = (await listRevisions(document.name)).items
    return done
  }

  function forget(): void {
    edits.value = []
    text.value = null
    preview.value = null
    message.value = ''
  }

  return { shown, history, preview, edits, text, message, busy, change, open, edit, tryOut, save, undo, forget }
}

export type OpenDocument = ReturnType<typeof useDocument>
