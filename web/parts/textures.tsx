/** The patterns of all charts, once a page: dark, not read, undecided, an uncertain end, any identity, and the two fades. */
export function Textures() {
  return (
    <>
      <pattern id="tx-dark" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="5" height="5" fill="var(--data-1)" />
        <line x1="0" y1="0" x2="0" y2="5" stroke="var(--tx-dark)" strokeWidth="2.2" />
      </pattern>
      <pattern id="tx-unread" width="4" height="4" patternUnits="userSpaceOnUse">
        <circle cx="1" cy="1" r=".75" fill="var(--tx-unread)" />
        <circle cx="3" cy="3" r=".75" fill="var(--tx-unread)" />
      </pattern>
      <pattern id="tx-undecided" width="4" height="5" patternUnits="userSpaceOnUse">
        <line x1="0" y1="1.5" x2="4" y2="1.5" stroke="var(--tx-undecided)" strokeWidth="1" />
      </pattern>
      <pattern id="tx-uncertain" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
        <line x1="0" y1="0" x2="0" y2="4" stroke="var(--tx-uncertain)" strokeWidth="2" />
      </pattern>
      <pattern id="tx-between" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
        <line x1="0" y1="0" x2="0" y2="4" stroke="var(--ink-3)" strokeWidth="1.5" />
      </pattern>
      <pattern id="tx-identity" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="8" height="8" fill="var(--open-1)" />
        <line x1="2" y1="0" x2="2" y2="8" stroke="var(--open)" strokeWidth="4" />
      </pattern>
      <linearGradient id="fade-start">
        <stop offset="0" stopColor="#fff" stopOpacity=".12" />
        <stop offset="1" stopColor="#fff" />
      </linearGradient>
      <linearGradient id="fade-end">
        <stop offset="0" stopColor="#fff" />
        <stop offset="1" stopColor="#fff" stopOpacity=".12" />
      </linearGradient>
    </>
  )
}
