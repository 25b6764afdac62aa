import { createHash } from 'node:crypto'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { CaseDocument } from '../model/index.ts'
import { renderCaseReport } from '../../web/index.ts'

export interface ReportServer {
  readonly url: string
  close(): Promise<void>
}

const PORTS_TRIED = 50

/**
 * Serves the revisions of a case as pages and as JSON, on loopback only.
 * A taken port is passed over for the next one; `onPortTaken` is told. Port 0 lets the system choose.
 */
export async function serveCase(
  revisions: readonly CaseDocument[],
  options: { readonly port: number; readonly onPortTaken?: (port: number) => void },
): Promise<ReportServer> {
  const app = caseRoutes(revisions)
  for (let port = options.port; port < options.port + PORTS_TRIED; port++) {
    const server = await listen(app, port)
    if (server !== undefined) return server
    options.onPortTaken?.(port)
  }
  throw new Error(
    `Ports ${options.port} to ${options.port + PORTS_TRIED - 1} are all taken on 127.0.0.1: name a free one with --port.`,
  )
}

/** The pages of one case: `/`, `/cases/<id>` (`?lang=`, `?theme=`, `?rev=`, `?knew=`) and `/cases/<id>.json`. */
export function caseRoutes(revisions: readonly CaseDocument[]): Hono {
  const app = new Hono()
  const newest = revisions.at(-1)
  if (newest === undefined) throw new Error('There is no revision of the case to serve.')
  app.use(secureHeaders())
  app.get('/', (context) => context.redirect(`/cases/${newest.case}`))
  app.get(`/cases/${newest.case}`, (context) => {
    const revision = pickRevision(revisions, context.req.query('rev'), context.req.query('knew'))
    if (revision === undefined)
      return context.text(`There is no such revision. The case has revisions 1 to ${newest.revision}.`, 404)
    const language = context.req.query('lang') === 'ja' ? 'ja' : 'en'
    const theme = context.req.query('theme') === 'dark' ? 'dark' : 'light'
    const html = renderCaseReport(revision, { language, theme })
    context.header('Content-Security-Policy', contentSecurityPolicy(html))
    return context.html(html)
  })
  app.get(`/cases/${newest.case}.json`, (context) => {
    const revision = pickRevision(revisions, context.req.query('rev'), context.req.query('knew'))
    return revision === undefined ? context.json({ error: 'no such revision' }, 404) : context.json(revision)
  })
  app.notFound((context) => context.text(`Not here. The case is at /cases/${newest.case}.`, 404))
  return app
}

/** Nothing from elsewhere, and no script but the page's own, each by its digest. */
function contentSecurityPolicy(html: string): string {
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, text]) => `'sha256-${createHash('sha256').update(text!).digest('base64')}'`,
  )
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src ${scripts.length > 0 ? scripts.join(' ') : "'none'"}`,
    'font-src data:',
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

function pickRevision(revisions: readonly CaseDocument[], number?: string, knew?: string): CaseDocument | undefined {
  if (number !== undefined) return revisions.find(({ revision }) => String(revision) === number)
  if (knew !== undefined) return revisions.findLast(({ knownAt }) => knownAt.slice(0, knew.length) <= knew)
  return revisions.at(-1)
}

/** Undefined when the port is taken. */
function listen(app: Hono, port: number): Promise<ReportServer | undefined> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, (address) =>
      resolve({
        url: `http://127.0.0.1:${address.port}`,
        close: () => new Promise((done) => server.close(() => done())),
      }),
    )
    server.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)))
  })
}
