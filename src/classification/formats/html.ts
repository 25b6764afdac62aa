import type { Format, FormatInput, RecordSink } from './format.ts'
import { htmlDocument } from './html-document.ts'
import { takeText } from './text-chunks.ts'

const START =
  /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|table|div|meta|title|p|h1|center|font|span|ul)[\s/>]/i

/** HTML page, also an excerpt of one. */
export const html: Format = {
  id: 'html',
  recognise: ({ text }) => START.test(text),
  read: readHtml,
}

async function readHtml(input: FormatInput, sink: RecordSink): Promise<void> {
  const document = await htmlDocument(input.limits, sink)
  await takeText(input, sink, {
    push: (text) => document.write(text),
    end: () => document.end(),
    abandon: () => document.end(),
  })
}
