const LOCAL_HEADER = 0x04034b50
const HEADER_BYTES = 30
const SIZE_FOLLOWS = 0x8

/** Whether the bytes begin with an entry of a zip archive. */
export function hasZipSignature(bytes: Uint8Array): boolean {
  return bytes.length >= HEADER_BYTES && viewOf(bytes).getUint32(0, true) === LOCAL_HEADER
}

/** Names of the entries whose headers stand in the first bytes of a zip archive. */
export function namesInHead(bytes: Uint8Array): string[] {
  const view = viewOf(bytes)
  const names: string[] = []
  for (let at = 0; at >= 0 && at + HEADER_BYTES <= bytes.length && view.getUint32(at, true) === LOCAL_HEADER; ) {
    const nameEnd = at + HEADER_BYTES + view.getUint16(at + 26, true)
    if (nameEnd > bytes.length) break
    names.push(Buffer.from(bytes.subarray(at + HEADER_BYTES, nameEnd)).toString('utf8'))
    const dataFrom = nameEnd + view.getUint16(at + 28, true)
    const isSizeKnown = (view.getUint16(at + 6, true) & SIZE_FOLLOWS) === 0
    at = isSizeKnown ? dataFrom + view.getUint32(at + 18, true) : nextHeader(bytes, dataFrom)
  }
  return names
}

// Where an entry's size is written after it, the next header is found by its signature.
function nextHeader(bytes: Uint8Array, from: number): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf('PK\u0003\u0004', from, 'latin1')
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}
