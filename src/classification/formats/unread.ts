import { UnreadableContentError } from '../content-source.ts'
import type { ContentHead, Format } from './format.ts'

interface Kind {
  readonly format: string
  readonly detail: string
  /** The first bytes, in hex. */
  readonly start: RegExp
}

/** What is known by name and not read. */
const KINDS: readonly Kind[] = [
  { format: 'orc', detail: 'an ORC file', start: /^4f5243/ },
  { format: '7z', detail: 'a 7-Zip archive', start: /^377abcaf271c/ },
  { format: 'rar', detail: 'a RAR archive', start: /^526172211a07/ },
  { format: 'xz', detail: 'an XZ stream', start: /^fd377a585a00/ },
  { format: 'lz4', detail: 'an LZ4 stream', start: /^04224d18/ },
  { format: 'snappy', detail: 'a Snappy stream', start: /^ff060000734e61507059/ },
  { format: 'parquet', detail: 'a Parquet file whose footer is encrypted', start: /^50415245/ },
  { format: 'arrow', detail: 'an Arrow file', start: /^(?:4152524f5731|46454131)/ },
  { format: 'hdf5', detail: 'an HDF5 file', start: /^894844460d0a1a0a/ },
  { format: 'pst', detail: 'an Outlook data file', start: /^2142444e/ },
  { format: 'accdb', detail: 'an Access database', start: /^000100005374616e64617264/ },
  { format: 'pgdump', detail: 'a PostgreSQL dump in its custom format', start: /^5047444d50/ },
  { format: 'png', detail: 'a picture', start: /^89504e470d0a1a0a/ },
  { format: 'jpeg', detail: 'a picture', start: /^ffd8ff/ },
  { format: 'gif', detail: 'a picture', start: /^(?:474946383761|474946383961)/ },
  { format: 'tiff', detail: 'a picture', start: /^(?:49492a00|4d4d002a)/ },
  { format: 'bmp', detail: 'a picture', start: /^424d........00000000/ },
  { format: 'webp', detail: 'a picture', start: /^52494646........57454250/ },
  { format: 'wav', detail: 'a sound recording', start: /^52494646........57415645/ },
  { format: 'mp3', detail: 'a sound recording', start: /^4944330[2-4]/ },
  { format: 'mp4', detail: 'a film or sound recording', start: /^........66747970/ },
  { format: 'executable', detail: 'a program', start: /^(?:7f454c46|4d5a.{116}|cafebabe|cffaedfe)/ },
  { format: 'pgp', detail: 'an encrypted message', start: /^2d2d2d2d2d424547494e20504750204d4553534147452d2d2d2d2d/ },
]

/** Contents of kinds that are known and held, but not read. */
export const unread: Format = {
  id: 'unread',
  isWhole: true,
  isBinary: true,
  recognise: (head) => kindOf(head) !== undefined,
  read: (input) => {
    const { format, detail } = kindOf(input.head)!
    const code = /encrypt/.test(detail) ? 'encrypted' : 'unsupported'
    return Promise.reject(new UnreadableContentError(code, `${detail} is not read`, { offset: 0, format }))
  },
}

function kindOf({ bytes }: ContentHead): Kind | undefined {
  const start = Buffer.from(bytes.subarray(0, 64)).toString('hex')
  return KINDS.find((kind) => kind.start.test(start))
}
