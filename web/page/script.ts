/**
 * The page needs no script to be read. Where scripts run, the keys 1 to 7 lead to the sections, and the address keeps
 * the chosen language and theme, so that a served page can be passed on as it is seen.
 */
export const PAGE_SCRIPT = `
(() => {
  const root = document.documentElement
  root.dataset.keys = ''
  const chosen = (group) => document.querySelector('input[name=' + group + ']:checked')?.value
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input,textarea,select')) return
    if (event.key >= '1' && event.key <= '7') document.getElementById(chosen('lang') + '-s' + event.key)?.scrollIntoView()
  })
  addEventListener('change', (event) => {
    if (event.target.name === 'lang') root.lang = event.target.value
    if (!location.protocol.startsWith('http')) return
    const address = new URL(location.href)
    address.searchParams.set(event.target.name, event.target.value)
    history.replaceState(null, '', address)
  })
})()
`
