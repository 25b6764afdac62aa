import type { Handler } from 'htmlparser2'
import { UnreadableContentError } from '../content-source.ts'

// The parser searches the open elements one by one, so that deep nesting would take the square of its length.
const DEEPEST = 512
const LONGEST_PIECE = 8 << 20

export interface Markup {
  write(text: string): void
  end(): void
}

/**
 * A streaming parser of HTML or XML with bounds: throws `too-deep` past 512 open elements and `too-long-record` where a
 * tag or comment never ends. Only the entities that the language itself defines are resolved.
 */
export async function parseMarkup(xmlMode: boolean, handler: Partial<Handler>): Promise<Markup> {
  const { Parser } = await import('htmlparser2')
  let depth = 0
  let sinceEvent = 0
  const parser = new Parser(
    {
      onopentag: (name, attributes, isImplied) => {
        sinceEvent = 0
        depth += 1
        if (depth > DEEPEST) throw new UnreadableContentError('too-deep', `more than ${DEEPEST} elements inside each other`)
        handler.onopentag?.(name, attributes, isImplied)
      },
      onclosetag: (name, isImplied) => {
        sinceEvent = 0
        depth -= 1
        handler.onclosetag?.(name, isImplied)
      },
      ontext: (text) => {
        sinceEvent = 0
        handler.ontext?.(text)
      },
      oncommentend: () => {
        sinceEvent = 0
      },
      onprocessinginstruction: (name, data) => {
        sinceEvent = 0
        handler.onprocessinginstruction?.(name, data)
      },
    },
    { xmlMode, decodeEntities: true, lowerCaseTags: !xmlMode, lowerCaseAttributeNames: !xmlMode },
  )
  return {
    write: (text) => {
      sinceEvent += text.length
      if (sinceEvent > LONGEST_PIECE)
        throw new UnreadableContentError('too-long-record', `a tag of more than ${LONGEST_PIECE} characters`)
      parser.write(text)
    },
    end: () => parser.end(),
  }
}
