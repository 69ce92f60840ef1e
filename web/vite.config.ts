/// <reference types="vitest/config" />
import vue from '@vitejs/plugin-vue'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

const api = process.env.TINGSU_API ?? 'http://127.0.0.1:7080'
const EARLY = 'early'

/**
 * Puts the script that asks early at the head of the page, as a file of its own that runs the moment it is there; a
 * module would wait until the whole page is read, and together with the workbench it would start with it.
 */
function askEarly(): Plugin {
  return {
    name: 'ask-early',
    apply: 'build',
    config: () => ({ build: { rollupOptions: { input: { index: 'index.html', [EARLY]: `src/${EARLY}.ts` } } } }),
    renderChunk(code, chunk) {
      if (chunk.name !== EARLY) return null
      if (chunk.imports.length || chunk.exports.length) throw new Error(`src/${EARLY}.ts must stand alone`)
      return { code: `(()=>{${code}})()`, map: null }
    },
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle }) {
        const early = Object.values(bundle ?? {}).find((chunk) => chunk.type === 'chunk' && chunk.isEntry && chunk.name === EARLY)
        if (!early) throw new Error(`no script src/${EARLY}.ts was built`)
        return [{ tag: 'script', attrs: { src: `/${early.fileName}` }, injectTo: 'head-prepend' }]
      },
    },
  }
}

const NAMED = /\{(\w+)\}/g
const MESSAGES = '\0messages:'

/**
 * A message as code: words alone stay words, those with places to fill become the call that fills them. A development
 * build warns of every bare word.
 */
function codeOf(message: unknown, bare: boolean): string {
  if (typeof message === 'object' && message !== null) {
    return `{${Object.entries(message).map(([key, inner]) => `${JSON.stringify(key)}:${codeOf(inner, bare)}`).join(',')}}`
  }
  const text = String(message)
  const rest = text.replace(NAMED, '')
  if (/[{}@|]/.test(rest)) throw new Error(`a message may only hold places like {name}: ${text}`)
  if (rest === text) return bare ? JSON.stringify(text) : `()=>${JSON.stringify(text)}`
  const parts = text.split(NAMED).map((part, at) => (at % 2 ? `c.interpolate(c.named(${JSON.stringify(part)}))` : JSON.stringify(part)))
  return `c=>c.normalize([${parts.filter((part) => part !== '""').join(',')}])`
}

/** Reads the messages while building, so that no browser has to; the tests still see them as they are written. */
function readMessages(): Plugin {
  let bare = true
  return {
    name: 'read-messages',
    enforce: 'pre',
    configResolved: ({ command }) => void (bare = command === 'build'),
    async resolveId(source, importer) {
      if (!source.endsWith('.json') || !source.includes('/messages/') || !importer?.endsWith('/src/i18n.ts')) return null
      const found = await this.resolve(source, importer, { skipSelf: true })
      // The name must not end like JSON, or it would be read as such.
      return found && `${MESSAGES}${found.id}.code`
    },
    load(id) {
      if (!id.startsWith(MESSAGES)) return null
      const file = id.slice(MESSAGES.length, -'.code'.length)
      this.addWatchFile(file)
      return `export default ${codeOf(JSON.parse(readFileSync(file, 'utf8')), bare)}`
    },
  }
}

/** Lays a packed copy beside every file that is worth it, so that the server need not pack the same bytes again for everybody. */
function packFiles(): Plugin {
  return {
    name: 'pack-files',
    apply: 'build',
    writeBundle({ dir = 'dist' }) {
      for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(js|css|html|svg)$/.test(name)) continue
        const bytes = readFileSync(join(dir, name))
        const packed = gzipSync(bytes, { level: 9 })
        if (packed.length < bytes.length * 0.9) writeFileSync(join(dir, `${name}.gz`), packed)
      }
    },
  }
}

export default defineConfig({
  plugins: [vue(), readMessages(), askEarly(), packFiles()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: { __VUE_OPTIONS_API__: false, __VUE_I18N_LEGACY_API__: false, __INTLIFY_DROP_MESSAGE_COMPILER__: true },
  server: { proxy: { '/api': { target: api, changeOrigin: false } } },
  build: {
    target: 'es2022',
    // Everything is a file of its own: the content security policy allows no data: scripts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // What the first page and most others need is one file: every file more is a request more before anything is seen.
        codeSplitting: {
          groups: [
            { name: 'first', test: /\/node_modules\/(@?vue|@?pinia|@intlify)|\/src\/features\/(inbox|deadline|shell)\/|\/analysis\/segments|export-helper/ },
            { name: 'first', test: /\/src\/(?!main|early)/, minShareCount: 6 },
          ],
        },
      },
    },
  },
  test: { environment: 'node', include: ['src/**/*.test.ts', 'tests/**/*.test.ts'] },
})
