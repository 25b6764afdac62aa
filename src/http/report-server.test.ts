import { type AddressInfo, createServer } from 'node:net'

import { describe, expect, it } from 'vitest'
import { sampleCase } from '../../web/testing/sample-case.ts'
import type { CaseDocument } from '../model/index.ts'
import { caseRoutes, serveCase } from './report-server.ts'

const newest: CaseDocument = sampleCase()
const earlier: CaseDocument = { ...newest, revision: newest.revision - 1, knownAt: '2023-05-12T00:00:00Z' }
const app = caseRoutes([earlier, newest])
const page = `/cases/${newest.case}`

describe('the pages of a case', () => {
  it.each([
    { name: 'the newest revision in English', path: page, says: '<html lang="en"' },
    { name: 'Japanese when asked for', path: `${page}?lang=ja`, says: '<html lang="ja"' },
    { name: 'dark when asked for', path: `${page}?theme=dark`, says: 'data-theme="dark"' },
  ])('$name', async ({ path, says }) => {
    const answer = await app.request(path)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain(says)
  })

  it('goes to the case from the front door', async () => {
    expect((await app.request('/')).headers.get('location')).toBe(page)
  })

  it.each([
    { query: `?rev=${earlier.revision}`, revision: earlier.revision },
    { query: '?knew=2023-05-12', revision: earlier.revision },
    { query: '', revision: newest.revision },
  ])('answers $query with the revision known then', async ({ query, revision }) => {
    const document = (await (await app.request(`${page}.json${query}`)).json()) as CaseDocument
    expect(document.revision).toBe(revision)
  })

  it('says that there is no such revision', async () => {
    const answer = await app.request(`${page}?rev=99`)
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('revisions 1 to')
  })

  it('lets a page load nothing from elsewhere', async () => {
    const policy = (await app.request(page)).headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/https?:/)
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
  })
})

describe('listening', () => {
  it('passes over a taken port, says so, and answers on loopback only', async () => {
    const occupant = createServer()
    await new Promise<void>((done) => occupant.listen(0, '127.0.0.1', done))
    const { port } = occupant.address() as AddressInfo
    const passed: number[] = []
    const server = await serveCase([newest], { port, onPortTaken: (taken) => passed.push(taken) })
    try {
      expect(passed[0]).toBe(port)
      expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:/)
      expect((await fetch(`${server.url}${page}.json`)).status).toBe(200)
    } finally {
      await server.close()
      occupant.close()
    }
  })
})
