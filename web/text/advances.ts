/** Advance widths of Inter in thousandths of an em, for the characters from space to tilde, as the font itself gives them. */
const REGULAR = [
  281, 288, 466, 633, 642, 982, 644, 300, 365, 365, 501, 662, 288, 460, 288, 360, 631, 407, 610, 618, 646, 593, 620, 566, 619,
  620, 288, 302, 662, 662, 662, 511, 966, 690, 654, 730, 722, 601, 590, 746, 743, 269, 571, 672, 565, 903, 753, 765, 639, 765,
  644, 642, 646, 744, 690, 985, 682, 679, 629, 365, 360, 365, 471, 456, 323, 562, 612, 571, 612, 583, 370, 613, 591, 242, 242,
  549, 242, 876, 591, 600, 612, 612, 376, 528, 327, 591, 562, 818, 546, 562, 552, 426, 333, 426, 662,
]
const SEMIBOLD = [
  252, 321, 523, 644, 650, 1004, 663, 326, 373, 373, 540, 673, 319, 465, 319, 379, 660, 423, 623, 636, 666, 612, 640, 576, 640,
  640, 319, 329, 673, 673, 673, 543, 999, 728, 659, 737, 722, 605, 588, 749, 746, 277, 580, 703, 565, 922, 759, 769, 645, 773,
  652, 650, 660, 736, 728, 1020, 720, 713, 652, 373, 379, 373, 481, 469, 351, 574, 624, 583, 624, 591, 389, 625, 612, 262, 262,
  569, 262, 900, 612, 609, 624, 624, 397, 549, 353, 612, 587, 839, 569, 588, 566, 455, 359, 455, 673,
]
const NARROW: Readonly<Record<string, number>> = { '–': 500, '·': 319, '’': 294, '‘': 294, '“': 507, '”': 501, '…': 956 }
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u

export type Face = 'regular' | 'semibold' | 'mono'

/** The width of one line in px at a font size; characters outside the tables count as a full em, so a label is never taken for too short. */
export function textWidth(text: string, fontSize: number, face: Face = 'regular'): number {
  let thousandths = 0
  for (const character of text) thousandths += advance(character, face)
  return (thousandths * fontSize) / 1000
}

/** The text, cut with an ellipsis where it is wider than the room there is. */
export function fitText(text: string, room: number, fontSize: number, face: Face = 'regular'): string {
  if (textWidth(text, fontSize, face) <= room) return text
  const characters = [...text]
  while (characters.length > 0 && textWidth(`${characters.join('')}…`, fontSize, face) > room) characters.pop()
  return `${characters.join('').trimEnd()}…`
}

/** The same with the middle cut out: names of one family differ at their ends. */
export function fitMiddle(text: string, room: number, fontSize: number, face: Face = 'regular'): string {
  if (textWidth(text, fontSize, face) <= room) return text
  const characters = [...text]
  let tail = ''
  while (characters.length > 0 && textWidth(characters.at(-1)! + tail, fontSize, face) <= room / 3)
    tail = characters.pop()! + tail
  const head = fitText(text, room - textWidth(tail, fontSize, face), fontSize, face)
  return head.endsWith('…') ? head + tail : fitText(text, room, fontSize, face)
}

function advance(character: string, face: Face): number {
  if (WIDE.test(character)) return 1000
  if (face === 'mono') return 600
  const table = face === 'semibold' ? SEMIBOLD : REGULAR
  return table[character.codePointAt(0)! - 32] ?? NARROW[character] ?? 1000
}
