import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderCaseReport, renderStorePage } from './index.ts'
import { ALL_CASES } from './testing/all-cases.ts'
import { sampleCase } from './testing/sample-case.ts'
import { ALL_STORES, portalStore } from './testing/sample-stores.ts'

const BROWSER = process.env.AJAR_CHROMIUM ?? '/usr/bin/chromium'
const LANGUAGES = ['en', 'ja'] as const
const THEMES = ['light', 'dark'] as const

describe.skipIf(!existsSync(BROWSER))('the report in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ajar-report-'))
  const asked: string[] = []
  let browser: BrowserContext
  let page: Page

  beforeAll(async () => {
    browser = await chromium.launchPersistentContext(join(folder, 'profile'), {
      executablePath: BROWSER,
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
      viewport: { width: 1440, height: 1000 },
    })
    page = await browser.newPage()
    page.on('request', (request) => asked.push(request.url()))
  })

  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function open(html: string, width = 1440): Promise<void> {
    const file = join(folder, 'report.html')
    writeFileSync(file, html)
    await page.setViewportSize({ width, height: 1000 })
    await page.goto(pathToFileURL(file).href)
    await page.evaluate(() => document.fonts.ready)
  }

  it.each(LANGUAGES.flatMap((language) => THEMES.map((theme) => ({ language, theme }))))(
    'has nothing that axe objects to: $language, $theme',
    async ({ language, theme }) => {
      await open(renderCaseReport(sampleCase(), { language, theme }))
      expect(await axeObjections(page)).toEqual([])
    },
  )

  it.each(ALL_CASES)('has nothing that axe objects to: $name', async ({ make }) => {
    await open(renderCaseReport(make(), { language: 'en', theme: 'light' }))
    expect(await axeObjections(page)).toEqual([])
  })

  it.each(
    ALL_STORES.flatMap(({ name, make }) =>
      LANGUAGES.flatMap((language) => THEMES.map((theme) => ({ name, make, language, theme }))),
    ),
  )('has nothing that axe objects to: $name, $language, $theme', async ({ make, language, theme }) => {
    await open(renderStorePage(make(), { language, theme }))
    expect(await axeObjections(page)).toEqual([])
  })

  it.each([{ width: 390 }, { width: 768 }, { width: 1100 }])(
    "never scrolls a store's page sideways as a whole at $width px",
    async ({ width }) => {
      for (const language of LANGUAGES) {
        await open(renderStorePage(portalStore(), { language, theme: 'light' }), width)
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      }
    },
  )

  it.each(ALL_CASES.flatMap(({ name, make }) => LANGUAGES.map((language) => ({ name, make, language }))))(
    'prints on four A4 landscape pages: $name, $language',
    async ({ make, language }) => {
      await open(renderCaseReport(make(), { language, theme: 'dark' }))
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
      expect([...pdf.matchAll(/\/Type\s*\/Page\b/g)]).toHaveLength(4)
      const boxes = [...pdf.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => [
        Math.round(Number(width)),
        Math.round(Number(height)),
      ])
      expect([...new Set(boxes.map(String))]).toEqual(['842,595'])
    },
  )

  it('asks for nothing but itself', () => {
    expect(asked.filter((url) => !/^(file|data|blob|about):/.test(url))).toEqual([])
  })

  it.each(ALL_CASES)('writes no text of a chart over another: $name', async ({ make }) => {
    for (const language of LANGUAGES) {
      await open(renderCaseReport(make(), { language, theme: 'light' }))
      expect(await overlappingTexts(page)).toEqual([])
    }
  })

  it.each([{ width: 768 }, { width: 390 }, { width: 1100 }])(
    'never scrolls sideways as a whole at $width px',
    async ({ width }) => {
      for (const language of LANGUAGES) {
        await open(renderCaseReport(sampleCase(), { language, theme: 'light' }), width)
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      }
    },
  )

  it('switches language and theme without scripts', async () => {
    const quiet = await chromium.launchPersistentContext(join(folder, 'quiet'), {
      executablePath: BROWSER,
      javaScriptEnabled: false,
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    })
    try {
      const still = await quiet.newPage()
      const file = join(folder, 'still.html')
      writeFileSync(file, renderCaseReport(sampleCase(), { language: 'en', theme: 'light' }))
      await still.goto(pathToFileURL(file).href)
      const heading = () => still.getByRole('heading', { level: 1 }).innerText()
      expect(await heading()).toMatch(/^Customer data/)
      await still.getByText('日本語', { exact: true }).click()
      expect(await heading()).toMatch(/^顧客データ/)
      const before = await still.screenshot({ clip: { x: 0, y: 400, width: 4, height: 4 } })
      await still.getByText('暗', { exact: true }).click()
      const after = await still.screenshot({ clip: { x: 0, y: 400, width: 4, height: 4 } })
      expect(after.equals(before)).toBe(false)
      await still.getByText('EN', { exact: true }).click()
      expect(await heading()).toMatch(/^Customer data/)
    } finally {
      await quiet.close()
    }
  })

  it('leads from a key to its section', async () => {
    await open(renderCaseReport(sampleCase(), { language: 'en', theme: 'light' }))
    await page.keyboard.press('5')
    expect(await page.evaluate(() => Math.round(document.getElementById('en-s5')!.getBoundingClientRect().top))).toBeLessThan(40)
  })
})

if (!existsSync(BROWSER)) it.skip(`the report in a browser: no ${BROWSER} here; AJAR_CHROMIUM names another`, () => {})

async function axeObjections(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const { violations } = await axe.run()
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)} (${nodes.length})`)
  })
}

/** Pairs of visible texts of one chart whose boxes share more than a hair; rotated heads stand apart by their angle. */
function overlappingTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    for (const chart of document.querySelectorAll('svg[viewBox]')) {
      const texts = [...chart.querySelectorAll('text')]
        .filter((text) => !text.hasAttribute('transform') && text.getClientRects().length > 0)
        .map((text) => ({ text: text.childNodes[0]?.textContent ?? '', box: text.getBoundingClientRect() }))
      for (const [index, a] of texts.entries())
        for (const b of texts.slice(index + 1)) {
          const width = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left)
          const height = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top)
          if (width > 1.5 && height > 5) found.push(`${a.text} / ${b.text}`)
        }
    }
    return found.slice(0, 12)
  })
}
