/** Colours of the dark theme: chosen on the page, and unless chosen otherwise. Paper is always light. */
const DARK = `
  color-scheme: dark;
  --paper: #0f1113;  --surface: #16191c;  --sunken: #1c2024;  --line: #282d33;  --line-strong: #464d56;
  --ink: #eceef0;  --ink-2: #b9bfc6;  --ink-3: #949ca6;  --ink-inverse: #0f1113;
  --open-1: #2b1710;  --open-2: #51230f;  --open-3: #8a3a18;  --open-4: #cf5a2a;  --open: #ff8352;  --open-6: #ffc0a3;
  --open-text: #ff9166;
  --data-1: #1f2429;  --data-2: #333a42;  --data-3: #59626d;  --data-4: #8b949f;  --data-5: #c8cdd3;
  --tx-dark: #7e8792;  --tx-unread: #7e8792;  --tx-undecided: #98a0aa;  --tx-uncertain: #ff8352;
  --add-bg: #20262c;  --del-bg: #15181b;
`

/** The design's tokens. The theme follows the switch of the page, which works without scripts. */
export const TOKENS = `
/* Ajar design tokens. One accent. The accent means one thing: a door is, or was, open to strangers.
   Everything else (links, buttons, focus, status) is drawn in ink. */
:root {
  color-scheme: light;
  /* surfaces */
  --paper: #fbfbfc;  --surface: #ffffff;  --sunken: #f3f4f6;  --line: #e3e5e8;  --line-strong: #c3c7cd;
  /* ink */
  --ink: #15181c;  --ink-2: #454b53;  --ink-3: #626973;  --ink-inverse: #ffffff;
  /* the accent, light to deep: also the sequential scale of every heat matrix */
  --open-1: #fdeee7;  --open-2: #f9d2c0;  --open-3: #f0a283;  --open-4: #dd6437;  --open: #c5360d;  --open-6: #8c2206;
  --open-text: #b22f0a;
  /* greys for data that is not exposure: log coverage, presence, totals */
  --data-1: #eceef1;  --data-2: #d3d7dc;  --data-3: #a9afb8;  --data-4: #737b86;  --data-5: #3f464f;
  /* textures (stroke colours of the four patterns) */
  --tx-dark: #6b727c;      /* dark: no log could have shown it      45° hatch      */
  --tx-unread: #7d858f;    /* not read: contents nobody looked at   stipple        */
  --tx-undecided: #5b626c; /* undecided: reach could not be proved  horizontals    */
  --tx-uncertain: #c5360d; /* uncertain end: between two bounds     fading 135°    */
  /* diff */
  --add-bg: #eef1f4;  --del-bg: #f7f7f8;
  /* type */
  --font-ui: "Inter", "Noto Sans JP", "Noto Sans CJK JP", system-ui, sans-serif;
  --font-mono: "IBM Plex Mono", "Noto Sans Mono CJK JP", ui-monospace, monospace;
  --t-11: 0.6875rem/1rem;  --t-12: 0.75rem/1.125rem;  --t-13: 0.8125rem/1.25rem;  --t-14: 0.875rem/1.375rem;
  --t-16: 1rem/1.5rem;     --t-21: 1.3125rem/1.9375rem;  --t-26: 1.625rem/2rem;
  --w-regular: 400;  --w-medium: 500;  --w-semi: 600;
  /* space: a 4 px grid */
  --s-1: 4px;  --s-2: 8px;  --s-3: 12px;  --s-4: 16px;  --s-5: 24px;  --s-6: 32px;  --s-7: 48px;  --s-8: 64px;
  --page: 1360px;  --gutter: 40px;  --rail: 296px;
  --r: 4px;  --hair: 1px solid var(--line);
  --focus: 0 0 0 2px var(--paper), 0 0 0 4px var(--ink);
  --dur: 120ms;  /* the only motion: hover and focus; none when prefers-reduced-motion */
}
[lang="ja"] {
  /* Kanji carry more ink: one step more leading, no negative tracking, no italics, no capitals as emphasis. */
  --t-12: 0.75rem/1.25rem;  --t-13: 0.8125rem/1.4375rem;  --t-14: 0.875rem/1.5625rem;  --t-21: 1.25rem/2.125rem;  --t-26: 1.5rem/2.125rem;
}
@media print {
  :root {
    color-scheme: light;
    --paper: #fff;  --surface: #fff;  --sunken: #eceef1;  --line: #cfd2d6;  --line-strong: #888;  --ink: #000;  --ink-2: #2b2f34;  --ink-3: #4b5158;
    --open-1: #fdeee7;  --open-2: #f9d2c0;  --open-3: #f0a283;  --open-4: #dd6437;  --open: #c5360d;  --open-6: #8c2206;  --open-text: #a02a08;
    --data-1: #eceef1;  --data-2: #d3d7dc;  --data-3: #a9afb8;  --data-4: #737b86;  --data-5: #3f464f;
    --tx-dark: #6b727c;  --tx-unread: #7d858f;  --tx-undecided: #5b626c;  --tx-uncertain: #c5360d;  --add-bg: #f0f1f3;  --del-bg: #fff;
    --page: 100%;  --gutter: 0;
  }
}
@media (prefers-contrast: more) { :root { --ink-2: #15181c; --ink-3: #333940; --line: #9aa0a8; } }
@media screen {
  :root[data-theme="dark"]:not(:has(#theme-light:checked)), :root:has(#theme-dark:checked) {${DARK}}
}
`
